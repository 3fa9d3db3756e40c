// Is an opened backup what its manifest says, and does its arithmetic still come out? The chain and the rows in full,
// every file by its row's digest, counts against the manifest, and a handful of signed records computed again.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from '../../../sync/wire/digest.ts';
import { verifyRunFile } from '../../instruments/run/run-file.ts';
import { openReadOnly, type ReadStore } from '../../store/readOnly.ts';
import { verifyStore } from '../../store/verify.ts';
import { recordFacts } from '../records/recordRows.ts';
import { wantedFiles } from './files.ts';
import { countsOfStore, labOf, type Counts, type Manifest } from './manifest.ts';
import { digestOfFile } from './stored.ts';

export interface Proof {
  ok: boolean;
  /** What is wrong, in words; what the manifest itself already told is not repeated. */
  faults: string[];
  counts: Counts;
  checked: { audit: number; rows: number; files: number; runs: number; recomputed: number };
}

/** How many runs are walked byte by byte and records computed again: the newest half, the rest spread over all. */
const handful = 24;

export async function proveFolder(
  folder: string,
  manifest: Manifest,
  onStep: (done: number, total: number) => void = () => undefined,
): Promise<Proof> {
  const store = openReadOnly(folder);
  const faults: string[] = [];
  try {
    const integrity = String(store.database.pragma('integrity_check', { simple: true }));
    if (integrity !== 'ok') faults.push(`数据库完整性检查：${integrity}`);
    const chain = verifyStore(store.database);
    if (!chain.ok) faults.push(chain.firstFault ?? '审计链不完整。');
    if (chain.ok && (chain.head !== manifest.head.hash || chain.checked.audit !== manifest.head.seq))
      faults.push('审计链的链头与备份清单不一致。');
    if (labOf(store.database) !== manifest.lab) faults.push('备份清单写的是另一份数据。');
    const wanted = wantedFiles(store.database, folder);
    for (const [index, { path, sha256 }] of wanted.entries()) {
      if (index % 50 === 0) onStep(index, wanted.length);
      if (sha256 === null) continue;
      const file = join(folder, path);
      const told = manifest.faults.some((fault) => fault.startsWith(`${path} `));
      if (told) continue;
      if (!existsSync(file)) faults.push(`${path} 不在备份里。`);
      else if (digestOfFile(file) !== sha256) faults.push(`${path} 与登记的摘要不符。`);
    }
    const counts: Counts = {
      ...countsOfStore(store.database),
      files: wanted.filter(({ path }) => existsSync(join(folder, path))).length,
    };
    for (const [name, count] of Object.entries(counts) as [keyof Counts, number][])
      if (count !== manifest.counts[name])
        faults.push(`${countNames[name]}：备份里有 ${count}，备份清单写 ${manifest.counts[name]}。`);
    const runs = await proveRuns(store, folder, manifest, faults);
    const recomputed = chain.ok ? recompute(store, faults) : 0;
    return {
      ok: faults.length === 0,
      faults,
      counts,
      checked: { ...chain.checked, files: wanted.length, runs, recomputed },
    };
  } finally {
    store.close();
  }
}

export const countNames: Record<keyof Counts, string> = {
  commissions: '委托',
  records: '原始记录',
  runs: '采集',
  signatures: '签名',
  reports: '报告',
  files: '文件',
};

function some(store: ReadStore, table: string, columns: string, where: string) {
  const newest = store.all(`SELECT ${columns} FROM ${table} WHERE ${where} ORDER BY rowid DESC LIMIT ${handful / 2}`);
  const total = Number(store.first(`SELECT max(rowid) AS n FROM ${table}`)?.['n'] ?? 0);
  const step = Math.max(1, Math.floor(total / (handful / 2)));
  const spread = store.all(
    `SELECT ${columns} FROM ${table} WHERE ${where} AND rowid % ? = 0 ORDER BY rowid LIMIT ${handful / 2}`,
    step,
  );
  return [...new Map([...newest, ...spread].map((row) => [canonicalJson(row), row])).values()];
}

async function proveRuns(store: ReadStore, folder: string, manifest: Manifest, faults: string[]): Promise<number> {
  const runs = some(store, 'run', 'runNo, file, rawDigest', '1 = 1');
  for (const { runNo, file, rawDigest } of runs) {
    const path = join(folder, 'runs', String(file));
    if (!existsSync(path) || manifest.faults.some((fault) => fault.startsWith(`runs/${file} `))) continue;
    const verdict = await verifyRunFile(path, String(rawDigest));
    if (!verdict.ok) faults.push(`采集 ${runNo} 的原始文件有问题：${verdict.fault?.message ?? ''}`);
  }
  return runs.length;
}

/** The numbers of signed records follow from what was recorded. */
function recompute(store: ReadStore, faults: string[]): number {
  const records = some(store, 'testRecord', 'recordNo', 'resultJson IS NOT NULL');
  let done = 0;
  for (const { recordNo } of records) {
    const { result, computation } = recordFacts(store, String(recordNo));
    if (!result) continue;
    done += 1;
    const computed = JSON.parse(JSON.stringify(computation?.outputs ?? {})) as Record<string, unknown>;
    const again = Object.fromEntries(Object.keys(result.outputs).map((key) => [key, computed[key]]));
    if (canonicalJson(result.outputs) !== canonicalJson(JSON.parse(JSON.stringify(again))))
      faults.push(`原始记录 ${recordNo} 的结果不能由备份里的数据算出。`);
  }
  return done;
}

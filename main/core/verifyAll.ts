// Can everything here be believed? The store's own chain and rows, then every run file against its row, then every
// signed result against its runs and every signature against what was signed. Names the first fault.
import { dirname, join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { existsSync, readFileSync } from 'node:fs';
import type { ReportContent } from '../../shared/reports/test-report.ts';
import { canonicalJson, digestOf, sha256Hex } from '../../sync/wire/digest.ts';
import { verifyRunFile } from '../instruments/run/run-file.ts';
import type { Store } from '../store/store.ts';
import { verifySteps, type StoreVerification } from '../store/verify.ts';
import { verifyAfterIssue } from './afterIssue/verify.ts';
import { wrongSignatureAgain } from './afterIssue/signAgain.ts';
import { verifyClimate } from './climate/digests.ts';
import type { FileStore } from './files/fileStore.ts';
import { recordFacts, type RecordFacts } from './records/recordRows.ts';
import { basisDigest, beforeApproval } from './reports/approve.ts';
import { verifyHeads } from './witness/heads.ts';

export interface Verification {
  ok: boolean;
  checked: { audit: number; rows: number; runs: number; signatures: number };
  firstFault: string | null;
  head: string;
}

type Readable = Pick<Store, 'database' | 'all' | 'get' | 'first'>;

type Folders = Pick<FileStore, 'runsFolder' | 'reportsFolder'>;

export type VerifyPart = 'audit' | 'rows' | 'runs' | 'files' | 'signatures' | 'reports';
export interface VerifyOptions {
  /** Told now and then how far it is. */
  onProgress?: (part: VerifyPart, done: number, total: number) => void;
  /** Breaks it off: the promise is rejected with the signal's reason. */
  signal?: AbortSignal;
}

export async function verifyAll(
  store: Readable,
  files: Folders,
  { onProgress = () => undefined, signal }: VerifyOptions = {},
): Promise<Verification> {
  /** Lets the program do something else, and says how far it is. */
  const step = async (part: VerifyPart, done: number, total: number): Promise<void> => {
    onProgress(part, done, total);
    await breathe();
    signal?.throwIfAborted();
  };
  const base = await baseOf(store, step);
  const checked = { ...base.checked, runs: 0, signatures: 0 };
  const answer = (firstFault: string | null): Verification => ({
    ok: firstFault === null,
    checked,
    firstFault,
    head: base.head,
  });
  if (!base.ok) return answer(base.firstFault);

  const runs = store.all('SELECT runNo, file, rawDigest, fileSha256 FROM run ORDER BY runNo');
  for (const row of runs) {
    await step('runs', checked.runs, runs.length);
    const path = join(files.runsFolder, String(row['file']));
    if (!existsSync(path)) return answer(`采集 ${row['runNo']} 的原始文件 ${row['file']} 不见了。`);
    const verdict = await verifyRunFile(path, String(row['rawDigest']));
    if (!verdict.ok) return answer(`采集 ${row['runNo']} 的原始文件有问题：${verdict.fault?.message ?? ''}`);
    // The chain of an interrupted file ends with its last whole block; bytes put behind it show only here.
    if (sha256Hex(readFileSync(path)) !== row['fileSha256'])
      return answer(`采集 ${row['runNo']} 的原始文件 ${row['file']} 与入库时的摘要不符。`);
    checked.runs += 1;
  }

  await step('files', 0, 1);
  const lost = verifySources(store, dirname(files.runsFolder));
  if (lost !== null) return answer(lost);
  const climate = verifyClimate(store);
  if (climate !== null) return answer(climate);

  const signatures = store.all(
    `SELECT signature.* FROM signature JOIN testRecord ON testRecord.recordNo = signature.entityKey
     WHERE signature.entity = 'record' AND signature.contentRevision = testRecord.contentRevision ORDER BY at`,
  );
  for (const [index, signature] of signatures.entries()) {
    if (index % 20 === 0) await step('signatures', index, signatures.length);
    const facts = recordFacts(store, String(signature['entityKey']));
    if (signature['digest'] !== facts.digest) {
      return answer(`原始记录 ${signature['entityKey']} 上 ${signature['personName']} 的签名与现有内容不符。`);
    }
    if (!followsFromRuns(facts)) return answer(`原始记录 ${signature['entityKey']} 的结果不能由它的采集数据算出。`);
    checked.signatures += 1;
  }
  await step('reports', 0, 1);
  return answer(
    verifyOutbox(store) ?? verifyReports(store, files, checked) ?? verifyAfterIssue(store) ?? verifyHeads(store),
  );
}

async function baseOf(
  store: Readable,
  step: (part: VerifyPart, done: number, total: number) => Promise<void>,
): Promise<StoreVerification> {
  const steps = verifySteps(store.database);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await step(value.part, value.done, value.total);
  }
}

/** Every file that readings were taken from, and every evidence of a change, is there, byte for byte. */
function verifySources(store: Readable, dataFolder: string): string | null {
  for (const row of store.all(
    `SELECT sha256, path, kind FROM media WHERE kind IN ('instrument-file', 'evidence') ORDER BY sha256`,
  )) {
    const path = join(dataFolder, String(row['path']));
    const what = row['kind'] === 'evidence' ? '证明材料或签名、印章图片' : '仪器文件';
    if (!existsSync(path)) return `${what} ${row['path']} 不见了。`;
    if (sha256Hex(readFileSync(path)) !== row['sha256']) return `${what} ${row['path']} 被改动过。`;
  }
  return null;
}

/** The signed numbers follow from the signed runs; words of the trace may differ between versions of the program. */
function followsFromRuns({ result, computation }: RecordFacts): boolean {
  if (!result || !computation) return false;
  const computed = JSON.parse(JSON.stringify(computation.outputs)) as Record<string, unknown>;
  // Only what was signed is asked for: a later version of the method may put out more.
  const signed = Object.keys(result.outputs);
  return canonicalJson(result.outputs) === canonicalJson(Object.fromEntries(signed.map((key) => [key, computed[key]])));
}

/** What was queued for the platform is what its digest says. */
function verifyOutbox(store: Readable): string | null {
  for (const row of store.all('SELECT kind, key, digest, payload FROM outbox WHERE payload IS NOT NULL ORDER BY seq')) {
    if (digestOf(JSON.parse(String(row['payload']))) !== row['digest'])
      return `上传队列里 ${row['kind']} ${row['key']} 的内容被改动过。`;
  }
  return null;
}

/** The approval against the frozen content, and both files against their digests. */
function verifyReports(store: Readable, files: Folders, checked: Verification['checked']): string | null {
  for (const report of store.all(`SELECT * FROM report WHERE contentJson IS NOT NULL ORDER BY reportKey`)) {
    const content = JSON.parse(String(report['contentJson'])) as ReportContent;
    const signature = store.first(
      `SELECT * FROM signature WHERE entity = 'report' AND meaning = 'approve' AND entityKey = ? ORDER BY contentRevision DESC LIMIT 1`,
      report['reportKey'] ?? '',
    );
    if (signature?.['digest'] !== basisDigest(beforeApproval(content))) {
      return `报告 ${report['reportNo']} 的批准签名与冻结的内容不符。`;
    }
    checked.signatures += 1;
    const wrong =
      Number(report['revision']) > 1 ? wrongSignatureAgain(store, String(report['reportKey']), content) : null;
    if (wrong !== null)
      return `报告 ${report['reportNo']} 第 ${report['revision']} 版上 ${wrong} 的签名与冻结的内容不符。`;
    for (const sha256 of [report['contentSha256'], report['codedSha256']]) {
      if (sha256 === null || sha256 === undefined) continue;
      const path = join(files.reportsFolder, `${sha256}.pdf`);
      if (!existsSync(path)) return `报告 ${report['reportNo']} 的文件 ${path} 不见了。`;
      if (sha256Hex(readFileSync(path)) !== sha256) return `报告 ${report['reportNo']} 的文件 ${path} 被改动过。`;
    }
  }
  return null;
}

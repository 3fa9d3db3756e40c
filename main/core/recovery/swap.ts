// A proved copy takes the place of a damaged store. The damaged one is set aside under a new name, with its WAL, and so is
// every file that would be in the way; nothing is deleted and nothing is overwritten. What was recorded after the backup
// is looked for in it, written down beside it, and its numbers are voided, so that none is ever given twice.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { readRunFile } from '../../instruments/run/run-file.ts';
import type { AuditActor } from '../../store/audit.ts';
import { numberSeries, type NumberSeries } from '../../store/numbers.ts';
import { openStore, storeFileName, type Store } from '../../store/store.ts';
import { evidenceFolders } from '../backup/files.ts';
import { syncFolder } from '../backup/disk.ts';
import type { Manifest } from '../backup/manifest.ts';
import { digestOfFile } from '../backup/stored.ts';
import { salvage, salvageNames, type Salvaged, type SalvageTable } from './salvage.ts';

export interface Swapped {
  asideFolder: string;
  outcome: string[];
}

const storeFiles = ['', '-wal', '-shm', '-journal'].map((suffix) => `${storeFileName}${suffix}`);

export function storeFilesIn(folder: string): string[] {
  return storeFiles.filter((name) => existsSync(join(folder, name)));
}

export async function swapIn(
  dataFolder: string,
  restored: string,
  manifest: Manifest,
  who: AuditActor,
): Promise<Swapped> {
  const name = `set-aside-${toWallTime(Date.now()).slice(0, 19).replaceAll(/[-:]/g, '')}`;
  const asideFolder = join(dataFolder, name);
  const found = salvage(dataFolder);
  mkdirSync(asideFolder);
  for (const file of storeFilesIn(dataFolder)) renameSync(join(dataFolder, file), join(asideFolder, file));
  syncFolder(asideFolder);
  takeFiles(dataFolder, restored, asideFolder, manifest);
  renameSync(join(restored, storeFileName), join(dataFolder, storeFileName));
  syncFolder(dataFolder);
  rmSync(restored, { recursive: true, force: true });

  const store = openStore(dataFolder, who);
  try {
    const runs = await strayRuns(store, dataFolder, asideFolder);
    const later = laterThan(store, found);
    const voided = voidLaterNumbers(store, found, who, name);
    const outcome = words(manifest, name, found, later, voided, runs);
    writeFileSync(join(asideFolder, 'after-backup.json'), `${JSON.stringify({ outcome, later, runs }, null, 2)}\n`);
    store.transact(who, (tx) => {
      tx.event('backup', 'recovery', outcome.join('\n'));
      tx.insert('notice', {
        noticeId: `recovery-${name}`,
        level: 'alarm',
        text: outcome.join(' '),
        at: toWallTime(Date.now()),
        subjectKind: 'recovery',
        subjectKey: name,
        acknowledgedBy: null,
      });
    });
    return { asideFolder, outcome };
  } finally {
    store.close();
  }
}

/** Files of the backup go where none is; one that differs is set aside first. What is newer than the backup stays. */
function takeFiles(dataFolder: string, restored: string, asideFolder: string, manifest: Manifest): void {
  for (const folder of evidenceFolders) mkdirSync(join(dataFolder, folder), { recursive: true });
  for (const { path, sha256 } of manifest.files) {
    const [there, here] = [join(restored, path), join(dataFolder, path)];
    if (existsSync(here)) {
      if (digestOfFile(here) === sha256) continue;
      const aside = join(asideFolder, path);
      mkdirSync(dirname(aside), { recursive: true });
      renameSync(here, aside);
    }
    mkdirSync(dirname(here), { recursive: true });
    renameSync(there, here);
  }
  for (const folder of evidenceFolders) syncFolder(join(dataFolder, folder));
}

/**
 * Runs that no row knows: those of a record that is there are adopted when the program starts. The others must not lie
 * in the folder any more, because a new record may one day bear the number that stands in them.
 */
async function strayRuns(store: Store, dataFolder: string, asideFolder: string): Promise<string[]> {
  const known = new Set(store.all('SELECT file FROM run').map((row) => String(row['file'])));
  const strays: string[] = [];
  const folder = join(dataFolder, 'runs');
  for (const file of readdirSync(folder).filter((one) => one.endsWith('.run') && !known.has(one))) {
    const recordNo = (await readRunFile(join(folder, file))).header?.context.recordNo;
    if (recordNo !== undefined && store.get('testRecord', recordNo)) continue;
    mkdirSync(join(asideFolder, 'runs'), { recursive: true });
    renameSync(join(folder, file), join(asideFolder, 'runs', file));
    strays.push(file);
  }
  return strays;
}

type Later = Partial<Record<SalvageTable, string[]>>;

/** What the damaged store still tells and the restored one does not know. */
function laterThan(store: Store, { rows }: Salvaged): Later {
  const known: Partial<Record<SalvageTable, string>> = {
    commission: 'SELECT commissionNo FROM commission',
    testRecord: 'SELECT recordNo FROM testRecord',
    run: 'SELECT runNo FROM run',
    signature: 'SELECT signatureId FROM signature',
    report: 'SELECT reportNo FROM report',
  };
  const later: Later = {};
  for (const [table, sql] of Object.entries(known) as [SalvageTable, string][]) {
    const there = new Set(store.all(sql).map((row) => String(Object.values(row)[0])));
    const gone = (rows.get(table) ?? []).filter((row) => !there.has(String(row['key'])));
    later[table] = gone.map((row) =>
      table === 'signature'
        ? `${row['entityKey']} ${row['meaning']} ${row['personName']} ${row['at']}`
        : `${row['key']} ${row['at']}${table === 'report' && row['code'] ? ` 标识码 ${row['code']}` : ''}`,
    );
  }
  return later;
}

/** Numbers that were given after the backup are on labels and papers: they are drawn again only to be voided. */
function voidLaterNumbers(store: Store, { rows }: Salvaged, who: AuditActor, name: string): number {
  const highest = new Map<string, { series: NumberSeries; year: number; n: number }>();
  for (const row of rows.get('numberIssued') ?? []) {
    const series = String(row['series']);
    if (!Object.hasOwn(numberSeries, series)) continue;
    const [year, n] = [Number(row['year']), Number(row['n'])];
    const before = highest.get(`${series}/${year}`);
    if (n > (before?.n ?? 0)) highest.set(`${series}/${year}`, { series: series as NumberSeries, year, n });
  }
  return store.transact(who, (tx) => {
    let voided = 0;
    for (const { series, year, n } of highest.values()) {
      for (let last = Number(tx.get('numberSeries', series, year)?.['last'] ?? 0); last < n; last += 1) {
        const number = tx.number(series, `${year}-01-01`, 'recovery');
        tx.voidNumber(number, `恢复所用的备份之后已经发出，原内容见 ${name}`);
        voided += 1;
      }
    }
    return voided;
  });
}

function words(
  { madeAt, head }: Manifest,
  name: string,
  { unreadable, rows }: Salvaged,
  later: Later,
  voided: number,
  runs: readonly string[],
): string[] {
  const lost = (Object.entries(later) as [SalvageTable, string[]][]).filter(([, keys]) => keys.length > 0);
  const readable = [...rows.values()].some((found) => found.length > 0);
  return [
    `已用 ${madeAt.slice(0, 19).replace('T', ' ')} 的备份恢复（审计第 ${head.seq} 条）；原来的数据库原样保留在 ${name}，没有删除任何文件。`,
    !readable
      ? '原来的数据库一行也读不出来：备份之后做了什么，请按纸质记录和平台核对。'
      : lost.length === 0
        ? '在原来的数据库里没有发现备份之后的内容。'
        : `备份之后的内容没有恢复，须按清单重新办理：${lost
            .map(
              ([table, keys]) =>
                `${salvageNames[table]} ${keys.length}（${keys[0]?.split(' ')[0] ?? ''}${keys.length > 1 ? ' 等' : ''}）`,
            )
            .join('，')}。清单在 ${name}/after-backup.json。`,
    ...(unreadable > 0 ? [`原来的数据库有 ${unreadable} 处读不出来，清单可能不全。`] : []),
    ...(voided > 0 ? [`备份之后发出过的 ${voided} 个编号已作废，不会再次使用。`] : []),
    ...(runs.length > 0 ? [`不属于任何已恢复记录的采集文件 ${runs.length} 个保留在 ${name}/runs。`] : []),
  ];
}

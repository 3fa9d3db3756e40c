// Section (g): a store of years. A million finished records: start-up, a window's working set, lists, filters, searches and
// the morning's figures, against the same rows fetched by SQL alone and against a store of one day.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { forgetOld } from '../../main/core/replication/forgetting.ts';
import { storeFileName } from '../../main/store/store.ts';
import { openTestCore } from '../support/testCore.ts';
import { fillDay } from './archive/fill.ts';
import { multiply } from './archive/multiply.ts';
import type { Opened } from './archive/open.ts';
import { line, total, type Section } from './measure.ts';

const dayRecords = 1_000;
/** Ten years: about what must be kept. */
const years = 10;

async function opened(folder: string, rounds: number): Promise<Opened> {
  const child = fork(join(import.meta.dirname, 'archive', 'open.ts'), [folder, String(rounds)], {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const told = new Promise<Opened>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Opened));
    child.once('exit', (code) => reject(new Error(`the store was not opened: the process ended with ${code}`)));
  });
  const gone = once(child, 'exit');
  const found = await told;
  await gone;
  return found;
}

export async function archive(records: number, rounds: number, say: (text: string) => void): Promise<Section[]> {
  const lab = await openTestCore();
  const { folder } = lab;
  try {
    await fillDay(lab, dayRecords);
    lab.store.database.pragma('wal_checkpoint(TRUNCATE)');
    await lab.core.stop();
    // The first process pays for reading the program itself.
    await opened(folder, 1);
    const day = await opened(folder, rounds);
    await lab.restart();
    say(`${records.toLocaleString('en')} records are made`);
    const begun = performance.now();
    multiply(lab.store.database, Math.ceil(records / dayRecords) - 1, 365 * years, say);
    const madeS = (performance.now() - begun) / 1000;
    // What the program does day by day; here for ten years at once.
    const forgetting = performance.now();
    const forgotten = await forgetOld(lab.context, () => new Promise((go) => setImmediate(() => go(true))));
    const forgotS = (performance.now() - forgetting) / 1000;
    lab.store.database.pragma('wal_checkpoint(TRUNCATE)');
    await lab.core.stop();
    const megabytes = statSync(join(folder, storeFileName)).size / 1_048_576;
    const full = await opened(folder, rounds);
    return sectionsOf(day, full, records, [
      `store ${megabytes.toFixed(0)} MB, made in ${madeS.toFixed(0)} s; resident memory ${(full.rssBytes / 1_048_576).toFixed(0)} MB (one day: ${(day.rssBytes / 1_048_576).toFixed(0)} MB)`,
      `${forgotten.toLocaleString('en')} documents that are no longer of the working set left the change feed, ${forgotS.toFixed(0)} s in all`,
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sectionsOf(day: Opened, full: Opened, records: number, notes: string[]): Section[] {
  const many = records.toLocaleString('en');
  const raw = total('SQLite opened, newest entry of the chain read', full.rawOpenMs);
  const ready = total('core ready, store of one day', day.readyMs);
  const set = total(
    `window's working set of one day (${day.documents.toLocaleString('en')} documents)`,
    day.workingSetMs,
  );
  return [
    {
      title: `(g) Start-up with ${many} records of ${years} years`,
      lines: [
        raw,
        total(`core ready, ${many} records, ratio to SQLite alone`, full.readyMs, raw),
        ready,
        total(`core ready, ${many} records, ratio to one day`, full.readyMs, ready),
        set,
        total(`window's working set (${full.documents.toLocaleString('en')} documents)`, full.workingSetMs, set),
      ],
      notes,
    },
    {
      title: `(g) What screens ask with ${many} records; ratio to the same rows by SQL alone`,
      lines: full.answers.flatMap(({ what, asked, raw: direct, rows }) => {
        const sql = line('  by SQL alone', direct);
        return [line(`${what} (${rows} rows)`, asked, sql), sql];
      }),
      notes: [],
    },
  ];
}

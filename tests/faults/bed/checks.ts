// What must hold after any number of deaths. Every function answers the list of violations, empty when all is well. They
// read the files themselves, past the program that wrote them.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { readRunFile, recomputeRun } from '../../../main/instruments/run/run-file.ts';
import { openDatabase } from '../../../main/store/database.ts';
import { openReadOnly, type ReadStore } from '../../../main/store/readOnly.ts';
import type { Row, Value } from '../../../main/store/tables.ts';
import { verifyAll } from '../../../main/core/verifyAll.ts';
import { commissionOf } from '../../../main/core/reception/register.ts';
import { runsOf } from '../../../main/core/records/runRows.ts';
import type { Ledger } from './ledger.ts';

/** Tables whose rows carry a number of a series, and the column it stands in. */
const numbered = [
  ['commission', 'commissionNo'],
  ['sample', 'sampleNo'],
  ['testRecord', 'recordNo'],
  ['run', 'runNo'],
  ['report', 'reportNo'],
  ['modification', 'logNo'],
  ['unqualified', 'ledgerNo'],
] as const;

/** Everything that was acknowledged is there, and says the same. */
export function checkLedger(store: ReadStore, ledger: Ledger): string[] {
  const faults: string[] = [];
  const same = (what: string, expected: unknown, found: unknown): void => {
    if (isDeepStrictEqual(expected, found)) return;
    faults.push(`${what}: acknowledged ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`);
  };
  for (const [commissionNo, known] of ledger.commissions) {
    if (!store.get('commission', commissionNo)) faults.push(`commission ${commissionNo} is lost`);
    else same(`samples of ${commissionNo}`, known.samples, commissionOf(store, commissionNo).samples);
  }
  for (const [recordNo, taskId] of ledger.records) {
    const row = store.get('testRecord', recordNo);
    if (!row) {
      faults.push(`record ${recordNo} is lost`);
      continue;
    }
    same(`task of ${recordNo}`, taskId, row['taskId']);
    const environment = ledger.environments.get(recordNo);
    if (environment !== undefined) {
      const found = { temperatureC: row['temperatureC'], humidityPercent: row['humidityPercent'] };
      same(`environment of ${recordNo}`, JSON.parse(environment), found);
    }
  }
  const stored = new Map([...ledger.records.keys()].flatMap((no) => runsOf(store, no).map((run) => [run.runNo, run])));
  for (const [runNo, run] of ledger.runs) same(`run ${runNo}`, run, stored.get(runNo) ?? 'nothing');
  for (const [key, digest] of ledger.signatures) {
    const [recordNo, meaning] = key.split('/') as [string, string];
    const row = store.first(
      `SELECT digest FROM signature WHERE entity = 'record' AND entityKey = ? AND meaning = ?`,
      recordNo,
      meaning,
    );
    same(`signature ${key}`, digest, row?.['digest'] ?? 'nothing');
  }
  for (const reportNo of ledger.approvals) {
    const row = store.first('SELECT state, approvedAt FROM report WHERE reportNo = ?', reportNo);
    if (!row || row['approvedAt'] === null) faults.push(`approval of ${reportNo} is lost (${String(row?.['state'])})`);
  }
  for (const [reportNo, codes] of ledger.codes) {
    const row = store.first('SELECT code FROM report WHERE reportNo = ?', reportNo);
    same(`codes ever shown for ${reportNo}`, [...codes], [row?.['code']]);
  }
  return [...faults, ...checkDrafts(store, ledger), ...checkShown(store, ledger)];
}

function checkDrafts(store: ReadStore, ledger: Ledger): string[] {
  return [...ledger.drafts].flatMap(([key, memory]) => {
    const [username, form] = key.split('/') as [string, string];
    const row = store.first(
      'SELECT content FROM draft JOIN userAccount USING (userId) WHERE username = ? AND form = ?',
      username,
      form,
    );
    const content = row ? String(row['content']) : null;
    return [memory.acknowledged, ...memory.unanswered].includes(content) ? [] : [`draft ${key} holds ${content}`];
  });
}

/** A load that a window showed while a run recorded is in that run. */
function checkShown(store: ReadStore, ledger: Ledger): string[] {
  return [...ledger.shownLoads].flatMap(([runId, load]) => {
    const row = store.get('run', runId);
    if (!row) return [`run ${runId} was shown up to ${load} kN and is not in the store`];
    return Number(row['peakKn'] ?? 0) >= load ? [] : [`run ${runId} was shown up to ${load} kN, kept ${row['peakKn']}`];
  });
}

/** Continuous from 1 per series and year, each used by exactly one row unless it is void, none used twice. */
export function checkNumbers(store: ReadStore): string[] {
  const faults: string[] = [];
  for (const series of store.all('SELECT * FROM numberSeries')) {
    const issued = store.all(
      'SELECT n FROM numberIssued WHERE series = ? AND year = ? ORDER BY n',
      series['series'] ?? '',
      series['year'] ?? 0,
    );
    const gap = issued.findIndex((row, index) => row['n'] !== index + 1);
    if (gap >= 0) faults.push(`series ${series['series']} ${series['year']} has no number ${gap + 1}`);
    if (issued.length !== series['last']) faults.push(`series ${series['series']} says ${series['last']} were issued`);
  }
  const issued = new Map(store.all('SELECT * FROM numberIssued').map((row) => [String(row['number']), row]));
  const used = new Map<string, number>();
  for (const [table, column] of numbered) {
    const distinct = table === 'report' ? 'DISTINCT ' : '';
    for (const row of store.all(`SELECT ${distinct}${column} AS number FROM ${table}`)) {
      const number = String(row['number']);
      used.set(number, (used.get(number) ?? 0) + 1);
      if (!issued.has(number)) faults.push(`${table} ${number} was never issued`);
    }
  }
  for (const [number, row] of issued) {
    const times = used.get(number) ?? 0;
    if (times > 1) faults.push(`number ${number} is used ${times} times`);
    if (times === 0 && !row['voidReason']) faults.push(`number ${number} is used by nothing and is not void`);
  }
  return faults;
}

interface PlatformSide {
  entries: Map<string, string>;
  codes: Map<string, Row>;
}

function readPlatform(db: ReturnType<typeof openDatabase>): PlatformSide {
  const all = (sql: string) => db.prepare<[], Row>(sql).all();
  const entries = new Map<string, string>();
  const put = (...[kind, key, revision, digest]: (Value | undefined)[]) =>
    entries.set([kind, key, revision].map(String).join('/'), String(digest));
  for (const row of all('SELECT * FROM commission')) put('commission', row['commission_no'], 1, row['digest']);
  for (const row of all('SELECT * FROM entry')) put(row['kind'], row['key'], row['revision'], row['digest']);
  for (const row of all('SELECT org_code, sha256 FROM medium')) put('media', row['sha256'], 1, row['sha256']);
  for (const row of all('SELECT * FROM report')) put('report', row['report_no'], row['revision'], row['digest']);
  for (const row of all('SELECT report_no, revision, sha256 FROM report_file')) {
    put('report-file', row['report_no'], row['revision'], row['sha256']);
  }
  const codes = new Map(
    all('SELECT * FROM report_code').map((row) => [`${row['report_no']}/${row['revision']}`, row] as const),
  );
  return { entries, codes };
}

/** One code per report revision on both sides, and the same entries by digest. `settled`: nothing waits any more. */
export function checkPlatform(store: ReadStore, platformFile: string, settled: boolean): string[] {
  const faults: string[] = [];
  const db = openDatabase(platformFile, { readonly: true });
  const platform = readPlatform(db);
  db.close();
  const ours = new Map<string, string>();
  for (const row of store.all('SELECT * FROM outbox ORDER BY seq')) {
    const name = `${row['kind']}/${row['key']}/${row['revision']}`;
    if (settled && row['state'] !== 'accepted') {
      faults.push(`${name} is ${row['state']} ${row['platformCode'] ?? ''} ${row['platformMessage'] ?? ''}`);
    }
    if (row['kind'] === 'code') continue;
    ours.set(name, String(row['digest']));
    const theirs = platform.entries.get(name);
    if (row['state'] === 'accepted' && theirs !== row['digest']) {
      faults.push(`${name}: sent ${row['digest']}, the platform has ${theirs ?? 'nothing'}`);
    }
  }
  for (const [name, digest] of platform.entries) {
    if (ours.get(name) !== digest)
      faults.push(`${name}: the platform has ${digest}, we have ${ours.get(name) ?? 'nothing'}`);
  }
  const coded = store.all('SELECT reportNo, revision, code, payloadDigest FROM report WHERE code IS NOT NULL');
  for (const row of coded) {
    const theirs = platform.codes.get(`${row['reportNo']}/${row['revision']}`);
    if (theirs?.['code'] !== row['code'])
      faults.push(`${row['reportNo']} has ${row['code']}, the platform ${theirs?.['code']}`);
    if (theirs?.['digest'] !== row['payloadDigest']) faults.push(`${row['reportNo']}: code for another content`);
  }
  if (settled && coded.length !== platform.codes.size) {
    faults.push(`${coded.length} codes here, ${platform.codes.size} on the platform`);
  }
  return faults;
}

/** Every run file belongs to a row or holds no load. Only when no core runs. */
export async function checkRunFiles(store: ReadStore, dataFolder: string): Promise<string[]> {
  const folder = join(dataFolder, 'runs');
  if (!existsSync(folder)) return [];
  const faults: string[] = [];
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.run'))) {
    const runId = name.slice(0, -'.run'.length);
    if (store.get('run', runId)) continue;
    const path = join(folder, name);
    const file = await readRunFile(path);
    if (file.state === 'armed') continue;
    // A header that was being written when the process died: nothing was recorded behind it.
    if (file.state === 'damaged' && file.fault?.at === 'header' && file.blocks.length === 0) continue;
    if (file.state === 'damaged') faults.push(`run file ${name} is damaged: ${file.fault?.message}`);
    else if ((await recomputeRun(path)).sampleCount > 0)
      faults.push(`run file ${name} (${file.state}) belongs to no run`);
  }
  return faults;
}

export interface Standing {
  ledger: Ledger;
  dataFolder: string;
  platformFile: string;
  /** No core runs and every job is finished. */
  settled: boolean;
}

export async function checkAll({ ledger, dataFolder, platformFile, settled }: Standing): Promise<string[]> {
  const store = openReadOnly(dataFolder);
  try {
    const faults = [
      ...checkLedger(store, ledger),
      ...checkNumbers(store),
      ...checkPlatform(store, platformFile, settled),
    ];
    if (!settled) return faults;
    faults.push(...(await checkRunFiles(store, dataFolder)));
    const files = { runsFolder: join(dataFolder, 'runs'), reportsFolder: join(dataFolder, 'reports') };
    const verification = await verifyAll(store, files);
    if (!verification.ok) faults.push(`verify: ${verification.firstFault}`);
    return faults;
  } finally {
    store.close();
  }
}

// What one seat has to send, and its store filled with it as the program fills it: commission, curve, run, record,
// modification, report and code in the outbox; some reports are changed or void after issue, one record will be refused.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { queue } from '../../../main/core/provincial/outbox.ts';
import { reportKeyOf } from '../../../main/core/reports/joinReport.ts';
import { openStore } from '../../../main/store/store.ts';
import type { Transaction } from '../../../main/store/transaction.ts';
import {
  changeEntries,
  commissionPayload,
  noticeEntry,
  orderEntries,
  personEntry,
  reportPayload,
  voidEntry,
  type OrderNumbers,
} from '../../../sync/provincial/testing/lab.ts';
import { type ProfileId, PROFILES } from '../../../sync/provincial/profiles/index.ts';
import type { JsonObject } from '../../../sync/provincial/port.ts';
import type { NewEntry } from '../../../sync/provincial/testing/file-store.ts';
import { digestOf, sha256Hex } from '../../../sync/wire/digest.ts';
import { commissionRow, insertCommission } from '../../support/testStore.ts';

export const actor = { actor: '程序:座席', workstation: '座席' } as const;

export interface Job {
  numbers: OrderNumbers;
  recordNos: string[];
  /** After the report was filed: commission information is changed, or the report is void. */
  after: 'nothing' | 'change' | 'void' | 'change and void';
  notice: boolean;
  /** The platform does not know this tester: the record is refused, and its report waits. */
  refused: boolean;
}

const four = (n: number): string => String(n).padStart(4, '0');

/** Which profile can carry what is asked of the engine too (`queue`); after issue a person finds no way on where it cannot. */
export function jobsOf(seat: number, records: number, reports: number, profile: ProfileId = 'reference'): Job[] {
  const { changeOrder, void: voids } = PROFILES[profile].data.capabilities;
  const jobs = Array.from({ length: reports }, (_, index): Job => {
    const no = four(seat * 10_000 + index);
    const count = Math.floor(records / reports) + (index < records % reports ? 1 : 0);
    const wanted =
      index % 15 === 4 ? 'change and void' : index % 15 === 9 ? 'void' : index % 5 === 1 ? 'change' : 'nothing';
    const after =
      (wanted.startsWith('change') && !changeOrder) || (wanted.endsWith('void') && !voids) ? 'nothing' : wanted;
    return {
      numbers: { commissionNo: `W2026-${no}`, recordNo: `J2026-${no}-1`, reportNo: `B2026-${no}` },
      recordNos: Array.from({ length: count }, (_each, n) => `J2026-${no}-${n + 1}`),
      after,
      notice: index % 8 === 3,
      refused: false,
    };
  });
  const no = four(seat * 10_000 + 9_999);
  const numbers = { commissionNo: `W2026-${no}`, recordNo: `J2026-${no}-1`, reportNo: `B2026-${no}` };
  return [...jobs, { numbers, recordNos: [numbers.recordNo], after: 'nothing', notice: false, refused: true }];
}

export const curveOf = (recordNo: string): Buffer => Buffer.from(`curve of ${recordNo} `.repeat(20));

export function put(tx: Transaction, entry: NewEntry): void {
  const { kind, commissionNo, key, revision, payload, digest, mediaSha256 } = entry;
  queue(tx, {
    kind,
    commissionNo,
    key,
    revision: revision ?? 1,
    ...(payload ? { payload } : { sha256: mediaSha256 ?? digest }),
  });
}

export function addReport(tx: Transaction, numbers: OrderNumbers, revision: number): void {
  const { reportNo, commissionNo } = numbers;
  tx.insert('report', {
    reportKey: reportKeyOf(reportNo, revision),
    reportNo,
    revision,
    commissionNo,
    itemCode: 'HNT-KY',
    dueOn: '2026-11-23',
    title: '混凝土立方体抗压强度检测报告',
    state: 'approved',
    draftJson: '{}',
    createdAt: '2026-11-23T10:00:00.000+08:00',
  });
}

/** The report of all records of a commission: revision 1, or one that a change led to. */
function withRecords(entry: NewEntry, job: Job): NewEntry {
  if (entry.kind !== 'report' || !entry.payload) return entry;
  const payload = { ...entry.payload, recordNos: job.recordNos };
  return { ...entry, payload, digest: digestOf(payload) };
}

export function keepBytes(folder: string, tx: Transaction, bytes: Uint8Array, kind: string): string {
  const sha256 = sha256Hex(bytes);
  const path = join('files', sha256);
  writeFileSync(join(folder, path), bytes);
  if (!tx.get('media', sha256)) tx.insert('media', { sha256, path, bytes: bytes.length, kind });
  return sha256;
}

function fillJob(folder: string, tx: Transaction, job: Job): void {
  const { numbers } = job;
  insertCommission(tx, commissionRow(numbers.commissionNo));
  addReport(tx, numbers, 1);
  for (const [index, recordNo] of job.recordNos.entries()) {
    const curve = curveOf(recordNo);
    keepBytes(folder, tx, curve, 'run');
    const entries = orderEntries({ ...numbers, recordNo }, curve, job.refused ? { testerId: 'P008' } : {});
    for (const entry of entries) {
      const once = entry.kind === 'commission';
      const last = entry.kind === 'report' || entry.kind === 'code' || entry.kind === 'report-file';
      if (last || (once && index > 0) || (entry.kind === 'modification' && index % 5 !== 0)) continue;
      put(tx, entry);
    }
  }
  if (job.notice) put(tx, noticeEntry(numbers));
  const payload = { ...reportPayload(numbers), recordNos: job.recordNos };
  const digest = digestOf(payload);
  const { commissionNo, reportNo: key } = numbers;
  put(tx, { kind: 'report', commissionNo, key, payload, digest });
  put(tx, { kind: 'code', commissionNo, key, digest });
}

export function fillSeat(folder: string, seat: number, jobs: readonly Job[], profile: ProfileId = 'reference'): void {
  mkdirSync(join(folder, 'files'), { recursive: true });
  const store = openStore(folder, actor);
  store.transact(actor, (tx) => tx.put('setting', { key: 'platformProfile', value: profile }));
  for (const job of jobs) store.transact(actor, (tx) => fillJob(folder, tx, job));
  store.transact(actor, (tx) => {
    for (const revision of [1, 2]) put(tx, personEntry(`S${seat}`, `梁小明 ${revision}`, revision));
  });
  store.close();
}

/** The commission as the change order leaves it. */
function changedCommission(numbers: OrderNumbers, revision: number): JsonObject {
  const commission = commissionPayload(numbers);
  const [sample] = commission['samples'] as JsonObject[];
  return { ...commission, samples: [{ ...sample, structurePart: `第 ${revision} 次更正的部位` }] };
}

/** What comes next for a report whose newest revision was filed; queued in the transaction that saw it. */
export function afterIssue(tx: Transaction, job: Job, filedRevision: number): void {
  const { numbers } = job;
  if (job.after.startsWith('change') && filedRevision === 1) {
    addReport(tx, numbers, 2);
    const payload = changedCommission(numbers, 2);
    const { commissionNo } = numbers;
    for (const entry of changeEntries(numbers, 2).map((each) => withRecords(each, job))) {
      if (entry.kind === 'report-file') continue;
      const report = changeEntries(numbers, 2).map((each) => withRecords(each, job))[1]!;
      put(tx, entry.kind === 'code' ? { ...entry, digest: report.digest } : entry);
      if (entry.kind !== 'change-order') continue;
      put(tx, { kind: 'commission', commissionNo, key: commissionNo, revision: 2, payload, digest: digestOf(payload) });
    }
  } else if (job.after.endsWith('void')) {
    put(tx, voidEntry(numbers, filedRevision));
  }
}

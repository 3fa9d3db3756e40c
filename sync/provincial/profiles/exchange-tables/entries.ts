// Batches in the exchange file: every entry a row of its table, all of a batch in one transaction. A batch is asked for
// again by the number its rows carry.
import { type ExchangeTableName } from '../../../wire/exchange-schema.ts';
import type { BatchEntry, BatchReceipt, EntryReceipt } from '../../port.ts';
import { capabilityMissing } from '../profile-data.ts';
import { supervisionFacts } from './commissions.ts';
import { columnFaults, encodeEntry } from './encode.ts';
import type { ExchangeDatabase, Result } from './exchange-file.ts';
import { EXCHANGE_PROFILE } from './profile.ts';
import { markRead, numberOf, putRow, refusal, standingOf, type StoredRow, textOf } from './rows.ts';

const BATCH_TABLES = [
  'Register_Temp',
  'Acsrecord',
  'Modified_Log',
  'SamplCheck',
] as const satisfies ExchangeTableName[];

const KIND_NAMES: Record<string, string> = {
  'unqualified-notice': '不合格结果的上报',
  person: '人员的申报',
  equipment: '设备的申报',
  premises: '场所的申报',
};

function putEntry(db: ExchangeDatabase, orgCode: string, batchId: string, entry: BatchEntry): EntryReceipt {
  const { entryId, kind, revision, digest, payload } = entry;
  const commissionNo = payload['commissionNo'];
  const facts = supervisionFacts(db, orgCode, typeof commissionNo === 'string' ? commissionNo : '');
  const row = encodeEntry(entry, facts);
  if (row === null || row.table === 'Reportfilelist') {
    const what = KIND_NAMES[kind] ?? `“${kind}”类数据`;
    return { entryId, state: 'rejected', failure: capabilityMissing(EXCHANGE_PROFILE.title, what) };
  }
  const values = { ...row.values, Organcode: orgCode };
  const faults = columnFaults([{ ...row, values }]);
  if (faults !== null) return { entryId, state: 'rejected', failure: faults };
  const put = putRow(db, { ...row, values }, { orgCode, revision, digest, content: payload, entryId, batchId });
  if (put.state === 'failed') return { entryId, state: 'rejected', failure: put.failure };
  return { entryId, state: put.state === 'accepted' ? 'duplicate' : 'queued' };
}

export function postBatch(
  db: ExchangeDatabase,
  orgCode: string,
  batchId: string,
  entries: BatchEntry[],
): Result<BatchReceipt> {
  return { ok: true, value: { batchId, receipts: entries.map((entry) => putEntry(db, orgCode, batchId, entry)) } };
}

function receiptOf(db: ExchangeDatabase, table: ExchangeTableName, row: StoredRow): EntryReceipt {
  const entryId = textOf(row, 'Entry_Id');
  const standing = standingOf(numberOf(row, 'Up_State'));
  if (standing === 'waiting') return { entryId, state: 'queued' };
  if (standing === 'accepted') return { entryId, state: 'accepted' };
  if (standing === 'refused') markRead(db, table, row);
  return { entryId, state: 'rejected', failure: refusal(row) };
}

export function getBatch(db: ExchangeDatabase, orgCode: string, batchId: string): Result<BatchReceipt | null> {
  const receipts = BATCH_TABLES.flatMap((table) =>
    db
      .prepare<[string, string], StoredRow>(`SELECT * FROM ${table} WHERE Batch_Id = ? AND Organcode = ?`)
      .all(batchId, orgCode)
      .map((row) => receiptOf(db, table, row)),
  );
  return { ok: true, value: receipts.length === 0 ? null : { batchId, receipts } };
}

// What was allowed once is not allowed for ever: a commission, an original record and a signature need a decision of the
// gate that was made in the very transaction that writes them. The store's triggers refuse a row without any decision;
// this refuses one that leans on a decision of earlier.
import { AppError } from '../../shared/errors/appError.ts';
import type { Row, TableName } from './tables.ts';

/** What a person is told when something reaches the store past the gate. Only a fault of the program can cause it. */
export function gateNotAsked(what: string, cause?: unknown): AppError {
  return new AppError(
    {
      code: 'GATE_NOT_ASKED',
      message: `${what}没有经过合规检查，没有保存。`,
      meaning: '委托、原始记录、采集数据和签名只有在合规检查允许后才能写入；没有任何内容被保存。',
      next: '请按正常步骤重做；若仍出现，请联系软件供应方，并附上日志。',
    },
    cause === undefined ? undefined : { cause },
  );
}

export const gatedNames: Record<string, string> = {
  commission: '委托单',
  testRecord: '原始记录',
  run: '采集数据',
  signature: '签名',
};

interface Written {
  table: TableName;
  row: Row;
}

const isAbout = (decision: Row, entity: string, key: unknown, moments: readonly string[]): boolean =>
  decision['allowed'] === 1 &&
  decision['entity'] === entity &&
  decision['entityKey'] === key &&
  moments.includes(String(decision['moment']));

/** `recordsOf`: the records of a report. Throws for the first row that no decision of this transaction allows. */
export function refuseUndecided(
  written: readonly Written[],
  decisions: readonly Row[],
  recordsOf: (reportKey: string) => readonly string[],
): void {
  for (const { table, row } of written) {
    if (!decided(table, row, decisions, recordsOf)) throw gateNotAsked(gatedNames[table] ?? table);
  }
}

function decided(
  table: TableName,
  row: Row,
  decisions: readonly Row[],
  recordsOf: (reportKey: string) => readonly string[],
): boolean {
  const any = (entity: string, key: unknown, moments: readonly string[]) =>
    decisions.some((decision) => isAbout(decision, entity, key, moments));
  if (table === 'commission') return any('commission', row['commissionNo'], ['reception', 'import']);
  if (table === 'testRecord') return any('record', row['recordNo'], ['run-start']);
  if (table !== 'signature') return true;
  const own = decisions.filter((decision) => decision['personId'] === row['personId']);
  const moment = row['meaning'] === 'approve' ? 'approval' : 'signing';
  const signed = (recordNo: unknown) => own.some((decision) => isAbout(decision, 'record', recordNo, [moment]));
  if (row['entity'] === 'record') return moment === 'signing' && signed(row['entityKey']);
  // Changes after issue and voids are decided by people, not by the gate.
  if (row['entity'] !== 'report') return row['entity'] === 'changeOrder' || row['entity'] === 'reportVoid';
  const records = recordsOf(String(row['entityKey']));
  return records.length > 0 && records.every((recordNo) => signed(recordNo));
}

// 原件收回: one line for every replaced or void revision whose paper may be outside: how many copies were made, how many came
// back, who brought them, when, or why not. Open until somebody answers; the answer stays as it was given.
import { toCalendarDay, toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import type { Original } from '../../../shared/afterIssue/calls.ts';
import { nullableNumber, nullableText, textOf as text } from '../../store/cells.ts';
import { requireRow } from '../../store/store.ts';
import type { Row } from '../../store/tables.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { Caller, Context } from '../context.ts';
import type { Reader } from '../records/runRows.ts';
import { reportKeyOf } from '../reports/joinReport.ts';

/** Copies with the code that were printed here; what was printed from a saved file is not known. */
function printed(reader: Reader, reportKey: string): number {
  const row = reader.first(`SELECT count(*) AS n FROM printLog WHERE reportKey = ? AND coded = 1 AND purpose = 'print'`, reportKey); // prettier-ignore
  return Number(row?.['n'] ?? 0);
}

/** A revision that was replaced before it became void is asked for once. */
export function openOriginal(tx: Transaction, reportKey: string, cause: Original['cause'], at: string): void {
  if (tx.get('originalReturn', reportKey)) return;
  tx.insert('originalReturn', {
    reportKey,
    cause,
    openedAt: at,
    copies: printed(tx, reportKey),
    returned: null,
    missingReason: null,
    broughtBy: null,
    returnedOn: null,
    handledById: null,
    handledBy: null,
    handledAt: null,
  });
}

export function originalOf(row: Row): Original {
  const [reportNo = '', revision = '1'] = text(row['reportKey']).split('#');
  return {
    reportNo,
    revision: Number(revision),
    cause: text(row['cause']) as Original['cause'],
    openedAt: text(row['openedAt']),
    copies: Number(row['copies']),
    returned: nullableNumber(row['returned']),
    missingReason: nullableText(row['missingReason']),
    broughtBy: nullableText(row['broughtBy']),
    returnedOn: nullableText(row['returnedOn']),
    handledBy: nullableText(row['handledBy']),
    handledAt: nullableText(row['handledAt']),
  };
}

/** A revision whose replacement was withdrawn holds again; it is asked for when it is replaced after all. */
const stillAsked = `(cause <> 'replaced' OR handledAt IS NOT NULL OR EXISTS (SELECT 1 FROM report AS here JOIN report AS newer
  ON newer.reportNo = here.reportNo AND newer.revision > here.revision AND newer.state <> 'withdrawn' WHERE here.reportKey = originalReturn.reportKey))`;

/** Whether the paper of this revision is to come back. */
export const isAskedFor = (reader: Reader, reportKey: string): boolean =>
  reader.first(`SELECT 1 FROM originalReturn WHERE reportKey = ? AND ${stillAsked}`, reportKey) !== undefined;

export function listOriginals(reader: Reader, open: boolean): Original[] {
  return reader
    .all(
      `SELECT * FROM originalReturn WHERE ${stillAsked} ${open ? 'AND handledAt IS NULL' : ''} ORDER BY openedAt DESC LIMIT 500`,
    )
    .map(originalOf);
}

export interface CloseInput {
  reportNo: string;
  revision: number;
  returned: number;
  missingReason?: string | undefined;
  broughtBy?: string | undefined;
  returnedOn: string;
}

export function closeOriginal(context: Context, caller: Caller, input: CloseInput): Original {
  const key = reportKeyOf(input.reportNo, input.revision);
  return context.store.transact(caller.actor, (tx) => {
    const row = requireRow(tx.get('originalReturn', key), '原件收回登记', input.reportNo);
    refuseInput(row, input, toCalendarDay(context.now()));
    tx.update('originalReturn', key, {
      returned: input.returned,
      missingReason: input.missingReason || null,
      broughtBy: input.broughtBy || null,
      returnedOn: input.returnedOn,
      handledById: caller.user.personId,
      handledBy: caller.user.name,
      handledAt: toWallTime(context.now()),
    });
    return originalOf(requireRow(tx.get('originalReturn', key), '原件收回登记', input.reportNo));
  });
}

function refuseInput(row: Row, input: CloseInput, today: string): void {
  const copies = Number(row['copies']);
  const opened = text(row['openedAt']).slice(0, 10);
  const problem = (field: string, message: string): never => {
    throw new AppError({
      code: 'ORIGINAL_INVALID',
      message: `${message}。`,
      meaning: '原件收回没有登记；已填写的内容都还在。',
      next: '请更正后再登记。',
      details: [{ field, message }],
    });
  };
  if (row['handledAt'] !== null) problem('returned', `这份原件已由 ${text(row['handledBy'])} 登记收回`);
  if ((input.returned < copies || input.returned === 0) && !input.missingReason)
    problem('missingReason', copies > 0 ? `打印过 ${copies} 份，没有全部收回须写明原因` : '没有收回原件须写明原因');
  if (input.returned > 0 && !input.broughtBy) problem('broughtBy', '请填写交回人');
  if (input.returnedOn > today) problem('returnedOn', '收回日期在今天之后');
  if (input.returnedOn < opened) problem('returnedOn', `收回日期早于变更或作废的日期 ${opened}`);
}

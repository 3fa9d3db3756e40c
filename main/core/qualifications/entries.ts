// Qualifications by item and parameter as rows: entered once with their proof, withdrawn with a reason.
import { ulid } from 'ulid';
import type { z } from 'zod';
import type { Evidence } from '../../../shared/entities/evidence.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import {
  allParametersName,
  type newQualificationSchema,
  type QualificationEntry,
} from '../../../shared/qualifications/calls.ts';
import { jsonOf, textOf as text } from '../../store/cells.ts';
import { requireRow, type Store } from '../../store/store.ts';
import type { Row } from '../../store/tables.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { Caller } from '../context.ts';

type Reader = Pick<Store, 'all' | 'first' | 'get'>;
export type GivenQualification = Omit<z.output<typeof newQualificationSchema>, 'files'>;

const select = `SELECT entry.*, withdrawal.reason AS withdrawnReason, withdrawal.byName AS withdrawnBy, withdrawal.at AS withdrawnAt,
    item.name AS itemName, item.parametersJson
  FROM qualificationEntry AS entry LEFT JOIN qualificationWithdrawal AS withdrawal USING (entryId)
    LEFT JOIN item ON item.itemCode = entry.itemCode`;

function entryOf(row: Row): QualificationEntry {
  const parameterCode = text(row['parameterCode']);
  const parameters = row['parametersJson'] == null ? [] : jsonOf<{ code: string; name: string }[]>(row['parametersJson']);
  return {
    entryId: text(row['entryId']),
    personId: text(row['personId']),
    itemCode: text(row['itemCode']),
    itemName: text(row['itemName'] ?? row['itemCode']),
    parameterCode,
    parameterName:
      parameterCode === '' ? allParametersName : (parameters.find(({ code }) => code === parameterCode)?.name ?? parameterCode),
    certificateNo: text(row['certificateNo']),
    validFrom: text(row['validFrom']),
    validTo: text(row['validTo']),
    remark: text(row['remark']),
    files: jsonOf<Evidence[]>(row['filesJson']),
    enteredByName: text(row['enteredByName']),
    enteredAt: text(row['enteredAt']),
    withdrawn:
      row['withdrawnAt'] === null
        ? null
        : { reason: text(row['withdrawnReason']), byName: text(row['withdrawnBy']), at: text(row['withdrawnAt']) },
  };
} // prettier-ignore

/** Item by item, the newest first, the withdrawn ones among them. */
export const qualificationsOf = (reader: Reader, personId: string): QualificationEntry[] =>
  reader
    .all(
      `${select} WHERE entry.personId = ? ORDER BY entry.itemCode, entry.parameterCode, entry.validTo DESC, entry.entryId DESC`,
      personId,
    ) // prettier-ignore
    .map(entryOf);

export const standingQualifications = (reader: Reader): QualificationEntry[] =>
  reader
    .all(
      `${select} WHERE withdrawal.entryId IS NULL ORDER BY entry.personId, entry.itemCode, entry.parameterCode, entry.validFrom`,
    ) // prettier-ignore
    .map(entryOf);

export const qualificationById = (reader: Reader, entryId: string): QualificationEntry =>
  entryOf(requireRow(reader.first(`${select} WHERE entry.entryId = ?`, entryId), '人员资格', entryId));

/** Null where it may be entered; else what is wrong, by field. */
export function wrongQualification(
  reader: Reader,
  { personId, itemCode, parameterCode }: Pick<GivenQualification, 'personId' | 'itemCode' | 'parameterCode'>,
): { field: 'personId' | 'itemCode' | 'parameterCode'; message: string } | null {
  const person = reader.get('person', personId);
  if (!person || person['state'] === 'merged') return { field: 'personId', message: `没有人员 ${personId}` };
  const item = reader.get('item', itemCode);
  if (!item) return { field: 'itemCode', message: `没有检测项目 ${itemCode}` };
  const parameters = jsonOf<{ code: string }[]>(item['parametersJson']);
  if (parameterCode === '' || parameters.some(({ code }) => code === parameterCode)) return null;
  return { field: 'parameterCode', message: `检测项目 ${itemCode} 没有参数 ${parameterCode}` };
}

/** The same item and parameter from the same day: a second one would contradict the first. */
export const twinOf = (reader: Reader, given: GivenQualification): string | null => {
  const row = reader.first(
    `SELECT entryId FROM qualificationEntry WHERE personId = ? AND itemCode = ? AND parameterCode = ? AND validFrom = ?
       AND entryId NOT IN (SELECT entryId FROM qualificationWithdrawal)`,
    given.personId,
    given.itemCode,
    given.parameterCode,
    given.validFrom,
  );
  return row === undefined ? null : text(row['entryId']);
};

const refused = (message: string, next: string, details?: { field: string; message: string }[]): AppError =>
  new AppError({
    code: 'QUALIFICATION_REFUSED',
    message: `${message}，没有保存。`,
    meaning: '已填写的内容都还在。',
    next,
    ...(details ? { details } : {}),
  });

/** Answers the new entry's id. */
export function writeQualification(
  tx: Transaction,
  caller: Caller,
  at: string,
  given: GivenQualification,
  files: readonly Evidence[],
  reason?: string,
): string {
  const wrong = wrongQualification(tx, given);
  if (wrong !== null) throw refused(wrong.message, '请从列表里选择。', [wrong]);
  if (twinOf(tx, given) !== null)
    throw refused(`这个参数从 ${given.validFrom} 起的资格已经登记过`, '要更正的，请先撤回原来的一条，再登记新的。');
  const entryId = ulid();
  const { personId, itemCode, parameterCode, certificateNo, validFrom, validTo, remark } = given;
  tx.insert(
    'qualificationEntry',
    {
      entryId,
      personId,
      itemCode,
      parameterCode,
      certificateNo,
      validFrom,
      validTo,
      remark,
      filesJson: JSON.stringify(files),
      enteredById: caller.user.personId,
      enteredByName: caller.user.name,
      enteredAt: at,
    },
    reason,
  );
  return entryId;
}

export function withdrawQualification(tx: Transaction, caller: Caller, at: string, entryId: string, reason: string): void {
  const row = requireRow(tx.get('qualificationEntry', entryId), '人员资格', entryId);
  if (tx.get('qualificationWithdrawal', entryId))
    throw new AppError({
      code: 'QUALIFICATION_WITHDRAWN',
      message: '这一条已经撤回过了。',
      meaning: '没有改变。',
      next: '请刷新后查看。',
    });
  const { personId: byId, name: byName } = caller.user;
  tx.insert('qualificationWithdrawal', { entryId, reason, byId, byName, at }, reason);
  tx.touch('people', text(row['personId']));
} // prettier-ignore

// What the registers of people, machines and premises have in common: which facts of a row count, and how a refusal of the
// form's own schema is told by column.
import type { z } from 'zod';
import type { RegistrationKind } from '../../../../shared/entities/registration.ts';
import { jsonOf, textOf as text } from '../../../store/cells.ts';
import type { Row } from '../../../store/tables.ts';
import { localIdOf, newestRegistration, registrationStanding, tableOf } from '../../registrations/registrationRows.ts';
import type { Column } from '../columns.ts';
import type { Problem, Reader } from '../register.ts';

const unapproved = ['pending', 'rejected'];

/** What was entered last and waits, or never was approved: it is what the lab means. Null: the row itself is. */
export function enteredFacts(
  reader: Reader,
  kind: RegistrationKind,
  localId: string,
  rowState: string,
): { payload: Row; own: Row } | null {
  const newest = newestRegistration(reader, kind, localId);
  if (newest === undefined) return null;
  const counts = newest['state'] === 'pending' || (newest['state'] === 'rejected' && unapproved.includes(rowState));
  return counts ? jsonOf(newest['dataJson']) : null;
}

const gone: Readonly<Record<string, string>> = {
  deleted: '已被监管平台撤销',
  merged: '与平台的另一条重复，已合并',
};
export const lockedBy = (state: string): string | null => gone[state] ?? null;

/** `登记情况`, as the lists show it. */
export function standingText(reader: Reader, kind: RegistrationKind, localId: string, rowState: string): string {
  const standing = registrationStanding(reader, kind, localId, rowState);
  if (standing === null) return '平台下发';
  const what = standing.change ? '变更' : '登记';
  const words = {
    pending: `${what}待平台批准`,
    approved: '平台已批准',
    rejected: `${what}被平台退回：${standing.reason ?? ''}`,
  };
  return words[standing.state];
}

export const standingColumn: Column = {
  name: 'standing',
  heading: '登记情况',
  synonyms: [],
  kind: 'shown',
  required: false,
  example: '',
  how: '导出时写出，导入时不看',
};

/** The number is free, also as one of the platform's. */
export function refuseTakenNumber(reader: Reader, kind: RegistrationKind, localId: string, column: string): Problem[] {
  const { table } = tableOf[kind];
  if (reader.get(table, localId) === undefined && localIdOf(reader, kind, localId) === localId) return [];
  const bearer = localIdOf(reader, kind, localId);
  const message = bearer === localId ? `编号 ${localId} 已经使用` : `${localId} 是 ${bearer} 的平台编号`;
  return [{ column, code: 'NUMBER_TAKEN', message, next: '请换一个编号，或用原来的编号变更。' }];
}

export function schemaProblems(
  result: z.ZodSafeParseResult<unknown>,
  columns: readonly Column[],
  alias: Readonly<Record<string, string>> = {},
): Problem[] {
  if (result.success) return [];
  return result.error.issues.map(({ path, message }) => {
    const name = path.map(String).find((part) => columns.some((column) => column.name === (alias[part] ?? part)));
    const column = columns.find((one) => one.name === (alias[name ?? ''] ?? name));
    return {
      column: column?.heading ?? '整行',
      code: 'CELL_REFUSED',
      message,
      next: column?.how ?? '请更正后再导入。',
    };
  });
}

export const wordsOf = (column: Column): string[] => Object.keys(column.choices ?? {});

export const plainText = (value: unknown): string => (value === null || value === undefined ? '' : text(value as string).trim()); // prettier-ignore

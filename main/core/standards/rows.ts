// The library as rows: the declarations of the methods beside what the lab entered, what its last 查新 said, and until
// when that holds by the lab's own setting.
import { dossierKinds } from '../../../shared/dossier/kinds.ts';
import { calibrationValidThrough } from '../../../shared/gate/index.ts';
import { declaredStandards, standardState, type DeclaredStandard } from '../../../shared/standards/library.ts';
import type { StandardRow } from '../../../shared/standards/calls.ts';
import { nullableText as nullable, textOf as text } from '../../store/cells.ts';
import type { Store } from '../../store/store.ts';
import type { Row } from '../../store/tables.ts';

type Reader = Pick<Store, 'all' | 'first' | 'get'>;

export const checkMonthsKey = 'standardCheckMonths';
export const checkMonthsOf = (reader: Pick<Store, 'get'>): number =>
  Number(reader.get('setting', checkMonthsKey)?.['value'] ?? '12');

let declared: readonly DeclaredStandard[] | null = null;
const declaredOnce = (): readonly DeclaredStandard[] => (declared ??= declaredStandards());

export const isStandard = (reader: Pick<Store, 'get'>, standardNo: string): boolean =>
  declaredOnce().some((one) => one.standardNo === standardNo) || reader.get('labStandard', standardNo) !== undefined;

/** Entries of a kind that stand, the newest of each standard last. */
const standing = (reader: Reader, kind: keyof typeof dossierKinds): Row[] =>
  reader.all(
    `SELECT * FROM dossierEntry WHERE subject = 'standard' AND kind = ? AND entryId NOT IN (SELECT entryId FROM dossierWithdrawal)
     ORDER BY day, entryId`,
    kind,
  );

export function standardRows(reader: Reader, today: string): StandardRow[] {
  const months = checkMonthsOf(reader);
  const checks = new Map(standing(reader, 'currency').map((row) => [text(row['subjectId']), row]));
  const copies = Map.groupBy(standing(reader, 'controlledCopy'), (row) => text(row['subjectId']));
  const own = new Map(reader.all('SELECT * FROM labStandard').map((row) => [text(row['standardNo']), row]));
  const byNo = new Map(declaredOnce().map((one) => [one.standardNo, one]));
  return [...new Set([...byNo.keys(), ...own.keys()])]
    .toSorted((a, b) => a.localeCompare(b, 'en'))
    .map((standardNo): StandardRow => {
      const named = byNo.get(standardNo) ?? null;
      const row = own.get(standardNo);
      const lab = row && {
        inForceFrom: nullable(row['inForceFrom']),
        replacedBy: text(row['replacedBy']),
        replacedOn: nullable(row['replacedOn']),
      };
      const check = checks.get(standardNo);
      const last = check && { day: text(check['day']), passed: check['result'] === 'passed' };
      const agreed = nullable(check?.['nextOn'] ?? null);
      const due = last === undefined ? null : calibrationValidThrough(last.day, months);
      return {
        standardNo,
        name: row === undefined ? (named?.name ?? '') : text(row['name']),
        source: named === null ? 'lab' : 'method',
        ...standardState(named, lab ?? null, last ?? null, today),
        inForceFrom: lab?.inForceFrom ?? null,
        replacedBy: lab?.replacedBy || (named?.replacedBy ?? ''),
        replacedOn: lab?.replacedOn ?? null,
        usedFrom: named?.usedFrom ?? null,
        usedUntil: named?.usedUntil ?? null,
        uses: (named?.uses ?? []).map(({ methodName, use, editionId, from, until }) => ({
          methodName,
          use,
          editionId,
          from,
          until,
        })),
        copies: (copies.get(standardNo) ?? []).map((copy) => text(copy['documentNo']) || text(copy['title'])),
        lastCheck: check && last
            ? { ...last, source: text(check['title']), by: text(check['doneBy']), enteredByName: text(check['enteredByName']) }
            : null,
        checkDue: due !== null && agreed !== null && agreed < due ? agreed : due,
      };
    });
} // prettier-ignore

/** Days on which the last 查新 of standards in force runs out, with how many and the first of them. */
export function checksRunningOut(reader: Reader, today: string): { until: string; what: string; key: string }[] {
  const due = standardRows(reader, today).filter(({ state, checkDue }) => state !== 'replaced' && checkDue !== null);
  return [...Map.groupBy(due, ({ checkDue }) => checkDue ?? '')].map(([until, rows]) => {
    const first = rows[0]?.standardNo ?? '';
    return {
      until,
      what: rows.length === 1 ? `标准 ${first} 的查新` : `${first} 等 ${rows.length} 个标准的查新`,
      key: first,
    };
  });
}

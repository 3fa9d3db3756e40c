// Entries of the dossiers: what was done to a machine or with a person, with its proof; entered once, withdrawn with a reason.
import { ulid } from 'ulid';
import type { z } from 'zod';
import { toCalendarDay, toWallTime } from '../../../shared/entities/scalars.ts';
import type { Evidence } from '../../../shared/entities/evidence.ts';
import type { DossierDue, DossierEntry, newDossierEntrySchema } from '../../../shared/dossier/calls.ts';
import { dossierKinds, type DossierKindId, type DossierSubject } from '../../../shared/dossier/kinds.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { jsonOf, nullableText as nullable, textOf as text } from '../../store/cells.ts';
import { requireRow, type Store } from '../../store/store.ts';
import type { Row } from '../../store/tables.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { Caller, Context } from '../context.ts';
import { isStandard } from '../standards/rows.ts';
import { keepEvidence, readEvidence, registerEvidence } from '../files/evidence.ts';

type Reader = Pick<Store, 'all' | 'first' | 'get'>;
type Given = z.output<typeof newDossierEntrySchema>;

export const subjectNames: Record<DossierSubject, string> = { equipment: '设备', person: '人员', standard: '标准' };

const select = `SELECT dossierEntry.*, dossierWithdrawal.reason AS withdrawnReason, dossierWithdrawal.byName AS withdrawnBy,
    dossierWithdrawal.at AS withdrawnAt
  FROM dossierEntry LEFT JOIN dossierWithdrawal USING (entryId)`;

function entryOf(row: Row): DossierEntry {
  return {
    entryId: text(row['entryId']),
    subject: text(row['subject']) as DossierSubject,
    subjectId: text(row['subjectId']),
    kind: text(row['kind']) as DossierKindId,
    day: text(row['day']),
    title: text(row['title']),
    doneBy: text(row['doneBy']),
    documentNo: text(row['documentNo']),
    result: nullable(row['result']) as DossierEntry['result'],
    detail: text(row['detail']),
    nextOn: nullable(row['nextOn']),
    files: jsonOf<Evidence[]>(row['filesJson']),
    enteredByName: text(row['enteredByName']),
    enteredAt: text(row['enteredAt']),
    withdrawn:
      row['withdrawnAt'] === null
        ? null
        : { reason: text(row['withdrawnReason']), byName: text(row['withdrawnBy']), at: text(row['withdrawnAt']) },
  };
}

/** Newest first, the withdrawn ones among them. */
export const entriesOf = (store: Reader, subject: DossierSubject, subjectId?: string): DossierEntry[] =>
  store
    .all(
      `${select} WHERE subject = ? AND (? IS NULL OR subjectId = ?) ORDER BY subjectId, day DESC, dossierEntry.entryId DESC`,
      subject,
      subjectId ?? null,
      subjectId ?? null,
    )
    .map(entryOf);

export const entryById = (store: Reader, entryId: string): DossierEntry =>
  entryOf(requireRow(store.first(`${select} WHERE entryId = ?`, entryId), '档案条目', entryId));

/** Of each subject and kind the newest entry that stands: when it is due again. */
export function dueOf(store: Reader, subjectId?: string): DossierDue[] {
  return store
    .all(
      `SELECT entry.subject, entry.subjectId, entry.kind, entry.title, entry.nextOn, coalesce(equipment.name, person.name, entry.subjectId) AS name
       FROM dossierEntry AS entry
         LEFT JOIN equipment ON entry.subject = 'equipment' AND equipment.equipmentId = entry.subjectId
         LEFT JOIN person ON entry.subject = 'person' AND person.personId = entry.subjectId
       WHERE entry.nextOn IS NOT NULL AND (? IS NULL OR entry.subjectId = ?)
         AND entry.entryId = (SELECT other.entryId FROM dossierEntry AS other
           WHERE other.subject = entry.subject AND other.subjectId = entry.subjectId AND other.kind = entry.kind
             AND other.entryId NOT IN (SELECT entryId FROM dossierWithdrawal)
           ORDER BY other.day DESC, other.entryId DESC LIMIT 1)
       ORDER BY entry.nextOn, entry.subjectId, entry.kind`,
      subjectId ?? null,
      subjectId ?? null,
    )
    .map((row) => ({
      subject: text(row['subject']) as DossierSubject,
      subjectId: text(row['subjectId']),
      subjectName: text(row['name']),
      kind: text(row['kind']) as DossierKindId,
      title: text(row['title']),
      nextOn: text(row['nextOn']),
    }));
}

/** Nobody is reminded of a machine that is out of use, or of a person who has left. */
export function dueInUse(store: Reader): DossierDue[] {
  return dueOf(store).filter(({ subject, subjectId }) => {
    // 查新 has a rule of its own, the lab's setting.
    if (subject === 'standard') return false;
    const row = store.get(subject, subjectId);
    if (subject === 'person') return row?.['state'] === 'active';
    return row?.['platformState'] === 'active' && row['localState'] !== 'stopped';
  });
}

function requireSubject(store: Reader, subject: DossierSubject, subjectId: string): void {
  if (subject !== 'standard') requireRow(store.get(subject, subjectId), subjectNames[subject], subjectId);
  else if (!isStandard(store, subjectId)) requireRow(undefined, subjectNames[subject], subjectId);
}

/** A bad result of a kind that stops takes the machine out of use in the same transaction. */
export function enterEntry(context: Context, caller: Caller, given: Given): { entry: DossierEntry; stopped: boolean } {
  const { store } = context;
  requireSubject(store, dossierKinds[given.kind].subject, given.subjectId);
  refuseWrong(given, toCalendarDay(context.now()));
  const kept = given.files.map((file) => readEvidence(file)).map((file) => keepEvidence(context, file));
  const files: Evidence[] = kept.map(({ sha256, fileName, bytes }) => ({ sha256, fileName, bytes }));
  const { entryId, stopped } = store.transact(caller.actor, (tx) => {
    registerEvidence(tx, kept);
    return writeEntry(tx, context, caller, given, files);
  });
  return { entry: entryById(store, entryId), stopped };
}

/** One entry inside a transaction, whose files are registered already. */
export function writeEntry(
  tx: Transaction,
  context: Pick<Context, 'now'>,
  caller: Caller,
  given: Omit<Given, 'files'>,
  files: readonly Evidence[] = [],
): { entryId: string; stopped: boolean } {
  const kind = dossierKinds[given.kind];
  const subject: DossierSubject = kind.subject;
  requireSubject(tx, subject, given.subjectId);
  const now = context.now();
  refuseWrong(given, toCalendarDay(now));
  const { kind: kindId, subjectId, day, title, doneBy, documentNo, result, detail, nextOn } = given;
  const entryId = ulid();
  const at = toWallTime(now);
  tx.insert('dossierEntry', {
    entryId,
    subject,
    subjectId,
    kind: kindId,
    day,
    title,
    doneBy,
    documentNo,
    result,
    detail,
    nextOn,
    filesJson: JSON.stringify(files),
    enteredById: caller.user.personId,
    enteredByName: caller.user.name,
    enteredAt: at,
  });
  const machine = subject === 'equipment' ? tx.get('equipment', subjectId) : undefined;
  if (!kind.stops || result !== 'failed' || machine?.['localState'] === 'stopped') return { entryId, stopped: false };
  const reason = `${kind.name}${kind.results?.failed ?? ''}：${title}`;
  tx.update('equipment', subjectId, { localState: 'stopped', localReason: reason, localSince: at }, reason);
  return { entryId, stopped: true };
}

function refuseWrong({ kind: kindId, day, result }: Omit<Given, 'files'>, today: string): void {
  const kind = dossierKinds[kindId];
  const problem =
    day > today
      ? { field: 'day', message: `${kind.name}的日期 ${day} 还没有到` }
      : kind.results !== null && result === null
        ? { field: 'result', message: `请选择${kind.name}的结论` }
        : kind.results === null && result !== null
          ? { field: 'result', message: `${kind.name}没有结论` }
          : null;
  if (problem === null) return;
  throw new AppError({
    code: 'DOSSIER_REFUSED',
    message: `${problem.message}，没有保存。`,
    meaning: '已填写的内容都还在。',
    next: '请更正后再保存。',
    details: [problem],
  });
}

/** It stays readable; what it stopped stays stopped until a person puts it back. */
export function withdrawEntry(context: Context, caller: Caller, entryId: string, reason: string): DossierEntry {
  const { store } = context;
  if (entryById(store, entryId).withdrawn !== null) {
    throw new AppError({
      code: 'DOSSIER_WITHDRAWN',
      message: '这一条已经撤回过了。',
      meaning: '没有改变。',
      next: '请刷新后查看。',
    });
  }
  store.transact(caller.actor, (tx) =>
    tx.insert(
      'dossierWithdrawal',
      { entryId, reason, byId: caller.user.personId, byName: caller.user.name, at: toWallTime(context.now()) },
      reason,
    ),
  );
  return entryById(store, entryId);
}

// 放行: where the supervisor leaves a control off, a known fault passes only when a named person answers for it, with the
// password again and a reason. It holds for one thing (an item, a contract, a person, a machine) in one project or
// commission, is kept for ever, and ends at once when somebody ends it or the supervisor switches the control on.
import { ulid } from 'ulid';
import type { GateOverrideRow, overrideEntities } from '../../../shared/contract/gate.ts';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { SWITCHED, type GateOverride, type SwitchedSubject } from '../../../shared/gate/question.ts';
import { jsonOf, nullableText as nullable, textOf as text } from '../../store/cells.ts';
import { requireRow, type Store } from '../../store/store.ts';
import type { Row } from '../../store/tables.ts';
import { refuseWrongClock } from '../clock/refuse.ts';
import type { Caller, Context } from '../context.ts';
import type { Sessions } from '../sessions/sessions.ts';

type Reader = Pick<Store, 'all' | 'first'>;

export const questionNames: Record<SwitchedSubject, string> = {
  scope: '资质范围',
  contract: '合同',
  personnel: '人员资格',
  equipment: '设备',
};

/** Controls that the supervisor leaves off. */
export function openControls(reader: Reader): SwitchedSubject[] {
  const row = reader.first('SELECT controlsJson FROM institution');
  const controls = row ? jsonOf<Record<string, boolean | undefined>>(row['controlsJson']) : {};
  return SWITCHED.filter((subject) => controls[subject] === false);
}

export interface OverrideFacts {
  projectId: string | null;
  commissionNo: string | null;
  itemCode: string;
  contractNo: string | null;
  personId: string | null;
  equipmentIds: readonly string[];
}

/** What counts for this question of the gate: every thing that it asks about must be let pass, not just one of them. */
export function overridesFor(reader: Reader, facts: OverrideFacts): GateOverride[] {
  const rows = reader.all(
    `SELECT * FROM gateOverride WHERE endedAt IS NULL
       AND ((entity = 'project' AND entityKey = ?) OR (entity = 'commission' AND entityKey = ?)) ORDER BY overrideId`,
    facts.projectId ?? '',
    facts.commissionNo ?? '',
  );
  const subjects: Record<SwitchedSubject, readonly string[]> = {
    scope: [facts.itemCode],
    contract: facts.contractNo === null ? [] : [facts.contractNo],
    personnel: facts.personId === null ? [] : [facts.personId],
    equipment: facts.equipmentIds,
  };
  return SWITCHED.flatMap((question) => {
    const asked = subjects[question];
    const found = asked.map((subject) =>
      rows.find((row) => row['question'] === question && row['subject'] === subject),
    );
    const [first] = found;
    if (first === undefined || found.includes(undefined)) return [];
    return [
      { question, by: { id: text(first['personId']), name: text(first['personName']) }, reason: text(first['reason']) },
    ];
  });
}

export const overrideOf = (row: Row): GateOverrideRow => ({
  overrideId: text(row['overrideId']),
  question: text(row['question']) as SwitchedSubject,
  subject: text(row['subject']),
  entity: text(row['entity']) as (typeof overrideEntities)[number],
  entityKey: text(row['entityKey']),
  personName: text(row['personName']),
  reason: text(row['reason']),
  at: text(row['at']),
  endedAt: nullable(row['endedAt']),
  endedBy: nullable(row['endedBy']),
  endReason: nullable(row['endReason']),
});

const nothingDone = '没有放行，检查照旧。';
const refuse = (code: string, message: string, next: string): AppError =>
  new AppError({ code, message, meaning: nothingDone, next });

export async function overrideGate(
  context: Context,
  sessions: Sessions,
  caller: Caller,
  input: Pick<GateOverrideRow, 'question' | 'subject' | 'entity' | 'entityKey' | 'reason'> & { password: string },
): Promise<GateOverrideRow> {
  await sessions.confirm(caller.user, input.password);
  await refuseWrongClock(context);
  const { question, subject, entity, entityKey, reason } = input;
  return context.store.transact(caller.actor, (tx) => {
    if (!openControls(tx).includes(question)) {
      throw refuse(
        'GATE_OVERRIDE_ENFORCED',
        `“${questionNames[question]}”由监管平台强制，不能放行。`,
        '请按检查结果里的办法处理；平台放开该项控制后才能由本机构放行。',
      );
    }
    if (entity === 'project') requireRow(tx.get('project', entityKey), '工程', entityKey);
    else requireRow(tx.get('commission', entityKey), '委托单', entityKey);
    requireSubject(tx, question, subject);
    // Nobody answers for their own missing qualification.
    if (question === 'personnel' && subject === caller.user.personId)
      throw refuse('GATE_OVERRIDE_SELF', '不能为自己放行。', '请由另一名有权限的人员放行。');
    const known = tx.first(
      'SELECT 1 FROM gateOverride WHERE question = ? AND subject = ? AND entity = ? AND entityKey = ? AND endedAt IS NULL',
      question,
      subject,
      entity,
      entityKey,
    );
    if (known)
      throw refuse('GATE_OVERRIDE_KNOWN', '这一项已经放行，仍然有效。', '无需再放行；要更改理由，请先终止原来的。');
    const row: Row = {
      overrideId: ulid(),
      question,
      subject,
      entity,
      entityKey,
      personId: caller.user.personId,
      personName: caller.user.name,
      reason,
      at: toWallTime(context.now()),
      endedAt: null,
      endedBy: null,
      endReason: null,
    };
    tx.insert('gateOverride', row, reason);
    return overrideOf(row);
  });
}

function requireSubject(tx: Pick<Store, 'get' | 'first'>, question: SwitchedSubject, subject: string): void {
  if (question === 'scope') requireRow(tx.get('item', subject), '检测项目', subject);
  else if (question === 'personnel') requireRow(tx.get('person', subject), '人员', subject);
  else if (question === 'equipment') requireRow(tx.get('equipment', subject), '设备', subject);
  else requireRow(tx.first('SELECT 1 FROM contract WHERE contractNo = ?', subject), '合同', subject);
}

export function endOverride(context: Context, caller: Caller, overrideId: string, reason: string): void {
  context.store.transact(caller.actor, (tx) => {
    const row = requireRow(tx.get('gateOverride', overrideId), '放行', overrideId);
    if (row['endedAt'] !== null) throw refuse('GATE_OVERRIDE_ENDED', '这一项放行已经终止。', '请刷新后再看。');
    tx.update(
      'gateOverride',
      overrideId,
      { endedAt: toWallTime(context.now()), endedBy: caller.user.name, endReason: reason },
      reason,
    );
  });
}

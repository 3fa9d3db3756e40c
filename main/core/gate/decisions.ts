// Every decision of the gate is kept as it was given, with the version of the reference data it rests on: what was
// allowed in the transaction that it allowed, what was refused as soon as it was refused.
import { ulid } from 'ulid';
import type { GateDecisionLine } from '../../../shared/entities/record.ts';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import type { AuditActor } from '../../store/audit.ts';
import { jsonOf as json, nullableText as nullable, textOf as text } from '../../store/cells.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { Context } from '../context.ts';
import type { Reader } from '../records/runRows.ts';
import type { GateAnswer } from './ask.ts';

export interface DecisionSubject {
  entity: 'commission' | 'task' | 'record' | 'run' | 'report' | 'equipment';
  key: string;
}

/** The refusal of the gate, with the decision itself for whoever keeps it. */
export class GateRefused extends AppError {
  readonly answer: GateAnswer;

  constructor(info: ConstructorParameters<typeof AppError>[0], answer: GateAnswer) {
    super(info);
    this.answer = answer;
  }
}

export function keepDecision(tx: Transaction, at: Date, answer: GateAnswer, subject: DecisionSubject): void {
  tx.insert('gateDecision', {
    decisionId: ulid(),
    moment: answer.asked.moment,
    entity: subject.entity,
    entityKey: subject.key,
    at: toWallTime(at),
    personId: answer.asked.personId ?? null,
    equipmentIdsJson: JSON.stringify(answer.asked.equipmentIds ?? []),
    allowed: answer.allowed ? 1 : 0,
    snapshot: answer.snapshot,
    snapshotFetchedAt: answer.snapshotFetchedAt,
    findingsJson: JSON.stringify(answer.findings),
  });
}

/** The work was undone, so its refusal stands under what the question named. */
export function keepRefusal(context: Context, actor: AuditActor, { answer }: GateRefused): void {
  const { taskId, commissionNo, projectId } = answer.asked;
  const subject: DecisionSubject = taskId
    ? { entity: 'task', key: taskId }
    : { entity: 'commission', key: commissionNo ?? `工程 ${projectId ?? ''}` };
  try {
    context.store.transact(actor, (tx) => keepDecision(tx, context.now(), answer, subject));
  } catch (cause) {
    // The person is refused all the same, and is told why.
    context.log('error', 'refusal of the gate not kept', { cause: String(cause) });
  }
}

/** What the gate decided about a record, oldest first: its opening, every arming of a specimen, its signatures. */
export function decisionsOf(reader: Reader, recordNo: string): GateDecisionLine[] {
  return reader
    .all(
      `SELECT gateDecision.*, run.runNo, run.specimenNo, person.name FROM gateDecision
         LEFT JOIN run ON gateDecision.entity = 'run' AND run.runId = gateDecision.entityKey
         LEFT JOIN person ON person.personId = gateDecision.personId
       WHERE (gateDecision.entity = 'record' AND gateDecision.entityKey = ?)
          OR (gateDecision.entity = 'run' AND gateDecision.entityKey IN (SELECT runId FROM run WHERE recordNo = ?))
       ORDER BY decisionId`,
      recordNo,
      recordNo,
    )
    .map((row) => ({
      moment: text(row['moment']),
      at: text(row['at']),
      personName: nullable(row['name'] ?? row['personId']),
      equipmentIds: json<string[]>(row['equipmentIdsJson']),
      runNo: nullable(row['runNo']),
      allowed: row['allowed'] === 1,
      snapshot: nullable(row['snapshot']),
      snapshotFetchedAt: nullable(row['snapshotFetchedAt']),
      warnings: json<{ outcome: string; message: string }[]>(row['findingsJson'])
        .filter(({ outcome }) => outcome === 'warn' || outcome === 'not-enforced')
        .map(({ message }) => message),
    }));
}

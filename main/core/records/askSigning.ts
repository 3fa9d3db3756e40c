// The gate's question before a signature: supervision, scope, the signer's qualification, and the machine as of the test.
import type { Role } from '../../../shared/entities/roles.ts';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import type { Caller, Context } from '../context.ts';
import { askGate, refuseUnlessAllowed, type GateAnswer } from '../gate/ask.ts';
import { equipmentUsed } from './extensometersUsed.ts';
import { testedAtOf, type RecordFacts } from './recordRows.ts';

/** Throws the gate's refusal; answers what it found otherwise. */
export function askSigning(
  context: Context,
  caller: Caller,
  { row, method, sample, runs, readings }: Pick<RecordFacts, 'row' | 'method' | 'sample' | 'runs' | 'readings'>,
  role: Extract<Role, 'technician' | 'checker' | 'authorisedSignatory'>,
): GateAnswer {
  const approval = role === 'authorisedSignatory';
  const gate = askGate(context, {
    moment: approval ? 'approval' : 'signing',
    itemCode: sample.itemCode,
    parameterCodes: sample.parameterCodes,
    commissionNo: String(row['commissionNo']),
    personId: caller.user.personId,
    role,
    equipmentIds: equipmentUsed(String(row['equipmentId']), { method, runs }),
    sampleNo: sample.sampleNo,
    taskId: String(row['taskId']),
    testedAt: testedAtOf({ runs, readings }) ?? toWallTime(context.now()),
  });
  refuseUnlessAllowed(gate, approval ? '没有批准。' : '没有签名。');
  return gate;
}

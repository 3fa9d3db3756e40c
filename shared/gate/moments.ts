// Which question is asked at which moment (domain rule: the gate's table). `refuse`: a fault stops the act. `advise`: a
// fault is told early, because it will refuse later. `if-given`: asked when the import carries the fact.
import type { GateMoment, GateQuestion, GateSubject } from './question.ts';

export type Force = 'refuse' | 'advise' | 'if-given';

export const ASKED: Readonly<Record<GateMoment, Readonly<Partial<Record<GateSubject, Force>>>>> = {
  reception: { supervision: 'refuse', scope: 'refuse', contract: 'refuse' },
  'run-start': { supervision: 'refuse', scope: 'advise', personnel: 'refuse', equipment: 'refuse', age: 'refuse' },
  signing: { supervision: 'refuse', scope: 'refuse', personnel: 'refuse', equipment: 'refuse' },
  approval: { supervision: 'refuse', scope: 'refuse', personnel: 'refuse', equipment: 'refuse' },
  import: {
    supervision: 'refuse',
    scope: 'refuse',
    contract: 'refuse',
    personnel: 'if-given',
    equipment: 'if-given',
    age: 'if-given',
  },
};

/** Calibration, intermediate checks and QC runs have no client, no scope, no age; they still need a person and a machine. */
const OWN_WORK: readonly GateSubject[] = ['personnel', 'equipment'];

function given(question: GateQuestion, subject: GateSubject): boolean {
  if (subject === 'personnel') return question.person !== null;
  if (subject === 'equipment') return question.equipment !== null;
  return question.specimen !== null;
}

/** The force of a question at its moment, or null when it is not asked. */
export function forceOf(question: GateQuestion, subject: GateSubject): 'refuse' | 'advise' | null {
  if (question.purpose !== 'sample' && !OWN_WORK.includes(subject)) return null;
  const force = ASKED[question.moment][subject];
  if (force === undefined) return null;
  if (force !== 'if-given') return force;
  return given(question, subject) ? 'refuse' : null;
}

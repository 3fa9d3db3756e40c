// Door of the gate: what other layers may use.
export { decideGate, gateError } from './decide.ts';
export { ageDeviation, ageWindow } from './age.ts';
export { sayInstant } from './calendar.ts';
export { calibrationValidThrough, calibrationWarnFrom } from './calibration.ts';
export { gateDecisionSchema, gateFindingSchema } from './decision.ts';
export type { GateDecision, GateFinding } from './decision.ts';
export { MOMENTS, QUESTIONS, SWITCHED, gateQuestionSchema } from './question.ts';
export type { GateEquipment, GateMoment, GateOverride, GateQuestion, GateSubject } from './question.ts';

// The gate: may this test be done, now, here, by this person, on this machine? One pure function answers every question
// at once and says why in words. It is asked on the side of the store, and its decision is recorded as it is, with the
// version and age of the reference data it used.
import { AppError } from '../errors/appError.ts';
import { askAge } from './age.ts';
import { instantOf, sayDuration, sayInstant } from './calendar.ts';
import { askContract } from './contract.ts';
import type { Answer, Fault, GateDecision, GateFinding } from './decision.ts';
import { askEquipment } from './equipment.ts';
import { forceOf } from './moments.ts';
import { askPersonnel } from './personnel.ts';
import { QUESTIONS, SWITCHED, gateQuestionSchema } from './question.ts';
import type { GateOverride, GateQuestion, GateSubject } from './question.ts';
import { askScope } from './scope.ts';
import { askSupervision } from './supervision.ts';

const ASK: Readonly<Record<GateSubject, (question: GateQuestion) => Answer>> = {
  supervision: askSupervision,
  scope: askScope,
  contract: askContract,
  personnel: askPersonnel,
  equipment: askEquipment,
  age: askAge,
};

function enforced(question: GateQuestion, subject: GateSubject): boolean {
  const switched = SWITCHED.find((candidate) => candidate === subject);
  return switched === undefined || question.controls[switched];
}

/** Only an override with a name and a reason counts. */
function overrideFor(question: GateQuestion, subject: GateSubject): GateOverride | undefined {
  return question.overrides?.find(
    (candidate) =>
      candidate.question === subject &&
      candidate.by.id.trim() !== '' &&
      candidate.by.name.trim() !== '' &&
      candidate.reason.trim() !== '',
  );
}

function refused(
  base: Omit<GateFinding, 'outcome'>,
  question: GateQuestion,
  subject: GateSubject,
  overridable: boolean,
): GateFinding {
  const tried = question.overrides?.some((candidate) => candidate.question === subject) ?? false;
  const finding: GateFinding = { ...base, outcome: 'refuse', overridable };
  if (tried && !overridable) {
    return { ...finding, meaning: `${base.meaning}该项由监管平台强制或属本机构规定，放行无效。` };
  }
  if (tried) return { ...finding, next: `放行须写明放行人和理由。${base.next}` };
  if (!overridable) return finding;
  return { ...finding, next: `${base.next}监管平台未强制此项控制，确有必要时可由授权人员署名并写明理由后放行。` };
}

function findingOf(
  question: GateQuestion,
  subject: GateSubject,
  force: 'refuse' | 'advise',
  fault: Fault,
): GateFinding {
  const { code, message, meaning, next, source } = fault;
  const base = { question: subject, code, message, meaning, next, source, overridable: false };
  if (fault.severity === 'notice' || force === 'advise') return { ...base, outcome: 'warn' };
  if (fault.release === 'never' || enforced(question, subject)) return refused(base, question, subject, false);
  if (fault.release === 'freely') {
    return { ...base, outcome: 'not-enforced', meaning: '监管平台未强制此项控制，可以继续。' };
  }
  const override = overrideFor(question, subject);
  if (override === undefined) return refused(base, question, subject, true);
  return {
    ...base,
    outcome: 'not-enforced',
    meaning: `监管平台未强制此项控制，由${override.by.name}放行，理由：${override.reason.trim()}。`,
    override,
  };
}

function findingsOf(question: GateQuestion, subject: GateSubject): GateFinding[] {
  const force = forceOf(question, subject);
  if (force === null) return [];
  const answer = ASK[subject](question);
  if (answer.faults.length > 0) return answer.faults.map((fault) => findingOf(question, subject, force, fault));
  const pass = {
    question: subject,
    message: answer.pass,
    source: answer.source,
    overridable: false,
    next: '无需处理。',
  };
  if (enforced(question, subject)) {
    return [{ ...pass, outcome: 'pass', code: `GATE_${subject.toUpperCase()}_PASS`, meaning: '可以继续。' }];
  }
  const code = `GATE_${subject.toUpperCase()}_NOT_ENFORCED`;
  return [
    { ...pass, outcome: 'not-enforced', code, meaning: '监管平台未强制此项控制；本机构核对未发现问题，可以继续。' },
  ];
}

function referenceOf(question: GateQuestion): GateDecision['reference'] {
  const snapshot = question.referenceSnapshot;
  if (snapshot === null) {
    return {
      version: null,
      fetchedAt: null,
      ageSeconds: null,
      text: '尚未从监管平台取得参考数据，依据本机录入的数据判断。',
    };
  }
  const age = instantOf(question.at) - instantOf(snapshot.fetchedAt);
  const since = age < 0 ? `取得时刻比本机时钟晚 ${sayDuration(age)}，请核对时钟` : `距今 ${sayDuration(age)}`;
  return {
    version: snapshot.version,
    fetchedAt: snapshot.fetchedAt,
    ageSeconds: Math.floor(age / 1000),
    text: `依据 ${sayInstant(snapshot.fetchedAt)} 取得的参考数据（版本 ${snapshot.version}，${since}）。`,
  };
}

/** Parses a question; one that is not whole is a fault of the program and is never answered with a guess. */
function parseQuestion(raw: GateQuestion): GateQuestion {
  const parsed = gateQuestionSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message }));
  throw new AppError(
    {
      code: 'GATE_QUESTION_INVALID',
      message: `合规检查所需的资料不完整：${details.map((detail) => `${detail.field}：${detail.message}`).join('；')}`,
      meaning: '检查没有进行，这一步没有放行。',
      next: '请核对所列资料；资料无误仍出现时请联系管理员。',
      details,
    },
    { cause: parsed.error },
  );
}

/** Answers all questions of the moment. `allowed` is true only when no finding refuses. */
export function decideGate(raw: GateQuestion): GateDecision {
  const question = parseQuestion(raw);
  const findings = QUESTIONS.flatMap((subject) => findingsOf(question, subject));
  return {
    allowed: findings.every((finding) => finding.outcome !== 'refuse'),
    findings,
    reference: referenceOf(question),
  };
}

/** The refusal of a decision as an error for the caller; null when it is allowed. */
export function gateError(decision: GateDecision): AppError | null {
  const reasons = decision.findings.filter((finding) => finding.outcome === 'refuse');
  const first = reasons[0];
  if (first === undefined) return null;
  return new AppError({
    code: first.code,
    message: reasons.map((finding) => finding.message).join(''),
    meaning: [...new Set(reasons.map((finding) => finding.meaning))].join(''),
    next: [...new Set(reasons.map((finding) => finding.next))].join(''),
    details: reasons.map((finding) => ({ field: finding.question, rule: finding.source, message: finding.message })),
  });
}

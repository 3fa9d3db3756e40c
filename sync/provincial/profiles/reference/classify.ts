// Third of the profile's three functions: what an answer that is not a success means. Pure. The rule behind it: an
// answer is believed only when it is the contract's own. A page of HTML with status 404 comes from something in
// between and does not say that a commission is absent; any 5xx leaves open what was done.
import { foreignErrorSchema } from '../../../wire/messages.ts';
import type { FailureDetail, PlatformFailure } from '../../port.ts';
import { notInContract, type RawAnswer, readJson, retryAfterSeconds, unknownOutcome } from '../http/raw-answer.ts';
import type { ErrorRule } from '../profile-data.ts';
import { REFERENCE_PROFILE } from './profile.ts';

function ruleFor(code: string): ErrorRule {
  return Object.hasOwn(REFERENCE_PROFILE.errorTable, code)
    ? (REFERENCE_PROFILE.errorTable[code] as ErrorRule)
    : { class: 'rejected' };
}

export function failureOf(
  code: string,
  message: string,
  details: FailureDetail[] | undefined,
  retryAfterS: number | undefined,
): PlatformFailure {
  const rule = ruleFor(code);
  return {
    class: rule.class,
    code,
    message,
    sent: true,
    ...(details === undefined || details.length === 0 ? {} : { details }),
    ...(retryAfterS === undefined ? {} : { retryAfterS }),
    ...(rule.freezes === undefined ? {} : { freezes: rule.freezes }),
    ...(rule.tooLarge === true ? { tooLarge: true } : {}),
    ...(rule.repeatOnce === true ? { repeatOnce: true } : {}),
  };
}

const severity: readonly PlatformFailure['class'][] = [
  'auth',
  'clock',
  'frozen',
  'conflict',
  'rejected',
  'dependency',
  'slow-down',
  'unknown-outcome',
  'later',
  'same',
];

/** Several refusals of one entry as one failure: the gravest decides, all words are kept. */
export function failureOfErrors(
  errors: { code: string; field?: string | undefined; message: string }[] | undefined,
): PlatformFailure {
  if (errors === undefined || errors.length === 0) {
    return { class: 'rejected', code: 'REJECTED', message: '平台拒绝了该条目，但没有说明原因。', sent: true };
  }
  const sorted = errors
    .map((error) => ({ error, rule: ruleFor(error.code) }))
    .sort((a, b) => severity.indexOf(a.rule.class) - severity.indexOf(b.rule.class));
  const gravest = sorted[0]!.error;
  const details = errors.map((error) => ({
    ...(error.field === undefined ? {} : { field: error.field }),
    rule: error.code,
    message: error.message,
  }));
  return failureOf(gravest.code, errors.map((error) => error.message).join('；'), details, undefined);
}

/** What an answer with a status other than the expected ones means. */
export function classify(raw: RawAnswer, now: number): PlatformFailure {
  const retryAfterS = retryAfterSeconds(raw.headers['retry-after'], now);
  const withRetry = (failure: PlatformFailure): PlatformFailure =>
    retryAfterS === undefined ? failure : { ...failure, retryAfterS };
  if (raw.status >= 300 && raw.status < 400) {
    return unknownOutcome('REDIRECT_REFUSED', `平台地址的应答是转址（HTTP ${raw.status}）。本程序不跟随转址。`);
  }
  const parsed = readJson(raw);
  if (!parsed.ok) return withRetry(parsed.failure);
  const error = foreignErrorSchema.safeParse(parsed.value);
  if (!error.success) return withRetry(notInContract(raw.status, error.error));
  const { code, message } = error.data;
  const details = error.data.details?.map((detail) => ({
    ...(detail.field === undefined ? {} : { field: detail.field }),
    ...(detail.rule === undefined ? {} : { rule: detail.rule }),
    message: detail.message ?? '',
  }));
  if (raw.status >= 500) return withRetry(unknownOutcome(code, message));
  if (raw.status < 400) {
    return unknownOutcome('ANSWER_NOT_IN_CONTRACT', `平台以 HTTP ${raw.status} 回答了错误 ${code}：${message}`);
  }
  return failureOf(code, message, details, retryAfterS);
}

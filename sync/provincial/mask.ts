// What the attempts ledger may keep of a request or an answer: enough to understand a refusal, never a secret, an
// ID-card number or a telephone number, and never more than fits on a screen.

const HIDDEN = '***';
const SENSITIVE_NAME =
  /(secret|password|passwd|token|access_?key|signature$|id_?card|id_?number|identity|phone|mobile|tel$)/i;
/** A resident identity number or a mobile number standing alone inside any text. */
const SENSITIVE_VALUE = /(?<![0-9A-Za-z])(?:\d{17}[0-9Xx]|\d{15}|1[3-9]\d{9})(?![0-9A-Za-z])/g;
const MAX_LENGTH = 4000;

function maskValue(name: string, value: unknown): unknown {
  if (name !== '' && SENSITIVE_NAME.test(name) && value !== null && typeof value !== 'object') return HIDDEN;
  if (typeof value === 'string') return value.replace(SENSITIVE_VALUE, HIDDEN);
  if (Array.isArray(value)) return value.map((item) => maskValue(name, item));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskValue(key, item)]));
  }
  return value;
}

export function cut(text: string, maxLength = MAX_LENGTH): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength)}…（共 ${text.length} 字符）`;
}

/** A JSON value for the ledger. */
export function maskJson(value: unknown): string {
  return cut(JSON.stringify(maskValue('', value)) ?? '');
}

/** Text as it came, for the ledger; JSON is masked by field, anything else by what it looks like. */
export function maskText(text: string): string {
  try {
    return maskJson(JSON.parse(text));
  } catch {
    return cut(text.replace(SENSITIVE_VALUE, HIDDEN));
  }
}

// Answers that are well-formed JSON and wrong: what a newer, a broken or a half-failed platform says. Each function
// changes an answer of the right kind and leaves every other alone, so that a switch waits for a request it can hit.
import { ulid } from 'ulid';
import { REGISTRATION_KINDS } from '../wire/schemas.ts';
import { type PlatformContext } from './context.ts';
import { type Distortion } from './faults.ts';

export interface DistortedRequest {
  method: string;
  /** Without the query. */
  path: string;
  query: URLSearchParams;
}

type Answer = Record<string, unknown>;
type Change = (answer: Answer, request: DistortedRequest, context: PlatformContext) => Answer | undefined;

function isObject(value: unknown): value is Answer {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every object in a value, changed from the inside out. */
function everyObject(value: unknown, change: (object: Answer) => Answer): unknown {
  if (Array.isArray(value)) return value.map((one) => everyObject(one, change));
  if (!isObject(value)) return value;
  return change(Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, everyObject(inner, change)])));
}

const futureFields: Change = (answer) =>
  everyObject(answer, (object) => ({ ...object, 'x-later': { version: '2.0', list: [1, null, 'later'] } })) as Answer;

const WORDS_OF_THE_CONTRACT = ['state', 'status', 'type'];

function strangers(value: unknown, found: { yes: boolean }): unknown {
  if (Array.isArray(value)) return value.map((one) => strangers(one, found));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      // A row's own content stands in `data`, and its words are open.
      if (name === 'data') return [name, inner];
      if (typeof inner !== 'string' || !WORDS_OF_THE_CONTRACT.includes(name)) return [name, strangers(inner, found)];
      found.yes = true;
      return [name, 'under-review'];
    }),
  );
}

const unknownEnum: Change = (answer) => {
  const found = { yes: false };
  const changed = strangers(answer, found) as Answer;
  return found.yes ? changed : undefined;
};

const strayReceipt: Change = (answer) => {
  const receipts = answer['receipts'];
  if (!Array.isArray(receipts)) return undefined;
  return { ...answer, receipts: [...(receipts as unknown[]), { entryId: ulid(), state: 'accepted' }] };
};

/** A code stands alone or inside the state of its report. */
function changeCode(answer: Answer, change: (code: Answer) => Answer): Answer | undefined {
  if (typeof answer['code'] === 'string' && 'verifyUrl' in answer) return change(answer);
  const { code } = answer;
  return isObject(code) && 'verifyUrl' in code ? { ...answer, code: change(code) } : undefined;
}

const foreignCode: Change = (answer) =>
  changeCode(answer, (code) => ({ ...code, reportNo: `${String(code['reportNo']).slice(0, 23)}-X` }));

const wrongDigestCode: Change = (answer) => changeCode(answer, (code) => ({ ...code, digest: '0'.repeat(64) }));

const secondCode: Change = (answer) =>
  changeCode(answer, (code) => ({ ...code, code: String(code['code']).split('').toReversed().join('') }));

const massChange: Change = (answer, { path }, context) => {
  const kind = REGISTRATION_KINDS.find((one) => path === `/v1/reference/${one}`);
  if (kind === undefined) return undefined;
  const rows = context.db
    .prepare<[string], { id: string; version: number; data: string }>(
      'SELECT id, version, data FROM reference_row WHERE kind = ? AND deleted = 0 ORDER BY version',
    )
    .all(kind);
  if (rows.length === 0) return undefined;
  const disabled = rows.map(({ id, version, data }) => ({
    id,
    version,
    deleted: false,
    data: { ...(JSON.parse(data) as Answer), state: 'disabled' },
  }));
  return { ...answer, rows: disabled, more: false };
};

const endlessPaging: Change = (answer, { path, query }) => {
  if (path.startsWith('/v1/reference/')) {
    return { ...answer, more: true, nextCursor: query.get('cursor') ?? answer['nextCursor'] };
  }
  if (path !== '/v1/events') return undefined;
  const events = Array.isArray(answer['events']) ? (answer['events'] as unknown[]) : [];
  const again = { id: 'e0', type: 'notice', subject: '重复通知', at: '2026-01-01T00:00:00+08:00' };
  return { events: [again, ...events], nextCursor: query.get('cursor') ?? 'e0' };
};

const CHANGES: Record<Distortion, Change> = {
  futureFields,
  unknownEnum,
  strayReceipt,
  foreignCode,
  wrongDigestCode,
  secondCode,
  massChange,
  endlessPaging,
};

/** The answer as the switch distorts it; undefined where it has nothing to distort. */
export function distorted(
  kind: Distortion,
  answer: unknown,
  request: DistortedRequest,
  context: PlatformContext,
): unknown {
  return isObject(answer) ? CHANGES[kind](answer, request, context) : undefined;
}

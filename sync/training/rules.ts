// The supervisor's rules of refusal: what of the next N submissions (or of all) is refused with which code and words,
// at once or after it was taken in as `queued`, and what is accepted only after a while. A rule looks at new content
// only: what the platform has already answers as it did the first time.
import { isWireErrorCode, type WireErrorCode } from '../wire/error-codes.ts';
import { ENTRY_KINDS } from '../wire/schemas.ts';
import { type PlatformContext } from './context.ts';
import { PlatformError, type Problem } from './platform-error.ts';

export const RULE_KINDS = [
  'commission',
  ...ENTRY_KINDS,
  'media',
  'report',
  'code',
  'report-file',
  'change-order',
  'void',
] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

export const RULE_VERDICTS = ['refuse', 'refuse-later', 'accept-later'] as const;
export type RuleVerdict = (typeof RULE_VERDICTS)[number];

/** Only these have a state on the wire for "taken in and not decided". */
const MAY_WAIT = new Set<RuleKind>([
  'test-record',
  'acquisition',
  'modification',
  'witness',
  'unqualified-notice',
  'report',
]);

export interface RuleInput {
  kind: RuleKind | 'any';
  itemCode?: string | undefined;
  /** Natural key; `*` stands for any run of characters. */
  key?: string | undefined;
  verdict: RuleVerdict;
  code: WireErrorCode;
  message: string;
  /** How many submissions it still hits; -1 means until it is taken away. */
  times: number;
  /** A late verdict is given at the first question after both: so many questions, so many milliseconds. */
  polls?: number | undefined;
  waitMs?: number | undefined;
}

export interface Rule {
  id: number;
  kind: RuleKind | 'any';
  itemCode: string | null;
  key: string | null;
  verdict: RuleVerdict;
  code: WireErrorCode;
  message: string;
  remaining: number;
  polls: number;
  waitMs: number;
}

export interface RuleSubject {
  kind: RuleKind;
  key: string;
  itemCodes: readonly string[];
}

const COLUMNS = 'id, kind, item_code AS itemCode, key, verdict, code, message, remaining, polls, wait_ms AS waitMs';

export function listRules(context: PlatformContext): Rule[] {
  return context.db.prepare<[], Rule>(`SELECT ${COLUMNS} FROM rule ORDER BY id`).all();
}

export function insertRule(context: PlatformContext, rule: RuleInput): number {
  if (!isWireErrorCode(rule.code)) throw new PlatformError('VALIDATION', `规约没有错误代码 ${String(rule.code)}`);
  if (rule.verdict !== 'refuse' && rule.kind !== 'any' && !MAY_WAIT.has(rule.kind)) {
    throw new PlatformError('VALIDATION', `${rule.kind} 没有“排队”状态，只能当场拒绝`);
  }
  const inserted = context.db
    .prepare(
      `INSERT INTO rule (kind, item_code, key, verdict, code, message, remaining, polls, wait_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      rule.kind,
      rule.itemCode ?? null,
      rule.key ?? null,
      rule.verdict,
      rule.code,
      rule.message,
      rule.times,
      rule.polls ?? 0,
      rule.waitMs ?? 0,
    );
  return Number(inserted.lastInsertRowid);
}

export function deleteRule(context: PlatformContext, id: number): boolean {
  return context.db.prepare('DELETE FROM rule WHERE id = ?').run(id).changes === 1;
}

function keyMatches(pattern: string | null, key: string): boolean {
  if (pattern === null) return true;
  const source = pattern
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${source}$`).test(key);
}

/** The oldest rule that hits, not yet used up. */
export function ruleFor(context: PlatformContext, subject: RuleSubject): Rule | undefined {
  return listRules(context).find(
    (rule) =>
      rule.remaining !== 0 &&
      (rule.kind === 'any' ? rule.verdict === 'refuse' || MAY_WAIT.has(subject.kind) : rule.kind === subject.kind) &&
      (rule.itemCode === null || subject.itemCodes.includes(rule.itemCode)) &&
      keyMatches(rule.key, subject.key),
  );
}

/** Counts one hit, in whatever transaction the caller is. */
export function useUp(context: PlatformContext, ruleId: number): void {
  context.db.prepare('UPDATE rule SET remaining = remaining - 1 WHERE id = ? AND remaining > 0').run(ruleId);
}

export function problemOf(rule: Rule): Problem {
  return { code: rule.code, rule: 'supervision', message: rule.message };
}

/** A whole request refused by a rule. Its transaction is undone, so the hit is counted afterwards, by the id here. */
export class RuleRefusal extends PlatformError {
  readonly ruleId: number;

  constructor(rule: Rule) {
    super(rule.code, rule.message, [problemOf(rule)]);
    this.ruleId = rule.id;
  }
}

/** Refuses new content that a rule hits; answers the rule where it wants to decide later. */
export function refuseByRule(
  context: PlatformContext,
  kind: RuleKind,
  key: string,
  itemCodes: readonly string[] = [],
): Rule | undefined {
  const rule = ruleFor(context, { kind, key, itemCodes });
  if (rule?.verdict === 'refuse') throw new RuleRefusal(rule);
  return rule;
}

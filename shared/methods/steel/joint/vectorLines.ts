// Lines of a vector file about joints list their specimens as objects, which the field declarations do not know: their
// shape is checked here, strictly, and what is in them by the caller.
import { quoteRaw, refusal } from '../../foundation/decimal.ts';

/** The list of specimens, each an object with none but the named keys. */
export function specimenList(raw: unknown, keys: readonly string[], clause: string): Record<string, unknown>[] {
  if (raw === undefined || raw === null) throw refusal('METHOD_MISSING', '缺少“specimens”。', 'specimens', clause);
  if (!Array.isArray(raw)) {
    throw refusal('METHOD_INPUT_INVALID', `“specimens”应为列表，收到 ${quoteRaw(raw)}。`, 'specimens', clause);
  }
  return raw.map((item: unknown, index) => {
    const field = `specimens.${index}`;
    if (typeof item !== 'object' || item === null || Array.isArray(item)) {
      throw refusal('METHOD_INPUT_INVALID', `试件 ${index + 1} 不是对象：${quoteRaw(item)}。`, field, clause);
    }
    const stranger = Object.keys(item).find((key) => !keys.includes(key));
    if (stranger !== undefined) {
      throw refusal('METHOD_UNKNOWN_FIELD', `不认识的字段：${stranger}。`, `${field}.${stranger}`, clause);
    }
    return item as Record<string, unknown>;
  });
}

/** `true`, `false`, or left out for `false`. */
export function booleanOf(raw: unknown, field: string, clause: string): boolean {
  if (raw === undefined) return false;
  if (typeof raw === 'boolean') return raw;
  throw refusal('METHOD_INPUT_INVALID', `“${field}”只能是 true 或 false，收到 ${quoteRaw(raw)}。`, field, clause);
}

/** One of the listed words. */
export function wordOf<T extends string>(
  options: readonly T[],
  raw: unknown,
  field: string,
  label: string,
  clause: string,
): T {
  const found = options.find((option) => option === raw);
  if (found !== undefined) return found;
  if (raw === undefined || raw === null) throw refusal('METHOD_MISSING', `缺少“${label}”。`, field, clause);
  const message = `“${label}”只能是 ${options.join('、')}，收到 ${quoteRaw(raw)}。`;
  throw refusal('METHOD_CHOICE_UNKNOWN', message, field, clause);
}

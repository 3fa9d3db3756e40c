// What the core writes into the program's log: enough to find a fault, never a password, a key, an ID-card number or a
// telephone number, whatever some message happened to carry.
import type { Log } from './context.ts';

const hidden = '***';
const sensitiveName = /(secret|password|passwd|token|access_?key|sealed|private|identity|id_?card|phone|mobile)/i;
/** An ID-card number or a mobile number standing alone in any text. */
const sensitiveText = /(?<![0-9A-Za-z])(?:\d{17}[0-9Xx]|\d{15}|1[3-9]\d{9})(?![0-9A-Za-z])/g;
/** Deeper than this nobody reads a log. */
const deepest = 8;

const maskText = (text: string): string => text.replaceAll(sensitiveText, hidden);

function masked(name: string, value: unknown, depth: number): unknown {
  if (value === null || value === undefined) return value;
  if (typeof value === 'object') {
    if (depth > deepest) return '…';
    if (value instanceof Error) return maskText(value.stack ?? value.message);
    if (Array.isArray(value)) return value.map((one) => masked(name, one, depth + 1));
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, masked(key, one, depth + 1)]));
  }
  if (sensitiveName.test(name)) return hidden;
  return typeof value === 'string' ? maskText(value) : value;
}

export const maskedLog =
  (log: Log): Log =>
  (level, message, facts) =>
    facts === undefined
      ? log(level, maskText(message))
      : log(level, maskText(message), masked('', facts, 0) as Record<string, unknown>);

// A confirmation names the printed standard that the tables were compared with; that sentence is the reason in the audit
// log. Several methods with the very same figures are confirmed one after another, each with an entry of its own.
import type { ContractClient } from '../../shared/contract/client.ts';
import type { ErrorInfo } from '../../shared/errors/appError.ts';
import type { Confirmable } from '../../shared/methods/index.ts';
import { toErrorInfo } from '../client.ts';

export interface Compared {
  /** Which print: number, year, edition, printing. */
  print: string;
  /** Where in it: page, number of the table. */
  place: string;
  note: string;
}

/** Length that the contract allows a reason. */
export const longestReason = 200;

export function comparedReason({ print, place, note }: Compared): string {
  const more = note.trim() === '' ? '' : `${note.trim()}。`;
  return `对照标准原文：${print.trim()}，${place.trim()}，逐行核对一致。${more}`;
}

export interface Outcome {
  target: Confirmable;
  /** Null when it was done. */
  error: ErrorInfo | null;
}

/** Confirms each target; one that is refused does not keep the others from being confirmed. */
export async function confirmAll(
  client: Pick<ContractClient, 'call'>,
  targets: readonly Confirmable[],
  reason: string,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const target of targets) {
    const input = { methodId: target.method.id, name: target.policy.name, option: 'confirmed', reason };
    try {
      // One after another: the audit log then tells them in the order of the list.
      // oxlint-disable-next-line eslint/no-await-in-loop -- as above
      await client.call('policies.change', input);
      outcomes.push({ target, error: null });
    } catch (cause) {
      outcomes.push({ target, error: toErrorInfo(cause) });
    }
  }
  return outcomes;
}

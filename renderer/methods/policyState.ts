// What the lab has chosen, method by method: the store's answer put beside the declarations. Pure; the page shows it.
import type { ChosenPolicy } from '../../shared/contract/answers.ts';
import type { CallOutput } from '../../shared/contract/calls.ts';
import { isConfirmation } from '../../shared/methods/index.ts';
import type { PolicyDeclaration, TestMethod } from '../../shared/methods/index.ts';
import type { StateWord } from '../design/words.ts';

export interface PolicyState {
  policy: PolicyDeclaration;
  /** Value of the option that holds for records opened now. */
  option: string;
  isDefault: boolean;
  /** The last change; null where the default was never touched. */
  change: ChosenPolicy | null;
  /** A confirmation that ended because the program brought other figures. */
  lapsed: ChosenPolicy | null;
}

export function policyStates(method: TestMethod, answer: CallOutput<'policies.get'> | undefined): PolicyState[] {
  return method.policies.map((policy) => {
    const own = (row: ChosenPolicy): boolean => row.methodId === method.id && row.name === policy.name;
    const change = answer?.chosen.find(own) ?? null;
    const option = change?.option ?? policy.default;
    const lapsed = answer?.lapsed.find(own) ?? null;
    return { policy, option, isDefault: option === policy.default, change, lapsed };
  });
}

export const optionLabel = (policy: PolicyDeclaration, value: string): string =>
  policy.options.find((option) => option.value === value)?.label ?? value;

const unfounded = '自动判定，但没有人说明这些数据已与标准原文核对';

/** The option that holds, in words that are true of it. */
export const heldLabel = (state: PolicyState): string =>
  isConfirmation(state.policy) && confirmationState(state) === 'unfounded'
    ? unfounded
    : optionLabel(state.policy, state.option);

/** An option as the audit log keeps it: with a confirmation, the digest of the tables that were compared. */
export function storedLabel(policy: PolicyDeclaration, stored: string): string {
  const [option = '', digest] = stored.split(' sha256:');
  return isConfirmation(policy) && option === 'confirmed' && digest === undefined
    ? unfounded
    : optionLabel(policy, option);
}

export type ConfirmationState = 'draft' | 'confirmed' | 'unfounded' | 'lapsed';

/** `unfounded`: judges, though nobody has said that these tables were compared with the print (training data). */
export function confirmationState({ option, change, lapsed }: PolicyState): ConfirmationState {
  if (lapsed !== null) return 'lapsed';
  if (option !== 'confirmed') return 'draft';
  return change?.compared === true ? 'confirmed' : 'unfounded';
}

export const confirmationWords: Record<ConfirmationState | 'verified', StateWord> = {
  draft: { word: '草案', tone: 'warn', shape: '▲' },
  confirmed: { word: '已确认', tone: 'good', shape: '✓' },
  unfounded: { word: '未核对', tone: 'warn', shape: '▲' },
  lapsed: { word: '须重新确认', tone: 'bad', shape: '✕' },
  verified: { word: '已核对', tone: 'good', shape: '✓' },
};

/** How far the limits of a method may judge, in a word; null where nothing of it waits for a confirmation. */
export function limitBadge(states: readonly PolicyState[]): StateWord | null {
  const asked = states.filter(({ policy }) => isConfirmation(policy));
  if (asked.length === 0) return null;
  const what = asked.every(({ policy }) => policy.name.startsWith('limits ')) ? '限值' : '数据';
  const found = asked.map(confirmationState);
  const done = found.filter((state) => state === 'confirmed').length;
  const worst = (['lapsed', 'draft', 'unfounded'] as const).find((state) => found.includes(state));
  if (worst === undefined) return { word: `${what}已确认`, tone: 'good', shape: '✓' };
  if (worst === 'lapsed' || done === 0) {
    const { word, ...look } = confirmationWords[worst];
    return { word: `${what}${word}`, ...look };
  }
  return { word: `${what}已确认 ${done}/${asked.length}`, tone: 'busy', shape: '◐' };
}

/** Settings that differ from the default; a confirmation has its own badge. */
export const changedCount = (states: readonly PolicyState[]): number =>
  states.filter(({ policy, isDefault }) => !isDefault && !isConfirmation(policy)).length;

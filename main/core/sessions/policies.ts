// How the lab reads the standards. A choice holds for records opened from then on: each record keeps the policies it was
// begun under, and a change is in the audit log with its reason. A confirmation holds for the tables that the person had
// before them: their digest is kept with it, and when a later program brings other figures, it holds no longer.
import { createHash } from 'node:crypto';
import { AppError } from '../../../shared/errors/appError.ts';
import {
  confirmedText,
  isConfirmation,
  listMethods,
  methodById,
  resolvePolicies,
} from '../../../shared/methods/index.ts';
import type { Policies, PolicyDeclaration, TestMethod } from '../../../shared/methods/index.ts';
import type { ChosenPolicy } from '../../../shared/contract/answers.ts';
import { nullableText, textOf } from '../../store/cells.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { Context, SomeHandlers } from '../context.ts';

type Reader = Pick<Transaction, 'get'>;

/** Key of the setting that holds the lab's choice. */
export const policyKey = (methodId: string, name: string): string => `policy.${methodId}.${name}`;

/** What stands in the store for an option: with a confirmation, the digest of what is confirmed. */
function storedOption(method: TestMethod, policy: PolicyDeclaration, option: string): string {
  if (option !== 'confirmed' || !isConfirmation(policy)) return option;
  const text = confirmedText(method, policy.name);
  return text === '' ? option : `${option} sha256:${createHash('sha256').update(text).digest('hex')}`;
}

interface Kept {
  policy: PolicyDeclaration;
  key: string;
  /** As it stands in the store. */
  value: string;
  option: string;
  compared: boolean;
  /** The tables are not the ones that were confirmed. */
  lapsed: boolean;
}

function keptPolicies(reader: Reader, method: TestMethod): Kept[] {
  return method.policies.flatMap((policy) => {
    const key = policyKey(method.id, policy.name);
    const own = reader.get('setting', key);
    // The order of the size factor was a setting of its own before there were several.
    const isOld = own === undefined && method.id === 'concrete-cube' && policy.name === 'factorOrder';
    const row = isOld ? reader.get('setting', policy.name) : own;
    if (row?.['value'] == null) return [];
    const value = textOf(row['value']);
    const [option = '', digest] = value.split(' sha256:');
    const compared = digest !== undefined && storedOption(method, policy, option) === value;
    const lapsed = digest !== undefined && !compared;
    return [{ policy, key: isOld ? policy.name : key, value, option, compared, lapsed }];
  });
}

/** What the lab has chosen for a method; what it has not is left to the default. */
export function chosenPolicies(reader: Reader, method: TestMethod): Policies {
  return Object.fromEntries(
    keptPolicies(reader, method).flatMap(({ policy, option, lapsed }) => (lapsed ? [] : [[policy.name, option]])),
  );
}

function described(store: Context['store'], method: TestMethod, { policy, key, option, compared }: Kept): ChosenPolicy {
  const last = store.first(
    `SELECT at, actor, reason FROM audit WHERE entity = 'setting' AND entityKey = ? ORDER BY seq DESC LIMIT 1`,
    key,
  );
  return {
    methodId: method.id,
    name: policy.name,
    option,
    compared,
    changedAt: last === undefined ? null : textOf(last['at']),
    changedBy: last === undefined ? null : textOf(last['actor']),
    reason: nullableText(last?.['reason']),
  };
}

export function policyHandlers(context: Context): SomeHandlers<'policies.get' | 'policies.change'> {
  const { store } = context;
  return {
    'policies.get'() {
      const chosen: ChosenPolicy[] = [];
      const lapsed: ChosenPolicy[] = [];
      for (const method of listMethods()) {
        for (const kept of keptPolicies(store, method)) {
          (kept.lapsed ? lapsed : chosen).push(described(store, method, kept));
        }
      }
      return { chosen, lapsed };
    },
    'policies.change'({ methodId, name, option, reason }, caller) {
      const method = methodById(methodId);
      // Alone: another setting whose option no longer exists must not keep this one from being changed.
      resolvePolicies(method.policies, { [name]: option });
      const policy = method.policies.find((declared) => declared.name === name)!;
      const value = storedOption(method, policy, option);
      const kept = keptPolicies(store, method).find((own) => own.policy.name === name);
      if ((kept?.value ?? policy.default) === value) {
        throw new AppError({
          code: 'POLICY_UNCHANGED',
          message: '设置没有变化。',
          meaning: '没有保存。',
          next: '请选择另一个选项。',
        });
      }
      store.transact(caller.actor, (tx) => {
        tx.put('setting', { key: policyKey(methodId, name), value }, reason);
      });
      return {};
    },
  };
}

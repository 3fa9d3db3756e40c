// How the lab reads the standards. A choice holds for records opened from then on: each record keeps the policies it was
// begun under, and a change is in the audit log with its reason.
import { AppError } from '../../../shared/errors/appError.ts';
import { listMethods, methodById, resolvePolicies } from '../../../shared/methods/index.ts';
import type { Policies, TestMethod } from '../../../shared/methods/index.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { Context, SomeHandlers } from '../context.ts';

type Reader = Pick<Transaction, 'get'>;

const keyOf = (methodId: string, name: string): string => `policy.${methodId}.${name}`;

/** What the lab has chosen for a method; what it has not is left to the default. */
export function chosenPolicies(reader: Reader, method: TestMethod): Policies {
  return Object.fromEntries(
    method.policies.flatMap(({ name }) => {
      // The order of the size factor was a setting of its own before there were several.
      const old = method.id === 'concrete-cube' && name === 'factorOrder' ? reader.get('setting', name) : undefined;
      const value = (reader.get('setting', keyOf(method.id, name)) ?? old)?.['value'];
      return value == null ? [] : [[name, String(value)]];
    }),
  );
}

export function policyHandlers(context: Context): SomeHandlers<'policies.get' | 'policies.change'> {
  return {
    'policies.get': () => ({
      chosen: listMethods().flatMap((method) =>
        Object.entries(chosenPolicies(context.store, method)).map(([name, option]) => ({
          methodId: method.id,
          name,
          option,
        })),
      ),
    }),
    'policies.change'({ methodId, name, option, reason }, caller) {
      const method = methodById(methodId);
      const before = resolvePolicies(method.policies, chosenPolicies(context.store, method));
      const after = resolvePolicies(method.policies, { ...before, [name]: option });
      if (before[name] === after[name]) {
        throw new AppError({
          code: 'POLICY_UNCHANGED',
          message: '设置没有变化。',
          meaning: '没有保存。',
          next: '请选择另一个选项。',
        });
      }
      context.store.transact(caller.actor, (tx) => {
        tx.put('setting', { key: keyOf(methodId, name), value: option }, reason);
      });
      return {};
    },
  };
}

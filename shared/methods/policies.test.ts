// Settings of the lab: defaults are filled in, strangers are refused by name, and drafts judge only once they are confirmed.
import { expect, test } from 'vitest';
import { AppError } from '../errors/appError.ts';
import type { LimitTable, PolicyDeclaration } from './method.ts';
import { isLimitPolicy, limitPolicies, limitPolicyName, mayJudge, resolvePolicies } from './policies.ts';

const step: PolicyDeclaration = {
  name: 'step',
  label: '修约间隔',
  clause: '5.2',
  options: [
    { value: '0.1', label: '0.1' },
    { value: '1', label: '1' },
  ],
  default: '1',
};
const order: PolicyDeclaration = { ...step, name: 'order', label: '次序', default: '0.1' };
const table = (standard: string, clause: string, status: LimitTable['status']): LimitTable => ({
  standard,
  clause,
  title: '',
  status,
  rows: [],
});
const refused = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return { words: error.info.message, field: error.info.details?.[0]?.field };
    throw error;
  }
  return null;
};

test('what is not chosen is as declared, and nothing else comes in', () => {
  expect(resolvePolicies([step, order])).toEqual({ step: '1', order: '0.1' });
  expect(resolvePolicies([step, order], { step: '0.1' })).toEqual({ step: '0.1', order: '0.1' });
});

test('a stranger is refused with the names and options that there are', () => {
  expect(refused(() => resolvePolicies([step, order], { stpe: '1' }))).toEqual({
    words: '本方法没有名为“stpe”的设置（可用：step、order）。',
    field: 'policies.stpe',
  });
  expect(refused(() => resolvePolicies([], { step: '1' }))?.words).toContain('（可用：无）');
  expect(refused(() => resolvePolicies([step, order], { order: '10' }))).toEqual({
    words: '设置“次序”没有选项“10”（可选：0.1、1）。',
    field: 'policies.order',
  });
});

test('one setting stands for all draft tables of a standard, and names their clauses', () => {
  const settings = limitPolicies([
    table('GB 1', '表 6', 'draft'),
    table('GB 2', '4.2', 'draft'),
    table('GB 1', '表 7', 'draft'),
    table('GB 1', '表 8', 'verified'),
    table('GB 3', '1', 'verified'),
  ]);
  expect(settings.map(({ name, clause, default: usual }) => [name, clause, usual])).toEqual([
    ['limits GB 1', '表 6、表 7', 'draft'],
    ['limits GB 2', '4.2', 'draft'],
  ]);
  expect([limitPolicyName('GB 1'), 'step', 'tables GB 1'].map(isLimitPolicy)).toEqual([true, false, false]);
});

test('a standard judges when all its tables are verified or the lab confirmed it, never without a table', () => {
  const both = [table('GB 1', '1', 'verified'), table('GB 1', '2', 'draft'), table('GB 2', '1', 'verified')];
  expect(mayJudge(both, {}, 'GB 1')).toBe(false);
  expect(mayJudge(both, { 'limits GB 1': 'draft' }, 'GB 1')).toBe(false);
  expect(mayJudge(both, { 'limits GB 1': 'confirmed' }, 'GB 1')).toBe(true);
  expect(mayJudge(both, {}, 'GB 2')).toBe(true);
  expect(mayJudge(both, { 'limits GB 3': 'confirmed' }, 'GB 3')).toBe(false);
});

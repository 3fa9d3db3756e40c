// Rules of a retest: what each method says, that a verdict `retest` always has its rule, and that the numbers of specimens are
// the ones the method then asks for.
import { describe, expect, test } from 'vitest';
import { listMethods, methodById } from './index.ts';
import { isRetestSample, retestAnswer, retestCounts, retestProperties } from './retest.ts';

const joint = methodById('weld-joint');
const bars = methodById('rebar-ribbed');

describe('answers', () => {
  test.each<[string, string, 'retest' | 'unqualified' | 'not-judged', boolean, string, string]>([
    ['weld-joint', 'KL', 'retest', false, 'rule', '6 个试件'],
    ['weld-joint', 'KL', 'unqualified', false, 'none', '不在应复检的情形之内'],
    ['weld-joint', 'KL', 'unqualified', true, 'none', '不再规定复检'],
    ['weld-joint', 'WQ', 'retest', false, 'rule', '6 个试件'],
    ['mechanical-splice', 'KL', 'retest', false, 'rule', '6 个试件'],
    ['mechanical-splice', 'BX', 'unqualified', false, 'none', '工艺检验'],
    ['rebar-ribbed', 'QF', 'retest', false, 'rule', '双倍数量'],
    ['rebar-ribbed', 'ZLPC', 'unqualified', false, 'none', '不允许复验'],
    ['rebar-plain', 'KL', 'retest', false, 'rule', '双倍数量'],
    ['rebar-straightened', 'QF', 'unqualified', false, 'none', '没有规定复验'],
    ['tile-bond', 'NJ', 'retest', false, 'rule', '2 组'],
    ['cement-consistency', 'AD', 'retest', false, 'rule', '立即重做一次'],
    ['cement-consistency', 'NJ', 'unqualified', false, 'unknown', '不知道标准是否允许'],
    ['concrete-cube', 'KY', 'not-judged', false, 'unknown', '没有判定'],
    ['fired-brick', 'QY', 'unqualified', false, 'unknown', '不知道标准是否允许'],
  ])('%s %s %s, again %s: %s', (id, parameterCode, verdict, again, standing, words) => {
    const answer = retestAnswer(methodById(id), { parameterCode, verdict }, again);
    expect([answer.standing, answer.says]).toEqual([standing, expect.stringContaining(words)]);
    if (standing === 'rule') expect(answer.clause).toMatch(/\S/u);
  });

  test('every rule names parameters of its method, a clause and a whole sentence', () => {
    const rules = listMethods().flatMap((method) => (method.retests ?? []).map((rule) => ({ method, rule })));
    expect(rules.length).toBeGreaterThan(8);
    for (const { method, rule } of rules) {
      const own = method.parameters.map(({ code }) => code);
      expect(own).toEqual(expect.arrayContaining([...(rule.parameters ?? [])]));
      expect([rule.clause !== '', rule.says.endsWith('。')]).toEqual([true, true]);
    }
  });

  test('a method that can answer `retest` for a parameter has a rule that allows it', () => {
    for (const method of listMethods()) {
      const rounds = method.fields.some(({ name, at }) => name === 'round' && at === 'reception');
      if (rounds)
        expect(
          method.retests?.some(({ allowed }) => allowed),
          method.id,
        ).toBe(true);
    }
  });
});

test('double the number of the sets that the parameters need, as the method then counts them', () => {
  const bar = { grade: 'HRB400E', nominalDiameter_mm: '25', round: 'initial' };
  expect(retestCounts(bars, bar, ['QF', 'WQ', 'FW'], 'JL-1')).toEqual([
    { label: '拉伸试件', first: 2, again: 4 },
    { label: '弯曲试件', first: 2, again: 4 },
    { label: '反向弯曲试件', first: 1, again: 2 },
  ]);
  expect(retestCounts(joint, { round: 'initial' }, ['WQ'], 'JL-1')).toEqual([
    { label: '弯曲试件', first: 3, again: 6 },
  ]);
});

test('a sample of a retest is described as one; a method without rounds leaves it as it is', () => {
  const first = { grade: 'HRB400', round: 'initial' };
  const then = retestProperties(joint, first, 'JL-9');
  expect(then).toEqual({ grade: 'HRB400', round: 'retest', initialRecordNo: 'JL-9' });
  expect([isRetestSample(first), isRetestSample(then)]).toEqual([false, true]);
  const cube = { designGrade: 'C30' };
  expect(retestProperties(methodById('concrete-cube'), cube, 'JL-9')).toBe(cube);
});

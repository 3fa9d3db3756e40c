// What a step of judgement says in the record: fit and unfit, whether a retest is due, and that a person must judge where
// the limits may not. It never speaks of a retest where none is due.
import { describe, expect, test } from 'vitest';
import { ribbedDraft, ribbedJudged } from '../../testing/rebar.ts';

type Answer = ReturnType<typeof ribbedJudged>;
const steps = (answer: Answer) => answer.trace.filter(({ name }) => name.endsWith('判定'));
const judgement = (answer: Answer, name: string) => steps(answer).find((step) => step.name.startsWith(name));
/** 390 MPa and 445 MPa on φ20. */
const WEAK = { FeL_kN: ['122.5', '139.0'] };

describe('the step of judgement', () => {
  test('of a fit sample says fit and no word of a retest', () => {
    const all = steps(ribbedJudged());
    expect(all.length).toBeGreaterThan(4);
    expect([...new Set(all.map(({ value }) => value))]).toEqual(['符合']);
    expect(JSON.stringify(all)).not.toContain('复验');
  });

  test('of a first failure orders the retest of this parameter only', () => {
    const answer = ribbedJudged(WEAK);
    expect(judgement(answer, '下屈服强度')).toMatchObject({
      value: '不符合',
      rule: expect.stringContaining('取双倍数量复验'),
    });
    expect(judgement(answer, '抗拉强度')?.rule).not.toContain('复验');
  });

  test('under limits that nobody has confirmed leaves it to a person, with an invalid test named as such', () => {
    const draft = steps(ribbedDraft());
    expect([...new Set(draft.map(({ value }) => value))]).toEqual(['需人工判定']);
  });

  test('names bending and reverse bending by their own angles', () => {
    const answer = ribbedJudged();
    const [bent, back] = ['弯曲', '反向弯曲'].map((name) => JSON.stringify(judgement(answer, name)));
    expect(bent).toContain('180°');
    expect(back).toContain('反向弯曲 20°');
    expect(back).not.toContain('180°');
  });
});

test('the record numbers the tension specimens from one', () => {
  const numbered = ribbedJudged().record.flatMap(({ rows }) =>
    rows.flatMap(([cell]) => (typeof cell === 'string' && /^-?\d$/.test(cell) ? [cell] : [])),
  );
  expect(numbered.length).toBeGreaterThan(1);
  expect(numbered.filter((cell) => Number(cell) < 1)).toEqual([]);
});

// A mass deviation is never retested: the record says so where it failed, and only there.
import { describe, expect, test } from 'vitest';
import { plainJudged } from '../../testing/rebar.ts';

const line = (totalMass_g: string) =>
  plainJudged({ totalMass_g }, { parameters: ['ZLPC'] }).trace.flatMap((step) =>
    step.name === '复验' ? [[step.value, step.rule]] : [],
  );

describe('the record of a mass deviation', () => {
  test('that fails says that there is no retest', () => {
    expect(line('900')).toEqual([['不允许', '重量偏差不允许复验']]);
  });

  test('that passes says nothing of one', () => {
    expect(line('980')).toEqual([]);
  });
});

// Lines of a vector file for cement strength: what strengths can be at all, and the words of a line that contradicts itself.
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../errors/appError.ts';
import { refusalOf } from '../../testing/refusals.ts';
import cementStrength from '../cement-strength.method.ts';

const run = (name: string, inputs: Record<string, unknown>) => cementStrength.vectors[name]?.(inputs);
const compression = (strength: string) => ({ single_MPa: Array.from({ length: 6 }, () => strength) });
const flexure = (strength: string) => ({ single_MPa: Array.from({ length: 3 }, () => strength) });

function messageOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof AppError) return error.info.message;
    throw error;
  }
  return '';
}

describe('single strengths', () => {
  // The machine ends at 300 kN on 1600 mm² and at 8000 N in bending.
  test.each([
    ['cement-compressive', compression('187.5'), '187.5'],
    ['cement-compressive', compression('0.1'), '0.1'],
    ['cement-flexural', flexure('18.8'), '18.8'],
    ['cement-flexural', flexure('0.1'), '0.1'],
  ])('%s takes %j', (name, line, result_MPa) => {
    expect(run(name, line)).toMatchObject({ result_MPa });
  });

  test.each([
    ['cement-compressive', compression('187.6')],
    ['cement-compressive', compression('0.09')],
    ['cement-flexural', flexure('18.9')],
    ['cement-flexural', flexure('0.09')],
  ])('%s refuses %j', (name, line) => {
    expect(refusalOf(() => run(name, line))).toMatchObject({ code: 'METHOD_OUT_OF_RANGE', field: 'single_MPa.0' });
  });

  test('that contradict their loads are named by specimen and both figures', () => {
    const line = { loads_N: ['2368.0', '2181.5', '2301.0'], single_MPa: ['5.6', '5.2', '5.4'] };
    expect(messageOf(() => run('cement-flexural', line))).toBe(
      '试体 2 给出的抗折强度 5.2 MPa 与由荷载 2181.5 N 算得的 5.1 MPa 不一致。',
    );
  });
});

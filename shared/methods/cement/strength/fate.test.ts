// What became of every specimen, as the original record prints it: taken, dropped, outside, and which mean it was
// compared with. A void result is never shown with specimens that were taken.
import { describe, expect, test } from 'vitest';
import { compressionLoads, compute, flexureLoads } from '../../testing/cement-strength.ts';

const SOUND_FLEXURE = ['5.5', '5.5', '5.5'];
const SOUND_COMPRESSION = ['27.5', '27.5', '27.5', '27.5', '27.5', '27.5'];

function table(name: string, flexure: readonly string[], compression: readonly string[]) {
  const { record } = compute({
    flexureLoads_N: flexureLoads(flexure),
    compressionLoads_kN: compressionLoads(compression),
  });
  const found = record.find(({ caption }) => caption?.includes(name) === true);
  if (found === undefined) throw new Error(`no table ${name}`);
  return { fates: found.rows.map((row) => row[3]), numbers: found.rows.map((row) => row[0]), notes: found.notes ?? [] };
}
const flexure = (values: readonly string[]) => table('抗折强度', values, SOUND_COMPRESSION);
const compression = (values: readonly string[]) => table('抗压强度', SOUND_FLEXURE, values);

describe('the original record of a strength', () => {
  test('all within ten per cent: all taken, nothing to remark', () => {
    expect(flexure(SOUND_FLEXURE)).toEqual({ fates: ['取用', '取用', '取用'], numbers: ['1', '2', '3'], notes: [] });
    expect(compression(SOUND_COMPRESSION)).toMatchObject({ fates: Array(6).fill('取用'), notes: [] });
  });

  test('one dropped: that one, the others taken', () => {
    const own = flexure(['5.5', '7.0', '5.5']);
    expect(own.fates).toEqual(['取用', '剔除', '取用']);
    expect(own.notes.join('')).toMatch(/试体 2（7\.0 MPa.*剔除/);
    const six = compression(['27.5', '27.5', '20.0', '27.5', '27.5', '27.5']);
    expect(six.fates).toEqual(['取用', '取用', '剔除', '取用', '取用', '取用']);
    expect(six.notes.join('')).not.toContain('（其余五个的平均值）');
  });

  test('void: nothing is called taken', () => {
    const two = compression(['27.5', '27.5', '20.0', '20.0', '27.5', '27.5']);
    expect(two.fates).not.toContain('取用');
    expect(two.fates.filter((fate) => fate === '未超出')).toHaveLength(
      6 - two.fates.filter((fate) => fate === '超出').length,
    );
    expect(two.fates).toContain('超出');
    const second = compression(['30.0', '30.0', '30.0', '30.0', '25.5', '21.0']);
    expect(second.fates).not.toContain('取用');
    expect(second.notes.join('')).toContain('（其余五个的平均值）');
  });
});

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { setNamedSymbols, setSymbols } from './symbols.ts';

describe('symbols of formulas', () => {
  test.each([
    ['FeL × 1000 / S0', 'F_{eL} × 1000 / S_{0}'],
    ['Rp0.2 = Fp0.2 × 1000 / S0', 'R_{p0.2} = F_{p0.2} × 1000 / S_{0}'],
    ['R°m/R°eL', 'R°_{m}/R°_{eL}'],
    ['R°eL/ReL', 'R°_{eL}/R_{eL}'],
    ['(L′ − L0′) / L0′ × 100 + Rm / E × 100', '(L′ − L_{0}′) / L_{0}′ × 100 + R_{m} / E × 100'],
    ['((β2 + β3) − 5β1) / (100 − β1)', '((β_{2} + β_{3}) − 5β_{1}) / (100 − β_{1})'],
    ['ΣRf / 3', 'ΣR_{f} / 3'],
    ['|Rc6 − m|', '|R_{c6} − m|'],
    ['βc × Fc / (π × d² / 4)', 'β_{c} × F_{c} / (π × d² / 4)'],
    ['ρd / ρdmax × 100', 'ρ_{d} / ρ_{dmax} × 100'],
    ["ρ'dmax", "ρ'_{dmax}"],
    ['(m0 − m1) / m0 × 100', '(m_{0} − m_{1}) / m_{0} × 100'],
    ['ms / ρs', 'm_{s} / ρ_{s}'],
    ['f0mst', 'f^{0}_{mst}'],
    ['(δa1 + δa2 + δa3) / 3', '(δ_{a1} + δ_{a2} + δ_{a3}) / 3'],
    ['f^c_{cu}', 'f^{c}_{cu}'],
    ['0.034488 × Rm^1.9400', '0.034488 × R_{m}^{1.9400}'],
    ['R_{mα} + R_{aα}', 'R_{mα} + R_{aα}'],
    ['ρ / (1 + 0.01w)', 'ρ / (1 + 0.01w)'],
  ])('%s', (written, printed) => {
    expect(setSymbols(written)).toBe(printed);
    expect(setSymbols(printed)).toBe(printed);
  });

  test('words, grades, units and figures stay', () => {
    for (const text of [
      '按 HRB400E、C30、M10 查表',
      '3.5 mm',
      'max − M',
      '压头直径 4d',
      'd = 20 mm',
      '1.35 × 30.00',
      'kN/s',
      'MU15',
    ])
      expect(setSymbols(text)).toBe(text);
    expect(setNamedSymbols('3 × 45，L0 = 100，A1 轴')).toBe('3 × 45，L_{0} = 100，A1 轴');
  });

  test('only braces and marks are added', () => {
    const text = fc.string({ unit: fc.constantFrom(...'RfFmLcuω0d1 ×°/,(^_'.split('')), maxLength: 30 });
    const bare = (set: string): string => set.replaceAll(/[_^{}]/gu, '');
    fc.assert(
      fc.property(text, (written) => {
        expect(bare(setSymbols(written))).toBe(bare(written));
      }),
      { numRuns: 2000 },
    );
  });
});

// What welded and mechanical joints have in common at reception and at the bench: bar grade and diameter, whether this
// is the first test of the batch or its retest, the peak loads and the range of the machine.
import { choice, decimal, text } from '../../field.ts';
import { decimalFault, refusal } from '../../foundation/decimal.ts';
import type { Acquisition } from '../../method.ts';
import { DIAMETERS, nominalArea } from '../nominal.ts';
import type { StrengthRounding } from '../steelRounding.ts';
import { usualBarLoad } from './bars.ts';
import { MAX_LOAD, strengthOfLoad } from './strength.ts';

export const FIRST_COUNT = 3;
export const RETEST_COUNT = 6;
export type Round = 'initial' | 'retest';

export const gradeField = (grades: readonly string[], clause: string) =>
  choice({
    name: 'grade',
    label: '钢筋牌号',
    at: 'reception',
    instrument: '委托单',
    clause,
    options: grades.map((grade) => ({ value: grade, label: grade })),
    usual: 'HRB400E',
    refusalCode: 'METHOD_GRADE_UNKNOWN',
    hint: '写作 HRB400E、HRB500 …',
  });

export const nominalDiameter = (clause: string) =>
  choice({
    name: 'nominalDiameter_mm',
    label: '公称直径',
    symbol: 'd',
    at: 'reception',
    instrument: '委托单',
    clause,
    options: DIAMETERS.map((value) => ({ value, label: `${value} mm` })),
    usual: '25',
    refusalCode: 'METHOD_DIAMETER_UNKNOWN',
  });

export const round = (clause: string) =>
  choice({
    name: 'round',
    label: '试验轮次',
    at: 'reception',
    instrument: '委托单',
    clause,
    options: [
      { value: 'initial', label: '初验（3 个试件）' },
      { value: 'retest', label: '复验（6 个试件）' },
    ],
    usual: 'initial',
    hint: '初验结果为复验的，从同一检验批另取 6 个试件',
  });

export const initialRecord = (clause: string) =>
  text({
    name: 'initialRecordNo',
    label: '初验记录编号',
    at: 'reception',
    optional: true,
    instrument: '委托单',
    maxLength: 60,
    clause,
    hint: '复验时必填',
  });

/** A retest is one of a first test that is on record. */
export function requireInitialRecord(at: { round: Round; initialRecordNo?: string | undefined }, clause: string): void {
  if (at.round !== 'retest' || at.initialRecordNo !== undefined) return;
  const next = '请填写初验的原始记录编号；没有初验的按初验登记。';
  throw refusal('METHOD_MISSING', '复验缺少“初验记录编号”。', 'initialRecordNo', clause, next);
}

export const peakLoads = (label: string, clause: string) =>
  decimal({
    name: 'loads_kN',
    label,
    symbol: 'F',
    at: 'bench',
    set: 'tension',
    parameters: ['KL'],
    source: 'peak',
    unit: 'kN',
    resolution: '0.1',
    instrument: '万能试验机',
    max: MAX_LOAD,
    maxReason: `超过任何钢筋接头可能的拉力 ${MAX_LOAD} kN`,
    clause,
  });

/** The peak of a tension run and the strength that it means while it is still arriving. */
export const peakAcquisition = (label: string, rounding: StrengthRounding): Acquisition => ({
  field: 'loads_kN',
  detector: 'tension',
  usualLoad_kN: usualBarLoad,
  preview: {
    label,
    unit: 'MPa',
    value: ({ nominalDiameter_mm: diameter }, load) => {
      const tabled = DIAMETERS.find((known) => known === diameter);
      if (tabled === undefined || decimalFault(load) !== null) return null;
      return strengthOfLoad(load, nominalArea(tabled), rounding);
    },
  },
});

/** A first test has 3 specimens, a retest 6: another number is refused, because the verdict counts specimens. */
export function requireCount(
  readings: readonly unknown[],
  at: Round,
  field: string,
  label: string,
  clause: string,
): void {
  const wanted = at === 'retest' ? RETEST_COUNT : FIRST_COUNT;
  if (readings.length === wanted) return;
  const message = `“${label}”有 ${readings.length} 个；${at === 'retest' ? '复验' : '初验'}应为 ${wanted} 个试件。`;
  throw refusal('METHOD_WRONG_COUNT', message, field, clause, '请核对试件数量和收样时填写的试验轮次。');
}

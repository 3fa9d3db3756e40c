// What surrounds the arithmetic of a cube group: which size factor may be used, whether the specimen's size allows the
// nominal area, and the warnings a technician and a supervisor must see. What is uncertain is refused or warned of.
import { Exact, refusal } from '../decimal.ts';
import {
  CLAUSE_EVALUATION_FACTOR,
  CLAUSE_LOADING,
  CLAUSE_MACHINE,
  CLAUSE_RESULT,
  CLAUSE_SIZE,
  HIGH_STRENGTH,
  LOADING_RATES,
  SIZE_FACTOR,
  TESTED_FACTOR_ABOVE,
} from './data.ts';
import type { Side } from './data.ts';
import type { ConcreteCubeInputs } from './inputs.ts';
import { loadingRateRow, loadingRateWindow } from '../loadingRate.ts';
import type { MethodWarning } from '../method.ts';

export interface SizeFactor {
  value: string;
  basis: string;
  warnings: MethodWarning[];
}

const TESTED_NEXT = '请先做对比试验，并录入换算系数及其依据；或改用 150 mm 标准试件。';

/** The size factor for a side and a grade. Where the standard wants a tested factor, none is guessed. */
export function sizeFactorFor(
  side: Side,
  designGrade: string | undefined,
  tested: { value: string; evidence: string } | undefined,
): SizeFactor {
  if (side === '150') {
    if (tested !== undefined && !new Exact(tested.value).equals(1)) {
      const message = `150 mm 为标准试件，换算系数为 1.00，不能使用 ${tested.value}。`;
      throw refusal(
        'METHOD_SIZE_FACTOR_MISMATCH',
        message,
        'testedSizeFactor.value',
        CLAUSE_RESULT,
        '请核对公称边长或删去换算系数。',
      );
    }
    return { value: SIZE_FACTOR['150'], basis: '150 mm 标准试件', warnings: [] };
  }
  if (tested !== undefined) return { value: tested.value, basis: `对比试验：${tested.evidence}`, warnings: [] };
  if (designGrade === undefined) {
    const message = `缺少设计强度等级，无法确定 ${side} mm 非标准试件的尺寸换算系数。`;
    throw refusal(
      'METHOD_MISSING',
      message,
      'designGrade',
      CLAUSE_RESULT,
      '请补充设计强度等级，或录入经试验确定的换算系数。',
    );
  }
  const grade = Number(designGrade.slice(1));
  const table: SizeFactor = { value: SIZE_FACTOR[side], basis: `${side} mm 非标准试件，标准表列值`, warnings: [] };
  if (grade < HIGH_STRENGTH) return table;
  if (side === '200' || grade > TESTED_FACTOR_ABOVE) {
    const message = `${designGrade} 的 ${side} mm 非标准试件没有表列换算系数，应由试验确定。`;
    throw refusal('METHOD_SIZE_FACTOR_UNKNOWN', message, 'testedSizeFactor', CLAUSE_RESULT, TESTED_NEXT);
  }
  table.warnings.push({
    code: 'CONCRETE_HIGH_STRENGTH_FACTOR',
    message: `${designGrade} 采用 100 mm 非标准试件，换算系数按 0.95 计。`,
    meaning: '高强混凝土宜用 150 mm 标准试件；用于强度检验评定时，换算系数应由试验确定（不少于 30 对）。',
    next: '如委托方用于检验评定，请录入经试验确定的换算系数。',
    field: 'designGrade',
    clause: CLAUSE_EVALUATION_FACTOR,
  });
  return table;
}

/** The nominal area may be used only when every measured side is within 1 mm of the nominal one. */
export function checkMeasuredSides(side: Side, measured: readonly string[] | undefined): void {
  for (const [index, value] of (measured ?? []).entries()) {
    if (new Exact(value).minus(side).abs().lessThanOrEqualTo(1)) continue;
    throw refusal(
      'METHOD_SIZE_TOLERANCE',
      `试件 ${Math.floor(index / 2) + 1} 实测边长 ${value} mm，与公称边长 ${side} mm 相差超过 1 mm。`,
      `measuredSides_mm.${index}`,
      CLAUSE_SIZE,
      '请复测边长；确实超差的试件不能按公称面积计算，应由技术负责人处理。',
    );
  }
}

/** A load above the machine's range is not a reading of that machine. */
export function checkMachineRange(loads: readonly string[] | undefined, range: string | undefined): MethodWarning[] {
  if (loads === undefined || range === undefined) return [];
  const warnings: MethodWarning[] = [];
  for (const [index, load] of loads.entries()) {
    const value = new Exact(load);
    const field = `loads_kN.${index}`;
    if (value.greaterThan(range)) {
      const message = `试件 ${index + 1} 破坏荷载 ${load} kN 超过试验机量程 ${range} kN。`;
      throw refusal('METHOD_OVER_RANGE', message, field, CLAUSE_MACHINE, '请核对读数、单位和所选设备。');
    }
    const low = value.times(5).lessThan(range);
    if (!low && value.times(5).lessThanOrEqualTo(new Exact(range).times(4))) continue;
    warnings.push({
      code: 'CONCRETE_MACHINE_RANGE',
      message: `试件 ${index + 1} 破坏荷载 ${load} kN ${low ? '低于' : '高于'}试验机量程 ${range} kN 的 ${low ? '20%' : '80%'}。`,
      meaning: '破坏荷载宜在量程的 20%～80% 之内，否则示值误差可能不满足要求。',
      next: '请核对所用试验机和量程档，必要时换机重做。',
      field,
      clause: CLAUSE_MACHINE,
    });
  }
  return warnings;
}

/** Loading rate outside the window of the expected class, or a result that belongs to another class. */
export function loadingRateWarnings(
  inputs: ConcreteCubeInputs,
  side: Side,
  area: string,
  singles: readonly string[],
): MethodWarning[] {
  if (inputs.designGrade === undefined) return [];
  const expected = inputs.designGrade.slice(1);
  const window = loadingRateWindow(LOADING_RATES, expected, area);
  const warnings: MethodWarning[] = [];
  for (const [index, rate] of (inputs.loadingRates_kN_s ?? []).entries()) {
    const value = new Exact(rate);
    if (value.greaterThanOrEqualTo(window.min_kN_s) && value.lessThanOrEqualTo(window.max_kN_s)) continue;
    warnings.push({
      code: 'CONCRETE_LOADING_RATE',
      message: `试件 ${index + 1} 加荷速度 ${rate} kN/s，不在 ${inputs.designGrade}、${side} mm 试件的 ${window.min_kN_s}～${window.max_kN_s} kN/s 之内。`,
      meaning: '加荷速度不符合标准会使强度偏高或偏低。',
      next: '请查看曲线并说明原因；必要时作废本次采集，另取试件重做。',
      field: `loadingRates_kN_s.${index}`,
      clause: window.clause,
    });
  }
  const row = loadingRateRow(LOADING_RATES, expected);
  const elsewhere = singles.filter((single) => loadingRateRow(LOADING_RATES, single) !== row);
  if (elsewhere.length > 0) {
    warnings.push({
      code: 'CONCRETE_LOADING_CLASS',
      message: `实测强度 ${elsewhere.join('、')} MPa 与设计强度等级 ${inputs.designGrade} 不在同一加荷速度档。`,
      meaning: `试验按 ${inputs.designGrade} 的加荷速度 ${row.min_MPa_s}～${row.max_MPa_s} MPa/s 设定。`,
      next: '请核对设计强度等级，并在原始记录中说明。',
      clause: CLAUSE_LOADING,
    });
  }
  return warnings;
}

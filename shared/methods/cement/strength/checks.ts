// What a technician and a supervisor must see beside the figures: void groups, results below the limit, drafts, and
// figures that can hardly be. The bounds of the stops are this program's, wide on purpose, and no rule of a standard.
import { Exact } from '../../foundation/decimal.ts';
import type { MethodWarning, PlausibilityStop } from '../../method.ts';
import { loadingRateStops, machineRange } from '../../plausibility.ts';
import { outlierWords } from './outliers.ts';
import { CLAUSE_MACHINE, COMPRESSION_RATE, FLEXURE_RATE } from './data.ts';
import type { Assessed } from './assess.ts';
import type { StrengthInputs } from './fields.ts';
import { FORMULAS } from './singles.ts';

const LOOK = '请核对荷载、单位、样品编号和曲线，说明原因并由第二人确认后继续；必要时重新试验。';

function invalidWarning({ what, name, outputs, field }: Assessed): MethodWarning[] {
  if (outputs.result_MPa !== null) return [];
  const outside = outputs.outliers.map(outlierWords).join('、');
  const common = { field, clause: FORMULAS[what].clause, notify: 'supervisor' } as const;
  if (what === 'flexure') {
    const message = `${name}：三个值均超出平均值的 ±10%：${outside}。`;
    const meaning = '标准没有规定这种情况的取值，不得打印任何数值；这不是不合格。';
    return [{ ...common, code: 'CEMENT_FLEXURE_NO_RESULT', message, meaning, next: '请查明原因，重新成型试验。' }];
  }
  const message = `${name}试验结果作废：${outside}。`;
  const meaning = '该龄期没有抗压强度数值，不得打印任何数值；作废不是不合格。';
  return [{ ...common, code: 'CEMENT_COMPRESSION_VOID', message, meaning, next: '请查明原因，重新成型试验。' }];
}

function unqualifiedWarning({ name, outputs, verdict, limit, requirement, field }: Assessed): MethodWarning[] {
  if (verdict !== 'unqualified') return [];
  return [
    {
      code: 'CEMENT_BELOW_LIMIT',
      message: `${name} ${outputs.result_MPa} MPa，技术要求 ${requirement}。`,
      meaning: `不符合 ${limit.standard} ${limit.clause}。`,
      next: '请通知质量负责人，列入不合格台账并按规定报告。',
      field,
      clause: `${limit.standard} ${limit.clause}`,
      notify: 'supervisor',
    },
  ];
}

function draftWarning(all: readonly Assessed[]): MethodWarning[] {
  const draft = all.find((assessed) => !assessed.judges);
  if (draft === undefined) return [];
  const { standard, clause } = draft.limit;
  return [
    {
      code: 'CEMENT_LIMITS_DRAFT',
      message: `${standard} 的强度限值未与标准原文核对。`,
      meaning: '本记录只给出强度数值，不自动判定。',
      next: '请由技术负责人对照标准原文核对限值后，在方法设置中确认；在此之前由人工判定。',
      clause: `${standard} ${clause}`,
    },
  ];
}

export function strengthWarnings(all: readonly Assessed[]): MethodWarning[] {
  return [...all.flatMap((each) => [...invalidWarning(each), ...unqualifiedWarning(each)]), ...draftWarning(all)];
}

/** Less than half of the limit, or more than two and a half times of it. */
function farFromLimit({ name, outputs, limit, field, what }: Assessed): PlausibilityStop[] {
  const { result_MPa: result } = outputs;
  if (result === null || limit.min === undefined) return [];
  const value = new Exact(result);
  const low = value.times(2).lessThan(limit.min);
  if (!low && !value.times(2).greaterThan(new Exact(limit.min).times(5))) return [];
  return [
    {
      code: 'STOP_CEMENT_GRADE',
      message: `${name} ${result} MPa，${low ? '不到' : '超过'}该等级限值 ${limit.min} MPa 的 ${low ? '一半' : '2.5 倍'}。`,
      meaning: '样品、强度等级、龄期或荷载单位可能有误。',
      next: LOOK,
      field,
      clause: FORMULAS[what].clause,
    },
  ];
}

/** Mortar carries about five to eight times as much in compression as in bending. */
function ratioStop(all: readonly Assessed[]): PlausibilityStop[] {
  const flexure = all.find((each) => each.what === 'flexure')?.outputs.result_MPa;
  const compression = all.find((each) => each.what === 'compression')?.outputs.result_MPa;
  if (flexure === undefined || flexure === null || compression === undefined || compression === null) return [];
  const bent = new Exact(flexure);
  if (bent.times(3).lessThanOrEqualTo(compression) && bent.times(12).greaterThanOrEqualTo(compression)) return [];
  return [
    {
      code: 'STOP_CEMENT_RATIO',
      message: `抗压强度 ${compression} MPa 与抗折强度 ${flexure} MPa 之比不在 3～12 之内。`,
      meaning: '两项试验的样品、荷载或单位可能有误。',
      next: LOOK,
      field: 'compressionLoads_kN',
      clause: FORMULAS.compression.clause,
    },
  ];
}

function allOutside({ what, outputs, name, field }: Assessed): PlausibilityStop[] {
  if (what !== 'flexure' || outputs.result_MPa !== null) return [];
  return [
    {
      code: 'STOP_CEMENT_FLEXURE_ALL_OUT',
      message: `${name}的三个值均超出平均值的 ±10%：${outputs.outliers.map(outlierWords).join('、')}。`,
      meaning: '标准没有规定这种情况的取值，本龄期没有抗折强度结果。',
      next: '请查明原因；重新成型试验，或说明原因并由第二人确认后按无结果出具。',
      field,
      clause: FORMULAS.flexure.clause,
    },
  ];
}

/** Machine, rates and figures; only of the parameters that are asked for. */
export function strengthFindings(
  all: readonly Assessed[],
  inputs: StrengthInputs,
): { warnings: MethodWarning[]; stops: PlausibilityStop[] } {
  const has = (what: Assessed['what']): boolean => all.some((each) => each.what === what);
  const range = has('compression')
    ? machineRange(inputs.compressionLoads_kN, inputs.compressionRange_kN, {
        field: 'compressionLoads_kN',
        clause: CLAUSE_MACHINE,
        label: '抗压荷载',
      })
    : { warnings: [], stops: [] };
  const flexureRates = has('flexure') ? inputs.flexureRates_kN_s : undefined;
  const compressionRates = has('compression') ? inputs.compressionRates_kN_s : undefined;
  return {
    warnings: [...range.warnings, ...strengthWarnings(all)],
    stops: [
      ...range.stops,
      ...loadingRateStops(flexureRates, FLEXURE_RATE, { field: 'flexureRates_kN_s', sample: '抗折试验' }),
      ...loadingRateStops(compressionRates, COMPRESSION_RATE, { field: 'compressionRates_kN_s', sample: '抗压试验' }),
      ...all.flatMap((each) => [...allOutside(each), ...farFromLimit(each)]),
      ...ratioStop(all),
    ],
  };
}

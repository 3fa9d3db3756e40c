// Whether a known deviation may be used: it rests on at least 45 groups of the period before, which lasts 60 to 90 days.
import { Exact, refusal } from '../../foundation/decimal.ts';
import type { MethodWarning } from '../../method.ts';
import { CLAUSE_KNOWN, KNOWN_SIGMA_GROUPS, SIGMA0_GROUPS, SIGMA0_LEAST_DAYS, SIGMA0_MOST_DAYS } from './data.ts';
import type { Way } from './evaluate.ts';
import type { BatchInputs } from './fields.ts';

type Sigma0 = Pick<BatchInputs, 'sigma0_MPa' | 'sigma0Groups' | 'sigma0Period_d'>;

const NEXT = '请删去 σ0，按标准差未知方案或非统计方法评定；或核对前一个检验期的资料。';

/** Refuses a deviation that may not be used, rather than leave it aside in silence. */
export function checkSigma0({ sigma0_MPa: sigma0, sigma0Groups: groups, sigma0Period_d: days }: Sigma0): void {
  if (sigma0 === undefined) {
    const [field, label] =
      groups === undefined ? ['sigma0Period_d', '计算 σ0 的检验期'] : ['sigma0Groups', '计算 σ0 的试件组数'];
    if (groups === undefined && days === undefined) return;
    throw refusal('METHOD_MISSING', `录入了“${label}”，但缺少 σ0。`, field, CLAUSE_KNOWN, '请补充 σ0，或删去该项。');
  }
  if (new Exact(sigma0).decimalPlaces() > 2) {
    const message = `标准差 σ0 = ${sigma0} MPa 没有修约至 0.01 MPa。`;
    throw refusal('METHOD_PRECISION', message, 'sigma0_MPa', CLAUSE_KNOWN);
  }
  if (groups !== undefined && new Exact(groups).lessThan(SIGMA0_GROUPS)) {
    const message = `σ0 由 ${groups} 组试件算得，少于 ${SIGMA0_GROUPS} 组，不能采用。`;
    throw refusal('METHOD_SIGMA0_UNUSABLE', message, 'sigma0Groups', CLAUSE_KNOWN, NEXT);
  }
  if (days !== undefined && new Exact(days).lessThan(SIGMA0_LEAST_DAYS)) {
    const message = `σ0 的检验期为 ${days} d，少于 ${SIGMA0_LEAST_DAYS} d，不能采用。`;
    throw refusal('METHOD_SIGMA0_UNUSABLE', message, 'sigma0Period_d', CLAUSE_KNOWN, NEXT);
  }
}

export function sigma0Warnings(inputs: Sigma0, way: Way): MethodWarning[] {
  const { sigma0_MPa: sigma0, sigma0Groups: groups, sigma0Period_d: days } = inputs;
  if (sigma0 === undefined) return [];
  const clause = CLAUSE_KNOWN;
  if (way !== 'statistical-known-sigma') {
    return [
      {
        code: 'BATCH_SIGMA0_UNUSED',
        message: `给出的 σ0 = ${sigma0} MPa 未采用：标准差已知方案的检验批应为连续的 ${KNOWN_SIGMA_GROUPS} 组有效试件。`,
        meaning: '已按有效组数改用其他评定方法。',
        next: '请核对检验批的划分。',
        field: 'sigma0_MPa',
        clause,
      },
    ];
  }
  const warnings: MethodWarning[] = [];
  if (groups === undefined || days === undefined) {
    warnings.push({
      code: 'BATCH_SIGMA0_BASIS_MISSING',
      message: '没有录入 σ0 所依据的组数或检验期，无法核对。',
      meaning: `σ0 应由前一个检验期（${SIGMA0_LEAST_DAYS}～${SIGMA0_MOST_DAYS} d）内不少于 ${SIGMA0_GROUPS} 组同类试件算得。`,
      next: '请补充组数和检验期，或改用其他评定方法。',
      field: groups === undefined ? 'sigma0Groups' : 'sigma0Period_d',
      clause,
    });
  }
  if (days !== undefined && new Exact(days).greaterThan(SIGMA0_MOST_DAYS)) {
    warnings.push({
      code: 'BATCH_SIGMA0_PERIOD',
      message: `σ0 的检验期为 ${days} d，超过 ${SIGMA0_MOST_DAYS} d。`,
      meaning: '检验期过长时，标准差可能不代表当前的生产水平。',
      next: '请核对资料，宜用最近一个检验期重新计算 σ0。',
      field: 'sigma0Period_d',
      clause,
    });
  }
  return warnings;
}

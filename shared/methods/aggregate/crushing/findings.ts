// What a person has to know of the readings of a crushing test: portions and loading times off the standard, a result above
// the limit, figures that can hardly be.
import { Exact } from '../../foundation/decimal.ts';
import type { MethodWarning, PlausibilityStop } from '../../method.ts';
import { STANDARD } from '../jgj52.ts';
import { CLAUSE, HARDLY_PERCENT, LIMIT_CLAUSE, LOADING_S, PORTION_G } from './data.ts';
import type { CrushingInputs } from './fields.ts';

export function readingWarnings({
  crushedBefore_g: masses,
  loadingTime_s: times = [],
}: CrushingInputs): MethodWarning[] {
  const portions = masses.flatMap((mass, index): MethodWarning[] =>
    // Within 1 % of the standard's portion passes unremarked.
    new Exact(mass).minus(PORTION_G).abs().times(100).lessThanOrEqualTo(PORTION_G)
      ? []
      : [
          {
            code: 'AGGREGATE_PORTION_MASS',
            message: `压碎试样 ${index + 1} 的质量为 ${mass} g，标准规定每份 ${PORTION_G} g。`,
            meaning: '试样量不同会影响受压层的厚度和结果。',
            next: '请核对称量；确为其他质量的，在原始记录中说明。',
            field: `crushedBefore_g.${index}`,
            clause: CLAUSE,
          },
        ],
  );
  const loading = times.flatMap((time, index): MethodWarning[] =>
    new Exact(time).lessThan(LOADING_S.least) || new Exact(time).greaterThan(LOADING_S.most)
      ? [
          {
            code: 'AGGREGATE_LOADING_TIME',
            message: `压碎试样 ${index + 1} 加荷用了 ${time} s，标准规定 ${LOADING_S.least}～${LOADING_S.most} s。`,
            meaning: '加荷过快或过慢会影响结果。',
            next: '请核对时间；确实超出的，应另取试样重做。',
            field: `loadingTime_s.${index}`,
            clause: CLAUSE,
          },
        ]
      : [],
  );
  return [...portions, ...loading];
}

export function unqualified(words: string, requirement: string): MethodWarning {
  return {
    code: 'AGGREGATE_CRUSHING_UNQUALIFIED',
    message: `${words}（${requirement}）。`,
    meaning: '该样品不符合所用混凝土强度等级的要求。',
    next: '请通知质量负责人，并列入不合格台账。',
    clause: `${STANDARD} ${LIMIT_CLAUSE}`,
    notify: 'supervisor',
  };
}

/** 200 kN always makes fines, and never turns building stone into fines for the greater part. */
export function stopsOf(singles: readonly string[]): PlausibilityStop[] {
  return singles.flatMap((single, index) => {
    const value = new Exact(single);
    if (!value.isZero() && value.lessThanOrEqualTo(HARDLY_PERCENT)) return [];
    return [
      {
        code: 'STOP_CRUSHING_INDEX',
        message: `压碎试样 ${index + 1} 压碎值指标为 ${single}%${value.isZero() ? '' : `，超过 ${HARDLY_PERCENT}%`}。`,
        meaning: '几乎没有这样的石子，很可能称量有误或没有加荷。',
        next: '请核对称量，说明原因并由第二人确认后继续；必要时另取试样重做。',
        field: `crushedRetained_g.${index}`,
        clause: CLAUSE,
      },
    ];
  });
}

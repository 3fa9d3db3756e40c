// What a technician and a supervisor must see of a sieve analysis beside its result: portions of another size, masses
// that cannot be, an invalid test, a sand that does not meet its requirement.
import { Exact } from '../../foundation/decimal.ts';
import type { MethodWarning, PlausibilityStop } from '../../method.ts';
import { REPEAT } from '../jgj52.ts';
import { CLAUSE_TEST } from './data.ts';
import type { FinenessMean, Portion } from './portion.ts';

const LOOK = '请查看各筛读数，说明原因并由第二人确认后继续；必要时另取试样重做。';
const PORTION_g = '500';
/** Portions within 1 % of 500 g pass unremarked. */
const PORTION_TOLERANCE_g = '5';
/** A loss that no sieving explains: a sieve forgotten, or a figure in the wrong place. */
const HARDLY_LOST = '10';
/** Finer than 特细砂 or coarser than 粗砂 is hardly sand. */
const HARDLY_SAND = { below: '0.7', above: '3.7' };

const label = (index: number): string => `试样 ${index + 1}`;

export function portionWarnings(samples: readonly string[], portions: readonly Portion[]): MethodWarning[] {
  const found: MethodWarning[] = [];
  for (const [index, sample] of samples.entries()) {
    if (new Exact(sample).minus(PORTION_g).abs().greaterThan(PORTION_TOLERANCE_g)) {
      found.push({
        code: 'SAND_PORTION_MASS',
        message: `${label(index)} 质量为 ${sample} g，标准规定每份 ${PORTION_g} g。`,
        meaning: '试样量不同会影响筛分的充分程度。',
        next: '请核对试样质量；确为其他质量的，在原始记录中说明。',
        field: `sampleMass_g.${index}`,
        clause: CLAUSE_TEST,
      });
    }
    const portion = portions[index];
    if (portion !== undefined && portion.accepted && new Exact(portion.loss_percent).isNegative()) {
      found.push({
        code: 'SAND_MASS_GAIN',
        message: `${label(index)} 各筛筛余与筛底之和大于试样质量（${portion.loss_percent}%）。`,
        meaning: '筛分不会使质量增加，可能有一次称量不准或读数填错。',
        next: '请核对各次称量。',
        field: `sampleMass_g.${index}`,
        clause: CLAUSE_TEST,
      });
    }
  }
  return found;
}

export function invalidWarnings(portions: readonly Portion[], mean: FinenessMean | null): MethodWarning[] {
  const invalid = (message: string): MethodWarning => ({
    code: 'SAND_SIEVE_INVALID',
    message,
    meaning: '本次筛分析试验结果无效。',
    next: REPEAT,
    clause: CLAUSE_TEST,
    notify: 'supervisor',
  });
  const found = portions.flatMap(({ accepted, loss_percent: loss }, index) =>
    accepted ? [] : [invalid(`${label(index)} 各筛筛余与筛底之和与试样质量相差 ${loss}%，超过 1%。`)],
  );
  if (mean?.status === 'redo') found.push(invalid(`两次试验的细度模数之差为 ${mean.difference}，大于 0.20。`));
  return found;
}

export function sieveStops(portions: readonly Portion[], modulus: string | null): PlausibilityStop[] {
  const found = portions.flatMap(({ loss_percent: loss }, index): PlausibilityStop[] =>
    new Exact(loss).abs().lessThanOrEqualTo(HARDLY_LOST)
      ? []
      : [
          {
            code: 'STOP_SIEVE_MASSES',
            message: `${label(index)} 各筛筛余与筛底之和与试样质量相差 ${loss}%。`,
            meaning: '筛分不会有这样大的损失，很可能有一筛漏填、填错位置或单位不对。',
            next: LOOK,
            field: `sampleMass_g.${index}`,
            clause: CLAUSE_TEST,
          },
        ],
  );
  if (modulus === null) return found;
  const value = new Exact(modulus);
  if (value.lessThan(HARDLY_SAND.below) || value.greaterThan(HARDLY_SAND.above)) {
    found.push({
      code: 'STOP_SAND_FINENESS',
      message: `细度模数为 ${modulus}，不在 ${HARDLY_SAND.below}～${HARDLY_SAND.above} 之内。`,
      meaning: '几乎没有这样粗或这样细的砂，很可能筛余填错了位置。',
      next: LOOK,
      field: 'retained5000_g.0',
      clause: CLAUSE_TEST,
    });
  }
  return found;
}

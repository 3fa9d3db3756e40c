// Size factor of splitting and flexural specimens. Only the small specimen below C60 has a tabled one; everywhere else
// the factor comes from comparison tests or the group is refused.
import { Exact, refusal } from '../../foundation/decimal.ts';
import type { SizeFactor } from '../cube/checks.ts';
import { HIGH_STRENGTH } from '../cube/data.ts';
import { strengthOf } from '../grade.ts';
import { SMALL_FACTOR } from './data.ts';
import type { TensionKind } from './data.ts';

const NEXT = '请先做对比试验，并录入换算系数及其依据；或改用标准试件。';

/** `size` names the specimen; `width_mm` decides (150 is the standard one). */
export function tensionFactor(
  kind: TensionKind,
  { width_mm: width, size }: { width_mm: string; size: string },
  designGrade: string | undefined,
  tested: { value: string; evidence: string } | undefined,
): SizeFactor {
  if (width === '150') {
    if (tested !== undefined && !new Exact(tested.value).equals(1)) {
      const message = `${size} mm 为标准试件，换算系数为 1.00，不能使用 ${tested.value}。`;
      const next = '请核对公称尺寸或删去换算系数。';
      throw refusal('METHOD_SIZE_FACTOR_MISMATCH', message, 'testedSizeFactor', kind.clause, next);
    }
    return { value: '1.00', basis: `${size} mm 标准试件`, warnings: [] };
  }
  if (tested !== undefined) return { value: tested.value, basis: `对比试验：${tested.evidence}`, warnings: [] };
  if (designGrade === undefined) {
    const message = `缺少设计强度等级，无法确定 ${size} mm 非标准试件的尺寸换算系数。`;
    const next = '请补充设计强度等级，或录入经试验确定的换算系数。';
    throw refusal('METHOD_MISSING', message, 'designGrade', kind.clause, next);
  }
  if (width !== '100' || Number(strengthOf(designGrade)) >= HIGH_STRENGTH) {
    const message = `${designGrade} 的 ${size} mm 非标准试件没有表列换算系数，应由试验确定。`;
    throw refusal('METHOD_SIZE_FACTOR_UNKNOWN', message, 'testedSizeFactor', kind.clause, NEXT);
  }
  return { value: SMALL_FACTOR, basis: `${size} mm 非标准试件，标准规定值`, warnings: [] };
}

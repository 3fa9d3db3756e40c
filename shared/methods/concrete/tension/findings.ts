// What is said of a splitting or flexural group beside its figures: the verdict the client asked for, warnings to the
// supervisor, and stops where the result is no plausible share of the compressive strength.
import { Exact, refusal } from '../../foundation/decimal.ts';
import { meetsFullValue } from '../../foundation/limits.ts';
import type { MethodWarning, PlausibilityStop, Verdict } from '../../method.ts';
import { strengthOf } from '../grade.ts';
import type { TensionKind } from './data.ts';
import type { TensionInputs } from './fields.ts';

/** A verdict was asked for, so there must be something to judge by. */
export function requireRequirement(inputs: TensionInputs, kind: TensionKind): void {
  if (inputs.judgeAgainstRequirement !== 'yes' || inputs.requiredStrength_MPa !== undefined) return;
  const message = `委托要求判定，但缺少委托要求的${kind.name}。`;
  const next = '请补充委托要求的强度，或取消判定要求。';
  throw refusal('METHOD_MISSING', message, 'requiredStrength_MPa', kind.clause, next);
}

const isMet = (value: string, required: string): boolean => meetsFullValue(value, { min: required });

/** The standard has no limit of its own: only the client's requirement may judge, and only where the client asks. */
export function tensionVerdict(value: string | null, inputs: TensionInputs): Verdict {
  const { judgeAgainstRequirement: judge, requiredStrength_MPa: required } = inputs;
  if (judge !== 'yes' || value === null || required === undefined) return 'not-judged';
  return isMet(value, required) ? 'qualified' : 'unqualified';
}

export function requirementOf(inputs: TensionInputs): string | null {
  const { judgeAgainstRequirement: judge, requiredStrength_MPa: required } = inputs;
  return judge === 'yes' && required !== undefined ? `≥${required} MPa（委托要求）` : null;
}

export function tensionSentence(value: string | null, verdict: Verdict, kind: TensionKind): string {
  if (value === null) return '该组试件试验结果无效。';
  const words = { qualified: '，符合委托约定的要求', unqualified: '，不符合委托约定的要求' };
  const tail = verdict === 'qualified' || verdict === 'unqualified' ? words[verdict] : '';
  return `该组试件${kind.name}为 ${value} MPa${tail}。`;
}

export function tensionWarnings(value: string | null, inputs: TensionInputs, kind: TensionKind): MethodWarning[] {
  const { clause } = kind;
  if (value === null) {
    return [
      {
        code: 'CONCRETE_GROUP_INVALID',
        message: `该组试件的${kind.name}试验结果无效。`,
        meaning: '本组没有强度数值，不得打印任何数值。',
        next: '请通知委托方，按约定另行取样。',
        clause,
        notify: 'supervisor',
      },
    ];
  }
  const required = inputs.requiredStrength_MPa;
  if (required === undefined || isMet(value, required)) return [];
  return [
    {
      code: 'CONCRETE_BELOW_REQUIREMENT',
      message: `该组试件${kind.name}为 ${value} MPa，低于委托要求的 ${required} MPa。`,
      meaning: '标准对单组试件没有合格与否的判定；是否判定以委托约定为准。',
      next: '请通知质量负责人；涉及结构安全的，列入不合格台账。',
      clause,
      notify: 'supervisor',
    },
  ];
}

/** Tension is a small part of compression: a figure far off is nearly always a load or a grade in the wrong place. */
export function shareStops(
  singles: readonly (string | null)[],
  designGrade: string | undefined,
  kind: TensionKind,
): PlausibilityStop[] {
  if (designGrade === undefined) return [];
  const strength = strengthOf(designGrade);
  return singles.flatMap((single, index): PlausibilityStop[] => {
    if (single === null) return [];
    const value = new Exact(single);
    if (value.times(kind.share.most).lessThanOrEqualTo(strength)) {
      if (value.times(kind.share.least).greaterThanOrEqualTo(strength)) return [];
    }
    return [
      {
        code: 'STOP_TENSION_SHARE',
        message: `试件 ${index + 1} ${kind.name} ${single} MPa，不在 ${designGrade} 抗压强度标准值的 1/${kind.share.least}～1/${kind.share.most} 之内。`,
        meaning: `普通混凝土的${kind.name}很少超出这个范围（经验值，不是标准的规定），可能录错荷载、尺寸或强度等级。`,
        next: '请核对荷载、公称尺寸和设计强度等级，说明原因并由第二人确认后继续。',
        field: `loads_kN.${index}`,
        clause: kind.clause,
      },
    ];
  });
}

/** The nominal section may be used only when every measured side is within 1 mm of its nominal one. */
export function checkSection(
  nominal: readonly [string, string],
  measured: readonly (readonly string[])[] | undefined,
  kind: TensionKind,
): void {
  for (const [specimen, sides] of (measured ?? []).entries()) {
    for (const [index, value] of sides.entries()) {
      const wanted = nominal[index] ?? nominal[0];
      if (new Exact(value).minus(wanted).abs().lessThanOrEqualTo(1)) continue;
      throw refusal(
        'METHOD_SIZE_TOLERANCE',
        `试件 ${specimen + 1} 实测 ${value} mm，与公称尺寸 ${wanted} mm 相差超过 1 mm。`,
        `measuredSides_mm.${specimen}.${index}`,
        kind.sizeClause,
        '请复测尺寸；确实超差的试件不能按公称尺寸计算，应由技术负责人处理。',
      );
    }
  }
}

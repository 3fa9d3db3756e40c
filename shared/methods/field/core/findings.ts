// What the technician and the supervisor must hear of cores: strengths that can hardly be, and results below the grade.
import { strengthOf } from '../../concrete/grade.ts';
import { Exact } from '../../foundation/decimal.ts';
import type { MethodWarning, PlausibilityStop, Verdict } from '../../method.ts';
import { CLAUSE_CORE, CLAUSE_ENTITY, CLAUSE_MEMBER } from './data.ts';
import type { EntityCheck } from './entity.ts';

export function strengthStops(values: readonly string[], grade: string | undefined): PlausibilityStop[] {
  if (grade === undefined) return [];
  const design = strengthOf(grade);
  return values.flatMap((value, index): PlausibilityStop[] => {
    const strength = new Exact(value);
    if (strength.times(2).greaterThanOrEqualTo(design) && strength.lessThanOrEqualTo(new Exact(design).times(3))) {
      return [];
    }
    return [
      {
        code: 'STOP_CORE_STRENGTH',
        message: `芯样 ${index + 1} 抗压强度 ${value} MPa，低于设计强度 ${design} MPa 的一半或高于其三倍。`,
        meaning: '芯样可能有裂缝、缺陷或含钢筋，或荷载、直径有误。',
        next: '请查看芯样和曲线，说明原因并由第二人确认后继续；必要时另取芯样。',
        field: `loads_kN.${index}`,
        clause: CLAUSE_CORE,
      },
    ];
  });
}

export function findings(
  least: string,
  entity: EntityCheck | null,
  grade: string | undefined,
  verdict: Verdict,
): MethodWarning[] {
  const warnings: MethodWarning[] = [];
  if (entity === null && grade !== undefined && new Exact(least).lessThan(strengthOf(grade))) {
    warnings.push({
      code: 'CORE_BELOW_GRADE',
      message: `强度推定值 ${least} MPa 低于设计强度等级 ${grade} 的标准值 ${strengthOf(grade)} MPa。`,
      meaning: '推定值本身不作合格与否的判定，但构件强度可能达不到设计要求。',
      next: '请通知质量负责人；涉及结构安全的，列入不合格台账。',
      clause: CLAUSE_MEMBER,
      notify: 'supervisor',
    });
  }
  if (entity !== null && !(entity.meanOk && entity.leastOk)) {
    warnings.push({
      code: 'CORE_ENTITY_BELOW',
      message: `三个芯样的${entity.meanOk ? '' : '平均值'}${entity.meanOk || entity.leastOk ? '' : '和'}${entity.leastOk ? '' : '最小值'}低于要求。`,
      meaning: verdict === 'unqualified' ? '结构实体混凝土强度不合格。' : '按未核对的限值为不合格，需人工判定。',
      next: '请通知质量负责人，并列入不合格台账。',
      clause: CLAUSE_ENTITY,
      notify: 'supervisor',
    });
  }
  if (entity?.edge === true) {
    warnings.push({
      code: 'CORE_ROUNDING_EDGE',
      message: `平均值修约后为 ${entity.mean} MPa，修约前后与 ${entity.meanRequired} MPa 比较的结论不同。`,
      meaning: '判定以未修约的平均值为准（全数值比较法）。',
      next: '请在审核时核对平均值与要求值。',
      clause: 'GB/T 8170-2008 4.3',
    });
  }
  return warnings;
}

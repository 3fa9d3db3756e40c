// What surrounds the arithmetic of a rebound test: hammer, age, number of zones and members, the standing of the tables,
// and what the supervisor must hear of.
import { Exact, refusal } from '../../foundation/decimal.ts';
import { strengthOf } from '../../concrete/grade.ts';
import type { MethodWarning, PlausibilityStop } from '../../method.ts';
import {
  AGE,
  ANVIL,
  CLAUSE_AGE,
  CLAUSE_BATCH,
  CLAUSE_ESTIMATE,
  CLAUSE_HAMMER,
  CLAUSE_ZONES,
  FEWEST_MEMBERS,
  FEWEST_ZONES,
  RANGE,
  TABLES,
} from './data.ts';
import type { Estimate } from './estimate.ts';
import type { ReboundInputs } from './fields.ts';

/** A hammer off 80 ± 2 on its anvil measures nothing: its readings make no record. */
export function checkHammer(inputs: Pick<ReboundInputs, 'anvilBefore_R' | 'anvilAfter_R'>): void {
  for (const [field, label] of [
    ['anvilBefore_R', '检测前'],
    ['anvilAfter_R', '检测后'],
  ] as const) {
    const value = inputs[field];
    if (value === undefined) continue;
    if (new Exact(value).minus(ANVIL.nominal).abs().lessThanOrEqualTo(ANVIL.tolerance)) continue;
    const message = `${label}钢砧率定值 ${value} 不在 ${ANVIL.nominal}±${ANVIL.tolerance} 之内，该回弹仪的读数不得使用。`;
    const next = '请保养回弹仪并重新率定，或换用率定合格的回弹仪重新检测。';
    throw refusal('METHOD_HAMMER_OFF', message, field, CLAUSE_HAMMER, next);
  }
}

/** Zones by member, as their places in the form; one member has them all. */
export function membersOf(inputs: Pick<ReboundInputs, 'scope' | 'members' | 'rebound_R'>): Map<string, number[]> {
  const all = inputs.rebound_R.map((_, index) => index);
  const names = inputs.members;
  if (inputs.scope === 'member') {
    const known = [...new Set(names)];
    const single = new Map([[known[0] ?? '', all]]);
    if (known.length <= 1) return single;
    const message = `单个构件检测的测区填了 ${known.length} 个构件：${known.join('、')}。`;
    throw refusal('METHOD_CONFLICT', message, 'members', CLAUSE_BATCH, '请改为批量检测，或每个构件分别建样品。');
  }
  if (names === undefined) {
    const message = '批量检测缺少各测区的“所属构件”。';
    throw refusal('METHOD_MISSING', message, 'members', CLAUSE_BATCH, '请逐测区填写所属构件的编号。');
  }
  const groups = new Map<string, number[]>();
  for (const index of all) {
    const name = names[index] ?? '';
    groups.set(name, [...(groups.get(name) ?? []), index]);
  }
  return groups;
}

function countWarnings(inputs: ReboundInputs, members: ReadonlyMap<string, readonly number[]>): MethodWarning[] {
  const warnings: MethodWarning[] = [];
  for (const [name, zones] of members) {
    if (zones.length >= FEWEST_ZONES) continue;
    warnings.push({
      code: 'REBOUND_FEW_ZONES',
      message: `${name === '' ? '该构件' : `构件 ${name} `}只有 ${zones.length} 个测区。`,
      meaning: `每个构件一般不少于 10 个测区，小构件也不应少于 ${FEWEST_ZONES} 个。`,
      next: '请核对测区数，必要时补测。',
      field: 'rebound_R',
      clause: CLAUSE_ZONES,
    });
  }
  if (inputs.scope === 'batch' && members.size < FEWEST_MEMBERS) {
    warnings.push({
      code: 'REBOUND_FEW_MEMBERS',
      message: `批量检测只有 ${members.size} 个构件。`,
      meaning: `批量检测的构件不少于同批构件总数的 30%，且不少于 ${FEWEST_MEMBERS} 个。`,
      next: '请核对抽检数量；数量不足时按单个构件检测。',
      field: 'members',
      clause: CLAUSE_BATCH,
    });
  }
  return warnings;
}

function ageWarnings(age: string | undefined): MethodWarning[] {
  if (age === undefined) return [];
  const exact = new Exact(age);
  if (exact.greaterThanOrEqualTo(AGE.min) && exact.lessThanOrEqualTo(AGE.max)) return [];
  return [
    {
      code: 'REBOUND_AGE',
      message: `龄期 ${age} d 不在 ${AGE.min}～${AGE.max} d 之内。`,
      meaning: '统一测强曲线不适用于这个龄期，推定值可能偏离实际强度。',
      next: '请用钻芯法修正或改用钻芯法，或由技术负责人说明依据。',
      field: 'age_d',
      clause: CLAUSE_AGE,
      notify: 'supervisor',
    },
  ];
}

/** `sources` are the clauses of tables and curve that gave a figure of this record. */
function tableWarnings(sources: readonly string[], standing: string | undefined): MethodWarning[] {
  if (standing === 'confirmed' || sources.length === 0) return [];
  return [
    {
      code: 'REBOUND_TABLES_UNCONFIRMED',
      message: `本记录用到的 ${sources.join('、')} 未与标准原文核对。`,
      meaning: '数据按公开的可读文本录入，本机构尚未确认其与标准原文一致。',
      next: `请与标准原文核对；核对无误后在方法设置中确认“${TABLES.label}”。`,
      clause: sources[0] ?? TABLES.clause,
    },
  ];
}

function estimateWarnings({ rule, mean_MPa: mean, S_MPa: deviation }: Estimate): MethodWarning[] {
  if (rule === 'beyond-curve') {
    return [
      {
        code: 'REBOUND_BEYOND_CURVE',
        message: `有测区强度换算值大于 ${RANGE.max_MPa} MPa，不能计算平均值和标准差。`,
        meaning: '超出测强曲线的范围，不能给出推定值。',
        next: '请通知技术负责人：改用高强混凝土测强曲线或钻芯法。',
        clause: CLAUSE_ESTIMATE,
        notify: 'supervisor',
      },
    ];
  }
  if (rule !== 'split-batch') return [];
  return [
    {
      code: 'REBOUND_BATCH_SPLIT',
      message: `该批强度平均值 ${mean} MPa、标准差 ${deviation} MPa，离散超过按批检测的限度。`,
      meaning: '这些构件不能作为一批推定，该批没有推定值。',
      next: '请全部按单个构件检测：每个构件分别建样品、分别推定。',
      clause: CLAUSE_BATCH,
      notify: 'supervisor',
    },
  ];
}

function gradeFindings(
  estimate: string | null,
  designGrade: string | undefined,
): { warnings: MethodWarning[]; stops: PlausibilityStop[] } {
  if (estimate === null || designGrade === undefined) return { warnings: [], stops: [] };
  const grade = strengthOf(designGrade);
  // `<10.0` is below every grade above C10; `>60.0` says nothing about C60 and above.
  const below = estimate.startsWith('<')
    ? new Exact(grade).greaterThanOrEqualTo(RANGE.min_MPa)
    : !estimate.startsWith('>') && new Exact(estimate).lessThan(grade);
  if (!below) return { warnings: [], stops: [] };
  const words = estimate.startsWith('<') ? `小于 ${RANGE.min_MPa}` : `为 ${estimate}`;
  const warnings: MethodWarning[] = [
    {
      code: 'REBOUND_BELOW_GRADE',
      message: `混凝土强度推定值${words} MPa，低于设计强度等级 ${designGrade} 的 ${grade} MPa。`,
      meaning: '推定值是现龄期的检测结果，本身不作合格与否的判定；涉及结构安全。',
      next: '请通知质量负责人；必要时用钻芯法复核。',
      clause: CLAUSE_ESTIMATE,
      notify: 'supervisor',
    },
  ];
  const least = estimate.startsWith('<') ? RANGE.min_MPa : estimate;
  if (new Exact(least).times(2).greaterThanOrEqualTo(grade)) return { warnings, stops: [] };
  const stop: PlausibilityStop = {
    code: 'STOP_REBOUND_FAR_BELOW_GRADE',
    message: `混凝土强度推定值${words} MPa，不到设计强度等级 ${designGrade} 的一半。`,
    meaning: '多半是测区、回弹仪、混凝土类型或设计强度等级有误。',
    next: '请核对读数、测试面、角度和委托信息，说明原因并由第二人确认后继续。',
    field: 'rebound_R',
    clause: CLAUSE_ESTIMATE,
  };
  return { warnings, stops: [stop] };
}

export function reboundFindings(
  inputs: ReboundInputs,
  members: ReadonlyMap<string, readonly number[]>,
  estimate: Estimate,
  tables: { sources: readonly string[]; standing: string | undefined },
): { warnings: MethodWarning[]; stops: PlausibilityStop[] } {
  const grade = gradeFindings(estimate.estimate_MPa, inputs.designGrade);
  return {
    warnings: [
      ...ageWarnings(inputs.age_d),
      ...countWarnings(inputs, members),
      ...tableWarnings(tables.sources, tables.standing),
      ...estimateWarnings(estimate),
      ...grade.warnings,
    ],
    stops: grade.stops,
  };
}

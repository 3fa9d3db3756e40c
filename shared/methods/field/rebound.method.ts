// 回弹法检测混凝土抗压强度, JGJ/T 23-2011: 16 rebound values per zone, corrections for angle and casting face, carbonation,
// strength of each zone by the pumped curve (or typed from the printed table), estimate of the member or the batch.
// The estimate has no 合格/不合格 of its own; the verdict is not-judged.
import { refusal } from '../foundation/decimal.ts';
import type { TraceStep } from '../foundation/trace.ts';
import { defineMethod } from '../define.ts';
import { recordVector } from '../recordVector.ts';
import { strengthOf } from '../concrete/grade.ts';
import { percentOfGrade } from '../gradeAgainst.ts';
import { memberCarbonation } from './rebound/carbonation.ts';
import { countedCarbonation, strengthOnCurve } from './rebound/curve.ts';
import { CLAUSE_TABLE_A, CURVE, NATIONAL_RULES, STANDARD, TABLES, curveOf } from './rebound/data.ts';
import type { StrengthCurve } from './rebound/data.ts';
import { estimateOf } from './rebound/estimate.ts';
import type { Estimate } from './rebound/estimate.ts';
import { REBOUND_FIELDS, ZONE_SETS } from './rebound/fields.ts';
import type { ReboundInputs } from './rebound/fields.ts';
import { checkHammer, membersOf, reboundFindings } from './rebound/findings.ts';
import type { ReboundOutputs } from './rebound/outputs.ts';
import { recordTables, reportTables } from './rebound/papers.ts';
import { REFERENCES } from './rebound/references.ts';
import { tableStops, tableStrengths } from './rebound/tableStrength.ts';
import type { Row } from './rebound/tableStrength.ts';
import { reboundVectors, requireBatch } from './rebound/vector.ts';
import { HORIZONTAL, zoneRebound } from './rebound/zones.ts';

const PARAMETER = 'HT';
const PARAMETER_NAME = '混凝土强度推定值';

function carbonationOf(
  inputs: ReboundInputs,
  members: ReadonlyMap<string, readonly number[]>,
): { points: (string | null)[]; depths: string[]; trace: TraceStep[] } {
  const points: (string | null)[] = inputs.rebound_R.map(() => null);
  const depths: string[] = inputs.rebound_R.map(() => '');
  const trace: TraceStep[] = [];
  for (const [name, zones] of members) {
    const readings = zones.map((zone) => inputs.carbonation_mm[zone] ?? null);
    const found = memberCarbonation(readings, zones, name === '' ? '该构件' : `构件 ${name} `);
    trace.push(...found.trace);
    for (const [place, zone] of zones.entries()) {
      points[zone] = found.points_mm[place] ?? null;
      depths[zone] = found.zones_mm[place] ?? '';
    }
  }
  return { points, depths, trace };
}

function curveStrengths(rows: readonly Row[], curve: StrengthCurve): { strengths: string[]; trace: TraceStep[] } {
  const strengths = rows.map((row) => strengthOnCurve(curve, row.rebound, row.carbonation_mm));
  const trace = strengths.map((value, index): TraceStep => ({
    name: `测区 ${index + 1} 强度换算值`,
    symbol: 'f^c_{cu}',
    formula: `${curve.factor}·Rm^${curve.exponent}·10^(${curve.carbonation}·dm)`,
    substituted: `${curve.factor} × ${rows[index]?.rebound}^${curve.exponent} × 10^(${curve.carbonation} × ${rows[index]?.carbonation_mm})`,
    value,
    unit: 'MPa',
    rule: `${curve.label}；修约至 0.1 MPa，${curve.min_MPa}～${curve.max_MPa} MPa 以外只写大小`,
    clause: curve.clause,
  }));
  return { strengths, trace };
}

function refuseTypedStrengths(inputs: ReboundInputs): void {
  for (const field of ['tableStrength_MPa', 'tableRm', 'tableDm_mm'] as const) {
    if (inputs[field]?.some((value) => value !== null) !== true) continue;
    const message = '泵送混凝土按测强曲线公式计算，不能录入附录 A 的查表值。';
    throw refusal('METHOD_CONFLICT', message, field, CLAUSE_TABLE_A, '请删去查表值，或更正混凝土类型。');
  }
}

/** An estimate outside the curve (`<10.0`) is no share of anything. */
function percentOf(estimate: string | null, designGrade: string | undefined): string | null {
  if (estimate !== null && /[<>]/.test(estimate)) return null;
  return percentOfGrade(estimate, designGrade && strengthOf(designGrade));
}

function inWords(estimate: string): string {
  if (estimate.startsWith('<')) return `小于 ${estimate.slice(1)} MPa`;
  return estimate.startsWith('>') ? `大于 ${estimate.slice(1)} MPa` : `为 ${estimate} MPa`;
}

function sentence(inputs: ReboundInputs, estimate: Estimate, percent: string | null): string {
  const what = inputs.scope === 'batch' ? '该批构件' : '该构件';
  if (estimate.rule === 'split-batch') return `${what}试验结果无效：强度离散过大，不能按批推定，应全部按单个构件检测。`;
  if (estimate.estimate_MPa === null) return `${what}试验结果无效：测区强度超出测强曲线的范围，不能推定。`;
  const share = percent === null ? '' : `，达到设计强度等级 ${inputs.designGrade} 的 ${percent}%`;
  return `${what}现龄期混凝土强度推定值${inWords(estimate.estimate_MPa)}${share}。`;
}

/** Tables and curve that gave a figure of this record. */
function sourcesOf(inputs: ReboundInputs, curve: StrengthCurve | null): string[] {
  const rules = curve ?? NATIONAL_RULES;
  return [
    ...(inputs.angle_deg.some((angle) => angle !== HORIZONTAL) ? [rules.angleTable.clause] : []),
    ...(inputs.face.some((face) => face !== 'side') ? [rules.faceTable.clause] : []),
    ...(curve?.status === 'draft' ? [curve.clause] : []),
  ];
}

export default defineMethod({
  id: 'rebound',
  name: '回弹法检测混凝土抗压强度',
  purpose: 'field',
  itemCode: 'HNT-HT',
  sampleName: '混凝土构件',
  parameters: [{ code: PARAMETER, name: PARAMETER_NAME, unit: 'MPa', recognises: /回弹|推定|抗压/ }],
  recognises: (names) => /回弹/.test(names) && !/砂浆|砖|砌|超声|取芯|钻芯|模量/.test(names),
  editions: [
    {
      id: STANDARD,
      test: STANDARD,
      judgement: null,
      rounding: 'GB/T 8170-2008',
      title: '回弹法检测混凝土抗压强度技术规程',
      inForceFrom: '2011-12-01',
      inForceUntil: null,
    },
  ],
  sets: ZONE_SETS,
  fields: REBOUND_FIELDS,
  policies: [CURVE, TABLES],
  limits: [],
  references: { [TABLES.name]: REFERENCES },
  timing: { kind: 'prompt', turnaroundDays: 5 },
  acquisitions: [],
  describe: ({ designGrade = '', placing = '' }) => ({
    grade: designGrade,
    spec: placing === 'pumped' ? '泵送' : placing === 'non-pumped' ? '非泵送' : '',
  }),
  evaluate(inputs, { policies }) {
    checkHammer(inputs);
    requireBatch(inputs.rebound_R.length, inputs.scope, 'rebound_R');
    const members = membersOf(inputs);
    const curve = inputs.placing === 'pumped' ? curveOf(policies[CURVE.name]) : null;
    const rules = curve ?? NATIONAL_RULES;
    const zones = inputs.rebound_R.map((readings, index) =>
      zoneRebound(
        {
          readings,
          angle: inputs.angle_deg[index] ?? HORIZONTAL,
          face: inputs.face[index] ?? 'side',
          zone: `测区 ${index + 1}`,
          field: `rebound_R.${index}`,
        },
        rules,
      ),
    );
    const carbonation = carbonationOf(inputs, members);
    const rows = zones.map((zone, index) => ({
      rebound: zone.corrected,
      carbonation_mm: countedCarbonation(rules, carbonation.depths[index] ?? ''),
    }));
    if (curve !== null) refuseTypedStrengths(inputs);
    const typed = { strengths: inputs.tableStrength_MPa, rebounds: inputs.tableRm, carbonations: inputs.tableDm_mm };
    const { strengths, trace } = curve === null ? tableStrengths(rows, typed) : curveStrengths(rows, curve);
    const estimate = estimateOf(strengths, inputs.scope);
    const percent = percentOf(estimate.estimate_MPa, inputs.designGrade);
    const outputs: ReboundOutputs = {
      mean_R: zones.map((zone) => zone.mean),
      angleCorrection: zones.map((zone) => zone.angleCorrection),
      faceCorrection: zones.map((zone) => zone.faceCorrection),
      corrected_R: zones.map((zone) => zone.corrected),
      carbonationPoint_mm: carbonation.points,
      carbonation_mm: rows.map((row) => row.carbonation_mm),
      strengthSource: curve === null ? 'table' : 'curve',
      strengthBasis: curve === null ? `${CLAUSE_TABLE_A}，检测人员查表录入` : curve.label,
      strength_MPa: strengths,
      zoneCount: String(strengths.length),
      memberCount: String(members.size),
      rule: estimate.rule,
      minimum_MPa: estimate.min_MPa,
      zoneMean_MPa: estimate.mean_MPa,
      standardDeviation_MPa: estimate.S_MPa,
      estimate_MPa: estimate.estimate_MPa,
      percentOfGrade: percent,
    };
    const findings = reboundFindings(inputs, members, estimate, {
      sources: sourcesOf(inputs, curve),
      standing: policies[TABLES.name],
    });
    return {
      outputs,
      trace: [...zones.flatMap((zone) => zone.trace), ...carbonation.trace, ...trace, ...estimate.trace],
      parameters: [
        {
          parameterCode: PARAMETER,
          name: PARAMETER_NAME,
          value: estimate.estimate_MPa,
          unit: 'MPa',
          requirement: null,
          verdict: 'not-judged',
        },
      ],
      valid: estimate.estimate_MPa !== null,
      text: sentence(inputs, estimate, percent),
      warnings: findings.warnings,
      stops: [...(curve === null ? tableStops(rows, strengths) : []), ...findings.stops],
      record: recordTables(inputs, outputs),
      report: reportTables(inputs, outputs),
    };
  },
  vectors: (own) => ({
    ...reboundVectors,
    'rebound-record': recordVector(own, ({ strengthBasis: _words, ...figures }) => figures),
  }),
});

// 钢筋保护层厚度: read by JGJ/T 152-2019 (three readings of a bar, mean as a whole millimetre), judged by GB 50204-2015
// appendix E (tolerance of beams and slabs, pass rate, second sampling, 1.5 times the tolerance).
import { defineMethod } from '../define.ts';
import { recordVector } from '../recordVector.ts';
import { Exact } from '../foundation/decimal.ts';
import type { MethodWarning, PlausibilityStop, Verdict } from '../method.ts';
import {
  ACCEPTANCE,
  CLAUSE_RATE,
  CLAUSE_READING,
  COVER,
  KIND_NAME,
  LIMITS,
  RATE,
  TEST,
  WORST_MULTIPLE,
  toleranceOf,
} from './cover/data.ts';
import type { Tolerance } from './cover/data.ts';
import { decide } from './cover/decide.ts';
import { COVER_FIELDS, COVER_SETS } from './cover/fields.ts';
import { againPoints, checkInstrument, firstPoints, pointTrace } from './cover/points.ts';
import type { CoverPoint } from './cover/points.ts';
import { coverRecord, coverReport } from './cover/tables.ts';
import type { CoverOutputs } from './cover/tables.ts';
import { coverFigures } from './cover/vector.ts';

/** A deviation of three tolerances is another bar, another design value, or another unit. */
function farStops(points: readonly CoverPoint[], { lower, upper }: Tolerance): PlausibilityStop[] {
  return points.flatMap((point): PlausibilityStop[] => {
    const deviation = new Exact(point.deviation_mm);
    if (
      deviation.greaterThanOrEqualTo(new Exact(lower).times(3)) &&
      deviation.lessThanOrEqualTo(new Exact(upper).times(3))
    )
      return [];
    return [
      {
        code: 'STOP_COVER_DEVIATION',
        message: `测点 ${point.number}（${point.member}）平均值 ${point.mean_mm} mm，设计值 ${point.design_mm} mm，偏差 ${point.deviation_mm} mm。`,
        meaning: '偏差超过允许偏差的三倍，可能测到了别的钢筋，或设计值、单位有误。',
        next: '请到现场复测或剔凿核实，说明原因并由第二人确认后继续。',
        field: `${point.sampling === 1 ? 'readings_mm' : 'againReadings_mm'}.${point.number - 1}`,
        clause: CLAUSE_READING,
      },
    ];
  });
}

function findings(outputs: CoverOutputs, verdict: Verdict): MethodWarning[] {
  if (outputs.decision === 'qualified') return [];
  const draft = verdict === 'not-judged' ? '（限值未与标准原文核对，需人工判定）' : '';
  if (outputs.decision === 'retest') {
    return [
      {
        code: 'COVER_SECOND_SAMPLING',
        message: `首次抽样合格率 ${outputs.first.percent}%，小于 90% 但不小于 80%。`,
        meaning: `可再抽取相同数量的构件，按两次抽样总和的合格率判定${draft}。`,
        next: '请通知委托方，另取相同数量的构件检测后补录。',
        field: 'againReadings_mm',
        clause: CLAUSE_RATE,
        notify: 'supervisor',
      },
    ];
  }
  const { percent } = outputs.total ?? outputs.first;
  const worst =
    outputs.beyondWorst === 0 ? '' : `，${outputs.beyondWorst} 个点的偏差大于允许偏差的 ${WORST_MULTIPLE} 倍`;
  return [
    {
      code: 'COVER_UNQUALIFIED',
      message: `合格率 ${percent}%${worst}。`,
      meaning: `结构实体钢筋保护层厚度检验不合格${draft}。`,
      next: '请通知质量负责人，并列入不合格台账。',
      clause: CLAUSE_RATE,
      notify: 'supervisor',
    },
  ];
}

function sentence(outputs: CoverOutputs, verdict: Verdict): string {
  const { points, passed, percent } = outputs.total ?? outputs.first;
  const both = outputs.total === null ? '' : '两次抽样';
  const worst = outputs.beyondWorst === 0 ? '没有' : `有 ${outputs.beyondWorst} 个`;
  const figures =
    `${KIND_NAME[outputs.memberKind]}${both}共检测 ${points} 点，合格 ${passed} 点，合格率为 ${percent}%，` +
    `${worst}点的偏差大于允许偏差的 ${WORST_MULTIPLE} 倍`;
  const words: Readonly<Record<Verdict, string>> = {
    qualified: `，符合 ${ACCEPTANCE} 的要求。`,
    unqualified: `，不符合 ${ACCEPTANCE} 的要求。`,
    retest: '，须再抽取相同数量的构件检验，按两次抽样总和判定。',
    'not-judged': '；限值未与标准原文核对，需人工判定。',
  };
  return `${figures}${words[verdict]}`;
}

export default defineMethod({
  id: 'rebar-cover',
  name: '钢筋保护层厚度',
  purpose: 'field',
  itemCode: 'GJ-BHC',
  sampleName: '钢筋保护层测区',
  parameters: [{ code: COVER, name: '钢筋保护层厚度合格率', unit: '%', recognises: /保护层/ }],
  recognises: (names) => /钢筋/.test(names) && /保护层/.test(names) && !/锈蚀|防火|防水/.test(names),
  editions: [
    {
      id: TEST,
      test: TEST,
      judgement: ACCEPTANCE,
      rounding: 'GB/T 8170-2008',
      title: '混凝土中钢筋检测技术标准',
      inForceFrom: '2020-02-01',
      inForceUntil: null,
    },
  ],
  sets: COVER_SETS,
  fields: COVER_FIELDS,
  policies: [],
  limits: LIMITS,
  timing: { kind: 'prompt', turnaroundDays: 3 },
  acquisitions: [],
  retests: [
    {
      allowed: true,
      clause: CLAUSE_RATE,
      says: '合格率小于 90% 但不小于 80% 的，可再抽取相同数量的构件，按两次抽样总和判定：新的记录里首次和再次抽样的测点都要录入。',
    },
  ],
  describe: ({ memberKind, designCover_mm: design }) => ({
    grade: memberKind === 'beam' || memberKind === 'slab' ? KIND_NAME[memberKind] : '',
    spec: design === undefined ? '' : `设计 ${design} mm`,
  }),
  evaluate(inputs, { asked, judges }) {
    checkInstrument(inputs.instrumentError_mm);
    const tolerance = toleranceOf(inputs.memberKind);
    const first = firstPoints(inputs, tolerance);
    const again = againPoints(inputs, tolerance);
    const { trace, ...decided } = decide(first, again);
    const points = [...first, ...(again ?? [])];
    const outputs: CoverOutputs = {
      memberKind: inputs.memberKind,
      lowerTolerance_mm: tolerance.lower,
      upperTolerance_mm: tolerance.upper,
      points,
      ...decided,
    };
    const verdict: Verdict = judges(ACCEPTANCE) ? decided.decision : 'not-judged';
    const result = {
      parameterCode: COVER,
      name: '钢筋保护层厚度合格率',
      value: (decided.total ?? decided.first).percent,
      unit: '%',
      requirement: `允许偏差 ${tolerance.words}，合格率≥${RATE}%，不合格点偏差不大于允许偏差的 ${WORST_MULTIPLE} 倍`,
      verdict,
    };
    return {
      outputs,
      trace: [...points.flatMap((point) => pointTrace(point, tolerance)), ...trace],
      parameters: asked(COVER) ? [result] : [],
      valid: true,
      text: sentence(outputs, verdict),
      warnings: findings(outputs, verdict),
      stops: farStops(points, tolerance),
      record: coverRecord(outputs, tolerance, verdict),
      report: coverReport(outputs, tolerance, verdict),
    };
  },
  vectors: (own) => ({ 'rebar-cover-record': recordVector(own, coverFigures) }),
});

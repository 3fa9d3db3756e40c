// 钢筋焊接接头, JGJ/T 27-2014 judged by JGJ 18-2012: three joints in tension (six in a retest), and for flash-butt and
// gas-pressure welds three bent to 90°. Each specimen counts by itself, by strength and by where and how it broke; no
// mean is formed. A brittle break in the bar makes the tension test void.
import { refusal } from '../foundation/decimal.ts';
import { defineMethod } from '../define.ts';
import { recordVector } from '../recordVector.ts';
import { peakAcquisition, requireInitialRecord } from './joint/fields.ts';
import { nominalArea } from './nominal.ts';
import { bendTest } from './weld/bendTest.ts';
import {
  CLAUSE_STRENGTH,
  CLAUSE_TENSION_RULE,
  STANDARD,
  TEST_STANDARD,
  WELD_EDITIONS,
  WELD_LIMITS,
  WELD_POLICIES,
  WELD_RETESTS,
} from './weld/data.ts';
import { WELD_FIELDS, WELD_SETS } from './weld/fields.ts';
import type { Round } from './joint/fields.ts';
import { weldRecord, weldReport } from './weld/tables.ts';
import { tensionTest } from './weld/tensionTest.ts';
import { weldTensileVector } from './weld/vector.ts';

export interface WeldJointOutputs {
  weldType: string;
  grade: string;
  nominalDiameter_mm: string;
  area_mm2: string;
  round: Round;
  /** Null when it was not asked for. */
  tension: {
    tensileStandard_MPa: string;
    /** Null when the test is void. */
    strengths_MPa: readonly string[] | null;
    void: boolean;
    rule: string;
  } | null;
  bend: { former_mm: string; cracks_mm: readonly (string | null)[]; failed: number; rule: string } | null;
}

/** What a vector line shows: the rule in words stands only in the record. */
function weldFigures({ tension, bend, ...described }: WeldJointOutputs): object {
  const { rule: _tension, ...pulled } = tension ?? { rule: '' };
  const { rule: _bend, ...bent } = bend ?? { rule: '' };
  return { ...described, tension: tension === null ? null : pulled, bend: bend === null ? null : bent };
}

export default defineMethod({
  id: 'weld-joint',
  name: '钢筋焊接接头',
  purpose: 'sample',
  itemCode: 'GJ-HJ',
  sampleName: '钢筋焊接接头',
  parameters: [
    { code: 'KL', name: '抗拉强度', unit: 'MPa', recognises: /抗拉|拉伸/ },
    { code: 'WQ', name: '弯曲', unit: '', recognises: /弯曲|冷弯/ },
  ],
  recognises: (names) =>
    /焊/.test(names) && /接头|钢筋/.test(names) && !/机械连接|焊接网|网片|探伤|超声|射线|焊缝/.test(names),
  editions: WELD_EDITIONS,
  sets: WELD_SETS,
  fields: WELD_FIELDS,
  policies: WELD_POLICIES,
  limits: WELD_LIMITS,
  timing: { kind: 'prompt', turnaroundDays: 3 },
  acquisitions: [peakAcquisition('抗拉强度', TEST_STANDARD)],
  retests: WELD_RETESTS,
  describe: ({ grade = '', nominalDiameter_mm: diameter = '', weldType = '' }) => ({
    grade,
    spec: [weldType, diameter === '' ? '' : `${diameter} mm`].filter((part) => part !== '').join(' '),
  }),
  evaluate(inputs, { policies, asked, judges }) {
    requireInitialRecord(inputs, CLAUSE_TENSION_RULE);
    const judging = judges(STANDARD);
    const tension = asked('KL') ? tensionTest(inputs, { judges: judging, policies }) : null;
    const bend = asked('WQ') ? bendTest(inputs, judging) : null;
    if (tension === null && bend === null) {
      const message = '没有拉伸试验或弯曲试验的读数。';
      throw refusal('METHOD_MISSING', message, 'loads_kN', CLAUSE_STRENGTH, '请录入最大力和断裂特征，或弯曲结果。');
    }
    const area = nominalArea(inputs.nominalDiameter_mm);
    const outputs: WeldJointOutputs = {
      weldType: inputs.weldType,
      grade: inputs.grade,
      nominalDiameter_mm: inputs.nominalDiameter_mm,
      area_mm2: area,
      round: inputs.round,
      tension:
        tension === null
          ? null
          : {
              tensileStandard_MPa: tension.standard_MPa,
              strengths_MPa: tension.strengths_MPa,
              void: tension.void,
              rule: tension.rule,
            },
      bend:
        bend === null
          ? null
          : {
              former_mm: bend.former_mm,
              cracks_mm: bend.specimens.map((specimen) => specimen.crack_mm),
              failed: bend.failed,
              rule: bend.rule,
            },
    };
    const tests = [tension, bend].filter((test) => test !== null);
    return {
      outputs,
      trace: [
        {
          name: '公称横截面面积',
          symbol: 'S0',
          formula: `查表：公称直径 ${inputs.nominalDiameter_mm} mm`,
          value: area,
          unit: 'mm²',
          rule: '不论焊缝尺寸，按钢筋公称横截面面积计算',
          clause: CLAUSE_TENSION_RULE,
        },
        ...tests.flatMap((test) => test.trace),
      ],
      parameters: tests.map((test) => test.parameter),
      // With a bend test beside it the record still has a result; the void tension parameter alone has none.
      valid: tension?.void !== true || bend !== null,
      text: `该组接头${tests.map((test) => test.sentence).join('；')}。`,
      warnings: tests.flatMap((test) => test.warnings),
      stops: tension?.stops ?? [],
      record: weldRecord(inputs, area, tension, bend),
      report: weldReport(tension, bend),
    };
  },
  vectors: (own) => ({
    'weld-tensile-judgement': weldTensileVector,
    'weld-joint-record': recordVector(own, weldFigures),
  }),
});

// 钢筋机械连接接头, JGJ 107-2016: three splices in tension (six in a retest), each against the threshold of its grade and
// of the way it failed, and where commissioned the residual deformation u0 as the mean of three.
import { refusal } from '../foundation/decimal.ts';
import { defineMethod } from '../define.ts';
import { peakAcquisition, requireInitialRecord } from './joint/fields.ts';
import type { Round } from './joint/fields.ts';
import { nominalArea } from './nominal.ts';
import {
  CLAUSE_PROCESS,
  CLAUSE_RULE,
  CLAUSE_TEST,
  ROUNDING,
  SPLICE_COMPARISON,
  SPLICE_EDITIONS,
  SPLICE_LIMITS,
  SPLICE_RETESTS,
  STANDARD,
} from './splice/data.ts';
import type { SpliceComparison } from './splice/data.ts';
import { SPLICE_FIELDS, SPLICE_SETS } from './splice/fields.ts';
import type { SpliceInputs } from './splice/fields.ts';
import { residualTest } from './splice/residual.ts';
import { spliceRecord, spliceReport } from './splice/tables.ts';
import { spliceTensionTest } from './splice/tensionTest.ts';
import { spliceVector } from './splice/vector.ts';

export interface MechanicalSpliceOutputs {
  spliceLevel: string;
  grade: string;
  nominalDiameter_mm: string;
  area_mm2: string;
  inspection: string;
  round: Round;
  /** Null when it was not asked for. */
  tension: {
    strengths_MPa: readonly string[];
    thresholds_MPa: readonly string[];
    failures: readonly string[];
    failed: number;
    rule: string;
  } | null;
  residual: { singles_mm: readonly string[]; mean_mm: string } | null;
}

function refuseProcessRetest({ inspection, round }: SpliceInputs): void {
  if (inspection !== '工艺检验' || round !== 'retest') return;
  const message = '工艺检验没有复验：不合格时应调整工艺参数，重新进行工艺检验。';
  throw refusal('METHOD_CONFLICT', message, 'round', CLAUSE_PROCESS, '请核对检验类别和试验性质。');
}

export default defineMethod({
  id: 'mechanical-splice',
  name: '钢筋机械连接接头',
  purpose: 'sample',
  itemCode: 'GJ-JX',
  sampleName: '钢筋机械连接接头',
  parameters: [
    { code: 'KL', name: '极限抗拉强度', unit: 'MPa', recognises: /抗拉|^(?:单向)?拉伸(?:试验|强度)?$/ },
    { code: 'BX', name: '残余变形', unit: 'mm', recognises: /残余变形/ },
  ],
  recognises: (names) => /机械连接|螺纹接头|挤压接头/.test(names) && !/灌浆|焊|套筒(?:外观|尺寸)/.test(names),
  editions: SPLICE_EDITIONS,
  sets: SPLICE_SETS,
  fields: SPLICE_FIELDS,
  policies: [SPLICE_COMPARISON],
  limits: SPLICE_LIMITS,
  timing: { kind: 'prompt', turnaroundDays: 3 },
  acquisitions: [peakAcquisition('极限抗拉强度', ROUNDING)],
  retests: SPLICE_RETESTS,
  describe: ({ grade = '', nominalDiameter_mm: diameter = '', spliceLevel: level = '' }) => ({
    grade: [grade, level === '' ? '' : `${level}级`].filter((part) => part !== '').join(' '),
    spec: diameter === '' ? '' : `${diameter} mm`,
  }),
  evaluate(inputs, { policies, asked, judges }) {
    refuseProcessRetest(inputs);
    requireInitialRecord(inputs, CLAUSE_RULE);
    const judging = judges(STANDARD);
    const comparison = policies['spliceComparison'] as SpliceComparison;
    const tension = asked('KL') ? spliceTensionTest(inputs, judging, comparison) : null;
    const residual = asked('BX') ? residualTest(inputs, judging, comparison) : null;
    if (tension === null && residual === null) {
      const message = '没有极限抗拉强度试验或残余变形试验的读数。';
      throw refusal('METHOD_MISSING', message, 'loads_kN', CLAUSE_TEST, '请录入最大拉力和断裂位置，或残余变形。');
    }
    const area = nominalArea(inputs.nominalDiameter_mm);
    const outputs: MechanicalSpliceOutputs = {
      spliceLevel: inputs.spliceLevel,
      grade: inputs.grade,
      nominalDiameter_mm: inputs.nominalDiameter_mm,
      area_mm2: area,
      inspection: inputs.inspection,
      round: inputs.round,
      tension:
        tension === null
          ? null
          : {
              strengths_MPa: tension.specimens.map((specimen) => specimen.strength_MPa),
              thresholds_MPa: tension.specimens.map((specimen) => specimen.threshold.value_MPa),
              failures: tension.specimens.map((specimen) => specimen.failure),
              failed: tension.failed,
              rule: tension.rule,
            },
      residual: residual === null ? null : { singles_mm: residual.singles_mm, mean_mm: residual.mean_mm },
    };
    const tests = [tension, residual].filter((test) => test !== null);
    return {
      outputs,
      trace: [
        {
          name: '公称横截面面积',
          symbol: 'S0',
          formula: `查表：公称直径 ${inputs.nominalDiameter_mm} mm`,
          value: area,
          unit: 'mm²',
          rule: '按钢筋公称横截面面积计算',
          clause: CLAUSE_TEST,
        },
        ...tests.flatMap((test) => test.trace),
      ],
      parameters: tests.map((test) => test.parameter),
      valid: true,
      text: `该组接头${tests.map((test) => test.sentence).join('；')}。`,
      warnings: tests.flatMap((test) => test.warnings),
      stops: tests.flatMap((test) => test.stops),
      record: spliceRecord(inputs, area, tension, residual),
      report: spliceReport(tension, residual),
    };
  },
  vectors: { 'mechanical-splice-judgement': spliceVector },
});

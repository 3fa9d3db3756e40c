// 水泥标准稠度用水量、凝结时间、安定性, GB/T 1346, judged by GB 175. What the 2024 edition changed against 2011 has not been
// seen: work under it is computed as in 2011, warned of, and not judged before the lab has confirmed the new text.
import { refusal } from '../foundation/decimal.ts';
import { defineMethod } from '../define.ts';
import { recordVector } from '../recordVector.ts';
import type { EvaluationContext } from '../define.ts';
import type { MethodWarning } from '../method.ts';
import type { PaperTable } from '../table.ts';
import { checkGrade, describeCement, GB175_2007, GB175_2023 } from './kinds.ts';
import type { Kind, ProductStandard } from './kinds.ts';
import {
  CLAUSE_SETTING,
  CONSISTENCY_LIMITS,
  SETTING,
  SOUNDNESS,
  TEST_2011,
  TEST_2024,
  WATER,
  CONSISTENCY_RETESTS,
} from './consistency/data.ts';
import { CONSISTENCY_FIELDS, CONSISTENCY_SETS } from './consistency/fields.ts';
import type { ConsistencyInputs } from './consistency/fields.ts';
import { NOT_CHECKED, atEdition } from './consistency/part.ts';
import { settingPart } from './consistency/setting.ts';
import type { SettingOutputs } from './consistency/setting.ts';
import { soundnessPart } from './consistency/soundness.ts';
import type { SoundnessOutputs } from './consistency/soundness.ts';
import { readTogether } from './consistency/together.ts';
import { waterPart } from './consistency/water.ts';
import type { WaterOutputs } from './consistency/water.ts';

export interface CementConsistencyOutputs {
  kind: Kind;
  water: WaterOutputs | null;
  setting: SettingOutputs | null;
  soundness: SoundnessOutputs | null;
}

const PARTS = {
  [WATER]: ['trialWater_mL', 'plungerDistance_mm'],
  [SETTING]: ['initialSetting_min', 'finalSetting_min'],
  [SOUNDNESS]: ['needleA_mm', 'needleC_mm'],
} as const;

function partsOf(inputs: ConsistencyInputs, context: EvaluationContext) {
  const wants = (code: keyof typeof PARTS): boolean => context.asked(code) && readTogether(inputs, PARTS[code]);
  return {
    water: wants(WATER) ? waterPart(inputs.trialWater_mL ?? [], inputs.plungerDistance_mm ?? []) : null,
    setting: wants(SETTING) ? settingPart(inputs, context) : null,
    soundness: wants(SOUNDNESS) ? soundnessPart(inputs, context) : null,
  };
}

function editionWarnings({ edition, judges }: EvaluationContext): MethodWarning[] {
  if (edition.test !== TEST_2024 || judges(TEST_2024)) return [];
  return [
    {
      code: 'CEMENT_1346_2024_UNCONFIRMED',
      message: `${TEST_2024} 与 ${TEST_2011} 相比的变化（读数、测试间隔、安定性判定和复检）未与标准原文核对。`,
      meaning: `本记录按 ${TEST_2011} 的规则计算，只给出数值，不自动判定。`,
      next: '请由技术负责人对照标准原文核对后，在方法设置中确认；在此之前由人工判定。',
      clause: TEST_2024,
    },
  ];
}

function draftWarnings({ edition, judges }: EvaluationContext): MethodWarning[] {
  const drafts = [edition.judgement ?? '', edition.test].filter(
    (standard) => standard !== TEST_2024 && !judges(standard),
  );
  if (drafts.length === 0) return [];
  return [
    {
      code: 'CEMENT_LIMITS_DRAFT',
      message: `${drafts.join('、')} 的限值未与标准原文核对。`,
      meaning: '以该标准为依据的项目只给出数值，不自动判定。',
      next: '请由技术负责人对照标准原文核对限值后，在方法设置中确认；在此之前由人工判定。',
      clause: drafts.join('、'),
    },
  ];
}

function reportTable(
  inputs: ConsistencyInputs,
  rows: readonly (readonly string[])[],
  hasUnchecked: boolean,
): PaperTable[] {
  const name = [inputs.kind, inputs.grade].filter((part) => part !== undefined).join(' ');
  const down = rows.length;
  return [
    {
      joins: true,
      columns: [
        { head: '样品编号', width: 1.4 },
        { head: '品种等级' },
        { head: '检测日期', width: 1.2 },
        { head: '检测项目', width: 1.6 },
        { head: '技术要求', width: 1.6 },
        { head: '检测结果' },
        { head: '单项判定' },
      ],
      rows: rows.map((row, index) =>
        index > 0 ? row : [{ text: '{sampleNo}', down }, { text: name, down }, { text: '{testedOn}', down }, ...row],
      ),
      notes: hasUnchecked ? [`${NOT_CHECKED}。`] : [],
    },
  ];
}

const common = { rounding: 'GB/T 8170-2008', title: '水泥标准稠度用水量、凝结时间、安定性检验方法' } as const;

export default defineMethod({
  id: 'cement-consistency',
  name: '水泥标准稠度用水量、凝结时间、安定性',
  purpose: 'sample',
  itemCode: 'SN-NJ',
  sampleName: '水泥',
  parameters: [
    { code: WATER, name: '标准稠度用水量', unit: '%', recognises: /标准稠度|稠度用水量/ },
    { code: SETTING, name: '凝结时间（初凝/终凝）', unit: 'min', recognises: /凝结时间|初凝|终凝/ },
    { code: SOUNDNESS, name: '安定性（雷氏法）', unit: 'mm', recognises: /安定性/ },
  ],
  recognises: (names) =>
    /水泥/.test(names) && /标准稠度|凝结|安定/.test(names) && !/混凝土|砂浆|胶砂|抗折|抗压|水泥土/.test(names),
  editions: [
    {
      ...common,
      id: TEST_2024,
      test: TEST_2024,
      judgement: GB175_2023,
      inForceFrom: '2025-07-01',
      inForceUntil: null,
    },
    {
      ...common,
      id: TEST_2011,
      test: TEST_2011,
      judgement: GB175_2023,
      inForceFrom: '2024-06-01',
      inForceUntil: '2025-06-30',
    },
    {
      ...common,
      id: `${TEST_2011}（${GB175_2007}）`,
      test: TEST_2011,
      judgement: GB175_2007,
      inForceFrom: '2012-03-01',
      inForceUntil: '2024-05-31',
    },
  ],
  sets: CONSISTENCY_SETS,
  fields: CONSISTENCY_FIELDS,
  policies: [],
  limits: CONSISTENCY_LIMITS,
  timing: { kind: 'prompt', turnaroundDays: 3 },
  acquisitions: [],
  retests: CONSISTENCY_RETESTS,
  describe: describeCement,
  evaluate(inputs, context) {
    const standard = context.edition.judgement as ProductStandard;
    const { test } = context.edition;
    if (inputs.grade !== undefined) checkGrade(inputs.kind, inputs.grade, standard);
    const { water, setting, soundness } = partsOf(inputs, context);
    const parts = [water, setting, soundness].filter((part) => part !== null);
    if (parts.length === 0) {
      const message = '没有任何一项的读数。';
      throw refusal('METHOD_MISSING', message, 'initialSetting_min', CLAUSE_SETTING, '请录入所委托参数的读数。');
    }
    const outputs: CementConsistencyOutputs = {
      kind: inputs.kind,
      water: water?.outputs ?? null,
      setting: setting?.outputs ?? null,
      soundness: soundness?.outputs ?? null,
    };
    const rows = parts.flatMap((part) => part.rows);
    const open = [setting, soundness].some((part) => part?.parameter.verdict === 'not-judged');
    return {
      outputs,
      trace: atEdition(
        parts.flatMap((part) => part.trace),
        test,
      ),
      parameters: parts.map((part) => part.parameter),
      valid: true,
      text: `${parts.map((part) => part.words).join('；')}。`,
      warnings: [
        ...atEdition(
          parts.flatMap((part) => part.warnings),
          test,
        ),
        ...editionWarnings(context),
        ...(open ? draftWarnings(context) : []),
      ],
      stops: atEdition(
        parts.flatMap((part) => part.stops),
        test,
      ),
      record: parts.flatMap((part) => part.record),
      report: reportTable(inputs, rows, open),
    };
  },
  vectors: (own) => ({ 'cement-consistency-record': recordVector(own) }),
});

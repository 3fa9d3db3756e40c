// 碎石或卵石压碎值指标, JGJ 52-2006: three portions of 10.0～20.0 mm pressed with 200 kN, what passes 2.50 mm in per cent to 0.1,
// and their mean. Limits go by rock and class of concrete. Gravel of mixed rocks, whose coarse part is tested apart and
// weighted, is not covered: its two parts are two samples.
import { defineMethod } from '../define.ts';
import { comparisonStep, limitOf, meets, requirementText, verdictOf } from '../judge.ts';
import type { ParameterResult } from '../method.ts';
import { EDITION, STANDARD, UNCHECKED } from './jgj52.ts';
import { crushed } from './crushing/crushed.ts';
import { CRUSHING, LIMITS, MEAN_STEP, limitKey } from './crushing/data.ts';
import { CRUSHING_FIELDS, CRUSHING_SETS } from './crushing/fields.ts';
import { readingWarnings, stopsOf, unqualified } from './crushing/findings.ts';
import { recordTables, reportTables } from './crushing/tables.ts';
import { stoneCrushingVector } from './crushing/vector.ts';

const NAME = '压碎值指标';

export default defineMethod({
  id: 'stone-crushing',
  name: '碎石或卵石压碎值指标',
  purpose: 'sample',
  itemCode: 'SI-YS',
  sampleName: '碎石或卵石',
  parameters: [{ code: CRUSHING, name: NAME, unit: '%', recognises: /压碎/ }],
  recognises: (names) => /石/.test(names) && /压碎/.test(names) && !/砂/.test(names),
  editions: [EDITION],
  sets: CRUSHING_SETS,
  fields: CRUSHING_FIELDS,
  policies: [MEAN_STEP],
  limits: LIMITS,
  timing: { kind: 'prompt', turnaroundDays: 3 },
  acquisitions: [],
  describe: ({ crushingGradeClass = '', rock = '', nominalSize = '' }) => ({
    grade: crushingGradeClass,
    spec: [rock, nominalSize].filter((part) => part !== '').join(' '),
  }),
  evaluate(inputs, { policies, judges }) {
    const pairs = inputs.crushedBefore_g.map((mass, index): [string, string] => [
      mass,
      inputs.crushedRetained_g[index] ?? '',
    ]);
    const found = crushed(pairs, policies[MEAN_STEP.name] ?? MEAN_STEP.default, (at) => `crushedRetained_g.${at}`);
    const { single_percent, result_percent: value } = found;
    const grade = inputs.crushingGradeClass;
    const limit = grade === undefined ? null : limitOf(LIMITS, STANDARD, CRUSHING, limitKey(inputs.rock, grade));
    const judging = judges(STANDARD);
    const isMet = limit !== null && meets(value, limit);
    const requirement = limit === null ? null : requirementText(limit);
    const parameter: ParameterResult = {
      parameterCode: CRUSHING,
      name: NAME,
      value,
      unit: '%',
      requirement,
      verdict: limit === null ? 'not-judged' : verdictOf(isMet, judging),
    };
    const figure = `${NAME}为 ${value}%`;
    const judgedWords = `${figure}，${isMet ? '符合' : '不符合'} ${grade ?? ''} 混凝土用${inputs.rock}的要求`;
    const openWords = `${figure}（${limit === null ? '未给出混凝土强度等级，不作判定' : UNCHECKED}）`;
    const words = limit !== null && judging ? judgedWords : openWords;
    return {
      outputs: { single_percent, result_percent: value },
      trace: limit !== null && judging ? [...found.trace, comparisonStep(NAME, value, limit)] : found.trace,
      parameters: [parameter],
      valid: true,
      text: `该石样${words}。`,
      warnings: [
        ...readingWarnings(inputs),
        ...(parameter.verdict === 'unqualified' ? [unqualified(words, requirement ?? '')] : []),
      ],
      stops: stopsOf(single_percent),
      record: recordTables(inputs, found),
      report: reportTables(inputs, found, parameter),
    };
  },
  vectors: { 'stone-crushing': stoneCrushingVector },
});

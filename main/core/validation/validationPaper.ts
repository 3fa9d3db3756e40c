// Content of the validation report, from the declarations of the methods and the vector lines as they came out.
import type { TestMethod } from '../../../shared/methods/index.ts';
import { limitPolicyName } from '../../../shared/methods/policies.ts';
import type { MethodValidationContent } from '../../../shared/reports/method-validation.ts';
import { FOUNDATION_ID, FOUNDATION_NAME, type CheckedLine } from './checkVectors.ts';
import { coverageOf, linesOf, optionCoverage, type CoverageRow } from './coverage.ts';
import { vectorCount } from './coverageText.ts';
import { shownValues } from './shownValues.ts';
import type { ReadVectorFile } from './vectorFiles.ts';

type Validated = MethodValidationContent['methods'][number];
export type ValidationFacts = Pick<
  MethodValidationContent,
  'institution' | 'program' | 'runtime' | 'madeAt' | 'madeBy'
>;

const purposes: Record<TestMethod['purpose'], string> = {
  sample: '样品检测',
  field: '现场检测',
  evaluation: '检验评定',
};

const longest = 880;
/** A text that no cell holds ends with its length, so that nobody takes the part for the whole. */
const short = (text: string): string =>
  text.length <= longest ? text : `${text.slice(0, longest - 20)} …（共 ${text.length} 字）`;

function printed({
  id,
  method,
  standard,
  inputs,
  expected,
  computed,
  equal,
}: CheckedLine): Validated['vectors'][number] {
  const order = Object.keys(expected);
  return {
    id,
    method,
    standard,
    inputs: short(shownValues(inputs)) || '—',
    expected: short(shownValues(expected)),
    computed: short(shownValues(computed, order)) || '—',
    equal,
  };
}

function validated(method: TestMethod, checked: readonly CheckedLine[], rows: readonly CoverageRow[]): Validated {
  return {
    id: method.id,
    name: method.name,
    facts: [
      ['用途', `${purposes[method.purpose]}${method.itemCode === null ? '' : `，检测项目 ${method.itemCode}`}`],
      ['参数', method.parameters.map(({ name, unit }) => (unit === '' ? name : `${name}（${unit}）`)).join('、')],
    ],
    editions: method.editions.map(({ id, test, judgement, rounding }) => {
      const row = rows.find(({ methodId, edition }) => methodId === method.id && edition === id);
      return {
        id,
        test,
        judgement: judgement ?? '',
        rounding,
        inForce: row?.inForce ?? '—',
        vectors: row?.vectors ?? 0,
      };
    }),
    policies: method.policies.map(({ name, label, clause, options, default: usual }) => ({
      name,
      label,
      clause,
      usual: options.find(({ value }) => value === usual)?.label ?? usual,
      others: options
        .filter(({ value }) => value !== usual)
        .map((option) => option.label)
        .join('；'),
    })),
    limits: method.limits.map((table) => ({
      standard: table.standard,
      clause: table.clause,
      title: titleOf(table),
      rows: table.rows.length,
      verified: table.status === 'verified',
    })),
    vectors: checked.filter(({ methodId }) => methodId === method.id).map(printed),
  };
}

function foundation(checked: readonly CheckedLine[]): Validated {
  return {
    id: FOUNDATION_ID,
    name: FOUNDATION_NAME,
    facts: [['用途', '各方法共用：数值修约、极限数值的比较、三个值的取舍']],
    editions: [],
    policies: [],
    limits: [],
    vectors: checked.filter(({ methodId }) => methodId === FOUNDATION_ID).map(printed),
  };
}

/** Titles of limits that begin with their standard say it once. */
const titleOf = ({ standard, title }: TestMethod['limits'][number]): string =>
  title.startsWith(`${standard} `) ? title.slice(standard.length + 1) : title;

/** Lines that no method answers still stand on the paper, and differ. */
function unanswered(checked: readonly CheckedLine[]): Validated[] {
  const lines = checked.filter(({ methodId }) => methodId === null);
  if (lines.length === 0) return [];
  const facts: Validated['facts'] = [['用途', '本程序没有计算下列向量的方法']];
  const none = { editions: [], policies: [], limits: [] };
  return [{ id: 'unknown', name: '没有方法的向量', facts, ...none, vectors: lines.map(printed) }];
}

function notValidated(
  methods: readonly TestMethod[],
  lines: readonly CheckedLine[],
  rows: readonly CoverageRow[],
): MethodValidationContent['notValidated'] {
  const bare = methods.filter((method) => linesOf(method, lines).length === 0);
  const drafts = methods.flatMap((method) =>
    method.limits
      .filter(({ status }) => status === 'draft')
      .map((table) => ({ method: method.name, text: `${table.standard} ${titleOf(table)}` })),
  );
  const draftTexts = [...new Set(drafts.map(({ text }) => text))].map((text) => {
    const users = drafts.filter((draft) => draft.text === text).map(({ method }) => method);
    return `${text}（${users.join('、')}）`;
  });
  const tables = methods.flatMap((method) => {
    const known = new Set(method.limits.map(({ standard }) => limitPolicyName(standard)));
    return method.policies
      .filter(({ name, default: usual }) => usual === 'draft' && !known.has(name))
      .map(({ label }) => `${label}（${method.name}）`);
  });
  const ages = methods.flatMap(({ name, timing }) =>
    timing.kind !== 'prompt' && timing.tolerances.some(({ status }) => status === 'draft')
      ? [`龄期允许偏差（${name}）`]
      : [],
  );
  const editions = rows.filter(
    ({ methodId, vectors }) => vectors === 0 && methodId !== FOUNDATION_ID && !bare.some(({ id }) => id === methodId),
  );
  const options = optionCoverage(methods, lines)
    .filter(({ methodId }) => !bare.some(({ id }) => id === methodId))
    .flatMap(({ name, label, options: choices }) =>
      choices.filter(({ vectors }) => vectors === 0).map((option) => `${name}：${label}＝${option.label}`),
    );
  return [
    { title: '没有验证向量的方法', entries: bare.map(({ id, name }) => `${name}（${id}）`) },
    { title: '未与标准原文核对的限值和数据', entries: [...draftTexts, ...tables, ...ages] },
    { title: '没有验证向量的版本', entries: editions.map(({ name, edition }) => `${name}：${edition}`) },
    { title: '没有验证向量的设置选项', entries: options },
  ];
}

export function validationContent(
  facts: ValidationFacts,
  methods: readonly TestMethod[],
  files: readonly ReadVectorFile[],
  checked: readonly CheckedLine[],
): MethodValidationContent {
  const rows = coverageOf(methods, checked);
  const equal = checked.filter((line) => line.equal).length;
  return {
    kind: 'method-validation',
    ...facts,
    files: files.map(({ name, sha256, lines }) => ({ name, sha256, lines: lines.length })),
    summary: { lines: checked.length, equal, different: checked.length - equal },
    methods: [
      foundation(checked),
      ...methods.map((method) => validated(method, checked, rows)),
      ...unanswered(checked),
    ],
    notValidated: notValidated(methods, checked, rows),
    coverage: rows.map((row) => ({
      id: row.methodId,
      name: row.name,
      edition: row.edition,
      clauses: [...row.clauses],
      vectors: vectorCount(row),
      screens: [...row.screens],
      papers: [...row.papers],
    })),
  };
}

// Record and report tables of one age: every load and single strength, what was dropped at which mean, requirement,
// result and single verdict.
import type { PaperTable, TableCell } from '../../table.ts';
import { outlierWords, STRENGTH_RULE_NAME } from './outliers.ts';
import { NOT_CHECKED } from './assess.ts';
import type { Assessed } from './assess.ts';
import { MIX_FIELDS } from './fields.ts';
import type { StrengthInputs } from './fields.ts';
import { FORMULAS } from './singles.ts';

const NONE: Readonly<Record<Assessed['what'], string>> = { flexure: '无结果', compression: '作废' };

function resultCell({ what, outputs }: Assessed): string {
  return outputs.result_MPa ?? NONE[what];
}

function verdictCell({ outputs, judges, verdict, what }: Assessed): string {
  if (outputs.result_MPa === null) return NONE[what];
  if (!judges) return '需人工判定';
  return verdict === 'qualified' ? '符合' : '不符合';
}

/** What was outside ±10 % of which mean, in words. */
function notesOf({ name, outputs }: Assessed): string[] {
  if (outputs.outliers.length === 0) return [];
  const words = outputs.outliers.map(
    (outlier) =>
      `${outlierWords(outlier)}${outlier.round === 2 ? '（其余五个的平均值）' : ''}${outlier.dropped ? '，剔除' : ''}`,
  );
  return [`${name}：${words.join('；')}；${STRENGTH_RULE_NAME[outputs.rule]}。`];
}

function specimenTable(assessed: Assessed): PaperTable {
  const { what, name, loads, outputs } = assessed;
  const { label, unit, symbol } = FORMULAS[what];
  const fate = (specimen: number): string => {
    const own = outputs.outliers.filter((outlier) => outlier.specimen === specimen);
    if (own.length === 0) return '取用';
    return own.some((outlier) => outlier.dropped) ? '剔除' : '超出';
  };
  return {
    caption: name,
    columns: [
      { head: '试体', width: 0.6 },
      { head: what === 'flexure' ? '抗折荷载 F_{f}' : '抗压荷载 F_{c}', unit },
      { head: `${label} R_{${symbol.slice(1)}}`, unit: 'MPa' },
      { head: '与平均值 ±10% 比较' },
      { head: '取值规则', width: 1.6 },
      { head: name, unit: 'MPa' },
    ],
    rows: outputs.single_MPa.map((single, index) => {
      const own = [
        String(index + 1),
        loads[index] ?? '—',
        single,
        outputs.result_MPa === null && fate(index + 1) === '取用' ? '未超出' : fate(index + 1),
      ];
      if (index > 0) return own;
      const down = outputs.single_MPa.length;
      const result: TableCell = { text: resultCell(assessed), strong: true, down };
      return [...own, { text: STRENGTH_RULE_NAME[outputs.rule], down }, result];
    }),
    notes: notesOf(assessed),
  };
}

function mixTable(inputs: StrengthInputs): PaperTable[] {
  const given = MIX_FIELDS.filter((field) => inputs[field.name] !== undefined);
  if (given.length === 0) return [];
  return [
    {
      caption: '成型、养护和破型',
      columns: given.map((field) => ({ head: field.label, ...(field.kind === 'decimal' ? { unit: field.unit } : {}) })),
      rows: [given.map((field) => inputs[field.name] ?? '—')],
    },
  ];
}

export function recordTables(all: readonly Assessed[], inputs: StrengthInputs): PaperTable[] {
  return [
    ...mixTable(inputs),
    ...all.map(specimenTable),
    {
      caption: '结果与判定',
      columns: [
        { head: '检测项目' },
        { head: '技术要求', width: 1.4 },
        { head: '结果', unit: 'MPa' },
        { head: '单项判定' },
      ],
      rows: all.map((each) => [
        each.name,
        each.requirement,
        { text: resultCell(each), strong: true },
        verdictCell(each),
      ]),
      notes: all.some((each) => !each.judges) ? [`${NOT_CHECKED}。`] : [],
    },
  ];
}

export function reportTables(all: readonly Assessed[], inputs: StrengthInputs): PaperTable[] {
  const down = all.length;
  const draft = all.some((each) => !each.judges) ? [`${NOT_CHECKED}。`] : [];
  // Which report a later age supplements, the report says itself.
  const later = inputs.age_d === '3' ? ['28 d 强度另出补充报告。'] : [];
  return [
    {
      joins: true,
      columns: [
        { head: '样品编号', width: 1.4 },
        { head: '品种等级' },
        { head: '成型日期', width: 1.1 },
        { head: '检测日期', width: 1.1 },
        { head: '龄期', unit: 'd', width: 0.6 },
        { head: '检测项目' },
        { head: '技术要求', width: 1.3 },
        { head: '单个值', unit: 'MPa', width: 2.2 },
        { head: '结果', unit: 'MPa', width: 0.8 },
        { head: '单项判定', width: 1.1 },
      ],
      rows: all.map((each, index) => {
        const own = [
          FORMULAS[each.what].label,
          each.requirement,
          each.outputs.single_MPa.join('、'),
          { text: resultCell(each), strong: true } as const,
          verdictCell(each),
        ];
        if (index > 0) return own;
        return [
          { text: '{sampleNo}', down },
          { text: `${inputs.kind} ${inputs.grade}`, down },
          { text: '{madeOn}', down },
          { text: '{testedOn}', down },
          { text: inputs.age_d, down },
          ...own,
        ];
      }),
      notes: [...all.flatMap(notesOf).map((note) => `样品 {sampleNo} ${note}`), ...draft, ...later],
    },
  ];
}

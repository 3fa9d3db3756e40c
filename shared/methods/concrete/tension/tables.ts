// Record and report tables of a splitting or flexural group, as data.
import { INVALID } from '../../foundation/words.ts';
import { groupResult, pressedGroupTable } from '../../pressedGroup.ts';
import type { PaperTable } from '../../table.ts';
import type { Verdict } from '../../method.ts';
import type { TensionKind } from './data.ts';
import type { TensionInputs } from './fields.ts';
import { TENSION_RULE_NAME } from './group.ts';
import type { TensionRule } from './group.ts';

export interface TensionSheet {
  kind: TensionKind;
  inputs: TensionInputs;
  size: string;
  /** `劈裂面积 A` and its value, or span and section. */
  section: { head: string; unit?: string; text: string };
  sizeFactor: string;
  /** Singles as they print; a beam that does not count says why. */
  singles: readonly string[];
  /** One more column of readings per specimen. */
  extra?: { head: string; texts: readonly string[] };
  rule: TensionRule;
  value: string | null;
  requirement: string | null;
  verdict: Verdict;
}

/** Words of the single-verdict column; a verdict nobody asked for stays a dash. */
const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  qualified: '合格',
  unqualified: '不合格',
  retest: '复验',
  'not-judged': '—',
};

export function tensionRecord(sheet: TensionSheet): PaperTable[] {
  const { kind, inputs, section, extra } = sheet;
  return [
    {
      columns: [
        { head: '试件', width: 0.6 },
        { head: '实测尺寸', unit: 'mm', width: 1.4 },
        { head: section.head, ...(section.unit === undefined ? {} : { unit: section.unit }), width: 1.2 },
        { head: '破坏荷载 F', unit: 'kN' },
        ...(extra === undefined ? [] : [{ head: extra.head, width: 1.6 }]),
        { head: `${kind.name} ${kind.symbol}`, unit: 'MPa' },
      ],
      rows: sheet.singles.map((single, index) => [
        String(index + 1),
        inputs.measuredSides_mm?.[index]?.join('×') ?? '按公称尺寸',
        section.text,
        inputs.loads_kN[index] ?? '—',
        ...(extra === undefined ? [] : [extra.texts[index] ?? '—']),
        single,
      ]),
    },
    {
      columns: [{ head: '尺寸换算系数' }, { head: '取值规则', width: 1.6 }, { head: kind.name, unit: 'MPa' }],
      rows: [[sheet.sizeFactor, TENSION_RULE_NAME[sheet.rule], { text: sheet.value ?? INVALID, strong: true }]],
    },
  ];
}

export function tensionReport(sheet: TensionSheet): PaperTable[] {
  const { kind, inputs } = sheet;
  return [
    pressedGroupTable({
      describes: ['designGrade', 'side_mm', 'size_mm', 'curing', 'requiredStrength_MPa', 'judgeAgainstRequirement'],
      grade: inputs.designGrade,
      size: sheet.size,
      curing: inputs.curing,
      loads_kN: inputs.loads_kN,
      singles: { column: { head: '单块值', unit: 'MPa', width: 0.9 }, texts: sheet.singles },
      results: [
        { column: { head: '技术要求', width: 1.1 }, text: sheet.requirement ?? '—' },
        groupResult(kind.name, sheet.value),
        { column: { head: '单项判定', width: 0.8 }, text: VERDICT_WORDS[sheet.verdict] },
      ],
    }),
  ];
}

// Record and report tables of a splitting or flexural group, as data.
import type { PaperTable, TableCell } from '../../table.ts';
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

export const INVALID = '试验结果无效';

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
  const down = sheet.singles.length;
  const whole = (text: string): TableCell => ({ text, down });
  return [
    {
      joins: true,
      columns: [
        { head: '样品编号', width: 1.5 },
        { head: '工程部位', width: 1.6 },
        { head: '设计等级', width: 0.8 },
        { head: '公称尺寸', unit: 'mm', width: 1.2 },
        { head: '成型日期', width: 1.2 },
        { head: '检测日期', width: 1.2 },
        { head: '龄期', unit: 'd', width: 0.6 },
        { head: '养护条件' },
        { head: '破坏荷载', unit: 'kN' },
        { head: '单块值', unit: 'MPa', width: 0.9 },
        { head: '技术要求', width: 1.1 },
        { head: kind.name, unit: 'MPa', width: 0.9 },
        { head: '单项判定', width: 0.8 },
      ],
      rows: sheet.singles.map((single, index) => {
        const own = [inputs.loads_kN[index] ?? '—', single];
        if (index > 0) return own;
        return [
          whole('{sampleNo}'),
          whole('{structurePart}'),
          whole(inputs.designGrade ?? '—'),
          whole(sheet.size),
          whole('{madeOn}'),
          whole('{testedOn}'),
          whole('{ageDays}'),
          whole(inputs.curing ?? '—'),
          ...own,
          whole(sheet.requirement ?? '—'),
          { text: sheet.value ?? INVALID, strong: true, down },
          whole(VERDICT_WORDS[sheet.verdict]),
        ];
      }),
    },
  ];
}

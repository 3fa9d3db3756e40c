// Tables of the original record and of the report of a check of cover.
import type { Verdict } from '../../method.ts';
import type { PaperTable } from '../../table.ts';
import type { Decision, Rate } from './decide.ts';
import { KIND_NAME } from './data.ts';
import type { MemberKind, Tolerance } from './data.ts';
import type { CoverPoint } from './points.ts';

export interface CoverOutputs {
  memberKind: MemberKind;
  lowerTolerance_mm: string;
  upperTolerance_mm: string;
  points: CoverPoint[];
  first: Rate;
  /** Both samplings together; null without a second one. */
  total: Rate | null;
  beyondWorst: number;
  /** By the limits as they stand here; it is the verdict only where the lab has confirmed them. */
  decision: Decision;
}

export const VERDICT_WORD: Readonly<Record<Verdict, string>> = {
  qualified: '合格',
  unqualified: '不合格',
  retest: '再次抽样',
  'not-judged': '需人工判定',
};

const signed = (deviation: string): string => (/^(?:-|0$)/.test(deviation) ? deviation : `+${deviation}`);

function pointTable(outputs: CoverOutputs, tolerance: Tolerance, verdict: Verdict): PaperTable {
  return {
    caption: `${KIND_NAME[outputs.memberKind]}钢筋保护层厚度`,
    columns: [
      { head: '测点', width: 0.6 },
      { head: '构件', width: 2 },
      { head: '设计值', unit: 'mm', width: 0.8 },
      { head: '实测值 1', unit: 'mm', width: 0.8 },
      { head: '实测值 2', unit: 'mm', width: 0.8 },
      { head: '实测值 3', unit: 'mm', width: 0.8 },
      { head: '平均值', unit: 'mm', width: 0.8 },
      { head: '偏差', unit: 'mm', width: 0.8 },
      { head: '允许偏差', width: 1.2 },
      { head: '单点评定', width: 0.9 },
    ],
    rows: outputs.points.map((point) => [
      point.sampling === 1 ? String(point.number) : `再 ${point.number}`,
      { text: point.member, left: true },
      point.design_mm,
      ...point.readings_mm,
      { text: point.mean_mm, strong: true },
      signed(point.deviation_mm),
      tolerance.words,
      verdict === 'not-judged'
        ? '—'
        : point.withinTolerance
          ? '合格'
          : point.withinWorst
            ? '不合格'
            : '不合格（超 1.5 倍）',
    ]),
    ...(outputs.total === null ? {} : { notes: ['“再”为再次抽样的测点。'] }),
  };
}

function summaryTable(outputs: CoverOutputs, tolerance: Tolerance, verdict: Verdict): PaperTable {
  const row = (name: string, { points, passed, percent }: Rate, word: string) => [
    '{sampleNo}',
    KIND_NAME[outputs.memberKind],
    tolerance.words,
    name,
    String(points),
    String(passed),
    { text: percent, strong: true as const },
    String(outputs.beyondWorst),
    word,
  ];
  const { first, total } = outputs;
  return {
    joins: true,
    columns: [
      { head: '样品编号', width: 1.4 },
      { head: '构件类别', width: 1.2 },
      { head: '允许偏差', width: 1.2 },
      { head: '抽样' },
      { head: '检测点数', width: 0.8 },
      { head: '合格点数', width: 0.8 },
      { head: '合格率', unit: '%' },
      { head: '超 1.5 倍点数' },
      { head: '判定' },
    ],
    rows:
      total === null
        ? [row('首次', first, VERDICT_WORD[verdict])]
        : [row('首次', first, '—'), row('两次总和', total, VERDICT_WORD[verdict])],
  };
}

/** The record begins with what was read. */
export function coverRecord(outputs: CoverOutputs, tolerance: Tolerance, verdict: Verdict): PaperTable[] {
  return [pointTable(outputs, tolerance, verdict), summaryTable(outputs, tolerance, verdict)];
}

/** The report begins with what came out: one table of all samples, then the points of each. */
export function coverReport(outputs: CoverOutputs, tolerance: Tolerance, verdict: Verdict): PaperTable[] {
  return [summaryTable(outputs, tolerance, verdict), pointTable(outputs, tolerance, verdict)];
}

// Strength grades of bricks and blocks: each grade asks for a mean and for a second figure (标准值 or 单块最小值), and both must
// be met. What a group reaches is found by going down the grades.
import { Exact, roundRatio } from '../foundation/decimal.ts';
import type { TraceStep } from '../foundation/trace.ts';
import { comparisonStep, meets, requireLimit, requirementText, verdictOf } from '../judge.ts';
import type { BoundLimit } from '../judge.ts';
import type { LimitRow, LimitTable, MethodWarning, Verdict } from '../method.ts';
import { UNCHECKED } from './words.ts';

export const STRENGTH = 'QY';
const MEAN = '平均值';

/** grade, mean, second figure; highest grade first. */
export type GradeRow = readonly [grade: string, mean: string, second: string];

export interface GradeTable {
  standard: string;
  clause: string;
  /** 强度标准值 or 单块最小值. */
  second: string;
  rows: readonly GradeRow[];
}

export function gradeLimits({ standard, clause, second, rows }: GradeTable): LimitTable {
  const row = (appliesTo: string, min: string): LimitRow => ({
    parameterCode: STRENGTH,
    appliesTo,
    min,
    unit: 'MPa',
    compareMode: 'full-value',
  });
  return {
    standard,
    clause,
    title: '强度等级',
    status: 'draft',
    rows: rows.flatMap(([grade, mean, other]) => [row(`${grade} ${MEAN}`, mean), row(`${grade} ${second}`, other)]),
  };
}

/** A usual specimen is so much stronger than the mean its grade asks for. */
const USUAL_SHARE = '1.2';

/** What a usual specimen of the grade reaches on a face of so many mm², kN; null without a grade. */
export function usualLoad(table: GradeTable, designGrade: string | undefined, area_mm2: string): string | null {
  const row = table.rows.find(([grade]) => grade === designGrade);
  if (row === undefined) return null;
  return roundRatio(new Exact(row[1]).times(USUAL_SHARE).times(area_mm2), new Exact(1000), '0.1');
}

interface Figures {
  mean: string;
  second: string;
}

function limitsOf(table: GradeTable, grade: string): [BoundLimit, BoundLimit] {
  const limits = [gradeLimits(table)];
  const of = (what: string) => requireLimit(limits, table.standard, STRENGTH, `${grade} ${what}`, 'designGrade');
  return [of(MEAN), of(table.second)];
}

function reaches(table: GradeTable, grade: string, { mean, second }: Figures): boolean {
  const [first, other] = limitsOf(table, grade);
  return meets(mean, first) && meets(second, other);
}

/** Highest grade whose two requirements are met; null below the lowest. */
export function gradeOf(table: GradeTable, figures: Figures): string | null {
  return table.rows.find(([grade]) => reaches(table, grade, figures))?.[0] ?? null;
}

export interface Judgement {
  /** Null while the limits may not judge, and where no grade is reached. */
  grade: string | null;
  /** Requirements of the design grade for the two figures; null without one. */
  requirements: { mean: string; second: string } | null;
  /** Verdict of each figure, and of both. */
  verdicts: { mean: Verdict; second: Verdict; both: Verdict };
  /** What the report's sentence says after the figures. */
  words: string;
  trace: TraceStep[];
}

const OPEN: Judgement['verdicts'] = { mean: 'not-judged', second: 'not-judged', both: 'not-judged' };

export function judgeGrade(
  table: GradeTable,
  figures: Figures,
  designGrade: string | undefined,
  judges: boolean,
): Judgement {
  const limits = designGrade === undefined ? null : limitsOf(table, designGrade);
  const requirements =
    limits === null ? null : { mean: requirementText(limits[0]), second: requirementText(limits[1]) };
  if (!judges) return { grade: null, requirements, verdicts: OPEN, words: `（${UNCHECKED}）`, trace: [] };
  const grade = gradeOf(table, figures);
  const lowest = table.rows.at(-1)?.[0] ?? '';
  const reached: TraceStep = {
    name: '达到的强度等级',
    formula: `${MEAN}和${table.second}均不低于该等级的规定`,
    substituted: `${figures.mean}，${figures.second}`,
    value: grade,
    rule: grade === null ? `低于 ${lowest}` : `满足 ${grade} 的两项规定`,
    clause: `${table.standard} ${table.clause}`,
  };
  if (limits === null) {
    const words = grade === null ? `，低于 ${lowest} 强度等级` : `，达到 ${grade} 强度等级的要求`;
    return { grade, requirements, verdicts: OPEN, words, trace: [reached] };
  }
  const mean = meets(figures.mean, limits[0]);
  const second = meets(figures.second, limits[1]);
  const verdicts = {
    mean: verdictOf(mean, judges),
    second: verdictOf(second, judges),
    both: verdictOf(mean && second, judges),
  };
  const instead = grade === null ? `低于 ${lowest}` : `达到 ${grade}`;
  return {
    grade,
    requirements,
    verdicts,
    words:
      mean && second ? `，符合 ${designGrade} 强度等级的要求` : `，不符合 ${designGrade} 强度等级的要求（${instead}）`,
    trace: [
      reached,
      comparisonStep(`抗压强度${MEAN}`, figures.mean, limits[0]),
      comparisonStep(table.second, figures.second, limits[1]),
    ],
  };
}

export function unqualifiedWarnings(text: string, verdict: Verdict, clause: string): MethodWarning[] {
  if (verdict !== 'unqualified') return [];
  return [
    {
      code: 'MASONRY_UNQUALIFIED',
      message: text,
      meaning: '该组试样的抗压强度不符合委托的强度等级。',
      next: '请通知质量负责人，并列入不合格台账。',
      clause,
      notify: 'supervisor',
    },
  ];
}

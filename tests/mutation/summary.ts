// The score, by Stryker's reckoning: killed and timed out are found; survived and without any test are not.
import type { Outcome } from './trial.ts';

type Status = Outcome['status'];

export interface Row {
  readonly family: string;
  readonly killed: number;
  readonly timeout: number;
  readonly survived: number;
  readonly noCoverage: number;
  /** Ended the test process or could not run: no verdict, not counted. */
  readonly error: number;
}

export function rowOf(family: string, outcomes: readonly Outcome[]): Row {
  const count = (...statuses: Status[]): number => outcomes.filter(({ status }) => statuses.includes(status)).length;
  return {
    family,
    killed: count('Killed'),
    timeout: count('Timeout'),
    survived: count('Survived'),
    noCoverage: count('NoCoverage'),
    error: count('RuntimeError', 'CompileError'),
  };
}

/** Percent of the mutants with a verdict that a test noticed; null where there is none. */
export function scoreOf({ killed, timeout, survived, noCoverage }: Row): number | null {
  const found = killed + timeout;
  const all = found + survived + noCoverage;
  return all === 0 ? null : (100 * found) / all;
}

export function rowsOf(outcomes: readonly Outcome[]): Row[] {
  const families = [...Map.groupBy(outcomes, ({ family }) => family)].toSorted(([a], [b]) => a.localeCompare(b));
  return [...families.map(([family, own]) => rowOf(family, own)), rowOf('all', outcomes)];
}

const HEADS = ['family', 'mutants', 'killed', 'timeout', 'survived', 'no test', 'error', 'score'];

export function tableOf(rows: readonly Row[]): string {
  const lines = rows.map((row) => {
    const { family, killed, timeout, survived, noCoverage, error } = row;
    const all = killed + timeout + survived + noCoverage + error;
    const score = scoreOf(row);
    return [family, all, killed, timeout, survived, noCoverage, error, score === null ? '—' : `${score.toFixed(1)} %`];
  });
  const cells = [HEADS, ...lines].map((line) => line.map(String));
  const wide = HEADS.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  return cells
    .map((line) =>
      line.map((cell, at) => (at === 0 ? cell.padEnd(wide[at] ?? 0) : cell.padStart(wide[at] ?? 0))).join('  '),
    )
    .join('\n');
}

/** One line for each mutant that no test noticed. */
export function survivorsOf(outcomes: readonly Outcome[]): string[] {
  return outcomes
    .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
    .toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line)
    .map(({ file, line, operator, replacement, status }) => {
      const one = replacement.replaceAll(/\s+/g, ' ').slice(0, 120);
      return `${file}:${line}  ${operator} → ${one}${status === 'NoCoverage' ? '  (no test)' : ''}`;
    });
}

// Test help: what a person reads of an answer (sentence, results, findings, tables, steps), as lines of text. The lines of a
// method's chosen samples stand in `testing/sheets/<id>.txt`. A new sheet is written by `vitest run <file> -u`: work its
// figures out and read its words before it is kept; from then on a cell, a word or a clause that changes is noticed.
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { AppError } from '../../errors/appError.ts';
import { isConfirmation } from '../confirmations.ts';
import type { ComputeSettings, MethodComputation, MethodWarning, PlausibilityStop, TestMethod } from '../method.ts';
import type { TraceStep } from '../foundation/trace.ts';
import type { PaperTable } from '../table.ts';

const FOLDER = fileURLToPath(new URL('./sheets/', import.meta.url));

const joined = (...parts: readonly (string | null | undefined)[]): string =>
  parts.filter((part) => part !== null && part !== undefined && part !== '').join('  ');

const finding = ({ code, message, meaning, field, clause, ...rest }: MethodWarning | PlausibilityStop): string =>
  joined(code, message, meaning, field && `【${field}】`, clause, 'notify' in rest ? rest.notify : null);

const step = ({ name, symbol, formula, substituted, value, unit, rule, clause }: TraceStep): string =>
  joined(name, symbol, `${formula} = ${substituted ?? ''} = ${value ?? '无'}`, unit, `（${rule}）`, clause);

function table({ caption, columns, rows, notes = [], describes = [], plot }: PaperTable): string[] {
  return [
    joined(
      caption ?? '表',
      columns.map(({ head, unit }) => (unit === undefined ? head : `${head} ${unit}`)).join('｜'),
    ),
    ...rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell : cell.text)).join('｜')),
    ...notes.map((note) => `注：${note}`),
    ...(describes.length === 0 ? [] : [`含 ${describes.join('、')}`]),
    ...(plot === undefined
      ? []
      : [`图 ${plot.points.join(' ')} ${plot.mark?.at.join() ?? ''} ${plot.mark?.text ?? ''}`]),
  ];
}

/** An answer, or the words of a refusal. */
type Read = MethodComputation | { refused: string };

function linesOf(read: Read): string[] {
  return 'refused' in read ? [`拒绝 ${read.refused}`] : answerLines(read);
}

function answerLines({ result, verdict, warnings, stops, record, report, trace }: MethodComputation): string[] {
  return [
    `${verdict}${result.valid ? '' : '，无效'}：${result.text}`,
    ...result.parameters.map(({ parameterCode, name, value, unit, requirement, verdict: own }) =>
      joined(parameterCode, name, value ?? '无', unit, requirement ?? '无要求', own),
    ),
    ...warnings.map((each) => `提示 ${finding(each)}`),
    ...stops.map((each) => `停 ${finding(each)}`),
    ...record.flatMap(table).map((line) => `记录 ${line}`),
    ...report.flatMap(table).map((line) => `报告 ${line}`),
    ...trace.map((each) => `步骤 ${step(each)}`),
  ];
}

/** Compares the samples with the sheet. Lines that an earlier sample of the sheet has as well are counted, not said again. */
export async function expectSheet(id: string, samples: Readonly<Record<string, Read>>): Promise<void> {
  const said = new Set<string>();
  const text = Object.entries(samples).flatMap(([name, answer]) => {
    const all = linesOf(answer);
    const lines = all.filter((line) => !said.has(line));
    for (const line of lines) said.add(line);
    const before = all.length - lines.length;
    return [`== ${name}`, ...lines, ...(before === 0 ? [] : [`（${before} 行同前）`]), ''];
  });
  await expect(text.join('\n')).toMatchFileSnapshot(`${FOLDER}${id}.txt`);
}

export interface Sample {
  /** Readings that differ from the sound sample; `undefined` takes one away. */
  change?: Readonly<Record<string, unknown>>;
  /** Draft data are confirmed unless this says otherwise. */
  drafts?: true;
  settings?: ComputeSettings;
}

/** Answers of a method to a sound sample and to some that differ from it; refusals in their words. */
export function answersTo(
  method: TestMethod,
  base: Readonly<Record<string, unknown>>,
  samples: Readonly<Record<string, Sample>>,
): Record<string, Read> {
  const confirmed = Object.fromEntries(
    method.policies.filter(isConfirmation).map(({ name }) => [name, 'confirmed'] as const),
  );
  const answer = ({ change = {}, drafts, settings = {} }: Sample): Read => {
    const given = Object.entries({ ...base, ...change }).filter(([, value]) => value !== undefined);
    try {
      return method.compute(Object.fromEntries(given), {
        ...settings,
        policies: { ...(drafts ? {} : confirmed), ...settings.policies },
      });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const { code, message, next, details = [] } = error.info;
      return { refused: joined(code, message, next, details.map(({ field }) => `【${field}】`).join('')) };
    }
  };
  return Object.fromEntries(Object.entries(samples).map(([name, sample]) => [name, answer(sample)]));
}

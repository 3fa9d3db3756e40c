// Words that papers of welded and mechanical joints share.
import type { PaperTable, TableCell } from '../../table.ts';
import type { MethodWarning, Verdict } from '../../method.ts';

export const NOT_COMPARED = '限值未与标准原文核对，需人工判定';

/** 单项判定. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  qualified: '符合',
  unqualified: '不符合',
  retest: '需复验',
  'not-judged': '需人工判定',
};

/** `复验（初验记录 JL-1）`. */
export const roundWords = (at: { round: 'initial' | 'retest'; initialRecordNo?: string | undefined }): string =>
  at.round === 'initial' ? '初验' : `复验（初验记录 ${at.initialRecordNo ?? '—'}）`;

/** `拉伸试验结果不符合 JGJ 18-2012 的要求`, `… JGJ 107-2016 Ⅰ级接头的要求`; what an open verdict says is the caller's. */
export function verdictSentence(
  test: string,
  verdict: Exclude<Verdict, 'not-judged'>,
  standard: string,
  subject = '',
): string {
  if (verdict === 'retest') return `${test}结果按 ${standard} 应复验，须从同一检验批再取 6 个试件`;
  return `${test}结果${verdict === 'qualified' ? '' : '不'}符合 ${standard} ${subject}的要求`;
}

/** What a supervisor must learn of a verdict; nothing of a pass or an open one. */
export function verdictWarnings(family: string, sentence: string, verdict: Verdict, clause: string): MethodWarning[] {
  if (verdict !== 'unqualified' && verdict !== 'retest') return [];
  const failed = verdict === 'unqualified';
  return [
    {
      code: `${family}_${failed ? 'UNQUALIFIED' : 'RETEST'}`,
      message: `${sentence}。`,
      meaning: failed ? '该检验批接头不合格，涉及结构安全。' : '复验结果出来以前，该检验批没有结论。',
      next: failed
        ? '请通知质量负责人，列入不合格台账，并按规定报告。'
        : '请通知委托方从同一检验批另取 6 个试件，以“复验”收样。',
      clause,
      notify: 'supervisor',
    },
  ];
}

/** Rows of one sample in a joined report table: the cells of the sample span the rows of its specimens. */
export function spanningRows(
  sample: readonly string[],
  specimens: readonly (readonly string[])[],
  closing: readonly string[] = [],
): PaperTable['rows'] {
  const span = (text: string): TableCell => ({ text, down: specimens.length });
  return specimens.map((own, index) =>
    index > 0
      ? own
      : [...sample.map(span), ...own, ...closing.map((text) => ({ ...span(text), strong: true as const }))],
  );
}

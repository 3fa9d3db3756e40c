// The paper of an evaluation: the method's own tables, its list of groups with the days and numbers of their records and
// reports beside it, the trace clause by clause, the settings in force, and what was left out.
import { canonicalJson, digestOf } from '../../../sync/wire/digest.ts';
import { toCalendarDay } from '../../../shared/entities/scalars.ts';
import type { EvaluationPaperInput } from '../../../shared/evaluations/calls.ts';
import { describeProperties } from '../../../shared/methods/index.ts';
import type { MethodWarning, PaperTable, Verdict } from '../../../shared/methods/index.ts';
import type { EvaluationPaperContent } from '../../../shared/reports/evaluation-paper.ts';
import type { PrintedFact } from '../../../shared/reports/test-report.ts';
import type { Caller, Context } from '../context.ts';
import { institutionOf } from '../reports/reportContent.ts';
import { resultOf } from '../records/resultOf.ts';
import { settingsOf } from '../sessions/settings.ts';
import type { Group } from './candidates.ts';
import { refuse } from './checks.ts';
import { evaluate, type Evaluated } from './evaluate.ts';

export const statement =
  '本表是对下列各组检测结果的统计评定，不是检测报告，没有防伪监管标识码；各组的检测结果以所列原始记录和检测报告为准。标明“手工录入”的数据没有本机构的签名记录，由录入人对照其来源负责。';

const verdictWords: Readonly<Record<Verdict, string>> = {
  qualified: '评定为合格',
  unqualified: '评定为不合格',
  retest: '需人工判定',
  'not-judged': '需人工判定',
};
const typedWord = '手工录入';

/** Day of moulding, age, record and report of a group. */
function originOf(group: Group | null): string[] {
  if (group === null) return ['—', '—', typedWord, '—'];
  const { madeOn, ageDays, recordNo, reportNo } = group;
  return [madeOn ?? '—', ageDays === null ? '—' : String(ageDays), recordNo, reportNo ?? '未签发'];
}

/** The list of groups with where each figure comes from. */
function listTable(table: PaperTable, groups: readonly (Group | null)[]): PaperTable {
  if (table.rows.length !== groups.length) throw new Error('the first table of an evaluation lists its groups');
  return {
    ...table,
    columns: [
      ...table.columns,
      { head: '成型日期', width: 1.2 },
      { head: '龄期', unit: 'd', width: 0.6 },
      { head: '原始记录', width: 1.6 },
      { head: '检测报告', width: 1.6 },
    ],
    rows: table.rows.map((cells, index) => [...cells, ...originOf(groups[index] ?? null)]),
  };
}

function originWords(groups: readonly (Group | null)[]): string {
  const own = groups.filter((group) => group !== null);
  const invalid = own.filter(({ valid }) => !valid).length;
  const typed = groups.length - own.length;
  const not = invalid === 0 ? '' : `（其中试验结果无效 ${invalid} 组，不计入）`;
  return [
    own.length === 0 ? '' : `签名的原始记录 ${own.length} 组${not}`,
    typed === 0 ? '' : `${typedWord} ${typed} 组`,
  ]
    .filter(Boolean)
    .join('；');
}

function factsOf(input: EvaluationPaperInput, { method, groups, inputs }: Evaluated): PrintedFact[] {
  const first = groups.find((group) => group !== null);
  const single = Object.entries(inputs).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return [
    ['工程名称', first?.projectName ?? input.projectName],
    ['评定批', input.batchName],
    ...(first?.contractorUnit ? [['施工单位', first.contractorUnit] satisfies PrintedFact] : []),
    ...describeProperties(method, Object.fromEntries(single)),
    ['数据来源', originWords(groups)],
  ];
}

function requireWhatPaperNeeds(input: EvaluationPaperInput, { groups, computation }: Evaluated): void {
  if (groups.every((group) => group === null) && input.projectName === '') {
    throw refuse('EVALUATION_PROJECT_MISSING', '没有填写工程名称。', '请填写后再生成。', 'projectName');
  }
  if (computation.stops.length > 0 && input.stopReason === '') {
    throw refuse(
      'EVALUATION_STOPPED',
      computation.stops[0]?.message ?? '',
      '请核对数据；数据属实的，请写明原因，评定表上由第二人签字确认。',
      'stopReason',
      '有的数值与强度等级相差悬殊；没有说明原因，不生成评定表。',
    );
  }
}

const warningWords = ({ message, meaning, next, clause }: MethodWarning): string =>
  `${message}${meaning}${next}${clause === undefined ? '' : `（${clause}）`}`;

export function evaluationPaper(
  context: Context,
  caller: Caller,
  input: EvaluationPaperInput,
): { content: EvaluationPaperContent; evaluated: Evaluated } {
  const evaluated = evaluate(context, input);
  requireWhatPaperNeeds(input, evaluated);
  const { method, groups, computation, missing } = evaluated;
  const result = resultOf(method, computation, () => null);
  const [list, ...tables] = computation.record;
  if (list === undefined) throw new Error('an evaluation has no tables');
  const { edition } = computation;
  const madeOn = toCalendarDay(context.now());
  const content: Omit<EvaluationPaperContent, 'checkNo'> = {
    kind: 'evaluation',
    institution: institutionOf(context.store.first('SELECT * FROM institution'), settingsOf(context)),
    title: `${method.name}表`,
    facts: factsOf(input, evaluated),
    basis: [...new Set([edition.test, edition.judgement ?? edition.test])].map((id) => `${id} ${edition.title}`),
    statement,
    tables: [listTable(list, groups), ...tables],
    trace: result.trace,
    result: { valid: result.valid, text: result.conclusionText },
    verdictText: result.valid ? verdictWords[result.verdict] : '不能评定',
    policies: result.policies.map(({ label, option, clause }) => ({ name: label, option, clause })),
    warnings: computation.warnings.map(warningWords),
    stops: computation.stops.map(({ message, meaning }) => `${message}${meaning}`),
    stopReason: computation.stops.length === 0 ? '' : input.stopReason,
    leftOut: missing.map(({ sampleNo, valid, value }) => `${sampleNo}（${valid ? `${value} MPa` : '试验结果无效'}）`),
    remarks: input.remarks,
    madeBy: caller.user.name,
    madeOn,
    auditHeadShort: '',
  };
  return { content: { ...content, checkNo: `PD-${digestOf(content).slice(0, 12).toUpperCase()}` }, evaluated };
}

/** What the audit log keeps of an evaluation: enough to make it again and to see whether a paper was changed. */
export function auditText({ method, groups, inputs, computation }: Evaluated): string {
  return canonicalJson({
    method: method.id,
    edition: computation.edition.id,
    policies: computation.policies,
    records: groups.flatMap((group) => (group === null ? [] : [{ recordNo: group.recordNo, digest: group.digest }])),
    typed: groups.filter((group) => group === null).length,
    inputs,
    verdict: computation.verdict,
    text: computation.result.text,
  });
}

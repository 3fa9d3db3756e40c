// The groups that may enter an evaluation: records that two people have signed, with their value as it was signed. What
// cannot be counted is listed with its reason, so that nobody wonders where a group is.
import { testsOf } from '../../../shared/evaluations/sources.ts';
import { mostGroups, type Candidate } from '../../../shared/evaluations/calls.ts';
import type { CallOutput, ParsedInput } from '../../../shared/contract/calls.ts';
import { nullableText as nullable, textOf as text } from '../../store/cells.ts';
import { requireRow } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { recordFacts, signaturesOf, type RecordFacts } from '../records/recordRows.ts';
import { tableFactsOf } from '../reports/sampleFacts.ts';

export const signedStates: readonly string[] = ['checked', 'approved'];

/** A group with what decides whether it belongs to a batch. */
export interface Group extends Candidate {
  methodId: string;
  projectId: string;
  projectName: string;
  contractorUnit: string;
  /** 检测 and 校核 stand under the record, and both answer for what is in it now. */
  signed: boolean;
}

function isSigned(context: Context, { row, digest }: RecordFacts): boolean {
  if (!signedStates.includes(text(row['state']))) return false;
  const valid = signaturesOf(context.store, 'record', text(row['recordNo']), digest).filter((found) => found.valid);
  return ['test', 'check'].every((meaning) => valid.some((found) => found.meaning === meaning));
}

const frozenWords: Readonly<Record<string, string>> = { locked: '锁定', voided: '作废' };

/** A record as a group of an evaluation; null where its test is none of the evaluation's. */
export function groupOf(context: Context, evaluationId: string, recordNo: string): Group | null {
  const facts = recordFacts(context.store, recordNo);
  const test = testsOf(evaluationId).find(({ methodId }) => methodId === facts.method.id);
  if (test === undefined) return null;
  const { row, sample, result } = facts;
  const { properties } = sample;
  const days = tableFactsOf(facts);
  const commission = requireRow(
    context.store.get('commission', row['commissionNo'] ?? ''),
    '委托',
    row['commissionNo'] ?? '',
  );
  const report = context.store.first(
    `SELECT reportNo FROM reportRecord JOIN report USING (reportKey)
       WHERE recordNo = ? AND report.state NOT IN ('draft', 'void', 'replaced', 'withdrawn') ORDER BY revision DESC LIMIT 1`,
    recordNo,
  );
  const ageDays = sample.requiredAgeDays ?? null;
  const platformState = text(commission['platformState']);
  const value = result?.valid === true ? nullable(result.outputs[test.output] as string | null | undefined) : null;
  const valid = value !== null;
  return {
    recordNo,
    sampleNo: sample.sampleNo,
    testName: facts.method.name,
    structurePart: sample.structurePart,
    grade: properties['designGrade'] ?? '',
    curing: test.curing(properties),
    madeOn: sample.madeOn ?? null,
    testedOn: days.testedOn,
    ageDays,
    valid,
    value,
    reportNo: nullable(report?.['reportNo']),
    digest: facts.digest,
    barred:
      platformState === 'active'
        ? test.barred({ properties, ageDays })
        : `委托 ${text(row['commissionNo'])} 已被监管平台${frozenWords[platformState] ?? platformState}`,
    methodId: facts.method.id,
    projectId: text(commission['projectId']),
    projectName: text(commission['projectName']),
    contractorUnit: text(commission['contractorUnit']),
    signed: isSigned(context, facts),
  };
}

/** Day by which groups are put in time: moulded, or tested where no such day is known. */
export const dayOf = ({ madeOn, testedOn }: Pick<Candidate, 'madeOn' | 'testedOn'>): string => madeOn ?? testedOn;

type Query = Pick<ParsedInput<'evaluations.candidates'>, 'methodId' | 'projectId'> & { grade: string };

/** Signed groups of a project and a grade (of every grade when it is empty), in the order of their days. */
function* signedGroups(context: Context, { methodId, projectId, grade }: Query): Generator<Group> {
  const tests = testsOf(methodId);
  if (tests.length === 0) return;
  const places = (list: readonly unknown[]): string => list.map(() => '?').join(', ');
  const rows = context.store.all(
    `SELECT testRecord.recordNo FROM commission JOIN testRecord USING (commissionNo) JOIN sample ON sample.sampleNo = testRecord.sampleNo
       WHERE projectId = ? AND testRecord.methodId IN (${places(tests)}) AND testRecord.state IN (${places(signedStates)})
         AND (? = '' OR sample.grade = ?)
       ORDER BY coalesce(sample.madeOn, testRecord.testedAt), testRecord.recordNo`,
    projectId,
    ...tests.map((test) => test.methodId),
    ...signedStates,
    grade,
    grade,
  );
  for (const row of rows) {
    const group = groupOf(context, methodId, text(row['recordNo']));
    if (group !== null && group.signed) yield group;
  }
}

export function candidates(
  context: Context,
  { methodId, projectId, grade, curing, from, until }: ParsedInput<'evaluations.candidates'>,
): CallOutput<'evaluations.candidates'> {
  const project = requireRow(context.store.get('project', projectId), '工程', projectId);
  const groups: Group[] = [];
  for (const group of signedGroups(context, { methodId, projectId, grade })) {
    const day = dayOf(group);
    if (curing !== '' && group.curing !== curing) continue;
    if ((from !== undefined && day < from) || (until !== undefined && day > until)) continue;
    groups.push(group);
    if (groups.length > mostGroups) break;
  }
  return {
    projectName: text(project['name']),
    contractorUnit: groups[0]?.contractorUnit ?? '',
    groups: groups.slice(0, mostGroups),
    truncated: groups.length > mostGroups,
  };
}

/** Signed groups that belong to the same project, grade, curing and time as the ones taken, and are not among them. */
export function leftOut(context: Context, evaluationId: string, taken: readonly Group[]): Group[] {
  const [first] = taken;
  if (first === undefined) return [];
  const days = taken.map(dayOf).sort();
  const known = new Set(taken.map(({ recordNo }) => recordNo));
  const { projectId, grade, curing, ageDays } = first;
  return [...signedGroups(context, { methodId: evaluationId, projectId, grade })].filter(
    (group) =>
      !known.has(group.recordNo) &&
      group.barred === null &&
      group.curing === curing &&
      group.ageDays === ageDays &&
      dayOf(group) >= (days[0] ?? '') &&
      dayOf(group) <= (days.at(-1) ?? ''),
  );
}

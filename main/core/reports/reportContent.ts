// What stands on a report, gathered from the records it rests on. Curves are read from the sealed run files; nothing is
// computed here that a method has not computed.
import { sayExtensometer } from '../../../shared/entities/extensometer.ts';
import { extensometersUsed } from '../records/extensometersUsed.ts';
import { join } from 'node:path';
import { fillTable, joinTables } from '../../../shared/reports/paper-tables.ts';
import { standardDeclarations } from '../../../shared/reports/report-parts.ts';
import type { PrintedSignature } from '../../../shared/reports/report-parts.ts';
import type { PrintedFact, TestReportContent } from '../../../shared/reports/test-report.ts';
import { decimateCurve, type PrintedCurve } from '../../../shared/reports/load-curve.ts';
import type { PaperTable } from '../../../shared/methods/index.ts';
import { calibrationValidThrough } from '../../../shared/gate/index.ts';
import type { Run } from '../../../shared/entities/record.ts';
import { readRunCurve } from '../../instruments/run/run-file.ts';
import { textOf as text } from '../../store/cells.ts';
import { requireRow } from '../../store/store.ts';
import type { Row } from '../../store/tables.ts';
import type { Context } from '../context.ts';
import { settingsOf, type Settings } from '../sessions/settings.ts';
import { inScope } from '../gate/scope.ts';
import { siteAddressOf } from '../records/recordPayload.ts';
import { printedAgain, signaturesAgain, type SignatureAgain } from '../afterIssue/signAgain.ts';
import { applicationOf, changeText } from '../afterIssue/orders.ts';
import { ageDaysOf, currentSample, recordFacts, type RecordFacts } from '../records/recordRows.ts';
import { imagesFor } from '../images/imageAt.ts';
import { counts } from '../records/runRows.ts';
import { relationsOf } from '../retests/paperWords.ts';
import { recordSignatures, signersOf } from './signers.ts';
import { sampleForTask } from '../retests/supplementRows.ts';
import { headLists } from './headLists.ts';
import { policiesInForce, sampleFactsOf, specimenName, tableFactsOf, testAddressOf, testedOn } from './sampleFacts.ts';
import { commissionOf } from '../reception/register.ts';

const span = (days: readonly string[]): string => {
  const sorted = [...new Set(days)].sort();
  return sorted.length > 1 ? `${sorted[0]} 至 ${sorted.at(-1)}` : (sorted[0] ?? '');
};

export interface Approval {
  signature: PrintedSignature;
  issuedOn: string;
  auditHead: string;
  personId: string;
}

/** Everything the paper shows that does not depend on the approval: this is what the signatory signs. */
export interface ReportBasis {
  content: TestReportContent;
  alarming: boolean;
  facts: RecordFacts[];
  /** 检测 and 校核 of a later revision; of the first they stand on the records. */
  again: SignatureAgain[];
}

/** Signed as they are; of the sample a report says what holds now. */
export function reportRecords(context: Context, reportKey: string): RecordFacts[] {
  return context.store
    .all('SELECT recordNo FROM reportRecord WHERE reportKey = ? ORDER BY recordNo', reportKey)
    .map((row) => recordFacts(context.store, text(row['recordNo'])))
    .map((facts) => ({
      ...facts,
      sample: sampleForTask(context.store, currentSample(context.store, facts.row), facts.row['taskId']),
    }));
}

export async function buildReport(
  context: Context,
  reportKey: string,
  approval: Approval | null,
): Promise<ReportBasis> {
  const { store } = context;
  const report = requireRow(store.get('report', reportKey), '报告', reportKey);
  const commission = commissionOf(store, text(report['commissionNo']));
  const facts = reportRecords(context, reportKey);
  const lists = headLists(facts);
  const field = facts.some(({ method }) => method.purpose === 'field');
  const [record] = facts;
  const curves = await Promise.all(facts.flatMap((record) => countedCurves(context, record)));
  const content: TestReportContent = {
    kind: 'test-report',
    institution: institutionOf(store.first('SELECT * FROM institution'), settingsOf(context)),
    cmaInScope: inScope(context, text(report['itemCode'])),
    title: text(report['title']),
    reportNo: text(report['reportNo']),
    revision: Number(report['revision']),
    ...replacedBy(context, report),
    code: report['code'] === null ? null : { code: text(report['code']), verifyUrl: text(report['verifyUrl']) },
    head: {
      commissionNo: commission.commissionNo,
      clientUnit: commission.clientUnit,
      projectName: commission.projectName,
      contractorUnit: commission.contractorUnit,
      structurePart: lists.inHead('structurePart'),
      witnessUnit: commission.witnessUnit,
      witnessName: commission.witnessName,
      receivedOn: commission.receivedAt.slice(0, 10),
      testedOn: span(facts.map((fact) => testedOn(fact))),
      testCategory: commission.testCategory,
      sampleSource: field ? '现场检测' : '委托方送样',
      sampleState: lists.inHead('sampleState'),
      equipment: equipmentOf(context, facts),
      environment: lists.inHead('environment'),
      testAddress: record ? testAddressOf(store, record) : siteAddressOf(store),
      testBasis: [...new Set(facts.map(({ row }) => text(row['methodStandard'])))],
      judgementBasis: [...new Set(facts.flatMap(judgedBy))],
      representedQuantity: lists.inHead('representedQuantity'),
    },
    sampleFacts: facts
      .map((each) => ({ sampleNo: each.sample.sampleNo, facts: [...untoldFacts(each), ...lists.apart(each)] }))
      .filter(({ facts: said }) => said.length > 0),
    tables: joinTables(facts.map((record) => ({ sampleNo: record.sample.sampleNo, tables: reportTables(record) }))),
    tableNotes: supplementNotes(context, facts),
    ...related(context, facts),
    policies: policyLines(facts),
    curves,
    conclusionText: conclusionOf(facts),
    remarks: [
      ...(commission.commissionedByOwner
        ? []
        : ['本次检测非建设单位委托，本报告不得作为工程质量验收资料（住建部令第57号）。']),
      ...new Set(
        facts.flatMap(({ method, result }) => (result?.verdict === 'not-judged' ? (method.unjudgedRemark ?? []) : [])),
      ),
    ],
    declarations: [...standardDeclarations],
    signatures: [],
    issuedOn: null,
    auditHeadShort: '',
  };
  const again = content.revision > 1 ? signaturesAgain(store, reportKey, content) : [];
  const signatures = content.revision > 1 ? printedAgain(again) : recordSignatures(store, facts);
  const alarming = facts.some(({ result }) => result?.alarming === true);
  if (approval === null) return { content: { ...content, signatures }, facts, again, alarming };
  const approved = {
    ...content,
    signatures: [...signatures, approval.signature],
    issuedOn: approval.issuedOn,
    auditHeadShort: approval.auditHead.slice(0, 16),
    ...imagesFor(
      store,
      [...signersOf(store, facts, again), { ...approval.signature, personId: approval.personId }],
      approval.signature.at,
    ),
  };
  return { content: approved, facts, again, alarming };
}

/** What a later revision takes the place of, and what its change order changed. */
function replacedBy(context: Context, report: Row): Pick<TestReportContent, 'replaces' | 'changeText'> {
  const order = context.store.get('changeOrder', report['changeNo'] ?? '');
  if (!order) return { replaces: null, changeText: null };
  return {
    replaces: `${text(report['reportNo'])} 第 ${Number(report['revision']) - 1} 版`,
    changeText: changeText(applicationOf(order)),
  };
}

/** What the report answers or adds to; a report that does neither is as it always was. */
function related(context: Context, facts: readonly RecordFacts[]): Pick<TestReportContent, 'relations'> {
  const relations = facts.flatMap(({ row }) => relationsOf(context.store, row));
  return relations.length > 0 ? { relations } : {};
}

function reportTables(record: RecordFacts): PaperTable[] {
  const facts = tableFactsOf(record);
  return (record.result?.report ?? []).map((table) => fillTable(table as PaperTable, facts));
}

/** What the result tables do not tell of a sample. */
function untoldFacts(record: RecordFacts): PrintedFact[] {
  const told = (record.result?.report ?? []).flatMap(({ describes }) => describes ?? []);
  // Results that were signed before tables said what they tell.
  if (told.length === 0 && record.method.describedInTables === true) return [];
  return sampleFactsOf(record, told);
}

/** The standard that judges; where the client's own requirement was judged by, it says so. */
function judgedBy({ row, result }: RecordFacts): string[] {
  if (row['judgementStandard'] != null && row['judgementStandard'] !== '') return [text(row['judgementStandard'])];
  const judged = (result?.parameters ?? []).some(({ verdict }) => verdict !== 'not-judged');
  return judged ? ['委托方提出的技术要求'] : [];
}

/**
 * Settings that the reader has to know: how a standard was read where it can be read two ways, and limits that nobody has
 * confirmed. That limits are confirmed stands in the record.
 */
function policyLines(facts: readonly RecordFacts[]): string[] {
  const policies = facts.flatMap((record) =>
    policiesInForce(record).filter(({ name, option }) => {
      const declared = record.method.policies.find((policy) => policy.name === name);
      return declared?.options.find(({ label }) => label === option)?.value !== 'confirmed';
    }),
  );
  return [...new Set(policies.map(({ label, option, clause }) => `${label}：${option}（${clause}）`))];
}

/** A later age of the same sample names the report of the earlier one, which it supplements. */
function supplementNotes(context: Context, facts: readonly RecordFacts[]): string[] {
  const notes = new Map<string, string[]>();
  for (const { row, sample } of facts) {
    const age = ageDaysOf(context.store, row);
    if (age === null) continue;
    const earlier = context.store.first(
      `SELECT report.reportNo, task.ageDays FROM task JOIN testRecord USING (recordNo) JOIN reportRecord USING (recordNo)
         JOIN report USING (reportKey) WHERE task.sampleNo = ? AND task.ageDays < ? AND report.state <> 'void' ORDER BY task.ageDays DESC LIMIT 1`,
      sample.sampleNo,
      age,
    );
    const supplement = earlier
      ? `，是报告 ${text(earlier['reportNo'])}（${text(earlier['ageDays'])} d）的补充报告`
      : '';
    const note = `本报告为 ${age} d 结果${supplement}。`;
    notes.set(note, [...(notes.get(note) ?? []), sample.sampleNo]);
  }
  return [...notes].map(([note, sampleNos]) => `样品 ${sampleNos.join('、')}：${note}`);
}

function countedCurves(context: Context, { method, runs, sample }: RecordFacts): Promise<PrintedCurve>[] {
  return runs
    .filter((run) => counts(method, runs, run))
    .map((run) => curveOf(context, run, sample.sampleNo, specimenName(method, run)));
}

export async function curveOf(context: Context, run: Run, sampleNo: string, specimen: string): Promise<PrintedCurve> {
  const file = text(context.store.get('run', run.runId)?.['file']);
  const curve = await readRunCurve(join(context.files.runsFolder, file));
  // The paper begins where loading began; what was before is in the file.
  const points = Array.from(curve.time_s, (time, index): [string, string] => [
    time.toFixed(3),
    (curve.load_kN[index] ?? 0).toFixed(2),
  ]).filter(([time]) => !time.startsWith('-'));
  return {
    runNo: run.runNo,
    sampleNo,
    specimenNo: run.specimenNo,
    specimen,
    peakKn: run.peakKn,
    validity: run.validity,
    points: decimateCurve(points),
    // Forces have a place on the picture; an elongation in % has none.
    marks: run.curveValues
      .filter(({ unit }) => unit === 'kN')
      .map(({ name, value, at_s }) => ({ name, at: [at_s, value] as [string, string] })),
    rawDigest: run.rawDigest,
  };
}

export function institutionOf(
  row: Row | undefined,
  { telephone, cmaNo }: Pick<Settings, 'telephone' | 'cmaNo'>,
): TestReportContent['institution'] {
  return {
    name: text(row?.['name'] ?? '（未登记机构）'),
    address: text(row?.['address']),
    telephone,
    certificateNo: text(row?.['certificateNo']) || '—',
    cmaNo: cmaNo || null,
  };
}

function equipmentOf(context: Context, facts: readonly RecordFacts[]): TestReportContent['head']['equipment'] {
  const ids = [...new Set(facts.map(({ row }) => text(row['equipmentId'])))];
  const machines = ids.map((equipmentId) => {
    const row = requireRow(context.store.get('equipment', equipmentId), '设备', equipmentId);
    return {
      name: text(row['name']),
      equipmentNo: equipmentId,
      validTo: calibrationValidThrough(text(row['startDate']), Number(row['validMonths'])),
    };
  });
  // As they were on the day of the run; one that several records used stands here once.
  const gauges = facts.flatMap(extensometersUsed).map((one) => ({
    name: `${one.name}（${sayExtensometer(one)}）`.slice(0, 60),
    equipmentNo: one.equipmentId,
    validTo: one.validTo,
  }));
  const key = ({ equipmentNo, validTo }: { equipmentNo: string; validTo: string }): string => equipmentNo + validTo;
  return [...machines, ...new Map(gauges.map((one) => [key(one), one])).values()];
}

function conclusionOf(facts: readonly RecordFacts[]): string {
  return facts
    .map(
      ({ sample, result }) =>
        `样品 ${sample.sampleNo}（${[sample.structurePart, sample.grade].filter(Boolean).join('，')}）：${result?.conclusionText ?? ''}`,
    )
    .join('\n');
}

// What stands on a report, gathered from the records it rests on. Curves are read from the sealed run files; nothing is
// computed here that a method has not computed.
import { join } from 'node:path';
import type { ConcreteReportContent, ConcreteRow, PrintedSignature } from '../../../shared/reports/report-content.ts';
import { standardDeclarations } from '../../../shared/reports/report-content.ts';
import { decimateCurve, type PrintedCurve } from '../../../shared/reports/load-curve.ts';
import { round } from '../../../shared/methods/index.ts';
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
import { recordFacts, signaturesOf, testedAtOf, validRunOf, type RecordFacts } from '../records/recordRows.ts';
import { commissionOf } from '../reception/register.ts';

const list = (values: readonly string[]): string => [...new Set(values.filter((value) => value !== ''))].join('、');
const span = (days: readonly string[]): string => {
  const sorted = [...new Set(days)].sort();
  return sorted.length > 1 ? `${sorted[0]} 至 ${sorted.at(-1)}` : (sorted[0] ?? '');
};

export interface Approval {
  signature: PrintedSignature;
  issuedOn: string;
  auditHead: string;
}

/** Everything the paper shows that does not depend on the approval: this is what the signatory signs. */
export interface ReportBasis {
  content: ConcreteReportContent;
  belowGrade: boolean;
  facts: RecordFacts[];
}

export function reportRecords(context: Context, reportKey: string): RecordFacts[] {
  return context.store
    .all('SELECT recordNo FROM reportRecord WHERE reportKey = ? ORDER BY recordNo', reportKey)
    .map((row) => recordFacts(context.store, text(row['recordNo'])));
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
  const rows = facts.flatMap((record) => rowOf(record) ?? []);
  const curves = await Promise.all(
    facts.flatMap((record) =>
      [1, 2, 3].flatMap((specimenNo) => {
        const run = validRunOf(record.runs, specimenNo);
        return run ? [curveOf(context, run, record.sample.sampleNo)] : [];
      }),
    ),
  );
  const content: ConcreteReportContent = {
    kind: 'concrete-cube-report',
    institution: institutionOf(store.first('SELECT * FROM institution'), settingsOf(context)),
    cmaInScope: inScope(context, text(report['itemCode'])),
    title: text(report['title']),
    reportNo: text(report['reportNo']),
    revision: Number(report['revision']),
    replaces: null,
    changeText: null,
    code: report['code'] === null ? null : { code: text(report['code']), verifyUrl: text(report['verifyUrl']) },
    head: {
      commissionNo: commission.commissionNo,
      clientUnit: commission.clientUnit,
      projectName: commission.projectName,
      contractorUnit: commission.contractorUnit,
      structurePart: list(facts.map(({ sample }) => sample.structurePart)).slice(0, 200),
      witnessUnit: commission.witnessUnit,
      witnessName: commission.witnessName,
      receivedOn: commission.receivedAt.slice(0, 10),
      testedOn: span(facts.map((fact) => testedOn(fact))),
      testCategory: commission.testCategory,
      sampleSource: '委托方送样',
      sampleState: list(facts.map(({ sample }) => sample.state)).slice(0, 200),
      equipment: equipmentOf(context, facts),
      environment: list(
        facts.map(({ row }) => `温度 ${text(row['temperatureC'])} ℃，相对湿度 ${text(row['humidityPercent'])} %`),
      ).slice(0, 100),
      testAddress: siteAddressOf(store),
      testBasis: [...new Set(facts.map(({ row }) => text(row['methodStandard'])))],
      judgementBasis: [],
      representedQuantity: list(facts.map(({ sample }) => sample.representedQuantity)).slice(0, 200),
    },
    rows,
    tableNotes: [],
    curves,
    conclusionText: conclusionOf(facts),
    remarks: [
      ...(commission.commissionedByOwner
        ? []
        : ['本次检测非建设单位委托，本报告不得作为工程质量验收资料（住建部令第57号）。']),
      '单组试件不作合格与否的判定，混凝土强度的检验评定按 GB/T 50107 进行。',
    ],
    declarations: [...standardDeclarations],
    signatures: [...recordSignatures(context, facts), ...(approval ? [approval.signature] : [])],
    issuedOn: approval?.issuedOn ?? null,
    auditHeadShort: approval?.auditHead.slice(0, 16) ?? '',
  };
  return { content, facts, belowGrade: facts.some(({ result }) => result?.belowGrade === true) };
}

/** Day on which the specimens were tested; the tester may sign later. */
export function testedOn(facts: Pick<RecordFacts, 'runs'>): string {
  return testedAtOf(facts)?.slice(0, 10) ?? '';
}

function rowOf({ sample, runs, result }: RecordFacts): ConcreteRow | null {
  if (!result) return null;
  const tested = testedOn({ runs });
  const age = Math.round((Date.parse(`${tested}T00:00:00Z`) - Date.parse(`${sample.madeOn}T00:00:00Z`)) / 86_400_000);
  return {
    sampleNo: sample.sampleNo,
    structurePart: sample.structurePart,
    grade: sample.grade,
    nominalSize: `${sample.sideMm}×${sample.sideMm}×${sample.sideMm}`,
    madeOn: sample.madeOn,
    testedOn: tested,
    ageDays: String(age),
    curing: sample.curing,
    singles: [1, 2, 3].map((specimenNo) => ({
      specimenNo,
      failureLoadKn: printedLoad(validRunOf(runs, specimenNo)?.peakKn ?? null),
      strengthMpa: result.singlesMpa[specimenNo - 1] ?? null,
    })),
    rule: result.rule,
    sizeFactor: result.sizeFactor,
    representativeValueMpa: result.representativeValueMpa,
    percentOfGrade: result.percentOfGrade,
  };
}

/** A load converted from another unit has digits that no machine shows: two decimals of a kN are printed. The record has all. */
function printedLoad(peakKn: string | null): string | null {
  return peakKn !== null && (peakKn.split('.')[1] ?? '').length > 2 ? round(peakKn, '0.01') : peakKn;
}

export async function curveOf(context: Context, run: Run, sampleNo: string): Promise<PrintedCurve> {
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
    peakKn: run.peakKn,
    validity: run.validity,
    points: decimateCurve(points),
  };
}

export function institutionOf(
  row: Row | undefined,
  { telephone, cmaNo }: Pick<Settings, 'telephone' | 'cmaNo'>,
): ConcreteReportContent['institution'] {
  return {
    name: text(row?.['name'] ?? '（未登记机构）'),
    address: text(row?.['address']),
    telephone,
    certificateNo: text(row?.['certificateNo']) || '—',
    cmaNo: cmaNo || null,
  };
}

function equipmentOf(context: Context, facts: readonly RecordFacts[]): ConcreteReportContent['head']['equipment'] {
  const ids = [...new Set(facts.map(({ row }) => text(row['equipmentId'])))];
  return ids.map((equipmentId) => {
    const row = requireRow(context.store.get('equipment', equipmentId), '设备', equipmentId);
    return {
      name: text(row['name']),
      equipmentNo: equipmentId,
      validTo: calibrationValidThrough(text(row['startDate']), Number(row['validMonths'])),
    };
  });
}

function conclusionOf(facts: readonly RecordFacts[]): string {
  return facts
    .map(
      ({ sample, result }) =>
        `样品 ${sample.sampleNo}（${sample.structurePart}，${sample.grade}）：${result?.conclusionText ?? ''}`,
    )
    .join('\n')
    .slice(0, 1000);
}

/** 检测 and 校核 as they stand on the records: each person once per meaning. */
function recordSignatures(context: Context, facts: readonly RecordFacts[]): PrintedSignature[] {
  const found = facts.flatMap(({ row, digest }) =>
    signaturesOf(context.store, 'record', text(row['recordNo']), digest).filter((signature) => signature.valid),
  );
  const seen = new Set<string>();
  return found.flatMap(({ meaning, personId, personName, at, digest }) => {
    const key = `${meaning}${personId}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ meaning, name: personName, at, digestShort: digest.slice(0, 12) }];
  });
}

// The original record as a paper: every reading with its origin, time and hash, the runs that do not count as well, the
// method's tables and its formulas with their intermediate values, the settings in force, and every correction.
import type { Reading, Run, TestRecord } from '../../../shared/entities/record.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { calibrationValidThrough } from '../../../shared/gate/index.ts';
import { fieldNamed, shownValue, specimenLabel } from '../../../shared/methods/index.ts';
import type { PaperTable, TestMethod } from '../../../shared/methods/index.ts';
import { fillTable } from '../../../shared/reports/paper-tables.ts';
import type { TestRecordContent } from '../../../shared/reports/test-record.ts';
import { textOf as text } from '../../store/cells.ts';
import { requireRow } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { settingsOf } from '../sessions/settings.ts';
import { siteAddressOf } from '../records/recordPayload.ts';
import { recordFacts, recordOf, type RecordFacts } from '../records/recordRows.ts';
import { curveOf, institutionOf } from './reportContent.ts';
import { originFacts, specimenName, tableFactsOf } from './sampleFacts.ts';

export async function buildRecordPaper(context: Context, recordNo: string): Promise<TestRecordContent> {
  const { store } = context;
  const facts = recordFacts(store, recordNo);
  const record = recordOf(store, facts);
  const { sample, runs, environment, result, equipmentId } = record;
  const times = [...runs.flatMap((run) => [run.startedAt, run.endedAt]), ...record.readings.map(({ at }) => at)].sort(
    (a, b) => Date.parse(a) - Date.parse(b),
  );
  const [startedAt, endedAt] = [times[0], times.at(-1)];
  if (startedAt === undefined || endedAt === undefined || equipmentId === null || environment === null) {
    throw new AppError({
      code: 'RECORD_NOT_PRINTABLE',
      message: `原始记录 ${recordNo} 还没有读数或环境读数，不能打印。`,
      meaning: '记录还不完整。',
      next: '请先完成检测。',
    });
  }
  const equipment = requireRow(store.get('equipment', equipmentId), '设备', equipmentId);
  return {
    kind: 'test-record',
    institution: institutionOf(store.first('SELECT * FROM institution'), settingsOf(context)),
    title: `${facts.method.name}试验原始记录`,
    formNo: null,
    recordNo,
    commissionNo: record.commissionNo,
    sample: { sampleNo: sample.sampleNo, name: sample.name, facts: paperFacts(facts) },
    basis: [record.methodStandard, ...(record.judgementStandard ? [record.judgementStandard] : [])],
    testAddress: siteAddressOf(store),
    startedAt,
    endedAt,
    environment: { ...environment, note: '' },
    equipment: [
      {
        name: text(equipment['name']),
        model: text(equipment['model']),
        equipmentNo: equipmentId,
        certificateNo: text(equipment['certificateNo']) || '—',
        range: equipment['rangeKn'] ? `${equipment['rangeKn']} kN` : '',
        validTo: calibrationValidThrough(text(equipment['startDate']), Number(equipment['validMonths'])),
        loadingRate: rateWindowText(facts),
      },
    ],
    readings: record.readings.flatMap((reading, index) =>
      printedReading(facts.method, reading, index, `${text(equipment['name'])}（${equipmentId}）`, runs),
    ),
    runs: runs.map((run) => ({
      runNo: run.runNo,
      specimen: specimenName(facts.method, run),
      startedAt: run.startedAt,
      endedAt: run.endedAt,
      sampleCount: String(run.sampleCount),
      peakKn: run.peakKn,
      loadingRateKnPerS: run.loadingRateKnPerS,
      driver: run.driver,
      equipmentNo: run.equipmentId,
      validity: run.validity,
      reason: run.reason?.slice(0, 200) ?? null,
      rawDigest: run.rawDigest,
    })),
    curves: await Promise.all(
      runs.map((run) => curveOf(context, run, sample.sampleNo, specimenName(facts.method, run))),
    ),
    tables: (result?.record ?? []).map((table) => fillTable(table as PaperTable, tableFactsOf(facts))),
    trace: result?.trace ?? [],
    result: result ? { valid: result.valid, text: result.conclusionText } : null,
    policies: result?.policies.map(({ label, option, clause }) => ({ name: label, option, clause })) ?? [],
    releases: releasesOf(record),
    corrections: record.modifications.map((entry) => ({
      field: `${entry.entityNo} ${entry.field}`.slice(0, 100),
      oldValue: entry.oldValue.slice(0, 200),
      newValue: entry.newValue.slice(0, 200),
      by: entry.operator.slice(0, 30),
      at: entry.at,
      reason: entry.reason.slice(0, 300),
      approvedBy: null,
    })),
    remarks: remarksOf(record),
    signatures: record.signatures
      .filter((signature) => signature.valid)
      .map(({ meaning, personName, at, digest }) => ({
        meaning,
        name: personName,
        at,
        digestShort: digest.slice(0, 12),
      })),
    auditHeadShort: store.auditHead().hash.slice(0, 16),
  };
}

function paperFacts(facts: RecordFacts): [string, string][] {
  const { sample } = facts;
  const { testedOn, ageDays } = tableFactsOf(facts);
  return [
    ['工程部位', sample.structurePart],
    ...originFacts(facts),
    ...(sample.madeOn ? [['成型日期', sample.madeOn] satisfies [string, string]] : []),
    ...(ageDays === '' ? [] : [['龄期', `${ageDays} d`] satisfies [string, string]]),
    ['检测日期', testedOn],
    ['代表数量', sample.representedQuantity],
    ['样品状态', sample.state],
  ];
}

function rateWindowText({ method, sample }: RecordFacts): string {
  const windows = method.acquisitions.flatMap(({ rateWindow }) => rateWindow?.(sample.properties) ?? []);
  return windows.map(({ min_kN_s, max_kN_s }) => `${min_kN_s}～${max_kN_s} kN/s`).join('；');
}

function printedReading(
  method: TestMethod,
  reading: Reading,
  index: number,
  machine: string,
  runs: readonly Run[],
): TestRecordContent['readings'] {
  const field = fieldNamed(method, reading.field);
  if (reading.value === null) return [];
  const run = runs.find(({ runNo }) => runNo === reading.runNo);
  return [
    {
      seq: index + 1,
      specimen: reading.specimenNo === null ? '' : `${specimenLabel(method, reading.field)} ${reading.specimenNo}`,
      quantity: `${field?.label ?? reading.field}${reading.position === null ? '' : ` ${reading.position}`}`,
      value: shownValue(field, reading.value),
      unit: field?.kind === 'decimal' ? field.unit : '',
      source: reading.source,
      origin: reading.source === 'instrument' ? machine : reading.personName,
      at: reading.at,
      hash: run?.rawDigest.slice(0, 16) ?? '',
      runNo: reading.runNo,
      struck: !reading.current,
    },
  ];
}

function releasesOf(record: TestRecord): TestRecordContent['releases'] {
  return (record.result?.stops ?? []).flatMap(({ code, message, release }) =>
    release === null
      ? []
      : [
          {
            code,
            message: message.slice(0, 300),
            reason: release.reason,
            by: release.personName,
            secondPerson: release.secondName,
            at: release.at,
          },
        ],
  );
}

function remarksOf(record: TestRecord): string {
  return [...(record.result?.warnings ?? []), ...(record.result ? [] : ['检测尚未完成，本记录不是最终记录。'])]
    .join('\n')
    .slice(0, 2000);
}

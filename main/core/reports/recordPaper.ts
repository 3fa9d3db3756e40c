// The original record as a paper: every reading with its origin, time and hash, the runs that do not count as well, the
// method's tables and its formulas with their intermediate values, the settings in force, and every correction.
import { sayExtensometer } from '../../../shared/entities/extensometer.ts';
import type { TestRecord } from '../../../shared/entities/record.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { calibrationValidThrough } from '../../../shared/gate/index.ts';
import type { PaperTable } from '../../../shared/methods/index.ts';
import { fillTable } from '../../../shared/reports/paper-tables.ts';
import { setNamedSymbols, setSymbols } from '../../../shared/reports/symbols.ts';
import type { TestRecordContent } from '../../../shared/reports/test-record.ts';
import { textOf as text } from '../../store/cells.ts';
import { requireRow } from '../../store/store.ts';
import { environmentNote } from '../climate/environment.ts';
import type { Context } from '../context.ts';
import { imagesFor } from '../images/imageAt.ts';
import { settingsOf } from '../sessions/settings.ts';
import { extensometersUsed } from '../records/extensometersUsed.ts';
import { relationsOf } from '../retests/paperWords.ts';
import { recordFacts, recordOf, type RecordFacts } from '../records/recordRows.ts';
import { curveOf, institutionOf } from './reportContent.ts';
import { printedReadings } from './recordReadings.ts';
import { originFacts, policiesInForce, specimenName, tableFactsOf, testAddressOf } from './sampleFacts.ts';

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
    title: `${facts.method.name.replace(/试验$/u, '')}试验原始记录`,
    formNo: null,
    recordNo,
    commissionNo: record.commissionNo,
    sample: { sampleNo: sample.sampleNo, name: sample.name, facts: paperFacts(facts) },
    basis: [...new Set([record.methodStandard, ...(record.judgementStandard ? [record.judgementStandard] : [])])],
    testAddress: testAddressOf(store, facts),
    startedAt,
    endedAt,
    environment: { ...environment, note: environmentNote(record.environmentSource, environment) },
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
      ...extensometersUsed(facts).map((one) => ({
        name: one.name,
        model: text(store.get('equipment', one.equipmentId)?.['model']),
        equipmentNo: one.equipmentId,
        certificateNo: one.certificateNo || '—',
        range: `${sayExtensometer(one)}（${one.classStandard}），${one.rangeMm} mm`.slice(0, 60),
        validTo: one.validTo,
        loadingRate: '',
      })),
    ],
    readings: printedReadings(
      facts.method,
      record.readings,
      `${text(equipment['name'])}（${equipmentId}）`,
      runs,
      (id) => `${text(store.get('equipment', id)?.['name'] ?? '仪器')}（${id}）`,
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
      equipmentNo:
        run.extensometer === null
          ? run.equipmentId
          : `${run.equipmentId}＋${run.extensometer.equipmentId}`.slice(0, 40),
      validity: run.validity,
      reason: run.reason,
      rawDigest: run.rawDigest,
    })),
    curves: await Promise.all(
      runs.map((run) => curveOf(context, run, sample.sampleNo, specimenName(facts.method, run))),
    ),
    tables: (result?.record ?? []).map((table) => fillTable(table as PaperTable, tableFactsOf(facts))),
    trace: (result?.trace ?? []).map(printedStep),
    result: result ? { valid: result.valid, text: result.conclusionText } : null,
    policies: policiesInForce(facts).map(({ label, option, clause }) => ({ name: label, option, clause })),
    releases: releasesOf(record),
    corrections: record.modifications.map(printedCorrection),
    remarks: [...relationsOf(store, facts.row), ...remarksOf(record)].join('\n'),
    signatures: record.signatures
      .filter((signature) => signature.valid)
      .map(({ meaning, personName, at, digest }) => ({
        meaning,
        name: personName,
        at,
        digestShort: digest.slice(0, 12),
      })),
    ...imagesFor(
      store,
      record.signatures.filter(({ valid }) => valid).map(({ personName: name, ...one }) => ({ ...one, name })),
      null,
    ),
    auditHeadShort: store.auditHead().hash.slice(0, 16),
  };
}

function paperFacts(facts: RecordFacts): [string, string][] {
  const { sample, blindNo } = facts;
  const { testedOn, ageDays } = tableFactsOf(facts);
  return [
    // Tested under this number: both stand on the finished record.
    ...(blindNo === null ? [] : [['盲样编号', blindNo] satisfies [string, string]]),
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

function printedStep(step: NonNullable<TestRecord['result']>['trace'][number]): TestRecordContent['trace'][number] {
  const { symbol, substituted } = step;
  return {
    ...step,
    ...(symbol === undefined ? {} : { symbol: setSymbols(symbol) }),
    formula: setSymbols(step.formula),
    ...(substituted === undefined ? {} : { substituted: setNamedSymbols(substituted) }),
  };
}

const fieldNames: Readonly<Record<string, string>> = {
  validity: '有效性',
  temperatureC: '环境温度（℃）',
  humidityPercent: '环境相对湿度（%）',
  contentRevision: '记录版次',
};
const validityNames: Readonly<Record<string, string>> = {
  valid: '有效',
  invalid: '无效',
  repeated: '已重做',
  interrupted: '中断',
};

/** A line of the modification log in the words of the paper. */
function printedCorrection(entry: TestRecord['modifications'][number]): TestRecordContent['corrections'][number] {
  const { entity, entityNo, field, oldValue, newValue, operator, at, reason } = entry;
  const shown = (value: string): string => (field === 'validity' ? (validityNames[value] ?? value) : value);
  const name = fieldNames[field] ?? field;
  return {
    field: entity === 'acquisition' ? `采集 ${entityNo} ${name}` : name,
    oldValue: shown(oldValue),
    newValue: shown(newValue),
    by: operator,
    at,
    reason,
    approvedBy: null,
  };
}

function releasesOf(record: TestRecord): TestRecordContent['releases'] {
  return (record.result?.stops ?? []).flatMap(({ code, message, release }) =>
    release === null
      ? []
      : [
          {
            code,
            message,
            reason: release.reason,
            by: release.personName,
            secondPerson: release.secondName,
            at: release.at,
          },
        ],
  );
}

function remarksOf(record: TestRecord): string[] {
  return [...(record.result?.warnings ?? []), ...(record.result ? [] : ['检测尚未完成，本记录不是最终记录。'])];
}

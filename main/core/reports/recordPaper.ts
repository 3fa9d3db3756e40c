// The original record as a paper: every reading with its instrument, time and hash, the runs that do not count as well,
// the formula with its intermediate values, and every correction.
import type { RecordContent } from '../../../shared/reports/record-content.ts';
import type { Run, TestRecord } from '../../../shared/entities/record.ts';
import { toCalendarDay } from '../../../shared/entities/scalars.ts';
import { calibrationValidThrough } from '../../../shared/gate/index.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { textOf as text } from '../../store/cells.ts';
import { requireRow } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { settingsOf } from '../sessions/settings.ts';
import { siteAddressOf } from '../records/recordPayload.ts';
import { readRecord } from '../records/recordRows.ts';
import { curveOf, institutionOf } from './reportContent.ts';

export async function buildRecordPaper(context: Context, recordNo: string): Promise<RecordContent> {
  const { store } = context;
  const record = readRecord(store, recordNo);
  const { sample, runs, environment, result, equipmentId } = record;
  const first = runs[0];
  const last = runs.at(-1);
  if (!first || !last || equipmentId === null || environment === null) {
    throw new AppError({
      code: 'RECORD_NOT_PRINTABLE',
      message: `原始记录 ${recordNo} 还没有采集数据或环境读数，不能打印。`,
      meaning: '记录还不完整。',
      next: '请先完成检测。',
    });
  }
  const equipment = requireRow(store.get('equipment', equipmentId), '设备', equipmentId);
  const testedOn = toCalendarDay(Date.parse(last.endedAt));
  const days = (Date.parse(`${testedOn}T00:00:00Z`) - Date.parse(`${sample.madeOn}T00:00:00Z`)) / 86_400_000;
  const side = Number(sample.sideMm);
  return {
    kind: 'concrete-cube-record',
    institution: institutionOf(store.first('SELECT * FROM institution'), settingsOf(context)),
    title: '混凝土立方体抗压强度试验原始记录',
    formNo: null,
    recordNo,
    commissionNo: record.commissionNo,
    sample: {
      sampleNo: sample.sampleNo,
      name: sample.name,
      structurePart: sample.structurePart,
      grade: sample.grade,
      nominalSize: `${side}×${side}×${side}`,
      madeOn: sample.madeOn,
      testedOn,
      ageDays: String(Math.max(0, Math.round(days))),
      curing: sample.curing,
      representedQuantity: sample.representedQuantity,
      state: sample.state,
    },
    basis: [record.methodStandard],
    testAddress: siteAddressOf(store),
    startedAt: first.startedAt,
    endedAt: last.endedAt,
    environment: { ...environment, note: '' },
    equipment: [
      {
        name: text(equipment['name']),
        model: text(equipment['model']),
        equipmentNo: equipmentId,
        certificateNo: text(equipment['certificateNo']) || '—',
        range: equipment['rangeKn'] ? `${equipment['rangeKn']} kN` : '',
        validTo: calibrationValidThrough(text(equipment['startDate']), Number(equipment['validMonths'])),
        loadingRate: '',
      },
    ],
    readings: runs.flatMap((run, index) => readingOf(run, index, text(equipment['name']))),
    runs: runs.map((run) => ({
      runNo: run.runNo,
      specimenNo: run.specimenNo,
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
    curves: await Promise.all(runs.map((run) => curveOf(context, run, sample.sampleNo))),
    specimens: record.readings.map((reading) => ({
      specimenNo: reading.specimenNo,
      measuredSize: '',
      areaMm2: String(side * side),
      failureLoadKn: reading.failureLoadKn,
      strengthMpa: result?.singlesMpa[reading.specimenNo - 1] ?? null,
    })),
    result: {
      sizeFactor: result?.sizeFactor ?? '1',
      rule: result?.rule ?? 'invalid',
      representativeValueMpa: result?.representativeValueMpa ?? null,
      percentOfGrade: result?.percentOfGrade ?? null,
    },
    trace: result?.trace ?? [],
    corrections: record.modifications.map((entry) => ({
      field: `${entry.entityNo} ${entry.field}`,
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

function readingOf(run: Run, index: number, equipmentName: string): RecordContent['readings'] {
  if (run.peakKn === null) return [];
  return [
    {
      seq: index + 1,
      specimenNo: run.specimenNo,
      quantity: '破坏荷载',
      value: run.peakKn,
      unit: 'kN',
      source: 'instrument',
      origin: `${equipmentName}（${run.equipmentId}）`,
      at: run.endedAt,
      hash: run.rawDigest.slice(0, 16),
      runNo: run.runNo,
      struck: run.validity !== 'valid',
    },
  ];
}

function remarksOf(record: TestRecord): string {
  return [...(record.result?.warnings ?? []), ...(record.result ? [] : ['检测尚未完成，本记录不是最终记录。'])]
    .join('\n')
    .slice(0, 1000);
}

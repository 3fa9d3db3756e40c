// The runs of a record, with the newest mark put on each, and which of them count.
import { runExtensometerSchema } from '../../../shared/entities/extensometer.ts';
import type { Reading, Run } from '../../../shared/entities/record.ts';
import { fieldNamed, fieldOfRun, peakInUnit } from '../../../shared/methods/index.ts';
import type { CurveValue, Field, TestMethod } from '../../../shared/methods/index.ts';
import { jsonOf, nullableText as nullable, textOf as text } from '../../store/cells.ts';
import type { Row } from '../../store/tables.ts';
import type { Transaction } from '../../store/transaction.ts';

/** Reads are the same inside and outside a transaction. */
export type Reader = Pick<Transaction, 'get' | 'all' | 'first'>;

export function runOf(row: Row): Run {
  const mark = row['mark'] ? (JSON.parse(text(row['mark'])) as { validity: Run['validity']; reason: string }) : null;
  return {
    runId: text(row['runId']),
    runNo: text(row['runNo']),
    recordNo: text(row['recordNo']),
    field: nullable(row['field'] ?? null),
    specimenNo: Number(row['specimenNo']),
    equipmentId: text(row['equipmentId']),
    driver: text(row['driver']),
    operatorName: text(row['operatorName']),
    startedAt: text(row['startedAt']),
    endedAt: text(row['endedAt']),
    sampleRateHz: text(row['sampleRateHz']),
    sampleCount: Number(row['sampleCount']),
    peakKn: nullable(row['peakKn']),
    loadingRateKnPerS: nullable(row['loadingRateKnPerS']),
    curveValues: row['derivedJson'] ? (JSON.parse(text(row['derivedJson'])) as Run['curveValues']) : [],
    remarks: row['remarksJson'] ? (JSON.parse(text(row['remarksJson'])) as string[]) : [],
    extensometer: row['extensometerJson'] == null ? null : runExtensometerSchema.parse(jsonOf(row['extensometerJson'])),
    validity: mark?.validity ?? (text(row['validity']) as Run['validity']),
    reason: mark?.reason ?? nullable(row['reason']),
    rawDigest: text(row['rawDigest']),
  };
}

/** Every run of a record, oldest first, with the newest mark put on it. */
export function runsOf(reader: Reader, recordNo: string): Run[] {
  return reader
    .all(
      `SELECT run.*, (SELECT json_object('validity', validity, 'reason', reason) FROM runMark WHERE runMark.runId = run.runId
         ORDER BY markId DESC LIMIT 1) AS mark FROM run WHERE recordNo = ? ORDER BY runNo`,
      recordNo,
    )
    .map(runOf);
}

/** The run that counts for a reading of a specimen: the newest valid one. */
export function validRunOf(
  method: Pick<TestMethod, 'acquisitions'>,
  runs: readonly Run[],
  specimenNo: number,
  field: string,
): Run | undefined {
  return runs.findLast(
    (run) =>
      run.specimenNo === specimenNo &&
      fieldOfRun(method, run) === field &&
      run.validity === 'valid' &&
      run.peakKn !== null,
  );
}

/** Whether a run is the one that counts for its reading. */
export function counts(method: Pick<TestMethod, 'acquisitions'>, runs: readonly Run[], run: Run): boolean {
  return validRunOf(method, runs, run.specimenNo, fieldOfRun(method, run)) === run;
}

/** What the machines delivered, in the unit of its field; runs that do not count are not current. */
export function acquiredReadings({
  method,
  runs,
}: {
  method: Pick<TestMethod, 'acquisitions' | 'fields'>;
  runs: readonly Run[];
}): Reading[] {
  return runs.flatMap((run) => {
    const name = fieldOfRun(method, run);
    const field = fieldNamed(method, name);
    if (field === undefined || run.peakKn === null) return [];
    const common = {
      specimenNo: run.specimenNo,
      position: null,
      source: 'instrument' as const,
      runNo: run.runNo,
      personName: run.operatorName,
      at: run.endedAt,
      reason: run.reason,
      current: counts(method, runs, run),
    };
    const ofCurve = curveFields(method, name).flatMap(({ field: other, value: quantity }) => {
      const value = curveValue(run, quantity, other);
      return value === null ? [] : [{ ...common, field: other.name, value }];
    });
    return [{ ...common, field: name, value: peakInUnit(run.peakKn, field) }, ...ofCurve];
  });
}

/** The fields that an acquisition's curve fills, with the quantity of each. */
function curveFields(
  method: Pick<TestMethod, 'acquisitions' | 'fields'>,
  acquired: string,
): { field: Field; value: CurveValue }[] {
  const curve = method.acquisitions.find(({ field }) => field === acquired)?.curve ?? {};
  return Object.entries(curve).flatMap(([value, name]) => {
    const field = fieldNamed(method, name);
    return field === undefined ? [] : [{ field, value: value as CurveValue }];
  });
}

/** What a run's curve says of a quantity, in the unit of its field; null where it says nothing. */
export function curveValue(run: Run, quantity: CurveValue, field: Field): string | null {
  const found = run.curveValues.find(({ name }) => name === quantity);
  if (found === undefined) return null;
  return found.unit === 'kN' ? peakInUnit(found.value, field) : found.value;
}

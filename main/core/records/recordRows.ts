// Reading a record with everything that hangs on it. Before the first signature the result is computed from the runs and
// readings that count; from then on it is the one that was signed, so that neither a machine's data nor a later program changes it.
import type { Sample } from '../../../shared/entities/commission.ts';
import type { Reading, RecordResult, Run, TestRecord } from '../../../shared/entities/record.ts';
import { AppError, describeError, type ErrorInfo } from '../../../shared/errors/appError.ts';
import { methodById } from '../../../shared/methods/index.ts';
import type { MethodComputation, TestMethod } from '../../../shared/methods/index.ts';
import { digestOf } from '../../../sync/wire/digest.ts';
import { jsonOf, nullableText as nullable, textOf as text } from '../../store/cells.ts';
import { requireRow } from '../../store/store.ts';
import type { Row } from '../../store/tables.ts';
import { environmentSourceOf } from '../climate/environment.ts';
import { blindNoOf, withBlindNo } from '../blind/numbers.ts';
import { decisionsOf } from '../gate/decisions.ts';
import { digestOfForm1, isForm1, resultOfForm1 } from './form1.ts';
import { modificationsOf } from './modifications.ts';
import { firstTakenAt, peaksMayBeTyped, typedReadings } from './readings.ts';
import { recordInputs } from './recordInputs.ts';
import { resultOf } from './resultOf.ts';
import { acquiredReadings, runsOf, type Reader } from './runRows.ts';
import { sampleForTask } from '../retests/supplementRows.ts';
import { sampleOf } from './sampleRow.ts';
import { releasesOf } from './stopReleases.ts';

/**
 * When the test was done: the newest run that counts, or the newest place that a person read. A place counts from its
 * first value: a figure corrected days later was still read on the day of the test. Never the moment of a signature.
 */
export function testedAtOf({ runs, readings }: { runs: readonly Run[]; readings: readonly Reading[] }): string | null {
  const counted = runs.filter((run) => run.validity === 'valid' && run.peakKn !== null).map((run) => run.endedAt);
  const moments = [...counted, ...firstTakenAt(readings)];
  return moments.sort((one, other) => Date.parse(one) - Date.parse(other)).at(-1) ?? null;
}

export interface RecordFacts {
  row: Row;
  method: TestMethod;
  sample: Sample;
  /** The number under which it is tested, where the lab tests it blind. */
  blindNo: string | null;
  runs: Run[];
  readings: Reading[];
  /** The method's own codes of the parameters asked for. */
  parameters: string[];
  result: RecordResult | null;
  computation: MethodComputation | null;
  /** What is still to be read, in words. */
  open: string[];
  /** Why the method gives no result for these readings. */
  refusal: ErrorInfo | null;
  digest: string;
}

export function recordFacts(reader: Reader, recordNo: string): RecordFacts {
  const row = requireRow(reader.get('testRecord', recordNo), '原始记录', recordNo);
  const sample = sampleForTask(reader, signedSample(reader, row) ?? currentSample(reader, row), row['taskId']);
  const blindNo = blindNoOf(reader, sample.sampleNo);
  const method = methodById(text(row['methodId']));
  const runs = runsOf(reader, recordNo);
  const readings = typedReadings(reader, recordNo);
  const parameters = row['parametersJson']
    ? jsonOf<string[]>(row['parametersJson'])
    : method.parameters.map(({ code }) => code);
  const computed = compute(reader, { row, method, sample, runs, readings, parameters });
  const stored = row['resultJson'];
  const result =
    stored == null
      ? computed.result
      : isForm1(stored)
        ? resultOfForm1(stored, method, sample, runs)
        : jsonOf<RecordResult>(stored);
  const digest = isForm1(stored)
    ? digestOfForm1(row, sample, runs)
    : digestOf({
        recordNo,
        contentRevision: row['contentRevision'],
        commissionNo: row['commissionNo'],
        sample,
        // The number under which it lay on the tester's screen.
        ...(blindNo === null ? {} : { blindNo }),
        edition: row['edition'],
        methodStandard: row['methodStandard'],
        judgementStandard: row['judgementStandard'],
        policies: row['policiesJson'],
        parameters,
        equipmentId: row['equipmentId'],
        environment: { temperatureC: row['temperatureC'], humidityPercent: row['humidityPercent'] },
        // Signed for where the log gave them; a record without it is signed as it was before there was a log.
        ...(row['environmentJson'] == null ? {} : { environmentSource: environmentSourceOf(row) }),
        runs: runs.map(
          ({ runNo, field, specimenNo, peakKn, curveValues, extensometer, validity, reason, rawDigest }) => ({
            // A run without them is signed for as it was before there were any.
            ...(curveValues.length > 0 ? { curveValues } : {}),
            ...(extensometer === null ? {} : { extensometer }),
            runNo,
            field,
            specimenNo,
            peakKn,
            validity,
            reason,
            rawDigest,
          }),
        ),
        readings,
        result,
      });
  return { row, method, sample, blindNo, runs, readings, parameters, ...computed, result, digest };
}

/** The sample as it stood when the record was signed, where a change order has changed it since. */
function signedSample(reader: Reader, row: Row): Sample | null {
  const kept = reader.get('signedSample', row['recordNo'] ?? '', row['contentRevision'] ?? 0);
  return kept ? jsonOf<Sample>(kept['sampleJson']) : null;
}

/** The sample as it stands now: what a new revision of a report says of it. */
export function currentSample(reader: Reader, row: Row): Sample {
  return sampleOf(requireRow(reader.get('sample', row['sampleNo'] ?? ''), '样品', row['sampleNo'] ?? ''));
}

type Computed = Pick<RecordFacts, 'result' | 'computation' | 'refusal' | 'open'>;

/** A method that refuses its readings leaves a record that can be read, returned and repeated, and has no result. */
function compute(
  reader: Reader,
  facts: Pick<RecordFacts, 'row' | 'method' | 'sample' | 'runs' | 'readings' | 'parameters'>,
): Computed {
  const { row, method } = facts;
  const range = row['equipmentId'] ? reader.get('equipment', row['equipmentId'])?.['rangeKn'] : null;
  const { inputs, open } = recordInputs({
    ...facts,
    ageDays: ageDaysOf(reader, row),
    machineRange: range == null ? null : text(range),
  });
  if (open.length > 0) return { result: null, computation: null, refusal: null, open };
  try {
    const computation = method.compute(inputs, {
      policies: jsonOf<Record<string, string>>(row['policiesJson']),
      parameters: facts.parameters,
      ...(row['edition'] == null ? {} : { edition: text(row['edition']) }),
    });
    const result = resultOf(method, computation, releasesOf(reader, text(row['recordNo'])));
    return { result, computation, refusal: null, open };
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    return { result: null, computation: null, refusal: cause.info, open };
  }
}

/** Age of the record's task, where the sample is tested at several. */
export function ageDaysOf(reader: Reader, row: Row): number | null {
  const days = reader.get('task', row['taskId'] ?? '')?.['ageDays'];
  return days == null ? null : Number(days);
}

export function signaturesOf(
  reader: Reader,
  entity: 'record' | 'report',
  key: string,
  digest: string,
): TestRecord['signatures'] {
  return reader
    .all('SELECT * FROM signature WHERE entity = ? AND entityKey = ? ORDER BY at', entity, key)
    .map((row) => ({
      meaning: text(row['meaning']) as 'test',
      personId: text(row['personId']),
      personName: text(row['personName']),
      at: text(row['at']),
      digest: text(row['digest']),
      valid: row['digest'] === digest,
    }));
}

export function readRecord(reader: Reader, recordNo: string): TestRecord {
  return recordOf(reader, recordFacts(reader, recordNo));
}

/** A curve's value that a person replaced stays and is not current. */
function withoutReplaced(acquired: readonly Reading[], typed: readonly Reading[]): Reading[] {
  const replaced = (reading: Reading): boolean =>
    typed.some(
      ({ current, value, field, specimenNo }) =>
        current && value !== null && field === reading.field && specimenNo === reading.specimenNo,
    );
  return acquired.map((reading) => (reading.current && replaced(reading) ? { ...reading, current: false } : reading));
}

/** The record as screens see it, of facts that were read already. */
export function recordOf(reader: Reader, facts: RecordFacts): TestRecord {
  const recordNo = text(facts.row['recordNo']);
  const { row, method, sample, runs, readings, result, refusal, digest } = facts;
  const equipment = row['equipmentId'] ? reader.get('equipment', row['equipmentId']) : undefined;
  return {
    recordNo,
    taskId: text(row['taskId']),
    commissionNo: text(row['commissionNo']),
    projectName: text(reader.get('commission', row['commissionNo'] ?? '')?.['projectName']),
    itemCode: text(row['itemCode']),
    methodId: method.id,
    edition: text(row['edition'] ?? sample.edition),
    methodStandard: text(row['methodStandard']),
    judgementStandard: nullable(row['judgementStandard'] ?? null),
    parameters: facts.parameters,
    ageDays: ageDaysOf(reader, row),
    typedPeaks: peaksMayBeTyped(reader, text(row['itemCode'])),
    state: text(row['state']) as TestRecord['state'],
    contentRevision: Number(row['contentRevision']),
    sample: withBlindNo(reader, sample),
    equipmentId: nullable(row['equipmentId']),
    equipmentName: equipment ? text(equipment['name']) : null,
    environment:
      row['temperatureC'] === null || row['humidityPercent'] === null
        ? null
        : { temperatureC: text(row['temperatureC']), humidityPercent: text(row['humidityPercent']) },
    ...(row['environmentJson'] == null ? {} : { environmentSource: environmentSourceOf(row) ?? undefined }),
    readings: [...withoutReplaced(acquiredReadings(facts), readings), ...readings],
    open: facts.open,
    result,
    ...(refusal && !result ? { problem: describeError(refusal) } : {}),
    runs,
    signatures: signaturesOf(reader, 'record', recordNo, digest),
    modifications: modificationsOf(reader, recordNo),
    digest,
    gate: row['gateJson'] ? (JSON.parse(text(row['gateJson'])) as TestRecord['gate']) : null,
    gateDecisions: decisionsOf(reader, recordNo),
    returnedReason: nullable(row['returnedReason']),
  };
}

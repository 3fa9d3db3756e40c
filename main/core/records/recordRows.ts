// Reading a record with everything that hangs on it. Before the first signature the result is computed from the valid
// runs; from then on it is the one that was signed, so that neither a machine's data nor a later program changes it.
import type { RecordResult, Run, TestRecord } from '../../../shared/entities/record.ts';
import { AppError, describeError, type ErrorInfo } from '../../../shared/errors/appError.ts';
import { methodById } from '../../../shared/methods/index.ts';
import type { MethodComputation } from '../../../shared/methods/index.ts';
import { digestOf } from '../../../sync/wire/digest.ts';
import { nullableText as nullable, textOf as text } from '../../store/cells.ts';
import { requireRow } from '../../store/store.ts';
import type { Row } from '../../store/tables.ts';
import type { Transaction } from '../../store/transaction.ts';
import { sampleOf } from '../reception/register.ts';

/** Reads are the same inside and outside a transaction. */
export type Reader = Pick<Transaction, 'get' | 'all' | 'first'>;

export function runOf(row: Row): Run {
  const mark = row['mark'] ? (JSON.parse(text(row['mark'])) as { validity: Run['validity']; reason: string }) : null;
  return {
    runId: text(row['runId']),
    runNo: text(row['runNo']),
    recordNo: text(row['recordNo']),
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

/** The run that counts for a specimen: the newest valid one. */
export function validRunOf(runs: readonly Run[], specimenNo: number): Run | undefined {
  return runs.findLast((run) => run.specimenNo === specimenNo && run.validity === 'valid' && run.peakKn !== null);
}

/** When the test was done: the end of the newest run that counts, never the moment of a signature. */
export function testedAtOf({ runs }: { runs: readonly Run[] }): string | null {
  const counted = runs.filter((run) => validRunOf(runs, run.specimenNo) === run);
  return (
    counted
      .map((run) => run.endedAt)
      .sort()
      .at(-1) ?? null
  );
}

export interface RecordFacts {
  row: Row;
  sample: ReturnType<typeof sampleOf>;
  runs: Run[];
  result: RecordResult | null;
  computation: MethodComputation<unknown> | null;
  /** Why the method gives no result for these readings. */
  refusal: ErrorInfo | null;
  digest: string;
}

interface CubeOutputs {
  single_MPa: string[];
  rule: RecordResult['rule'];
  sizeFactor: string;
  groupValue_MPa: string | null;
  percentOfGrade: string | null;
}

export function recordFacts(reader: Reader, recordNo: string): RecordFacts {
  const row = requireRow(reader.get('testRecord', recordNo), '原始记录', recordNo);
  const sample = sampleOf(requireRow(reader.get('sample', row['sampleNo'] ?? ''), '样品', row['sampleNo'] ?? ''));
  const runs = runsOf(reader, recordNo);
  const computed = compute(reader, row, sample, runs);
  const result = row['resultJson'] === null ? computed.result : (JSON.parse(text(row['resultJson'])) as RecordResult);
  const digest = digestOf({
    recordNo,
    contentRevision: row['contentRevision'],
    commissionNo: row['commissionNo'],
    sample,
    methodStandard: row['methodStandard'],
    policies: row['policiesJson'],
    equipmentId: row['equipmentId'],
    environment: { temperatureC: row['temperatureC'], humidityPercent: row['humidityPercent'] },
    runs: runs.map(({ runNo, specimenNo, peakKn, validity, reason, rawDigest }) => ({
      runNo,
      specimenNo,
      peakKn,
      validity,
      reason,
      rawDigest,
    })),
    result,
  });
  return { row, sample, runs, result, computation: computed.computation, refusal: computed.refusal, digest };
}

interface Computed {
  result: RecordResult | null;
  computation: MethodComputation<unknown> | null;
  refusal: ErrorInfo | null;
}

/** A method that refuses its readings leaves a record that can be read, returned and repeated, and has no result. */
export function compute(reader: Reader, row: Row, sample: ReturnType<typeof sampleOf>, runs: readonly Run[]): Computed {
  try {
    return { ...computeValid(reader, row, sample, runs), refusal: null };
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    return { result: null, computation: null, refusal: cause.info };
  }
}

function computeValid(
  reader: Reader,
  row: Row,
  sample: ReturnType<typeof sampleOf>,
  runs: readonly Run[],
): Omit<Computed, 'refusal'> {
  const method = methodById(text(row['methodId']));
  const valid = Array.from({ length: method.specimens.count }, (_, index) => validRunOf(runs, index + 1));
  if (valid.some((run) => run === undefined)) return { result: null, computation: null };
  const range = row['equipmentId'] ? reader.get('equipment', row['equipmentId'])?.['rangeKn'] : null;
  const rates = valid.map((run) => run?.loadingRateKnPerS ?? null);
  const computation = method.compute(
    {
      side_mm: sample.sideMm,
      loads_kN: valid.map((run) => run?.peakKn),
      designGrade: sample.grade,
      ...(range ? { machineRange_kN: text(range) } : {}),
      ...(rates.every((rate) => rate !== null && Number(rate) > 0) ? { loadingRates_kN_s: rates } : {}),
    },
    JSON.parse(text(row['policiesJson'])) as Record<string, string>,
  );
  const outputs = computation.outputs as CubeOutputs;
  const result: RecordResult = {
    singlesMpa: outputs.single_MPa,
    rule: outputs.rule,
    sizeFactor: outputs.sizeFactor,
    representativeValueMpa: outputs.groupValue_MPa,
    percentOfGrade: outputs.percentOfGrade,
    belowGrade: computation.warnings.some((warning) => warning.code === 'CONCRETE_BELOW_GRADE'),
    conclusionText: computation.result.text,
    trace: computation.trace.map((step) => ({ ...step, value: step.value ?? '—' })),
    warnings: computation.warnings.map((warning) => warning.message),
  };
  return { result, computation };
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
  const { row, sample, runs, result, refusal, digest } = recordFacts(reader, recordNo);
  const equipment = row['equipmentId'] ? reader.get('equipment', row['equipmentId']) : undefined;
  const count = methodById(text(row['methodId'])).specimens.count;
  return {
    recordNo,
    taskId: text(row['taskId']),
    commissionNo: text(row['commissionNo']),
    projectName: text(reader.get('commission', row['commissionNo'] ?? '')?.['projectName']),
    itemCode: text(row['itemCode']),
    methodStandard: text(row['methodStandard']),
    state: text(row['state']) as TestRecord['state'],
    contentRevision: Number(row['contentRevision']),
    sample,
    equipmentId: nullable(row['equipmentId']),
    equipmentName: equipment ? text(equipment['name']) : null,
    environment:
      row['temperatureC'] === null || row['humidityPercent'] === null
        ? null
        : { temperatureC: text(row['temperatureC']), humidityPercent: text(row['humidityPercent']) },
    readings: Array.from({ length: count }, (_, index) => {
      const run = validRunOf(runs, index + 1);
      return {
        specimenNo: index + 1,
        failureLoadKn: run?.peakKn ?? null,
        source: run ? ('instrument' as const) : ('none' as const),
        runNo: run?.runNo ?? null,
      };
    }),
    result,
    ...(refusal && !result ? { problem: describeError(refusal) } : {}),
    runs,
    signatures: signaturesOf(reader, 'record', recordNo, digest),
    modifications: reader
      .all(
        `SELECT * FROM modification WHERE entityNo = ? OR entityNo IN (SELECT runNo FROM run WHERE recordNo = ?) ORDER BY logNo`,
        recordNo,
        recordNo,
      )
      .map((entry) => ({
        logNo: text(entry['logNo']),
        at: text(entry['at']),
        operator: text(entry['operator']),
        entity: text(entry['entity']),
        entityNo: text(entry['entityNo']),
        field: text(entry['field']),
        oldValue: text(entry['oldValue']),
        newValue: text(entry['newValue']),
        reason: text(entry['reason']),
      })),
    digest,
    gate: row['gateJson'] ? (JSON.parse(text(row['gateJson'])) as TestRecord['gate']) : null,
    returnedReason: nullable(row['returnedReason']),
  };
}

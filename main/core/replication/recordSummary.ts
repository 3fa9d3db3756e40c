// The line of a record in a list: its own columns, the result where there is one, and what its sample is.
import type { CollectionDocument } from '../../../shared/entities/collections.ts';
import type { Row } from '../../store/tables.ts';
import type { Context } from '../context.ts';
import { storedSummary } from '../records/storedSummary.ts';

export function describeRecord(context: Context, row: Row): Omit<CollectionDocument<'records'>, 'id' | 'seq'> {
  const facts = context.store.first(
    `SELECT sample.grade, sample.structurePart, commission.projectName, item.name AS itemName,
       (SELECT count(*) FROM run WHERE run.recordNo = ? AND (run.validity <> 'valid'
          OR EXISTS (SELECT 1 FROM runMark WHERE runMark.runId = run.runId))) AS invalidRuns,
       (SELECT count(*) FROM stopRelease WHERE stopRelease.recordNo = ?) AS released,
       (SELECT count(*) FROM modification WHERE entity = 'test-record' AND entityNo = ? AND field <> 'contentRevision') AS modified
     FROM sample JOIN commission ON commission.commissionNo = sample.commissionNo
       LEFT JOIN item ON item.itemCode = sample.itemCode WHERE sampleNo = ?`,
    row['recordNo'] ?? null,
    row['recordNo'] ?? null,
    row['recordNo'] ?? null,
    row['sampleNo'] ?? null,
  );
  const nullable = (column: string) => (row[column] === null ? null : String(row[column]));
  return {
    taskId: String(row['taskId']),
    commissionNo: String(row['commissionNo']),
    sampleNo: String(row['sampleNo']),
    projectName: String(facts?.['projectName'] ?? ''),
    structurePart: String(facts?.['structurePart'] ?? ''),
    grade: String(facts?.['grade'] ?? ''),
    itemName: String(facts?.['itemName'] ?? row['itemCode']),
    state: String(row['state']) as 'testing',
    ...storedSummary(row['resultJson']),
    testedAt: nullable('testedAt'),
    testerId: nullable('testerId'),
    testerName: nullable('testerName'),
    checkerId: nullable('checkerId'),
    checkerName: nullable('checkerName'),
    invalidRuns: Number(facts?.['invalidRuns'] ?? 0),
    released: Number(facts?.['released'] ?? 0),
    modified: Number(facts?.['modified'] ?? 0),
    // Every return begins a revision of its own.
    returns: Number(row['contentRevision']) - 1,
    returnedReason: nullable('returnedReason'),
  };
}

// The records' calls.
import type { Context, SomeHandlers } from '../context.ts';
import { search } from '../search.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { ShownSheets } from '../review/shown.ts';
import { enterReadings } from './readings.ts';
import { readRecord } from './recordRows.ts';
import { storedSummary } from './storedSummary.ts';
import { returnRecord, signCheck } from './signCheck.ts';
import { signTest } from './signTest.ts';
import { releaseStop } from './stops.ts';

type RecordCall =
  | 'records.get' | 'records.search' | 'records.enter' | 'records.releaseStop' | 'records.signTest' | 'records.signCheck'
  | 'records.return'; // prettier-ignore

/** `onEntered` lets the bench go on with a record that was typed into. */
export function recordHandlers(
  context: Context,
  sessions: Sessions,
  onEntered: (recordNo: string) => Promise<void>,
  shown: ShownSheets,
): SomeHandlers<RecordCall> {
  const { store } = context;
  return {
    'records.get'({ recordNo }, caller) {
      const record = readRecord(store, recordNo);
      shown.note(caller.user.personId, 'record', recordNo, record.digest);
      return record;
    },
    'records.search'(input) {
      const { rows, nextCursor } = search(
        store,
        {
          kind: 'testRecord',
          select: `SELECT recordNo, testRecord.commissionNo, testRecord.sampleNo, projectName, grade, testRecord.state AS state, testedAt, resultJson
            FROM testRecord JOIN sample USING (sampleNo) JOIN commission ON commission.commissionNo = testRecord.commissionNo`,
          table: 'testRecord',
          key: 'recordNo',
          commissionColumn: 'commissionNo',
          ...(input.state ? { where: 'testRecord.state = ?', parameters: [input.state] } : {}),
        },
        input,
      );
      return {
        nextCursor,
        rows: rows.map((row) => ({
          recordNo: String(row['recordNo']),
          commissionNo: String(row['commissionNo']),
          sampleNo: String(row['sampleNo']),
          projectName: String(row['projectName']),
          grade: String(row['grade']),
          state: String(row['state']),
          headline: storedSummary(row['resultJson']).headline,
          testedAt: row['testedAt'] === null ? null : String(row['testedAt']),
        })),
      };
    },
    async 'records.enter'(input, caller) {
      enterReadings(context, caller, input);
      await onEntered(input.recordNo);
      return readRecord(store, input.recordNo);
    },
    async 'records.releaseStop'(input, caller) {
      await releaseStop(context, sessions, caller, input);
      return readRecord(store, input.recordNo);
    },
    async 'records.signTest'(input, caller) {
      await signTest(context, sessions, caller, input);
      return readRecord(store, input.recordNo);
    },
    async 'records.signCheck'(input, caller) {
      await signCheck(context, sessions, caller, input);
      return readRecord(store, input.recordNo);
    },
    'records.return'({ recordNo, reason }, caller) {
      store.transact(caller.actor, (tx) => returnRecord(tx, caller, recordNo, reason, ['tested']));
      return readRecord(store, recordNo);
    },
  };
}

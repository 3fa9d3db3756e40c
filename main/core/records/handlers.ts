// The records' calls.
import type { Context, SomeHandlers } from '../context.ts';
import { search } from '../search.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { readRecord } from './recordRows.ts';
import { returnRecord, signCheck } from './signCheck.ts';
import { signTest } from './signTest.ts';

export function recordHandlers(
  context: Context,
  sessions: Sessions,
): SomeHandlers<'records.get' | 'records.search' | 'records.signTest' | 'records.signCheck' | 'records.return'> {
  const { store } = context;
  return {
    'records.get': ({ recordNo }) => readRecord(store, recordNo),
    'records.search'(input) {
      const { rows, nextCursor } = search(
        store,
        {
          kind: 'testRecord',
          select: `SELECT recordNo, testRecord.commissionNo, testRecord.sampleNo, projectName, grade, testRecord.state AS state, testedAt,
            json_extract(resultJson, '$.representativeValueMpa') AS representativeValueMpa
            FROM testRecord JOIN sample USING (sampleNo) JOIN commission ON commission.commissionNo = testRecord.commissionNo`,
          keyColumn: 'testRecord.recordNo',
          commissionColumn: 'testRecord.commissionNo',
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
          representativeValueMpa: row['representativeValueMpa'] === null ? null : String(row['representativeValueMpa']),
          testedAt: row['testedAt'] === null ? null : String(row['testedAt']),
        })),
      };
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

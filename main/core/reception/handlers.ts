// The reception's calls: check, register, read, search, scan.
import { addDays, toCalendarDay } from '../../../shared/entities/scalars.ts';
import { nullableText } from '../../store/cells.ts';
import type { Value } from '../../store/tables.ts';
import type { Context, SomeHandlers } from '../context.ts';
import { search } from '../search.ts';
import { askReception, commissionOf, registerCommission } from './register.ts';

export function receptionHandlers(
  context: Context,
): SomeHandlers<
  'commissions.check' | 'commissions.register' | 'commissions.get' | 'commissions.search' | 'scan.resolve'
> {
  return {
    'commissions.check': (input) => askReception(context, { ...input, contractNo: input.contractNo }),
    'commissions.register'(input, caller) {
      const commissionNo = context.store.transact(caller.actor, (tx) => registerCommission(tx, context, caller, input));
      return commissionOf(context.store, commissionNo);
    },
    'commissions.get': ({ commissionNo }) => commissionOf(context.store, commissionNo),
    'commissions.search'(input) {
      const { rows, nextCursor } = search(
        context.store,
        {
          kind: 'commission',
          select: `SELECT commissionNo, projectName, clientUnit, receivedAt, platformState,
            (SELECT count(*) FROM sample WHERE sample.commissionNo = commission.commissionNo) AS sampleCount FROM commission`,
          table: 'commission',
          key: 'commissionNo',
        },
        input,
      );
      return {
        nextCursor,
        rows: rows.map((row) => ({
          commissionNo: String(row['commissionNo']),
          projectName: String(row['projectName']),
          clientUnit: String(row['clientUnit']),
          receivedAt: String(row['receivedAt']),
          sampleCount: Number(row['sampleCount']),
          platformState: String(row['platformState']),
        })),
      };
    },
    'scan.resolve'({ code }) {
      const { store } = context;
      // A sample of several ages has a task for each: the one to be worked on now, else the newest that was begun.
      const sample = store.first(
        `SELECT sample.sampleNo, taskId, COALESCE(task.recordNo, (SELECT other.recordNo FROM task AS other
           WHERE other.sampleNo = sample.sampleNo AND other.recordNo IS NOT NULL ORDER BY other.dueOn DESC LIMIT 1)) AS recordNo
         FROM sample LEFT JOIN task USING (sampleNo)
         WHERE sampleCode = ? OR sample.sampleNo = ? OR sample.sampleNo = (SELECT sampleNo FROM blindSample WHERE blindNo = upper(?))
         ORDER BY (task.state IN ('waiting', 'testing') AND dueOn <= ?) DESC, task.recordNo IS NOT NULL DESC,
           CASE WHEN task.recordNo IS NULL OR task.state IN ('waiting', 'testing') THEN 1 ELSE -1 END * julianday(dueOn)`,
        code,
        code,
        code,
        addDays(toCalendarDay(context.now()), 1),
      );
      const found = (
        kind: 'sample' | 'commission' | 'record' | 'report',
        key: string,
        taskId: Value | undefined = null,
        recordNo: Value | undefined = null,
      ) => ({
        kind,
        key,
        taskId: nullableText(taskId),
        recordNo: nullableText(recordNo),
      });
      if (sample) return found('sample', String(sample['sampleNo']), sample['taskId'], sample['recordNo']);
      if (store.get('commission', code)) return found('commission', code);
      const record = store.get('testRecord', code);
      if (record) return found('record', code, record['taskId'], code);
      const report = store.first(
        'SELECT reportKey FROM report WHERE reportNo = ? OR code = ? ORDER BY revision DESC',
        code,
        code,
      );
      if (report) return found('report', String(report['reportKey']));
      return { kind: 'unknown' as const, key: null, taskId: null, recordNo: null };
    },
  };
}

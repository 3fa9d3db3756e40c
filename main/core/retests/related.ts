// What belongs to a report beside its file: the retests and supplements of its records, and the first test that it answers.
import { toCalendarDay } from '../../../shared/entities/scalars.ts';
import { permits, type Permission } from '../../../shared/entities/roles.ts';
import type { Related } from '../../../shared/retests/calls.ts';
import { textOf as text } from '../../store/cells.ts';
import { requireRow } from '../../store/store.ts';
import { newestRevision } from '../afterIssue/values.ts';
import type { Caller, Context } from '../context.ts';
import { firstOf, retestRefusal } from './first.ts';
import { maySupplement } from './supplements.ts';
import { retestOfSample, retestsOfRecord, supplementOfTaskId, supplementsOfRecord } from './links.ts';

export function relatedOf(context: Context, caller: Caller, reportNo: string): Related {
  const { store } = context;
  const report = requireRow(newestRevision(store, reportNo), '报告', reportNo);
  const may = (permission: Permission): boolean => permits(caller.user.roles, permission);
  const firsts = store
    .all('SELECT recordNo FROM reportRecord WHERE reportKey = ? ORDER BY recordNo', report['reportKey'] ?? '')
    .map(({ recordNo }) => firstOf(store, text(recordNo)));
  const standing = report['state'] !== 'void';
  const records = firsts.map((first) => ({
    recordNo: text(first.facts.row['recordNo']),
    sampleNo: first.facts.sample.sampleNo,
    verdict: first.facts.result?.verdict ?? null,
    mayRetest: standing && may('retest.begin') && retestRefusal(store, first) === null,
    maySupplement: standing && may('commission.register') && maySupplement(store, first, toCalendarDay(context.now())),
  }));
  const numbers = records.map(({ recordNo }) => recordNo);
  const tasks = firsts.map(({ facts }) => facts.row['taskId']);
  return {
    records,
    retests: numbers.flatMap((recordNo) => retestsOfRecord(store, recordNo)),
    supplements: numbers.flatMap((recordNo) => supplementsOfRecord(store, recordNo)),
    retestOf: records.flatMap(({ sampleNo }) => retestOfSample(store, sampleNo) ?? []),
    supplementOf: tasks.flatMap((taskId) => supplementOfTaskId(store, taskId) ?? []),
  };
}

// The calls of batch review, for the checker's records and for the signatory's reports: the same act, the same frame.
import type { ReportRenderer } from '../../reports/renderer.ts';
import type { Caller, Context, SomeHandlers } from '../context.ts';
import { recordFacts } from '../records/recordRows.ts';
import { refuseUncheckable, writeCheck } from '../records/signCheck.ts';
import { basisDigest, refuseUnapprovable, writeApproval } from '../reports/approve.ts';
import { reportKeyOf } from '../reports/joinReport.ts';
import { buildReport } from '../reports/reportContent.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { agree, agreedBy, requireAgreement, settle, takeBack } from './agreements.ts';
import { batchWords, signEach } from './batch.ts';
import type { ShownSheets } from './shown.ts';

type ReviewCall =
  | 'records.agreed' | 'records.agree' | 'records.takeBack' | 'records.signAgreed'
  | 'reports.agreed' | 'reports.agree' | 'reports.takeBack' | 'reports.approveAgreed'; // prettier-ignore

export function reviewHandlers(
  context: Context,
  sessions: Sessions,
  renderer: ReportRenderer,
  shown: ShownSheets,
): SomeHandlers<ReviewCall> {
  const { store } = context;
  const records = async (caller: Caller) => ({
    rows: await agreedBy(context, caller, 'record', (recordNo) => recordFacts(store, recordNo).digest),
  });
  const reports = async (caller: Caller) => ({
    rows: await agreedBy(context, caller, 'report', async (key) =>
      basisDigest((await buildReport(context, key, null)).content),
    ),
  });
  return {
    'records.agreed': (_, caller) => records(caller),
    'records.agree'({ recordNo, digest }, caller) {
      refuseUncheckable(store, caller, { recordNo, digest });
      return agree(context, shown, caller, { entity: 'record', key: recordNo, digest });
    },
    'records.takeBack'({ recordNo }, caller) {
      takeBack(context, caller, 'record', recordNo);
      return {};
    },
    async 'records.signAgreed'({ items, password }, caller) {
      await sessions.confirm(caller.user, password);
      const subjects = items.map((item) => ({ ...item, entity: 'record' as const, key: item.recordNo }));
      const rows = await signEach(context, caller, subjects, async (item, place) => {
        store.transact(caller.actor, (tx) => {
          const agreement = requireAgreement(tx, caller, item);
          writeCheck(context, tx, caller, item);
          settle(tx, caller, item);
          const words = batchWords('校核', place, items.length, String(agreement['agreedAt']));
          tx.event('testRecord', item.recordNo, words);
        });
      });
      return { rows };
    },
    'reports.agreed': (_, caller) => reports(caller),
    async 'reports.agree'(input, caller) {
      await refuseUnapprovable(context, caller, input);
      const key = reportKeyOf(input.reportNo, input.revision);
      return agree(context, shown, caller, { entity: 'report', key, digest: input.digest });
    },
    'reports.takeBack'({ reportNo, revision }, caller) {
      takeBack(context, caller, 'report', reportKeyOf(reportNo, revision));
      return {};
    },
    async 'reports.approveAgreed'({ items, password }, caller) {
      await sessions.confirm(caller.user, password);
      const subjects = items.map((item) => ({
        ...item,
        entity: 'report' as const,
        key: reportKeyOf(item.reportNo, item.revision),
      }));
      const rows = await signEach(context, caller, subjects, (item, place) =>
        writeApproval(context, renderer, caller, item, (tx) => {
          const agreement = requireAgreement(tx, caller, item);
          settle(tx, caller, item);
          const words = batchWords('批准', place, items.length, String(agreement['agreedAt']));
          tx.event('report', item.key, words);
        }),
      );
      return { rows };
    },
  };
}

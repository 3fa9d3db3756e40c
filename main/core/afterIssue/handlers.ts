// The calls about a report after issue.
import { afterIssueCalls } from '../../../shared/afterIssue/calls.ts';
import { toCalendarDay } from '../../../shared/entities/scalars.ts';
import type { ReportRenderer } from '../../reports/renderer.ts';
import { requireRow } from '../../store/store.ts';
import type { Context, SomeHandlers } from '../context.ts';
import { showEvidence } from '../files/evidence.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { applyChange } from './apply.ts';
import { approveChange, refuseChange } from './approveChange.ts';
import { historyOf } from './history.ts';
import { makeAgain } from './nextRevision.ts';
import { orderOf } from './orders.ts';
import { closeOriginal, listOriginals } from './originals.ts';
import { changeRefusal, refuse } from './refusals.ts';
import { signAgain } from './signAgain.ts';
import { handleUnqualified, listUnqualified } from './unqualified.ts';
import { unqualifiedCsv } from './unqualifiedCsv.ts';
import { fieldValues, newestRevision } from './values.ts';
import { voidReport } from './void.ts';
import { withdrawChange } from './withdraw.ts';

export function afterIssueHandlers(
  context: Context,
  sessions: Sessions,
  renderer: ReportRenderer,
): SomeHandlers<keyof typeof afterIssueCalls> {
  const { store } = context;
  return {
    'reports.history': ({ reportNo }) => historyOf(store, reportNo),
    'changes.form'({ reportNo }) {
      refuse(changeRefusal(store, reportNo));
      const report = requireRow(newestRevision(store, reportNo), '报告', reportNo);
      const commission = store.get('commission', report['commissionNo'] ?? '');
      return {
        reportNo,
        revision: Number(report['revision']) + 1,
        fields: fieldValues(store, report).map(({ field, label, now, onReport }) => ({
          field,
          label,
          value: now,
          onReport,
        })),
        witnessRequired: commission?.['testCategory'] === '见证取样',
      };
    },
    'changes.apply': (input, caller) => applyChange(context, renderer, caller, input),
    'changes.open': () => ({
      orders: store
        .all(`SELECT * FROM changeOrder WHERE state = 'applied' ORDER BY changeNo`)
        .map((row) => orderOf(row)),
    }),
    'changes.approve': (input, caller) => approveChange(context, sessions, caller, input),
    'changes.refuse': (input, caller) => refuseChange(context, caller, input),
    'changes.withdraw'(input, caller) {
      withdrawChange(context, caller, input);
      return {};
    },
    'changes.evidence'({ changeNo, sha256 }, caller) {
      const order = orderOf(requireRow(store.get('changeOrder', changeNo), '变更单', changeNo));
      const owner = { entity: 'changeOrder', key: changeNo, name: `变更单 ${changeNo} ` } as const;
      return showEvidence(context, caller, owner, sha256, order.evidence);
    },
    async 'reports.signTest'(input, caller) {
      await signAgain(context, sessions, caller, 'test', input);
      return {};
    },
    async 'reports.signCheck'(input, caller) {
      await signAgain(context, sessions, caller, 'check', input);
      return {};
    },
    async 'reports.void'(input, caller) {
      await voidReport(context, sessions, caller, input);
      return {};
    },
    'reports.makeAgain': ({ reportNo }, caller) => ({ reportNo: makeAgain(context, caller, reportNo) }),
    'originals.list': ({ open }) => ({ rows: listOriginals(store, open) }),
    'originals.close': (input, caller) => closeOriginal(context, caller, input),
    'unqualified.list': (input) => listUnqualified(context, input),
    'unqualified.handle': (input, caller) => handleUnqualified(context, caller, input),
    'unqualified.export'(input, caller) {
      const { rows } = listUnqualified(context, { ...input, limit: 100_000 });
      store.transact(caller.actor, (tx) => tx.event('unqualified', input.part, `导出不合格台账 ${rows.length} 条`));
      return { fileName: `不合格台账-${toCalendarDay(context.now())}.csv`, text: unqualifiedCsv(rows) };
    },
  };
}

// The calls about a report after issue.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterIssueCalls, evidenceTypes } from '../../../shared/afterIssue/calls.ts';
import { toCalendarDay } from '../../../shared/entities/scalars.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { sha256Hex } from '../../../sync/wire/digest.ts';
import type { ReportRenderer } from '../../reports/renderer.ts';
import { textOf as text } from '../../store/cells.ts';
import { requireRow } from '../../store/store.ts';
import type { Context, SomeHandlers } from '../context.ts';
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
    'changes.evidence': ({ changeNo, sha256 }) => evidence(context, changeNo, sha256),
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

/** A file as it was given, or a refusal: what was exchanged on the disk is not shown. */
function evidence(context: Context, changeNo: string, sha256: string) {
  const order = orderOf(requireRow(context.store.get('changeOrder', changeNo), '变更单', changeNo));
  const file = order.evidence.find((one) => one.sha256 === sha256);
  const media = context.store.get('media', sha256);
  const bytes = file && media ? bytesOf(join(context.dataFolder, text(media['path']))) : null;
  if (!file || !bytes || sha256Hex(bytes) !== sha256) {
    throw new AppError({
      code: 'FILE_DAMAGED',
      message: `变更单 ${changeNo} 的证明材料${file ? `“${file.fileName}”不见了，或与登记的摘要不符` : '没有这一份'}。`,
      meaning: '该文件被移动、删除或改动过。',
      next: '请从备份恢复 files 文件夹，并联系质量负责人。',
    });
  }
  const extension = text(media?.['path']).split('.').at(-1) as keyof typeof evidenceTypes;
  return { fileName: file.fileName, type: evidenceTypes[extension], bytesBase64: bytes.toString('base64') };
}

function bytesOf(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

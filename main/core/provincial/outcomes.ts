// What an answer of the platform does here: the attempts ledger, the standing of the entries, and the state of their report,
// all in one transaction, so that they can never come apart.
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { kindName } from '../../../shared/sync/words.ts';
import { NOT_CARRIED } from '../../../sync/provincial/not-carried.ts';
import type { EntryChange, Outcome } from '../../../sync/provincial/sync-store.ts';
import type { Transaction } from '../../store/transaction.ts';
import { refuseRegistration } from '../registrations/apply.ts';
import { reportKeyOf } from '../reports/joinReport.ts';
import { notify } from './notices.ts';

/** Writes the ledger row and the new standings, and what they mean for a report. */
export function recordOutcome(tx: Transaction, { attempt, changes }: Outcome): void {
  for (const entryId of attempt?.entryIds ?? []) {
    if (!attempt) break;
    tx.insert('outboxAttempt', {
      entryId,
      operation: attempt.operation,
      target: attempt.target,
      batchId: attempt.batchId,
      outcome: attempt.outcome,
      code: attempt.code,
      message: attempt.message,
      requestDigest: attempt.requestDigest,
      request: attempt.maskedRequest,
      answer: attempt.answer,
      startedAt: attempt.startedAt,
      endedAt: attempt.endedAt,
    });
  }
  for (const change of changes) {
    const { entryId, platformDetails, ...fields } = change;
    tx.update('outbox', entryId, {
      ...fields,
      platformDetailsJson: platformDetails ? JSON.stringify(platformDetails) : null,
    });
    followUp(tx, change);
  }
}

/** What the standing of an entry means for its report. */
function followUp(tx: Transaction, change: EntryChange): void {
  const entry = tx.get('outbox', change.entryId);
  if (!entry) return;
  const kind = String(entry['kind']);
  if (change.state === 'rejected' || change.state === 'parked') {
    const words = [change.platformCode, change.platformMessage].filter(Boolean).join(' ');
    if (kind === 'registration') {
      refuseRegistration(tx, change.entryId, change.platformMessage ?? words);
      return;
    }
    const text =
      change.platformCode === NOT_CARRIED && change.failureClass === 'local'
        ? `${kindName(kind)} ${entry['key']} 没有上传：${change.platformMessage ?? ''}`
        : `${entry['key']} 上传被拒：${words}`;
    notify(tx, 'alarm', text, 'ledger', change.entryId);
  }
  if (kind !== 'report' && kind !== 'code' && kind !== 'report-file') return;
  const key = reportKeyOf(String(entry['key']), Number(entry['revision']));
  const report = tx.get('report', key);
  if (!report) return;
  if (
    kind === 'report' &&
    change.state === 'accepted' &&
    (report['state'] === 'approved' || report['state'] === 'rejected')
  )
    tx.update('report', key, { state: 'submitted' });
  if (kind === 'report' && change.state === 'rejected') tx.update('report', key, { state: 'rejected' });
  if (kind === 'report-file' && change.state === 'accepted' && report['state'] === 'coded') {
    tx.update('report', key, { state: 'filed', filedAt: toWallTime(change.acceptedAt ?? Date.now()) });
  }
  if (kind === 'code' && change.state !== 'accepted') {
    const details = (change.platformDetails ?? []).map((detail) => detail.message);
    tx.update('report', key, { waitingFor: [change.platformMessage, ...details].filter(Boolean).join(' ') || null });
  }
}

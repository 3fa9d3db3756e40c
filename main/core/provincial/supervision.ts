// What the supervisor does on the platform happens here as well: a commission that is locked or void there is frozen here.
import type { PlatformEvent } from '../../../sync/provincial/port.ts';
import type { Transaction } from '../../store/transaction.ts';
import { notify } from './notices.ts';

export function freeze(tx: Transaction, commissionNo: string, state: 'locked' | 'voided', why: string): void {
  const row = tx.get('commission', commissionNo);
  if (!row || row['platformState'] === 'voided') return;
  if (tx.update('commission', commissionNo, { platformState: state, platformReason: why }, why)) {
    // Reports of a void commission stop printing.
    for (const { reportKey } of tx.all('SELECT reportKey FROM report WHERE commissionNo = ?', commissionNo))
      tx.touch('reports', String(reportKey));
    notify(
      tx,
      'alarm',
      `委托单 ${commissionNo} 被监管平台${state === 'locked' ? '锁定' : '作废'}：${why}${/[。！？]$/.test(why) ? '' : '。'}${concerned(tx, commissionNo)}`,
      'commission',
      commissionNo,
    );
  }
}

export function unfreeze(tx: Transaction, commissionNo: string): void {
  if (tx.get('commission', commissionNo)?.['platformState'] !== 'locked') return;
  tx.update('commission', commissionNo, { platformState: 'active', platformReason: null }, '平台已解除锁定');
  notify(tx, 'info', `委托单 ${commissionNo} 已由监管平台解除锁定，可以继续。`, 'commission', commissionNo);
}

/** Everybody whose work stands on the commission is named: their records stop where they are. */
function concerned(tx: Transaction, commissionNo: string): string {
  const records = tx.all(
    `SELECT recordNo, testerName FROM testRecord WHERE commissionNo = ? AND state NOT IN ('approved', 'void') ORDER BY recordNo`,
    commissionNo,
  );
  if (records.length === 0) return '';
  const names = [...new Set(records.map((row) => String(row['testerName'] ?? '')).filter((name) => name !== ''))];
  const people = names.length > 0 ? `（${names.join('、')}）` : '';
  return ` 停在中途的原始记录：${records.map((row) => String(row['recordNo'])).join('、')}${people}。`;
}

/** In force at once, without waiting for the next download: the row itself comes down with it. */
function revokeQualification(tx: Transaction, qualificationId: string, why: string, eventId: string): void {
  const row = tx.get('personQualification', qualificationId);
  if (!row) {
    notify(tx, 'alarm', `监管平台撤销了资格 ${qualificationId}：${why}`, 'platform', eventId);
    return;
  }
  tx.update('personQualification', qualificationId, { state: 'revoked' }, `平台撤销：${why}`);
  const name = String(tx.get('person', row['personId'] ?? '')?.['name'] ?? row['personId']);
  const item = String(tx.get('item', row['itemCode'] ?? '')?.['name'] ?? row['itemCode']);
  const words = `监管平台撤销了 ${name} 的检测项目“${item}”资格：${why}。${name}不能再做该项目的检测和签名；已签名的记录不变，未签名的请由其他有资格的人员完成。`;
  notify(tx, 'alarm', words, 'person', String(row['personId']));
}

/** The report keeps its code and says that it counts no longer. */
function revokeCode(tx: Transaction, code: string, why: string, at: string): void {
  const report = tx.first('SELECT reportKey, reportNo, revision, codeRevokedReason FROM report WHERE code = ?', code);
  if (!report) {
    notify(tx, 'alarm', `监管平台撤销了标识码 ${code}（本机没有这份报告）：${why}`, 'platform', code);
    return;
  }
  if (report['codeRevokedReason'] !== null) return;
  const { reportKey = '', reportNo = '', revision = '' } = report;
  tx.update('report', reportKey, { codeRevokedReason: why, codeRevokedAt: at }, why);
  notify(tx, 'alarm', `报告 ${reportNo} 第 ${revision} 版的标识码已被监管平台撤销：${why}`, 'report', String(reportNo));
}

export function applyEvent(tx: Transaction, event: PlatformEvent): void {
  const text = event.text ?? '监管平台';
  if (event.type === 'qualification.revoked') {
    revokeQualification(tx, event.subject, text, event.id);
    return;
  }
  if (event.type === 'commission.locked') freeze(tx, event.subject, 'locked', text);
  else if (event.type === 'commission.voided') freeze(tx, event.subject, 'voided', text);
  else if (event.type === 'commission.unlocked') unfreeze(tx, event.subject);
  else if (event.type === 'code.revoked') revokeCode(tx, event.subject, text, event.at);
  else
    notify(tx, event.type === 'notice' ? 'info' : 'alarm', `监管平台：${event.subject} ${text}`, 'platform', event.id);
}

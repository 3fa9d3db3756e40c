// What everybody must see before they try: a clock that may not date a signature, reference data that are old, downloads
// that wait for a person. One line each, the most serious first.
import type { CollectionDocument } from '../../shared/entities/collections.ts';
import { seriousReferenceDays, staleReferenceHours } from '../../shared/entities/reference.ts';
import { showTime } from '../design/time.ts';

export interface Alert {
  id: 'clock' | 'held' | 'reference' | 'referenceFailed' | 'disk' | 'backup';
  tone: 'bad' | 'warn';
  text: string;
}

const hour = 3_600_000;

/** `training`: a practice lab need not be backed up. */
export function alertsOf(
  status: CollectionDocument<'status'> | null | undefined,
  now: number,
  training = true,
): Alert[] {
  if (!status) return [];
  const alerts: Alert[] = [];
  if (status.clock !== 'right') {
    const text = `${status.clockText ?? '电脑时间不对。'}现在不能签名；请校正电脑时间，校正后自动恢复。`;
    alerts.push({ id: 'clock', tone: 'bad', text });
  }
  if (status.disk !== 'ok')
    alerts.push({ id: 'disk', tone: status.disk === 'floor' ? 'bad' : 'warn', text: status.diskText ?? '' });
  const reference = referenceAlert(status, now);
  if (reference?.tone === 'bad') alerts.push(reference);
  if (status.held.length > 0) {
    const lost = status.held.reduce((sum, page) => sum + page.lost, 0);
    alerts.push({
      id: 'held',
      tone: 'warn',
      text: `平台下发的数据会使 ${lost} 项不再可用，已暂缓采用，等人核对名单。`,
    });
  }
  if (reference?.tone === 'warn') alerts.push(reference);
  const failed = failedAlert(status, now);
  if (failed) alerts.push(failed);
  const backup = backupAlert(status, now, training);
  if (backup) alerts.push(backup);
  return alerts;
}

/** The other kinds came down; this one stands still, and decisions rest on what it was. */
function failedAlert(status: CollectionDocument<'status'>, now: number): Alert | null {
  const { referenceFailed: failed } = status;
  const [first] = failed;
  if (first === undefined || status.connection === 'offline' || status.connection === 'stopped') return null;
  const since = failed.map((one) => one.since).sort()[0] ?? first.since;
  const hours = Math.floor((now - Date.parse(since)) / hour);
  const names = failed.map(({ name }) => `“${name}”`).join('、');
  const long = hours >= 1 ? `已 ${hours < 48 ? `${hours} 小时` : `${Math.floor(hours / 24)} 天`}` : '';
  return {
    id: 'referenceFailed',
    tone: hours >= staleReferenceHours ? 'bad' : 'warn',
    text: `基础数据中的${names}${long}没有取到（${first.words}），其余已更新；程序会再试，一直取不到请联系平台管理方。`,
  };
}

function referenceAlert(status: CollectionDocument<'status'>, now: number): Alert | null {
  if (status.referenceFetchedAt === null) return null;
  const age = now - Date.parse(status.referenceFetchedAt);
  if (age <= staleReferenceHours * hour) return null;
  const since = `基础数据停在 ${showTime(status.referenceFetchedAt)}（${Math.floor(age / (24 * hour))} 天没有更新）`;
  const refuse = status.referenceRefuseDays;
  if (refuse > 0 && age > refuse * 24 * hour) {
    return {
      id: 'reference',
      tone: 'bad',
      text: `${since}，超过本机构规定的 ${refuse} 天，不能收样、检测和签名；请连上监管平台下载。`,
    };
  }
  if (age > seriousReferenceDays * 24 * hour) {
    return {
      id: 'reference',
      tone: 'bad',
      text: `${since}：人员资格和设备在平台上可能已变更，请尽快连上监管平台下载。`,
    };
  }
  return { id: 'reference', tone: 'warn', text: `${since}，联网后自动下载。` };
}

/** The last good backup is older than the lab allows, or there is none; while it is young, a failed try is no news. */
function backupAlert(status: CollectionDocument<'status'>, now: number, training: boolean): Alert | null {
  if (status.backupTargets === 0) {
    if (training) return null;
    return {
      id: 'backup',
      tone: 'warn',
      text: '还没有设置备份：这块盘坏了，数据就没有了。请系统管理员在“备份”里设置。',
    };
  }
  const failure = status.backupFailure === null ? '' : `上次没有成功：${status.backupFailure}`;
  if (status.backupGoodAt === null)
    return { id: 'backup', tone: failure === '' ? 'warn' : 'bad', text: `还没有一份完好的备份。${failure}` };
  const age = now - Date.parse(status.backupGoodAt);
  if (age <= status.backupAlarmHours * hour) return null;
  const since = `最近一份完好的备份是 ${showTime(status.backupGoodAt)}（${Math.floor(age / hour)} 小时前）`;
  return { id: 'backup', tone: 'bad', text: `${since}，超过规定的 ${status.backupAlarmHours} 小时。${failure}` };
}

// What everybody must see before they try: a clock that may not date a signature, reference data that are old, downloads
// that wait for a person. One line each, the most serious first.
import type { CollectionDocument } from '../../shared/entities/collections.ts';
import { seriousReferenceDays, staleReferenceHours } from '../../shared/entities/reference.ts';
import { showTime } from '../design/time.ts';

export interface Alert {
  id: 'clock' | 'held' | 'reference';
  tone: 'bad' | 'warn';
  text: string;
}

const hour = 3_600_000;

export function alertsOf(status: CollectionDocument<'status'> | null | undefined, now: number): Alert[] {
  if (!status) return [];
  const alerts: Alert[] = [];
  if (status.clock !== 'right') {
    const text = `${status.clockText ?? '电脑时间不对。'}现在不能签名；请校正电脑时间，校正后自动恢复。`;
    alerts.push({ id: 'clock', tone: 'bad', text });
  }
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
  return alerts;
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

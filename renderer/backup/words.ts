// States of backups and of what was done, in words; sizes as people read them.
import type { BackupHistory, BackupProgress } from '../../shared/backup/calls.ts';
import type { StateWord } from '../design/words.ts';

export const historyWords: Record<BackupHistory['state'], StateWord> = {
  good: { word: '完好', tone: 'good', shape: '✓' },
  faults: { word: '有问题', tone: 'warn', shape: '▲' },
  failed: { word: '没有成功', tone: 'bad', shape: '✕' },
  cancelled: { word: '已停止', tone: 'quiet', shape: '○' },
};

export const kindNames: Record<BackupHistory['kind'], string> = {
  scheduled: '定时备份',
  asked: '手动备份',
  drill: '恢复演练',
};

export const phaseNames: Record<BackupProgress['phase'], string> = {
  store: '复制并校验数据库',
  files: '复制证据文件',
  finish: '写清单',
  unpack: '打开备份',
  prove: '核对和重新计算',
  rotate: '清理过期备份',
};

export function showBytes(bytes: number | null): string {
  if (bytes === null) return '—';
  if (bytes < 1024 ** 2) return `${Math.ceil(bytes / 1024)} KB`;
  if (bytes < 1024 ** 3) return `${(bytes / 1024 ** 2).toFixed(1)} MB`;
  return `${(bytes / 1024 ** 3).toFixed(1)} GB`;
}

/** In whole percent; the copy of the store is told in pages, files in files. */
export const percentOf = ({ done, total }: Pick<BackupProgress, 'done' | 'total'>): number =>
  total <= 0 ? 0 : Math.min(100, Math.floor((done / total) * 100));

// One place that the lab backs up to: whether it can be reached, when it was served last, and the backups that lie there.
import { Button } from 'antd';
import type { CallOutput } from '../../shared/contract/calls.ts';
import { showAge, showTime } from '../design/time.ts';
import { StateTag } from '../design/StateTag.tsx';
import { historyWords, showBytes } from './words.ts';

export type Target = CallOutput<'backup.overview'>['targets'][number];

const mostShown = 12;

export interface TargetCardProps {
  target: Target;
  busy: boolean;
  onMake: (() => void) | null;
  onDrill: (name: string) => void;
}

export function TargetCard({ target, busy, onMake, onDrill }: TargetCardProps) {
  const { path, trouble, goodAt, lastAt, lastText, nextAt, backups } = target;
  const failed = lastAt !== null && lastAt !== goodAt && (goodAt === null || lastAt > goodAt) && trouble === null;
  return (
    <section className="jt-card" data-testid="backup-target" data-path={path}>
      <h3>{path}</h3>
      {trouble !== null && <p className="jt-tone-bad">✕ {trouble}</p>}
      <p>
        完好的备份：{goodAt === null ? '没有' : `${showTime(goodAt)}（${showAge(goodAt)}）`}　下一次：
        {nextAt === null ? '没有计划' : showTime(nextAt)}　剩余空间：{showBytes(target.freeBytes)}　
        {onMake !== null && (
          <Button size="small" disabled={busy} onClick={onMake}>
            只备份到这里
          </Button>
        )}
      </p>
      {lastAt !== null && (
        <p className={failed ? 'jt-soft jt-wrap' : 'jt-soft'}>
          上次（{showTime(lastAt)}）：{lastText}
        </p>
      )}
      {backups.length > 0 && (
        <table className="jt-table jt-table-tight">
          <thead>
            <tr>
              <th>备份</th>
              <th>状态</th>
              <th>加密</th>
              <th className="jt-right">记录</th>
              <th className="jt-right">采集</th>
              <th className="jt-right">报告</th>
              <th className="jt-right">文件</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {backups.slice(0, mostShown).map((backup) => (
              <tr key={backup.name} data-testid="backup-row" data-key={backup.name}>
                <td>{backup.madeAt === '' ? backup.name : showTime(backup.madeAt)}</td>
                <td>
                  <StateTag state={historyWords[backup.good ? 'good' : 'faults']} title={backup.text} />
                  {backup.text !== '' && <span className="jt-soft"> {backup.text}</span>}
                </td>
                <td>{backup.encrypted ? '是' : '否'}</td>
                <td className="jt-right">{backup.records}</td>
                <td className="jt-right">{backup.runs}</td>
                <td className="jt-right">{backup.reports}</td>
                <td className="jt-right">{backup.files}</td>
                <td>
                  {backup.madeAt !== '' && (
                    <Button size="small" disabled={busy} onClick={() => onDrill(backup.name)}>
                      演练…
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {backups.length > mostShown && <p className="jt-soft">另有较早的 {backups.length - mostShown} 份。</p>}
    </section>
  );
}

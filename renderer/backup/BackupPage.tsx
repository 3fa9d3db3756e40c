// 备份: is the lab's work safe, where are the copies, can they be restored; and how long records are to be kept.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import type { BackupProgress } from '../../shared/backup/calls.ts';
import type { CallOutput } from '../../shared/contract/calls.ts';
import { toErrorInfo, useClient } from '../client.ts';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { useHotkeys } from '../design/hotkeys.ts';
import { Pane } from '../design/Pane.tsx';
import { StateTag } from '../design/StateTag.tsx';
import { Tabs } from '../design/Tabs.tsx';
import { showTime } from '../design/time.ts';
import { useCommand } from '../design/useCommand.ts';
import { useMinute } from '../shell/useMinute.ts';
import { usePermit } from '../state/session.ts';
import { DrillDialog } from './DrillDialog.tsx';
import { PassphraseDialog } from './PassphraseDialog.tsx';
import { RetentionTable } from './RetentionTable.tsx';
import { SettingsDialog } from './SettingsDialog.tsx';
import { TargetCard, type Target } from './TargetCard.tsx';
import { historyWords, kindNames, percentOf, phaseNames, showBytes } from './words.ts';
import './backup.css';

const views = [
  { id: 'targets', name: '备份', keys: 'F3' },
  { id: 'history', name: '经过', keys: 'F4' },
  { id: 'retention', name: '保存期限', keys: 'F6' },
  { id: 'help', name: '怎样恢复', keys: 'F7' },
] as const;
type View = (typeof views)[number]['id'];
type Overview = CallOutput<'backup.overview'>;

function useOverview() {
  const client = useClient();
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: ['backup'],
    queryFn: () => client.call('backup.overview', {}),
    refetchInterval: 60_000,
  });
  const [progress, setProgress] = useState<BackupProgress | null | undefined>(undefined);
  useEffect(
    () =>
      client.subscribe((event) => {
        if (event.type !== 'backup.progress') return;
        setProgress(event.progress);
        if (event.progress === null) void queries.invalidateQueries({ queryKey: ['backup'] });
      }),
    [client, queries],
  );
  return { query, running: progress === undefined ? (query.data?.running ?? null) : progress };
}

export function BackupPage() {
  const client = useClient();
  const queries = useQueryClient();
  const manages = usePermit('backup.manage');
  const { query, running } = useOverview();
  const [view, setView] = useState<View>('targets');
  const [dialog, setDialog] = useState<'settings' | 'passphrase' | null>(null);
  const [drilled, setDrilled] = useState<{ target: Target; name: string | null } | null>(null);
  const data = query.data;
  const reread = (): void => void queries.invalidateQueries({ queryKey: ['backup'] });
  const make = useCommand((target?: string) => client.call('backup.now', target === undefined ? {} : { target }));
  const cancel = useCommand(() => client.call('backup.cancel', {}));
  const first = data?.targets.find(({ backups }) => backups.some(({ good }) => good));
  useHotkeys('备份', [
    ...views.map(({ id, name, keys }) => ({ keys, name, run: () => setView(id) })),
    ...(manages
      ? [
          { keys: 'F9', name: '立即备份', run: () => void make.run() },
          { keys: 'F2', name: '备份设置', run: () => setDialog('settings') },
          { keys: 'Alt+P', name: '加密口令', run: () => setDialog('passphrase') },
        ]
      : []),
    ...(first ? [{ keys: 'F8', name: '恢复演练', run: () => setDrilled({ target: first, name: null }) }] : []),
  ]);
  return (
    <Pane title="备份">
      <div className="jt-form" data-testid="place-backup">
        <ErrorBlock
          error={query.error === null ? null : toErrorInfo(query.error)}
          onRetry={() => void query.refetch()}
        />
        <ErrorBlock error={make.error ?? cancel.error} onClose={() => (make.clear(), cancel.clear())} />
        {data !== undefined && <Standing data={data} />}
        <div className="jt-backup-actions">
          {manages && (
            <>
              <Button
                type="primary"
                disabled={running !== null || data?.targets.length === 0}
                loading={make.busy}
                onClick={() => void make.run()}
                data-testid="backup-now"
              >
                立即备份 <kbd className="jt-key">F9</kbd>
              </Button>
              <Button onClick={() => setDialog('settings')} disabled={data === undefined} data-testid="backup-settings">
                设置… <kbd className="jt-key">F2</kbd>
              </Button>
              <Button
                onClick={() => setDialog('passphrase')}
                disabled={data === undefined}
                data-testid="backup-passphrase"
              >
                加密口令… <kbd className="jt-key">Alt+P</kbd>
              </Button>
            </>
          )}
          {first !== undefined && (
            <Button
              disabled={running !== null}
              onClick={() => setDrilled({ target: first, name: null })}
              data-testid="backup-drill"
            >
              恢复演练… <kbd className="jt-key">F8</kbd>
            </Button>
          )}
        </div>
        {running !== null && (
          <div className="jt-backup-running" role="status" data-testid="backup-running">
            <span>
              {running.kind === 'make' ? '正在备份到' : '正在演练'} {running.target}：{phaseNames[running.phase]}
            </span>
            <progress max={100} value={percentOf(running)} aria-label={phaseNames[running.phase]} />
            {manages && (
              <Button size="small" onClick={() => void cancel.run()} data-testid="backup-cancel">
                停止
              </Button>
            )}
          </div>
        )}
        <Tabs label="备份" tabs={views} current={view} onChange={setView} />
        {data !== undefined && view === 'targets' && data.targets.length === 0 && (
          <p className="jt-empty">还没有设置备份文件夹。请系统管理员按 F2，填写另一块盘或共享上的文件夹。</p>
        )}
        {view === 'targets' &&
          data?.targets.map((target) => (
            <TargetCard
              key={target.path}
              target={target}
              busy={running !== null}
              onMake={manages ? () => void make.run(target.path) : null}
              onDrill={(name) => setDrilled({ target, name })}
            />
          ))}
        {data !== undefined && view === 'history' && <History entries={data.history} />}
        {view === 'retention' && <RetentionTable />}
        {data !== undefined && view === 'help' && <Help folder={data.data.folder} />}
      </div>
      {dialog === 'settings' && data !== undefined && (
        <SettingsDialog settings={data.settings} onClose={() => setDialog(null)} onSaved={reread} />
      )}
      {dialog === 'passphrase' && data !== undefined && (
        <PassphraseDialog encrypted={data.encrypted} onClose={() => setDialog(null)} onSaved={reread} />
      )}
      {drilled !== null && <DrillDialog target={drilled.target} name={drilled.name} onClose={() => setDrilled(null)} />}
    </Pane>
  );
}

/** The one sentence that a person comes for. */
function Standing({ data }: { data: Overview }) {
  const now = useMinute();
  const goods = data.targets.flatMap(({ goodAt }) => (goodAt === null ? [] : [goodAt]));
  const newest = goods.sort().at(-1) ?? null;
  const old = newest === null || now - Date.parse(newest) > data.settings.alarmHours * 3_600_000;
  const drill = data.history.find(({ kind }) => kind === 'drill');
  const next = data.targets.flatMap(({ nextAt }) => (nextAt === null ? [] : [nextAt])).sort()[0];
  return (
    <section className="jt-card jt-backup-standing" data-testid="backup-standing">
      <p className={`jt-tone-${old ? 'bad' : 'good'}`}>
        <span aria-hidden="true">{old ? '✕ ' : '✓ '}</span>
        {newest === null ? '还没有一份完好的备份。' : `最近一份完好的备份：${showTime(newest)}。`}
        {old && newest !== null && `超过规定的 ${data.settings.alarmHours} 小时。`}
      </p>
      <p>
        下一次：{next === undefined ? '没有计划' : showTime(next)}　加密：{data.encrypted ? '是' : '否'}　数据盘剩余：
        {showBytes(data.data.freeBytes)}
      </p>
      {data.data.text !== null && <p className="jt-tone-bad">▲ {data.data.text}</p>}
      <p>
        {drill === undefined
          ? '还没有做过恢复演练：只有试着恢复过，才知道备份能用。'
          : `上次恢复演练 ${showTime(drill.at)}：${historyWords[drill.state].word}。${drill.state === 'good' ? '' : drill.text}`}
      </p>
    </section>
  );
}

function History({ entries }: { entries: Overview['history'] }) {
  if (entries.length === 0) return <p className="jt-empty">还没有备份过。</p>;
  return (
    <table className="jt-table" data-testid="backup-history">
      <thead>
        <tr>
          <th>时间</th>
          <th>事情</th>
          <th>结果</th>
          <th>说明</th>
          <th className="jt-right">写入</th>
          <th className="jt-right">用时</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={`${entry.at}|${entry.kind}|${entry.target}`} data-testid="backup-history-row">
            <td>{showTime(entry.at)}</td>
            <td>{kindNames[entry.kind]}</td>
            <td>
              <StateTag state={historyWords[entry.state]} />
            </td>
            <td className="jt-wrap">
              {entry.text}
              <br />
              <span className="jt-soft">{entry.name === '' ? entry.target : `${entry.target} / ${entry.name}`}</span>
            </td>
            <td className="jt-right">{entry.bytes === 0 ? '—' : showBytes(entry.bytes)}</td>
            <td className="jt-right">{entry.seconds === 0 ? '—' : `${entry.seconds} 秒`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Help({ folder }: { folder: string }) {
  return (
    <section className="jt-card" data-testid="backup-help">
      <h3>电脑或硬盘坏了，怎样恢复</h3>
      <ol>
        <li>在新电脑上安装检台，接上备份盘或共享文件夹。</li>
        <li>
          在命令行运行 <code>jiantai restore --from 备份文件夹 --to 空文件夹</code>
          。恢复从不覆盖已有的文件；加密的备份用 <code>--passphrase-file</code> 给出口令。
        </li>
        <li>用恢复出来的文件夹打开检台（--data），系统管理员重新填写平台密钥和备份口令（钥匙不随备份走）。</li>
        <li>审计记录里会写明由哪一份备份恢复；备份之后做的工作须按纸质记录和平台核对、补办。</li>
      </ol>
      <h3>检台打不开，提示数据库损坏</h3>
      <ol>
        <li>不要删除、移动 {folder} 里的任何文件。</li>
        <li>按打开时出现的页面选择备份恢复；损坏的数据库会改名保留，备份之后的内容会列出清单。</li>
      </ol>
      <p className="jt-soft">口令忘了，加密的备份谁也打不开。请把口令写下来，封存在保险柜里。</p>
    </section>
  );
}

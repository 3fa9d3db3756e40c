// The page of a program whose data cannot be opened: what was found, what was kept, which backups there are, and three
// ways on. A person decides; nothing happens by itself.
import { Button, Input } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import type { CallOutput } from '../../shared/contract/calls.ts';
import type { RecoveryState } from '../../shared/recovery/calls.ts';
import type { WindowClient } from '../client.ts';
import { phaseNames, percentOf, showBytes } from '../backup/words.ts';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { showTime } from '../design/time.ts';
import { useCommand } from '../design/useCommand.ts';
import { LookTable } from './LookTable.tsx';
import '../backup/backup.css';

const askEveryMs = 700;

/** The state of a stopped program; null in one that runs. */
export function useRecovery(client: Pick<WindowClient, 'call'>, ask: boolean) {
  const [state, setState] = useState<RecoveryState | null>(null);
  const read = useCallback(
    (folder?: string): Promise<void> =>
      client
        .call('recovery.state', folder === undefined || folder === '' ? {} : { folder })
        .then((now) => setState(now.state === 'none' ? null : now)),
    [client],
  );
  useEffect(() => {
    // A window whose far side does not answer at all has nothing to show but that.
    if (ask) read().catch(() => undefined);
  }, [ask, read]);
  return { state, read };
}

export function RecoveryPage({
  client,
  state,
  read,
  onDone,
}: {
  client: WindowClient;
  state: RecoveryState;
  read: (folder?: string) => Promise<void>;
  onDone: () => void;
}) {
  const [chosen, setChosen] = useState<string | null>(null);
  const [folder, setFolder] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [person, setPerson] = useState('');
  const [reason, setReason] = useState('');
  const [look, setLook] = useState<CallOutput<'recovery.look'> | null>(null);
  const keyOf = (one: RecoveryState['backups'][number]): string => `${one.target}|${one.name}`;
  const usual = state.backups.find(({ good }) => good) ?? state.backups[0];
  const backup = state.backups.find((one) => keyOf(one) === chosen) ?? usual;
  const working = state.state === 'working';
  useEffect(() => {
    if (!working) return undefined;
    const timer = setInterval(() => void read(folder).catch(() => undefined), askEveryMs);
    return () => clearInterval(timer);
  }, [working, read, folder]);
  const retry = useCommand(async () => {
    await client.call('recovery.act', { action: 'retry' });
    onDone();
  });
  const looking = useCommand(async () => setLook(await client.call('recovery.look', {})));
  const restore = useCommand(async () => {
    if (!backup) return;
    const { target, name } = backup;
    await client.call('recovery.act', { action: 'restore', target, name, passphrase, person, reason });
    setPassphrase('');
    await read(folder);
  });
  const ready = backup !== undefined && person.trim() !== '' && reason.trim() !== '' && !working;
  if (state.state === 'recovered') {
    return (
      <main className="jt-recovery" data-testid="recovery" data-state="recovered">
        <h1>已经恢复</h1>
        <section className="jt-card">
          {state.outcome.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </section>
        <p>
          <Button type="primary" autoFocus onClick={onDone} data-testid="recovery-go">
            去登录
          </Button>
        </p>
      </main>
    );
  }
  return (
    <main className="jt-recovery" data-testid="recovery" data-state={state.state}>
      <h1>检台没有打开：数据需要人来处理</h1>
      <ErrorBlock error={state.error} />
      <section className="jt-card">
        <h3>现在的情况</h3>
        <p>数据文件夹 {state.dataFolder} 里的文件都原样保留，程序没有改动：</p>
        <ul>
          {state.kept.map(({ name, bytes }) => (
            <li key={name}>
              {name}（{showBytes(bytes)}）
            </li>
          ))}
          {state.kept.length === 0 && <li>没有数据库文件</li>}
        </ul>
        <p>
          <Button onClick={() => void retry.run()} loading={retry.busy} disabled={working} data-testid="recovery-retry">
            再试一次打开
          </Button>{' '}
          <Button
            onClick={() => void looking.run()}
            loading={looking.busy}
            disabled={working}
            data-testid="recovery-look"
          >
            只读查看还能读出什么
          </Button>
        </p>
        <ErrorBlock error={retry.error ?? looking.error} />
        {look !== null && <LookTable look={look} />}
      </section>
      {state.mayRestore && (
        <section className="jt-card">
          <h3>用备份恢复</h3>
          <p>损坏的数据库会改名保留，不删除；备份之后做过的工作会从里面找出来，列成清单。</p>
          {state.missing.map((line) => (
            <p key={line} className="jt-tone-warn">
              ▲ {line}
            </p>
          ))}
          <form
            className="jt-backup-form"
            onSubmit={(event) => {
              event.preventDefault();
              void read(folder);
            }}
          >
            <label className="jt-field">
              <span>在别的文件夹里找备份</span>
              <input
                className="jt-input"
                value={folder}
                onChange={(event) => setFolder(event.target.value)}
                data-testid="recovery-folder"
              />
            </label>
            <div>
              <Button htmlType="submit" disabled={working} data-testid="recovery-find">
                查找
              </Button>
            </div>
          </form>
          {state.backups.length === 0 ? (
            <p className="jt-tone-bad">✕ 没有找到备份。请接上备份盘，或填写备份所在的文件夹。</p>
          ) : (
            <fieldset className="jt-recovery-list">
              <legend>选择备份（最近的在前）</legend>
              {state.backups.slice(0, 10).map((one) => (
                <p key={keyOf(one)}>
                  <label>
                    <input
                      type="radio"
                      name="backup"
                      checked={backup === one}
                      onChange={() => setChosen(keyOf(one))}
                      data-testid="recovery-backup"
                    />{' '}
                    {showTime(one.madeAt, true)}，记录 {one.records} 份，{one.good ? '✓ 完好' : `▲ ${one.text}`}
                    {one.encrypted ? '，加密' : ''} <span className="jt-soft">{one.target}</span>
                  </label>
                </p>
              ))}
            </fieldset>
          )}
          <form
            className="jt-backup-form"
            onSubmit={(event) => {
              event.preventDefault();
              if (ready) void restore.run();
            }}
          >
            <label className="jt-field">
              <span>决定的人（写入审计记录）</span>
              <input
                className="jt-input"
                value={person}
                onChange={(event) => setPerson(event.target.value)}
                data-testid="recovery-person"
              />
            </label>
            <label className="jt-field">
              <span>原因</span>
              <input
                className="jt-input"
                value={reason}
                onChange={(event) => setReason(event.target.value)}
                data-testid="recovery-reason"
              />
            </label>
            {backup?.encrypted === true && (
              <label className="jt-field">
                <span>备份的口令</span>
                <Input.Password
                  autoComplete="off"
                  value={passphrase}
                  onChange={(event) => setPassphrase(event.target.value)}
                  data-testid="recovery-passphrase"
                />
              </label>
            )}
            <div className="jt-backup-wide">
              <ErrorBlock error={restore.error ?? (working ? null : state.failure)} />
              <Button
                type="primary"
                htmlType="submit"
                disabled={!ready}
                loading={working}
                data-testid="recovery-restore"
              >
                用这份备份恢复
              </Button>
              {state.progress !== null && (
                <span role="status">
                  {' '}
                  {phaseNames[state.progress.phase]} {percentOf(state.progress)}%
                </span>
              )}
            </div>
          </form>
        </section>
      )}
    </main>
  );
}

// 数据校验: everything that lies here, against itself, against the platform, and against the head on a printed report. How
// far it is, a way to stop it, the first fault with what to do, and what came of it last time.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import type { VerifyPart, VerifyProgress } from '../../shared/contract/audit.ts';
import type { CallOutput } from '../../shared/contract/calls.ts';
import { useClient } from '../client.ts';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { useHotkeys } from '../design/hotkeys.ts';
import { showTime } from '../design/time.ts';
import { useCommand } from '../design/useCommand.ts';

type State = CallOutput<'audit.state'>;

const partNames: Record<VerifyPart, string> = {
  audit: '审计链',
  rows: '数据行',
  runs: '原始采集文件',
  files: '仪器文件与证明材料',
  signatures: '签名与结果',
  reports: '报告与上传队列',
  platform: '与平台核对',
};

/** What a person does about a fault; the words of the fault say what it is. */
const wayOut =
  '请不要继续修改数据；把这一页和数据文件夹原样保留，通知质量负责人，查明是谁、何时改动，再决定是否用备份恢复。';

export function useAuditState() {
  const client = useClient();
  const queries = useQueryClient();
  const query = useQuery({ queryKey: ['audit.state'], queryFn: () => client.call('audit.state', {}) });
  const [progress, setProgress] = useState<VerifyProgress | null | undefined>(undefined);
  useEffect(
    () =>
      client.subscribe((event) => {
        if (event.type !== 'audit.progress') return;
        setProgress(event.progress);
        if (event.progress === null) void queries.invalidateQueries({ queryKey: ['audit.state'] });
      }),
    [client, queries],
  );
  return { state: query.data ?? null, running: progress === undefined ? (query.data?.running ?? null) : progress };
}

export function VerifyCard({ state, running }: { state: State | null; running: VerifyProgress | null }) {
  const client = useClient();
  const queries = useQueryClient();
  const again = () => queries.invalidateQueries({ queryKey: ['audit.state'] });
  const verify = useCommand(async () => {
    await client.call('audit.verify', {});
    await again();
  });
  const platform = useCommand(async () => {
    await client.call('audit.verifyPlatform', {});
    await again();
  });
  const cancel = useCommand(() => client.call('audit.cancelVerify', {}));
  const busy = verify.busy || platform.busy || running !== null;
  useHotkeys('审计', [
    { keys: 'F9', name: '校验全部数据', run: () => void verify.run(), disabled: busy },
    { keys: 'F8', name: '与平台核对', run: () => void platform.run(), disabled: busy },
    { keys: 'F10', name: '停止校验', run: () => void cancel.run(), disabled: running === null },
  ]);
  return (
    <section className="jt-card">
      <h3>数据校验</h3>
      <p className="jt-soft">
        逐条核对审计链、数据库结构、原始采集文件和签名；再与平台见证的链头核对。有一处对不上，就指出第一处。校验期间可以照常工作。
      </p>
      <div className="jt-audit-actions">
        <Button
          type="primary"
          onClick={() => void verify.run()}
          loading={verify.busy}
          disabled={busy && !verify.busy}
          data-testid="audit-verify"
        >
          校验全部数据 <kbd className="jt-key">F9</kbd>
        </Button>
        <Button
          onClick={() => void platform.run()}
          loading={platform.busy}
          disabled={busy && !platform.busy}
          data-testid="audit-platform"
        >
          与平台核对 <kbd className="jt-key">F8</kbd>
        </Button>
        {running !== null && (
          <>
            <Button onClick={() => void cancel.run()} data-testid="audit-cancel">
              停止 <kbd className="jt-key">F10</kbd>
            </Button>
            <span role="status" data-testid="audit-progress" data-part={running.part}>
              {partNames[running.part]}
              {running.total > 1 && ` ${running.done} / ${running.total}`}
            </span>
            <progress max={Math.max(1, running.total)} value={running.done} aria-label={partNames[running.part]} />
          </>
        )}
      </div>
      <ErrorBlock error={verify.error ?? platform.error} />
      {!verify.busy && state?.last && <Result last={state.last} />}
      {!platform.busy && state?.lastWitness && <Witness last={state.lastWitness} />}
      {state !== null && state.last === null && <p className="jt-soft">还没有校验过。</p>}
      <HeadCheck />
    </section>
  );
}

const made = ({ at, by, seconds }: { at: string; by: string; seconds: number }): string =>
  `${showTime(at, true)} 由 ${by} 校验，用时 ${seconds.toFixed(1)} 秒`;

function Result({ last }: { last: NonNullable<State['last']> }) {
  const { checked } = last;
  return (
    <div
      className={`jt-verify jt-tone-${last.ok ? 'good' : 'bad'}`}
      role="status"
      data-testid="audit-result"
      data-ok={last.ok}
      data-at={last.at}
    >
      <p className="jt-verify-word">{last.ok ? '✓ 全部一致，没有发现改动' : '✕ 发现不一致'}</p>
      {last.firstFault !== null && (
        <>
          <p>{last.firstFault}</p>
          <p>{wayOut}</p>
        </>
      )}
      <p className="jt-soft">{made(last)}</p>
      <p className="jt-soft">
        审计 {checked.audit} 条 · 数据 {checked.rows} 行 · 采集 {checked.runs} 次 · 签名 {checked.signatures} 个
      </p>
      <p className="jt-soft">
        链头 <code>{last.head}</code>
      </p>
      <p className="jt-soft">
        结构摘要 <code>{last.schema}</code>
      </p>
    </div>
  );
}

function Witness({ last }: { last: NonNullable<State['lastWitness']> }) {
  return (
    <div
      className={`jt-verify jt-tone-${last.ok ? 'good' : 'bad'}`}
      role="status"
      data-testid="audit-witness"
      data-ok={last.ok}
    >
      <p className="jt-verify-word">{last.ok ? '✓ 与平台见证的一致' : '✕ 与平台见证的不一致'}</p>
      {last.firstFault !== null && (
        <>
          <p>{last.firstFault}</p>
          <p>{wayOut}</p>
        </>
      )}
      <p className="jt-soft">{made(last)}</p>
      <p className="jt-soft">
        问过 {last.asked} 份报告，平台证实 {last.witnessed} 份，未赋码 {last.unanswered} 份
        {last.upToSeq !== null &&
          ` · 第 ${last.upToSeq} 条以前的历史已有平台见证，其后 ${last.since} 条随下一份报告送出`}
      </p>
    </div>
  );
}

/** The short head that stands at the foot of a report. */
function HeadCheck() {
  const client = useClient();
  const [head, setHead] = useState('');
  const [found, setFound] = useState<CallOutput<'audit.findHead'> | null>(null);
  const look = useCommand(async () => setFound(await client.call('audit.findHead', { head: head.trim() })));
  return (
    <form
      className="jt-audit-ask"
      onSubmit={(event) => {
        event.preventDefault();
        if (head.trim() !== '') void look.run();
      }}
    >
      <span className="jt-soft">报告上印的链头</span>
      <input
        className="jt-input"
        id="audit-head"
        aria-label="报告上印的审计链头"
        placeholder="16 位，可带空格"
        value={head}
        onChange={(event) => {
          setHead(event.target.value);
          setFound(null);
        }}
        data-testid="audit-head"
      />
      <Button htmlType="submit" disabled={head.trim() === ''} loading={look.busy} data-testid="audit-head-find">
        核对 <kbd className="jt-key">Enter</kbd>
      </Button>
      <ErrorBlock error={look.error} />
      {found !== null && (
        <p
          className={`jt-audit-said jt-tone-${found.found ? 'good' : 'bad'}`}
          role="status"
          data-testid="audit-head-said"
          data-found={found.found}
        >
          {found.found
            ? `✓ 在审计链里：第 ${found.seq} 条，${showTime(found.at, true)}${found.reports.length > 0 ? `，${found.reports.join('、')}` : ''}`
            : '✕ 不在审计链里。请核对抄录；抄录无误，说明这份报告批准之前的历史被重写过，或报告不是本机出的。'}
        </p>
      )}
    </form>
  );
}

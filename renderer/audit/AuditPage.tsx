// 审计: prove that nothing was changed behind the program's back, and read what happened to any one thing.
import { Button, Select } from 'antd';
import { useState } from 'react';
import type { CallOutput } from '../../shared/contract/calls.ts';
import { useClient } from '../client.ts';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { fieldName } from '../design/fieldNames.ts';
import { useHotkeys } from '../design/hotkeys.ts';
import { Pane } from '../design/Pane.tsx';
import { showTime } from '../design/time.ts';
import { ReplayDialog } from '../replay/ReplayDialog.tsx';
import { useCommand } from '../design/useCommand.ts';

/** Entities as the store names them. */
const entities: readonly (readonly [value: string, label: string])[] = [
  ['commission', '委托单'],
  ['sample', '样品'],
  ['testRecord', '原始记录'],
  ['run', '采集数据'],
  ['report', '检测报告'],
  ['evaluation', '评定表（核对编号）'],
  ['equipment', '设备'],
  ['userAccount', '用户'],
  ['setting', '设置'],
  ['methodValidation', '方法验证（编号 methods）'],
];

const actions: Record<string, string> = {
  insert: '新建',
  put: '写入',
  update: '修改',
  delete: '删除',
  event: '事件',
  sign: '签名',
};

/** Values are kept as JSON; people read the text inside. */
function plain(value: string): string {
  if (value === 'null') return '（空）';
  return /^"([^"\\]*)"$/.exec(value)?.[1] ?? value;
}

export function AuditPage() {
  const client = useClient();
  const [result, setResult] = useState<CallOutput<'audit.verify'> | null>(null);
  const [entity, setEntity] = useState('testRecord');
  const [key, setKey] = useState('');
  const [runNo, setRunNo] = useState('');
  const [replaying, setReplaying] = useState<string | null>(null);
  const [history, setHistory] = useState<CallOutput<'audit.history'>['entries'] | null>(null);
  const verify = useCommand(async () => {
    setResult(null);
    setResult(await client.call('audit.verify', {}));
  });
  const read = useCommand(async () => {
    setHistory((await client.call('audit.history', { entity, key: key.trim() })).entries);
  });
  useHotkeys('审计', [{ keys: 'F9', name: '校验全部数据', run: () => void verify.run() }]);
  return (
    <Pane title="审计">
      <div className="jt-form" data-testid="place-audit">
        <section className="jt-card">
          <h3>数据校验</h3>
          <p className="jt-soft">逐条核对审计链、数据保护、原始采集文件和签名。有一处对不上，就指出第一处。</p>
          <Button type="primary" onClick={() => void verify.run()} loading={verify.busy} data-testid="audit-verify">
            校验全部数据 <kbd className="jt-key">F9</kbd>
          </Button>
          <ErrorBlock error={verify.error} />
          {result !== null && (
            <div
              className={`jt-verify jt-tone-${result.ok ? 'good' : 'bad'}`}
              role="status"
              data-testid="audit-result"
              data-ok={result.ok}
            >
              <p className="jt-verify-word">{result.ok ? '✓ 全部一致，没有发现改动' : '✕ 发现不一致'}</p>
              {result.firstFault !== null && <p>{result.firstFault}</p>}
              <p className="jt-soft">
                审计 {result.checked.audit} 条 · 数据 {result.checked.rows} 行 · 采集 {result.checked.runs} 次 · 签名{' '}
                {result.checked.signatures} 个
              </p>
              <p className="jt-soft">
                链头 <code>{result.head}</code>
              </p>
            </div>
          )}
        </section>
        <section className="jt-card">
          <h3>回放采集</h3>
          <p className="jt-soft">逐点重看任何一次已封存的采集，由原始字节重新计算并与封存值、记录核对。</p>
          <form
            className="jt-audit-ask"
            onSubmit={(event) => {
              event.preventDefault();
              if (runNo.trim() !== '') setReplaying(runNo.trim());
            }}
          >
            <input
              className="jt-input"
              aria-label="采集编号"
              placeholder="采集编号"
              value={runNo}
              onChange={(event) => setRunNo(event.target.value)}
              data-testid="audit-run"
            />
            <Button htmlType="submit" disabled={runNo.trim() === ''} data-testid="audit-replay">
              回放 <kbd className="jt-key">Enter</kbd>
            </Button>
          </form>
          {replaying !== null && (
            <ReplayDialog runId={replaying} title={replaying} onClose={() => setReplaying(null)} />
          )}
        </section>
        <section className="jt-card">
          <h3>查看经过</h3>
          <form
            className="jt-audit-ask"
            onSubmit={(event) => {
              event.preventDefault();
              if (key.trim() !== '') void read.run();
            }}
          >
            <Select
              aria-label="对象"
              value={entity}
              options={entities.map(([value, label]) => ({ value, label }))}
              onChange={(value) => setEntity(value)}
            />
            <input
              className="jt-input"
              aria-label="编号"
              placeholder="编号，如记录编号"
              value={key}
              onChange={(event) => setKey(event.target.value)}
              data-testid="audit-key"
            />
            <Button htmlType="submit" loading={read.busy} disabled={key.trim() === ''} data-testid="audit-read">
              查看 <kbd className="jt-key">Enter</kbd>
            </Button>
          </form>
          <ErrorBlock error={read.error} />
          {history !== null && (
            <table className="jt-table jt-table-tight" data-testid="audit-history">
              <thead>
                <tr>
                  <th className="jt-right">序号</th>
                  <th>时间</th>
                  <th>人员</th>
                  <th>动作</th>
                  <th>字段</th>
                  <th>原值 → 新值</th>
                  <th>原因</th>
                </tr>
              </thead>
              <tbody>
                {history.map((entry) => (
                  <tr key={entry.seq}>
                    <td className="jt-right">{entry.seq}</td>
                    <td>{showTime(entry.at, true)}</td>
                    <td>{entry.actor}</td>
                    <td>{actions[entry.action] ?? entry.action}</td>
                    <td>{entry.field === null ? '—' : fieldName(entry.field)}</td>
                    <td className="jt-wrap">
                      {entry.oldValue !== null && <s>{plain(entry.oldValue)}</s>}{' '}
                      {entry.newValue !== null && `→ ${plain(entry.newValue)}`}
                    </td>
                    <td className="jt-wrap">{entry.reason ?? '—'}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {history?.length === 0 && <p className="jt-soft">没有这个编号的记录。请核对对象和编号。</p>}
        </section>
      </div>
    </Pane>
  );
}

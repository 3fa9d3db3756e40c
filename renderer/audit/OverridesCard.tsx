// 放行: what a named person let pass where the supervisor leaves a control off; to let pass, to end, and all of them kept.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { GateOverrideRow } from '../../shared/contract/gate.ts';
import { toErrorInfo, useClient } from '../client.ts';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { ReasonDialog } from '../design/ReasonDialog.tsx';
import { showTime } from '../design/time.ts';
import { useCommand } from '../design/useCommand.ts';
import { usePermit } from '../state/session.ts';

type Question = GateOverrideRow['question'];
const questions: Record<Question, { name: string; subject: string }> = {
  scope: { name: '资质范围', subject: '检测项目代码' },
  contract: { name: '合同', subject: '合同编号' },
  personnel: { name: '人员资格', subject: '人员编号' },
  equipment: { name: '设备', subject: '设备编号' },
};
const places: Record<GateOverrideRow['entity'], string> = { commission: '委托单', project: '工程' };

export function OverridesCard() {
  const client = useClient();
  const queries = useQueryClient();
  const may = usePermit('gate.override');
  const query = useQuery({ queryKey: ['gate.overrides'], queryFn: () => client.call('gate.overrides', {}) });
  const [ending, setEnding] = useState<GateOverrideRow | null>(null);
  const again = () => queries.invalidateQueries({ queryKey: ['gate.overrides'] });
  if (query.error !== null) return <ErrorBlock error={toErrorInfo(query.error)} onRetry={() => void query.refetch()} />;
  const { open = [], rows = [] } = query.data ?? {};
  return (
    <section className="jt-card" data-testid="overrides">
      <h3>
        放行 <kbd className="jt-key">F6</kbd>
      </h3>
      <p className="jt-soft">
        {open.length === 0
          ? '监管平台强制全部控制项，没有可以放行的。'
          : `监管平台没有强制：${open.map((one) => questions[one].name).join('、')}。放行只对所写的一件事有效，须写明理由，随检查结果保存。`}
      </p>
      {may && open.length > 0 && <OverrideForm open={open} onDone={again} />}
      {rows.length > 0 && (
        <table className="jt-table jt-table-tight">
          <thead>
            <tr>
              <th>检查项</th>
              <th>对象</th>
              <th>限于</th>
              <th>放行人</th>
              <th>时间</th>
              <th>理由</th>
              <th>状态</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.overrideId} data-testid="override-row" data-key={row.overrideId}>
                <td>{questions[row.question].name}</td>
                <td>{row.subject}</td>
                <td>
                  {places[row.entity]} {row.entityKey}
                </td>
                <td>{row.personName}</td>
                <td>{showTime(row.at)}</td>
                <td className="jt-wrap">{row.reason}</td>
                <td className="jt-wrap">
                  {row.endedAt === null ? (
                    <>
                      {open.includes(row.question) ? '▲ 有效' : '○ 平台已强制，不起作用'}{' '}
                      {may && (
                        <Button size="small" onClick={() => setEnding(row)} data-testid="override-end">
                          终止
                        </Button>
                      )}
                    </>
                  ) : (
                    `○ ${showTime(row.endedAt)} ${row.endedBy ?? ''} 终止：${row.endReason ?? ''}`
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {ending !== null && (
        <ReasonDialog
          title={`终止放行：${questions[ending.question].name} ${ending.subject}`}
          usual={['已按规定办妥', '放行有误']}
          confirmText="终止"
          onClose={() => setEnding(null)}
          onConfirm={async (reason) => {
            await client.call('gate.endOverride', { overrideId: ending.overrideId, reason });
            setEnding(null);
            await again();
          }}
        />
      )}
    </section>
  );
}

function OverrideForm({ open, onDone }: { open: readonly Question[]; onDone: () => Promise<void> }) {
  const client = useClient();
  const [question, setQuestion] = useState<Question>(open[0] ?? 'equipment');
  const [subject, setSubject] = useState('');
  const [entity, setEntity] = useState<GateOverrideRow['entity']>('commission');
  const [entityKey, setEntityKey] = useState('');
  const [reason, setReason] = useState('');
  const [password, setPassword] = useState('');
  const ready = [subject, entityKey, reason, password].every((text) => text.trim() !== '');
  const send = useCommand(async () => {
    try {
      await client.call('gate.override', { question, subject: subject.trim(), entity, entityKey: entityKey.trim(), reason: reason.trim(), password }); // prettier-ignore
    } finally {
      setPassword('');
    }
    setSubject('');
    setReason('');
    await onDone();
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void send.run();
      }}
    >
      <div className="jt-audit-override">
        <Select
          aria-label="检查项"
          value={question}
          options={open.map((one) => ({ value: one, label: questions[one].name }))}
          onChange={(value) => setQuestion(value)}
        />
        <Input
          id="override-subject"
          placeholder={questions[question].subject}
          aria-label={questions[question].subject}
          maxLength={60}
          value={subject}
          onChange={(event) => setSubject(event.target.value)}
          data-testid="override-subject"
        />
        <Select
          aria-label="限于"
          value={entity}
          options={Object.entries(places).map(([value, label]) => ({ value: value as typeof entity, label }))}
          onChange={(value) => setEntity(value)}
        />
        <Input
          placeholder={`${places[entity]}编号`}
          aria-label={`${places[entity]}编号`}
          maxLength={60}
          value={entityKey}
          onChange={(event) => setEntityKey(event.target.value)}
          data-testid="override-key"
        />
        <Input
          className="jt-audit-wide"
          placeholder="理由（必填，随检查结果保存）"
          aria-label="理由"
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          data-testid="override-reason"
        />
        <Input.Password
          placeholder="本人密码"
          aria-label="本人密码"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          data-testid="override-password"
        />
      </div>
      <Button htmlType="submit" loading={send.busy} disabled={!ready} data-testid="override-send">
        放行 <kbd className="jt-key">Enter</kbd>
      </Button>
      <ErrorBlock error={send.error} />
    </form>
  );
}

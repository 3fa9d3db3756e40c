// How a machine is connected: its setting, whether that was compared with the display, and every time it was.
import { Button } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import type { CallOutput } from '../../../shared/contract/calls.ts';
import type { Commissioning } from '../../../shared/contract/instruments.ts';
import { useClient } from '../../client.ts';
import { ErrorBlock } from '../../design/ErrorBlock.tsx';
import { Facts } from '../../design/Facts.tsx';
import { StateTag } from '../../design/StateTag.tsx';
import { useCommand } from '../../design/useCommand.ts';
import type { StateWord } from '../../design/words.ts';
import { sayLine } from './wizardDraft.ts';

export type History = CallOutput<'instruments.history'>;

const stateWords: Record<History['state'], StateWord> = {
  none: { word: '没有设置端口', tone: 'quiet', shape: '○' },
  confirmed: { word: '已确认', tone: 'good', shape: '●' },
  unconfirmed: { word: '未确认', tone: 'warn', shape: '▲' },
};

/** `change` moves with every change of the machine's row, so that the history is read again. */
export function useHistory(equipmentId: string, change: unknown) {
  const client = useClient();
  const [history, setHistory] = useState<History | null>(null);
  const load = useCallback(
    async () => setHistory(await client.call('instruments.history', { equipmentId })),
    [client, equipmentId],
  );
  const command = useCommand(load);
  useEffect(() => {
    void command.run();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the machine and its changes decide
  }, [load, change]);
  return { history, error: command.error, reload: () => void command.run() };
}

function OneRecord({ record }: { record: Commissioning }) {
  return (
    <details className="jt-commissioning" data-testid="commissioning" data-key={record.commissioningId}>
      <summary>
        {record.at.slice(0, 16).replace('T', ' ')} {record.personName}：显示 {record.shown}，收到 {record.received}
      </summary>
      <Facts
        columns={2}
        facts={[
          ['证书编号', record.certificateNo],
          ['有效期', `至 ${record.validTo}`],
          ['量程', record.rangeText],
          ['等级', record.accuracyClass],
          ['零点', record.zero ?? '不适用'],
          ['仪器编号', record.identity ?? (record.identityAsked ? '未应答' : '不自报')],
          ['端口', [record.path, record.port].filter(Boolean).join('，'), 'wide'],
          ['协议', `${record.driverTitle}，${record.driverVersion} 版，${record.line}`, 'wide'],
          ['配置', record.profile === null ? '无' : <code key="profile">{record.profile}</code>, 'wide'],
          ['原始字节', <code key="raw">{record.raw}</code>, 'wide'],
          ['说明', record.remark ?? '', 'wide'],
        ]}
      />
    </details>
  );
}

export function Connection({
  machine,
  history,
  onWizard,
  onChanged,
}: {
  machine: { id: string };
  history: History;
  onWizard: () => void;
  onChanged: () => void;
}) {
  const client = useClient();
  const clear = useCommand(async () => {
    await client.call('equipment.setPort', { equipmentId: machine.id, path: '', baudRate: 9600, lineProfile: '' });
    onChanged();
  });
  const { setting } = history;
  return (
    <section className="jt-connection" data-testid="connection" data-state={history.state}>
      <header className="jt-detail-head">
        <h4>仪器连接</h4>
        <StateTag state={stateWords[history.state]} />
        <span className="jt-spring" />
        {setting !== null && (
          <Button onClick={() => void clear.run()} loading={clear.busy} data-testid="port-clear">
            清除端口
          </Button>
        )}
        <Button type="primary" onClick={onWizard} data-testid="wizard-open">
          连接向导 <kbd className="jt-key">F4</kbd>
        </Button>
      </header>
      {history.reason !== null && <p className="jt-note jt-tone-warn">▲ {history.reason}请用连接向导核对示值。</p>}
      <ErrorBlock error={clear.error} onClose={clear.clear} />
      {setting !== null && (
        <Facts
          columns={2}
          facts={[
            ['端口', setting.path],
            ['线路', sayLine(setting.line)],
            ['协议', setting.driverTitle, 'wide'],
            [
              '转接器',
              [setting.identity, setting.place && `插口 ${setting.place}`].filter(Boolean).join('，') || '系统没有给出',
              'wide',
            ],
          ]}
        />
      )}
      <h4>确认记录</h4>
      {history.records.length === 0 && <p className="jt-soft">还没有确认记录。</p>}
      {history.records.map((record) => (
        <OneRecord key={record.commissioningId} record={record} />
      ))}
    </section>
  );
}

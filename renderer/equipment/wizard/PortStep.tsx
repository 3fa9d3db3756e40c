// 端口: which adapter the instrument hangs on, by its name, serial number and socket; and whose it is already.
import { Button } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import type { PortFacts } from '../../../shared/contract/instruments.ts';
import { useClient } from '../../client.ts';
import { ErrorBlock } from '../../design/ErrorBlock.tsx';
import { useCommand } from '../../design/useCommand.ts';
import { sayPort } from './wizardDraft.ts';

export function PortStep({
  equipmentId,
  path,
  onPath,
}: {
  equipmentId: string;
  path: string;
  onPath: (path: string) => void;
}) {
  const client = useClient();
  const [ports, setPorts] = useState<readonly PortFacts[] | null>(null);
  const load = useCallback(async () => setPorts((await client.call('instruments.ports', {})).ports), [client]);
  const list = useCommand(load);
  useEffect(() => {
    void list.run();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, when the step opens
  }, []);
  return (
    <div className="jt-step" data-testid="step-port">
      <p>把仪器的数据线接到本机，选它所在的端口。认的是转接器的序列号或插口，端口名称以后变了也能找到。</p>
      <div className="jt-port-list" role="radiogroup" aria-label="端口">
        {(ports ?? []).map((port) => {
          const other = port.equipmentId !== null && port.equipmentId !== equipmentId;
          return (
            <label key={port.path} className="jt-port-choice" data-testid="wizard-port" data-key={port.path}>
              <input
                type="radio"
                name="wizard-port"
                checked={path === port.path}
                disabled={other}
                onChange={() => onPath(port.path)}
              />
              <b>{port.path}</b>
              <span>{sayPort(port)}</span>
              {port.equipmentId !== null && (
                <span className={other ? 'jt-tone-warn' : 'jt-tone-good'}>
                  {other ? `已设给 ${port.equipmentId} ${port.equipmentName ?? ''}` : '这台设备现在的端口'}
                  {port.formerPath !== null && `（原来叫 ${port.formerPath}）`}
                </span>
              )}
            </label>
          );
        })}
        {ports !== null && ports.length === 0 && <p className="jt-soft">本机没有发现串口。请插好转接器后重新列出。</p>}
      </div>
      <div className="jt-port-other">
        <label className="jt-field">
          <span>或者填写端口（网络串口写 tcp://地址:端口）</span>
          <input
            className="jt-input"
            value={path}
            placeholder="COM3、/dev/ttyUSB0 或 tcp://192.168.1.20:4001"
            onChange={(event) => onPath(event.target.value)}
            data-testid="wizard-path"
          />
        </label>
        <Button onClick={() => void list.run()} loading={list.busy}>
          重新列出
        </Button>
      </div>
      <ErrorBlock error={list.error} />
    </div>
  );
}

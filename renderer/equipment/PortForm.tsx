// Port and line profile of a machine. The profile is data (JSON text); an empty one stands for the virtual machine's
// own stream. What is typed is kept as a draft until it is stored.
import { Button } from 'antd';
import { useState } from 'react';
import type { CallOutput } from '../../shared/contract/calls.ts';
import { useClient } from '../client.ts';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { useCommand } from '../design/useCommand.ts';
import { usePermit } from '../state/session.ts';
import { useDraft } from '../state/useDraft.ts';
import type { Machine } from './EquipmentPage.tsx';

interface Typed {
  path: string;
  baudRate: string;
  lineProfile: string;
}

function accept(content: unknown): Typed | null {
  const { path, baudRate, lineProfile } = (content ?? {}) as Partial<Typed>;
  return typeof path === 'string' && typeof baudRate === 'string' && typeof lineProfile === 'string'
    ? { path, baudRate, lineProfile }
    : null;
}

function profileProblem(text: string): string | null {
  if (text.trim() === '') return null;
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? null : '行格式应为一个 JSON 对象';
  } catch (error) {
    return `行格式不是有效的 JSON：${error instanceof Error ? error.message : ''}`;
  }
}

export function PortForm({ machine }: { machine: Machine }) {
  const client = useClient();
  const mayList = usePermit('ports.read');
  const [ports, setPorts] = useState<CallOutput<'bench.ports'>['ports'] | null>(null);
  const [stored, setStored] = useState(false);
  const draft = useDraft<Typed>(
    `port/${machine.id}`,
    () => ({ path: machine.port ?? '', baudRate: '9600', lineProfile: '' }),
    accept,
  );
  const { value, change } = draft;
  const list = useCommand(async () => setPorts((await client.call('bench.ports', {})).ports));
  const save = useCommand(async () => {
    setStored(false);
    await client.call('equipment.setPort', {
      equipmentId: machine.id,
      path: value.path.trim(),
      baudRate: Number(value.baudRate),
      lineProfile: value.lineProfile.trim(),
    });
    setStored(true);
    await client.call('drafts.discard', { form: `port/${machine.id}` }).catch(() => undefined);
  });
  const problem = profileProblem(value.lineProfile);
  const baudWrong = !/^\d{3,6}$/.test(value.baudRate);
  return (
    <form
      className="jt-port"
      onSubmit={(event) => {
        event.preventDefault();
        if (problem === null && !baudWrong) void save.run();
      }}
    >
      <h4>端口与行格式</h4>
      <div className="jt-port-row">
        <label className="jt-field">
          <span>端口（空着为未设置）</span>
          <input
            className="jt-input"
            list={`ports-${machine.id}`}
            value={value.path}
            placeholder="COM3 或 /dev/ttyUSB0"
            onChange={(event) => change({ ...value, path: event.target.value })}
            data-testid="port-path"
          />
          <datalist id={`ports-${machine.id}`}>
            {(ports ?? []).map((port) => (
              <option key={port.path} value={port.path}>
                {port.name}
                {port.inUse ? '（使用中）' : ''}
              </option>
            ))}
          </datalist>
        </label>
        <label className="jt-field">
          <span>波特率</span>
          <input
            className="jt-input"
            inputMode="numeric"
            value={value.baudRate}
            aria-invalid={baudWrong}
            onChange={(event) => change({ ...value, baudRate: event.target.value })}
            data-testid="port-baud"
          />
        </label>
        {mayList && (
          <Button onClick={() => void list.run()} loading={list.busy}>
            列出本机端口
          </Button>
        )}
      </div>
      {ports !== null && (
        <p className="jt-soft">
          {ports.length === 0
            ? '本机没有发现串口。'
            : `发现：${ports.map((port) => `${port.path} ${port.name}`).join('；')}`}
        </p>
      )}
      <label className="jt-field">
        <span>行格式（JSON；空着时按虚拟机的数据流解析，写法见说明书）</span>
        <textarea
          className="jt-input jt-code-area"
          rows={8}
          spellCheck={false}
          value={value.lineProfile}
          aria-invalid={problem !== null}
          onChange={(event) => change({ ...value, lineProfile: event.target.value })}
          data-testid="port-profile"
        />
        {problem !== null && <em className="jt-field-problem">! {problem}</em>}
      </label>
      <ErrorBlock error={save.error ?? list.error} />
      <div className="jt-dialog-actions">
        {stored && <span className="jt-tone-good">✓ 已保存，下次连接时生效</span>}
        <Button
          type="primary"
          htmlType="submit"
          loading={save.busy}
          disabled={problem !== null || baudWrong}
          data-testid="port-save"
        >
          保存端口设置
        </Button>
      </div>
    </form>
  );
}

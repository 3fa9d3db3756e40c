// Training only: plug a virtual instrument in like an adapter, put something on it, let something go wrong with it, take it
// away. It then stands in the list of ports, and the wizard and the bench use it like a real one.
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import type { TrainingKind, VirtualInstrumentFacts } from '../../shared/contract/training.ts';
import { trainingFaultNames, trainingFaults } from '../../shared/contract/training.ts';
import type { CallInput } from '../../shared/contract/calls.ts';
import { useClient } from '../client.ts';
import { Dialog } from '../design/Dialog.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { StateTag } from '../design/StateTag.tsx';
import { useCommand } from '../design/useCommand.ts';
import './virtualInstruments.css';

type Act = CallInput<'training.act'>['act'];
type Fault = (typeof trainingFaults)[number];

/** `machine`: the one beside which a new instrument stands. */
export function VirtualInstruments({ machine, onClose }: { machine: string | null; onClose: () => void }) {
  const client = useClient();
  const [kinds, setKinds] = useState<readonly TrainingKind[]>([]);
  const [instruments, setInstruments] = useState<readonly VirtualInstrumentFacts[]>([]);
  const [kind, setKind] = useState('mt-sics');
  const [variant, setVariant] = useState('');
  const reread = async (): Promise<void> => setInstruments((await client.call('training.list', {})).instruments);
  const load = useCommand(async () => {
    setKinds((await client.call('training.kinds', {})).kinds);
    await reread();
  });
  const plugIn = useCommand(async () => {
    await client.call('training.plugIn', {
      kind,
      ...(machine === null ? {} : { equipmentId: machine }),
      ...(variant === '' ? {} : { variant }),
    });
    await reread();
  });
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, when it is opened
  useEffect(() => void load.run(), []);
  const chosen = kinds.find(({ id }) => id === kind);
  return (
    <Dialog title="虚拟仪器（培训）" onClose={onClose} width={900}>
      <form
        className="jt-virtual-bar"
        onSubmit={(event) => {
          event.preventDefault();
          void plugIn.run();
        }}
      >
        <label className="jt-field">
          <span>种类</span>
          <select
            className="jt-input"
            value={kind}
            autoFocus
            onChange={(event) => {
              setKind(event.target.value);
              setVariant('');
            }}
            data-testid="virtual-kind"
          >
            {kinds.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </label>
        {chosen !== undefined && chosen.variants.length > 0 && (
          <label className="jt-field">
            <span>变型</span>
            <select
              className="jt-input"
              value={variant}
              onChange={(event) => setVariant(event.target.value)}
              data-testid="virtual-variant"
            >
              <option value="">一般</option>
              {chosen.variants.map((each) => (
                <option key={each} value={each}>
                  {each}
                </option>
              ))}
            </select>
          </label>
        )}
        <Button htmlType="submit" type="primary" loading={plugIn.busy} data-testid="virtual-plug-in">
          插上{machine === null ? '' : `（在 ${machine} 旁）`}
        </Button>
      </form>
      <ErrorBlock error={load.error ?? plugIn.error} />
      {instruments.length === 0 ? (
        <p className="jt-soft">还没有插上虚拟仪器。插上后出现在端口列表里，用连接向导接入。</p>
      ) : (
        <ul className="jt-virtual-list">
          {instruments.map((instrument) => (
            <Row key={instrument.instrumentId} instrument={instrument} onChanged={reread} />
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function Row({ instrument, onChanged }: { instrument: VirtualInstrumentFacts; onChanged: () => Promise<void> }) {
  const client = useClient();
  const { instrumentId, isMachine, kind } = instrument;
  const [value, setValue] = useState('');
  const [fault, setFault] = useState<Fault>('silence');
  const [done, setDone] = useState('');
  const act = useCommand(async (wish: Act) => {
    setDone('');
    await client.call('training.act', { instrumentId, act: wish });
    await onChanged();
  });
  const strike = useCommand(async () => {
    setDone('');
    await client.call('training.fault', { instrumentId, fault });
    setDone(`已发生：${trainingFaultNames[fault]}`);
    await onChanged();
  });
  const takeAway = useCommand(async () => {
    await client.call('training.takeAway', { instrumentId });
    await onChanged();
  });
  const isScanner = kind === 'barcode-serial';
  const line = `${instrument.line.baudRate} ${instrument.line.dataBits}${instrument.line.parity.charAt(0).toUpperCase()}${instrument.line.stopBits}`;
  return (
    <li data-testid={`virtual-${instrumentId}`}>
      <header>
        <b>{instrument.name}</b>
        <StateTag
          state={
            instrument.plugged
              ? { word: '已插上', tone: 'good', shape: '●' }
              : { word: '已拔下', tone: 'warn', shape: '▲' }
          }
        />
        <span className="jt-soft">
          {instrument.equipmentId === null ? '' : `在 ${instrument.equipmentId} 旁；`}
          {line}；驱动 {instrument.driverId}
        </span>
        <span className="jt-spring" />
        <Button size="small" onClick={() => void act.run({ do: instrument.plugged ? 'pull' : 'plug' })}>
          {instrument.plugged ? '拔下' : '插上'}
        </Button>
        <Button size="small" onClick={() => void takeAway.run()} loading={takeAway.busy}>
          拿走
        </Button>
      </header>
      <code className="jt-virtual-path">{instrument.path}</code>
      <div className="jt-virtual-levers">
        {isMachine ? (
          <span className="jt-soft">试件在检测台按 F6 放入。</span>
        ) : (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void act.run(isScanner ? { do: 'scan', code: value } : { do: 'put', value: value.trim() });
            }}
          >
            <input
              className="jt-input"
              value={value}
              aria-label={isScanner ? '要扫的码' : '放上的量'}
              placeholder={isScanner ? '要扫的码' : '放上的量，如 52.34'}
              onChange={(event) => setValue(event.target.value)}
              data-scan="own"
              data-testid={`virtual-value-${instrumentId}`}
            />
            <Button size="small" htmlType="submit" disabled={value.trim() === ''} loading={act.busy}>
              {isScanner ? '扫码' : '放上'}
            </Button>
            {!isScanner && (
              <Button size="small" onClick={() => void act.run({ do: 'print' })}>
                按打印键
              </Button>
            )}
          </form>
        )}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void strike.run();
          }}
        >
          <select
            className="jt-input"
            aria-label="故障"
            value={fault}
            onChange={(event) => setFault(event.target.value as Fault)}
            data-testid={`virtual-fault-${instrumentId}`}
          >
            {trainingFaults.map((each) => (
              <option key={each} value={each}>
                {trainingFaultNames[each]}
              </option>
            ))}
          </select>
          <Button size="small" htmlType="submit" loading={strike.busy}>
            使它发生
          </Button>
        </form>
        {done !== '' && (
          <span className="jt-soft" role="status">
            {done}
          </span>
        )}
      </div>
      {instrument.profile !== null && (
        <details>
          <summary>仪器设置（连接向导要填时照抄）</summary>
          <code className="jt-virtual-path">{instrument.profile}</code>
        </details>
      )}
      <ErrorBlock error={act.error ?? strike.error ?? takeAway.error} />
    </li>
  );
}

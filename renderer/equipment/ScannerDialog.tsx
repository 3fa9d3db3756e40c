// Scanners: how one at the keyboard's plug is recognised, and those on serial ports with the workstation they lie at.
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import type { CallOutput } from '../../shared/contract/calls.ts';
import { anyCode } from '../../shared/instrument-files/scanCode.ts';
import type { ScannerRule } from '../../shared/instrument-files/scanners.ts';
import { toErrorInfo, useClient } from '../client.ts';
import { Dialog } from '../design/Dialog.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { StateTag } from '../design/StateTag.tsx';
import { useCommand } from '../design/useCommand.ts';
import { channelWords } from '../design/words.ts';
import { usePermit } from '../state/session.ts';
import type { ErrorInfo } from '../../shared/errors/appError.ts';

type Answer = CallOutput<'scanners.list'>;

const checkNames: Record<ScannerRule['check'], string> = {
  none: '不校验',
  mod10: '末位校验码（EAN、GS1，模 10）',
  code39: '末位校验符（Code 39，模 43）',
};

export function ScannerDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [error, setError] = useState<ErrorInfo | null>(null);
  useEffect(() => {
    client.call('scanners.list', {}).then(setAnswer, (cause: unknown) => setError(toErrorInfo(cause)));
  }, [client]);
  return (
    <Dialog title="扫码枪" onClose={onClose} width={860}>
      <ErrorBlock error={error} />
      {answer !== null && (
        <div data-testid="scanners">
          <Wedge key={JSON.stringify(answer.wedge)} rule={answer.wedge} onChanged={setAnswer} />
          <Serial answer={answer} onChanged={setAnswer} />
        </div>
      )}
    </Dialog>
  );
}

interface RuleFieldsProps {
  rule: ScannerRule;
  onChange: (rule: ScannerRule) => void;
  name: string;
}

function RuleFields({ rule, onChange, name }: RuleFieldsProps) {
  const text = (key: 'prefix' | 'suffix', label: string) => (
    <label className="jt-field">
      <span>{label}</span>
      <input
        className="jt-input"
        maxLength={10}
        value={rule[key]}
        onChange={(event) => onChange({ ...rule, [key]: event.target.value })}
        data-scan="own"
        data-testid={`${name}-${key}`}
      />
    </label>
  );
  const length = (key: 'minLength' | 'maxLength', label: string) => (
    <label className="jt-field">
      <span>{label}</span>
      <input
        className="jt-input"
        inputMode="numeric"
        value={rule[key] === 0 ? '' : rule[key]}
        onChange={(event) => {
          if (/^\d{0,3}$/.test(event.target.value)) onChange({ ...rule, [key]: Number(event.target.value) });
        }}
        data-testid={`${name}-${key}`}
      />
    </label>
  );
  return (
    <>
      {text('prefix', '前缀（去掉）')}
      {text('suffix', '后缀（去掉）')}
      {length('minLength', '最短')}
      {length('maxLength', '最长')}
      <label className="jt-field">
        <span>校验</span>
        <select
          className="jt-input"
          value={rule.check}
          onChange={(event) => onChange({ ...rule, check: event.target.value as ScannerRule['check'] })}
          data-testid={`${name}-check`}
        >
          {Object.entries(checkNames).map(([check, words]) => (
            <option key={check} value={check}>
              {words}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}

function Wedge({ rule: stored, onChanged }: { rule: ScannerRule; onChanged: (answer: Answer) => void }) {
  const client = useClient();
  const [rule, setRule] = useState(stored);
  const save = useCommand(async () =>
    onChanged(await client.call('scanners.set', { scannerId: 'wedge', path: '', rule, reason: '设置键盘式扫码枪' })),
  );
  return (
    <section>
      <h4>键盘式扫码枪（接在任何工位，重新登录后生效）</h4>
      <p className="jt-soft">须设为扫描后发回车。前缀、后缀、长度不符的按打字处理；校验码不对的提示重扫。</p>
      <div className="jt-ifile-bar">
        <RuleFields rule={rule} onChange={setRule} name="wedge" />
        <Button onClick={() => void save.run()} loading={save.busy} data-testid="wedge-save">
          保存
        </Button>
      </div>
      <ErrorBlock error={save.error} />
    </section>
  );
}

function Serial({ answer, onChanged }: { answer: Answer; onChanged: (answer: Answer) => void }) {
  const client = useClient();
  const mayList = usePermit('ports.read');
  const [ports, setPorts] = useState<readonly { path: string; name: string }[]>([]);
  const [typed, setTyped] = useState({ scannerId: 'S1', path: '', baudRate: '9600', here: true });
  const [rule, setRule] = useState(anyCode);
  useEffect(() => {
    if (!mayList) return;
    client.call('bench.ports', {}).then(
      (found) => setPorts(found.ports),
      () => undefined,
    );
  }, [client, mayList]);
  const set = useCommand(async (scannerId: string, path: string) => {
    onChanged(
      await client.call('scanners.set', {
        scannerId,
        path,
        baudRate: Number(typed.baudRate),
        workstation: typed.here ? answer.here : null,
        rule,
        reason: path === '' ? '移除串口扫码枪' : '设置串口扫码枪',
      }),
    );
  });
  const wrong = !/^\d{3,6}$/.test(typed.baudRate) || typed.path.trim() === '' || typed.scannerId.trim() === '';
  return (
    <section>
      <h4>串口扫码枪（未经实机验证）</h4>
      {answer.scanners.length > 0 && (
        <table className="jt-table" data-testid="scanner-list">
          <tbody>
            {answer.scanners.map(({ scannerId, path, baudRate, workstation, state, trouble }) => (
              <tr key={scannerId}>
                <td>
                  <b>{scannerId}</b>
                </td>
                <td>
                  {path}，{baudRate}
                </td>
                <td>{workstation === null ? '所有工位' : workstation === answer.here ? '本工位' : workstation}</td>
                <td>
                  <StateTag state={channelWords[state as keyof typeof channelWords] ?? channelWords.none} /> {trouble}
                </td>
                <td>
                  <button type="button" className="jt-link" onClick={() => void set.run(scannerId, '')}>
                    移除
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className="jt-ifile-bar">
        <label className="jt-field">
          <span>名称</span>
          <input
            className="jt-input"
            value={typed.scannerId}
            onChange={(event) => setTyped({ ...typed, scannerId: event.target.value })}
            data-testid="scanner-id"
          />
        </label>
        <label className="jt-field">
          <span>端口</span>
          <input
            className="jt-input"
            list="scanner-ports"
            placeholder="COM5"
            value={typed.path}
            onChange={(event) => setTyped({ ...typed, path: event.target.value })}
            data-testid="scanner-path"
          />
          <datalist id="scanner-ports">
            {ports.map(({ path, name }) => (
              <option key={path} value={path}>
                {name}
              </option>
            ))}
          </datalist>
        </label>
        <label className="jt-field">
          <span>波特率</span>
          <input
            className="jt-input"
            inputMode="numeric"
            value={typed.baudRate}
            onChange={(event) => setTyped({ ...typed, baudRate: event.target.value })}
          />
        </label>
        <RuleFields rule={rule} onChange={setRule} name="scanner" />
        <label className="jt-check">
          <input
            type="checkbox"
            checked={typed.here}
            onChange={(event) => setTyped({ ...typed, here: event.target.checked })}
          />
          只给本工位
        </label>
        <Button
          disabled={wrong}
          loading={set.busy}
          onClick={() => void set.run(typed.scannerId.trim(), typed.path.trim())}
          data-testid="scanner-save"
        >
          保存并连接
        </Button>
      </div>
      <ErrorBlock error={set.error} />
    </section>
  );
}

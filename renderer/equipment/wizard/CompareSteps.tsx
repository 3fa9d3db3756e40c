// 核对示值, 零点, 确认记录: the person says what the display shows, shows that nothing is on it, and signs for it with
// the certificate, range and class of the instrument.
import { Button } from 'antd';
import type { Trial } from '../../../shared/contract/instruments.ts';
import { ErrorBlock } from '../../design/ErrorBlock.tsx';
import { Facts } from '../../design/Facts.tsx';
import { useCommand } from '../../design/useCommand.ts';
import { useClient } from '../../client.ts';
import type { TrialView } from './useTrial.ts';
import { sayLine, type WizardDraft } from './wizardDraft.ts';

const units = ['', 'kN', 'N', 'tf', 'g', 'kg', 'mg', 't', 'mm', 'cm', 'um', 'in', '℃', '%', 'MPa'];
const say = (figure: { value: string; unit: string }): string => `${figure.value} ${figure.unit}`;

interface StepProps {
  equipmentId: string;
  draft: WizardDraft;
  view: TrialView;
  onChange: (change: Partial<WizardDraft>) => void;
}

export function DisplayStep({ equipmentId, draft, view, onChange }: StepProps) {
  const client = useClient();
  const confirm = useCommand(async () =>
    view.take(await client.call('instruments.confirmDisplay', { equipmentId, shown: draft.shown, unit: draft.unit })),
  );
  const confirmed = view.trial?.confirmed ?? null;
  return (
    <form
      className="jt-step jt-compare"
      data-testid="step-display"
      onSubmit={(event) => {
        event.preventDefault();
        void confirm.run();
      }}
    >
      <p>让仪器显示一个不为零的数（放上砝码、加一个力），等它稳定，照显示屏原样填写。与收到的读数逐位一致才算核对。</p>
      <div className="jt-compare-row">
        <label className="jt-field">
          <span>显示屏上的数</span>
          <input
            className="jt-input jt-compare-figure"
            inputMode="decimal"
            autoComplete="off"
            value={draft.shown}
            onChange={(event) => onChange({ shown: event.target.value })}
            data-testid="display-shown"
          />
        </label>
        <label className="jt-field">
          <span>显示屏上的单位</span>
          <select
            className="jt-input jt-compare-figure"
            value={draft.unit}
            onChange={(event) => onChange({ unit: event.target.value })}
            data-testid="display-unit"
          >
            {units.map((unit) => (
              <option key={unit} value={unit}>
                {unit === '' ? '请选择' : unit}
              </option>
            ))}
          </select>
        </label>
        <Button type="primary" size="large" htmlType="submit" loading={confirm.busy} data-testid="display-confirm">
          核对
        </Button>
      </div>
      <ErrorBlock error={confirm.error} onClose={confirm.clear} />
      {confirmed !== null && (
        <p className="jt-note jt-tone-good" data-testid="display-confirmed">
          ✓ 显示 {say(confirmed.shown)}，收到 {say(confirmed.received)}，一致（{confirmed.at.slice(11, 19)}）。
        </p>
      )}
    </form>
  );
}

export function ZeroStep({ equipmentId, draft, view, onChange }: StepProps) {
  const client = useClient();
  const check = useCommand(async () =>
    view.take(await client.call('instruments.checkZero', { equipmentId, rangeText: draft.rangeText })),
  );
  const { trial } = view;
  const zero = trial?.zero ?? null;
  if (trial !== null && !trial.hasZero) {
    return (
      <div className="jt-step" data-testid="step-zero">
        <p>
          这种仪器（单位 {trial.reading?.unit ?? trial.confirmed?.received.unit}）没有空载零点，不需要检查，请到下一步。
        </p>
      </div>
    );
  }
  return (
    <form
      className="jt-step jt-compare"
      data-testid="step-zero"
      onSubmit={(event) => {
        event.preventDefault();
        void check.run();
      }}
    >
      <p>拿掉仪器上的一切，等读数稳定。空载读数应在量程的 0.2 % 或 1 个分度值以内（取较大者）。</p>
      <div className="jt-compare-row">
        <label className="jt-field">
          <span>量程（写到单位）</span>
          <input
            className="jt-input jt-compare-figure"
            value={draft.rangeText}
            placeholder="0～2000 kN"
            onChange={(event) => onChange({ rangeText: event.target.value })}
            data-testid="zero-range"
          />
        </label>
        <Button type="primary" size="large" htmlType="submit" loading={check.busy} data-testid="zero-check">
          空载，检查零点
        </Button>
      </div>
      <ErrorBlock error={check.error} onClose={check.clear} />
      {zero !== null && (
        <p className="jt-note jt-tone-good" data-testid="zero-checked">
          ✓ 空载收到 {say(zero.received)}，允许 ±{zero.limit} {zero.received.unit}（量程 {zero.rangeText}）。
        </p>
      )}
    </form>
  );
}

const IDENTITY_WORDS = { none: '仪器不自报', asking: '正在询问…', silent: '多次询问，未应答', known: '' } as const;

function summary(trial: Trial, validTo: string) {
  return (
    <Facts
      columns={2}
      facts={[
        ['端口', trial.path],
        ['线路', sayLine(trial.line)],
        ['协议', trial.driverTitle ?? '', 'wide'],
        ['仪器编号', trial.identity ?? IDENTITY_WORDS[trial.identityState]],
        ['证书有效期', `至 ${validTo}`],
        ['显示', trial.confirmed === null ? '未核对' : say(trial.confirmed.shown)],
        ['收到', trial.confirmed === null ? '—' : say(trial.confirmed.received)],
        ['零点', trial.zero === null ? (trial.hasZero ? '未检查' : '不适用') : say(trial.zero.received)],
      ]}
    />
  );
}

export function RecordStep({
  equipmentId,
  draft,
  view,
  onChange,
  validTo,
  onDone,
}: StepProps & { validTo: string; onDone: () => void }) {
  const client = useClient();
  const store = useCommand(async () => {
    const { certificateNo, rangeText, accuracyClass, remark } = draft;
    await client.call('instruments.commission', { equipmentId, certificateNo, rangeText, accuracyClass, remark });
    onDone();
  });
  const asking = view.trial?.identityState === 'asking';
  const field = (name: 'certificateNo' | 'rangeText' | 'accuracyClass' | 'remark', label: string, hint: string) => (
    <label className="jt-field">
      <span>{label}</span>
      <input
        className="jt-input"
        value={draft[name]}
        placeholder={hint}
        onChange={(event) => onChange({ [name]: event.target.value })}
        data-testid={`record-${name}`}
      />
    </label>
  );
  return (
    <form
      className="jt-step"
      data-testid="step-record"
      onSubmit={(event) => {
        event.preventDefault();
        void store.run();
      }}
    >
      <p>确认后，检测台按这份设置读这台设备。记录写入姓名、时间和当时收到的原始字节，不能修改。</p>
      {view.trial !== null && summary(view.trial, validTo)}
      <div className="jt-record-fields">
        {field('certificateNo', '检定或校准证书编号（必填）', '照证书填写')}
        {field('rangeText', '量程（必填）', '0～2000 kN')}
        {field('accuracyClass', '准确度等级（必填）', '1 级、Ⅱ 级、0.02 mm')}
        {field('remark', '说明', '可不填')}
      </div>
      <ErrorBlock error={store.error} onClose={store.clear} />
      <div className="jt-dialog-actions">
        <Button
          type="primary"
          size="large"
          htmlType="submit"
          loading={store.busy}
          disabled={asking}
          data-testid="record-store"
        >
          {asking ? '正在询问仪器编号…' : '确认并启用'}
        </Button>
      </div>
    </form>
  );
}

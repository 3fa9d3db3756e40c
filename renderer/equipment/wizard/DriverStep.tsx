// 协议与配置: which language the instrument speaks, and its profile as a form; beside it what it makes of the bytes that
// arrive at this moment.
import type { InstrumentDriver, LineSettings } from '../../../shared/contract/instruments.ts';
import { StateTag } from '../../design/StateTag.tsx';
import { LineFields } from './LineFields.tsx';
import { ProfileForm } from './ProfileForm.tsx';
import type { Typed } from './profileFields.ts';
import { RawTable } from './RawTable.tsx';
import { TrialStatus } from './TrialStatus.tsx';
import type { TrialView } from './useTrial.ts';
import { sayLine, type WizardDraft } from './wizardDraft.ts';

const unproven = { word: '未经实机验证', tone: 'warn', shape: '▲' } as const;

const isOwn = ({ id }: InstrumentDriver): boolean => id.endsWith('-profile') || id === 'modbus';

const groups: readonly (readonly [string, (driver: InstrumentDriver) => boolean])[] = [
  ['由本机构说明的', isOwn],
  ['试验机', ({ runs }) => runs],
  ['天平、称重仪表、量具等', () => true],
];

export function DriverStep({
  drivers,
  draft,
  typed,
  view,
  onDriver,
  onLine,
  onTyped,
}: {
  drivers: readonly InstrumentDriver[];
  draft: WizardDraft;
  typed: Typed;
  view: TrialView;
  onDriver: (driverId: string) => void;
  onLine: (line: LineSettings) => void;
  onTyped: (typed: Typed) => void;
}) {
  const driver = drivers.find(({ id }) => id === draft.driverId) ?? null;
  const groupOf = (each: InstrumentDriver): number => groups.findIndex(([, fits]) => fits(each));
  return (
    <div className="jt-driver-step" data-testid="step-driver">
      <div className="jt-driver-choice">
        <label className="jt-field">
          <span>协议</span>
          <select
            className="jt-input"
            value={draft.driverId}
            onChange={(event) => onDriver(event.target.value)}
            data-testid="wizard-driver"
          >
            <option value="">请选择</option>
            {groups.map(([name], index) => (
              <optgroup key={name} label={name}>
                {drivers
                  .filter((each) => groupOf(each) === index)
                  .map((each) => (
                    <option key={each.id} value={each.id}>
                      {each.title}
                      {each.status === 'unproven' ? '（未经实机验证）' : ''}
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
        </label>
        {driver !== null && (
          <p className="jt-soft">
            {isOwn(driver) ? '' : `出厂线路设置 ${sayLine(driver.line)}；`}
            {driver.streams ? '自己连续发送' : '询问后应答，或按键发送'}；驱动版本 {driver.version}
          </p>
        )}
        {driver?.status === 'unproven' && (
          <p className="jt-note jt-tone-warn">
            <StateTag state={unproven} /> {driver.statusNote}
          </p>
        )}
        <LineFields line={draft.line} onChange={onLine} />
        {driver !== null && (
          <ProfileForm
            key={driver.id}
            driverId={driver.id}
            typed={typed}
            problems={view.trial?.profileProblems ?? []}
            onChange={onTyped}
          />
        )}
      </div>
      <div className="jt-driver-live">
        <TrialStatus trial={view.trial} error={view.error} onRetry={view.again} />
        <RawTable raw={view.raw} dropped={view.dropped} short />
      </div>
    </div>
  );
}

// 连接向导: from a cable to an instrument that may be used. Back and forth loses nothing; closing in the middle asks
// nothing and keeps what was chosen.
import { Button } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { CallOutput } from '../../../shared/contract/calls.ts';
import type { InstrumentDriver, ProbeCandidate } from '../../../shared/contract/instruments.ts';
import { useClient } from '../../client.ts';
import { useHotkeys } from '../../design/hotkeys.ts';
import { KeyHint } from '../../design/KeyHint.tsx';
import { Pane } from '../../design/Pane.tsx';
import { useDraft } from '../../state/useDraft.ts';
import { DisplayStep, RecordStep, ZeroStep } from './CompareSteps.tsx';
import { DriverStep } from './DriverStep.tsx';
import { PortStep } from './PortStep.tsx';
import { ProbeStep } from './ProbeStep.tsx';
import { emptyTyped } from './profileFields.ts';
import { profileForms } from './profileForms.ts';
import { fromProfile, toProfile, typedOfShape } from './profileText.ts';
import { RawTable } from './RawTable.tsx';
import { TrialStatus } from './TrialStatus.tsx';
import { useTrial, type TrialChoice } from './useTrial.ts';
import {
  acceptDraft,
  emptyDraft,
  isTrying,
  missingFor,
  stepNames,
  steps,
  type Step,
  type WizardDraft,
} from './wizardDraft.ts';
import './wizard.css';

type History = CallOutput<'instruments.history'>;

/** What the machine is set to now is what the wizard begins with. */
function begin(history: History): WizardDraft {
  const { setting } = history;
  const known = {
    ...emptyDraft(),
    rangeText: history.rangeText,
    certificateNo: history.certificateNo,
    accuracyClass: history.accuracyClass,
  };
  if (setting === null) return known;
  const typed =
    setting.profile === null ? {} : { [setting.driverId]: fromProfile(setting.driverId, JSON.parse(setting.profile)) };
  return { ...known, path: setting.path, line: setting.line, driverId: setting.driverId, typed };
}

export function Wizard({
  machine,
  history,
  onClose,
}: {
  machine: { id: string; name: string };
  history: History;
  onClose: () => void;
}) {
  const client = useClient();
  const form = `instrument/${machine.id}`;
  const draft = useDraft<WizardDraft>(form, () => begin(history), acceptDraft);
  const { value, change } = draft;
  const [drivers, setDrivers] = useState<readonly InstrumentDriver[]>([]);
  useEffect(() => {
    let gone = false;
    client.call('instruments.drivers', {}).then(
      (answer) => {
        if (!gone) setDrivers(answer.drivers);
      },
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [client]);
  const set = (part: Partial<WizardDraft>): void => change((before) => ({ ...before, ...part }));
  const driver = drivers.find(({ id }) => id === value.driverId) ?? null;
  const typed = useMemo(
    () => value.typed[value.driverId] ?? emptyTyped(profileForms[value.driverId] ?? []),
    [value.typed, value.driverId],
  );
  const choice = useMemo((): TrialChoice | null => {
    if (!draft.loaded || !isTrying(value.step) || value.path.trim() === '') return null;
    const profile = value.driverId === '' ? null : toProfile(value.driverId, typed);
    const isNeeded =
      driver?.needsProfile === true ||
      (profile !== null && Object.keys(profile).length > 0 && hasTyped(value, value.driverId));
    return {
      path: value.path.trim(),
      line: value.line,
      driver: driver === null ? null : { id: driver.id, profile: isNeeded ? JSON.stringify(profile ?? {}) : null },
    };
  }, [draft.loaded, value, driver, typed]);
  const view = useTrial(machine.id, choice);
  const { trial } = view;
  const state = { confirmed: trial?.confirmed != null, zero: trial?.zero != null, hasZero: trial?.hasZero ?? true };
  const here = steps.indexOf(value.step);
  const missing = missingFor(value.step, value, drivers, state);
  const next = steps[here + 1];
  const go = (step: Step | undefined): void => {
    if (step !== undefined) set({ step });
  };
  const body = useRef<HTMLDivElement>(null);
  // The first field of a step is where the hands go on.
  useEffect(() => {
    if (!draft.loaded) return;
    const first = 'input:not([type=checkbox], [type=file], [disabled]), select, button, [tabindex="0"]';
    body.current
      ?.querySelector<HTMLElement>(`.jt-step :is(${first}), .jt-driver-step :is(${first}), .jt-raw-body`)
      ?.focus();
    // oxlint-disable-next-line react-hooks/exhaustive-deps, react/exhaustive-effect-dependencies -- every step has its own
  }, [draft.loaded, value.step]);
  useHotkeys('连接向导', [
    { keys: 'F7', name: '上一步', run: () => go(steps[here - 1]), disabled: here === 0 },
    { keys: 'F8', name: '下一步', run: () => go(next), disabled: next === undefined || missing !== null },
    { keys: 'Escape', name: '关闭向导（保留填写的内容）', run: onClose },
    ...steps.map((step, index) => ({ keys: `Alt+${index + 1}`, name: stepNames[step], run: () => go(step) })),
  ]);
  const takeCandidate = (candidate: ProbeCandidate): void => {
    const { driverId, line, shape } = candidate;
    const fresh = shape === null || value.typed[driverId] !== undefined ? {} : { [driverId]: typedOfShape(shape) };
    set({ driverId, line, typed: { ...value.typed, ...fresh } });
  };
  const done = async (): Promise<void> => {
    await client.call('drafts.discard', { form }).catch(() => undefined);
    await draft.discard().catch(() => undefined);
    onClose();
  };
  const stepProps = { equipmentId: machine.id, draft: value, view, onChange: set };
  return (
    <Pane
      title={`连接向导：${machine.id} ${machine.name}`}
      actions={
        <Button onClick={onClose} data-testid="wizard-close">
          关闭 <KeyHint keys="Esc" />
        </Button>
      }
    >
      <div className="jt-wizard" data-testid="wizard" data-step={value.step}>
        <ol className="jt-wizard-steps" aria-label="步骤">
          {steps.map((step, index) => (
            <li key={step}>
              <button
                type="button"
                aria-current={step === value.step ? 'step' : undefined}
                onClick={() => go(step)}
                data-testid={`wizard-go-${step}`}
              >
                <b>{isDone(step, value, drivers, state) ? '✓' : index + 1}</b> {stepNames[step]}
              </button>
            </li>
          ))}
        </ol>
        <div className="jt-wizard-body" ref={body}>
          {isTrying(value.step) && value.step !== 'driver' && (
            <TrialStatus
              trial={trial}
              error={view.error}
              onRetry={view.again}
              isHidden={value.step === 'display' && !state.confirmed}
            />
          )}
          {value.step === 'port' && (
            <PortStep equipmentId={machine.id} path={value.path} onPath={(path) => set({ path })} />
          )}
          {value.step === 'probe' && (
            <ProbeStep
              equipmentId={machine.id}
              path={value.path.trim()}
              line={value.line}
              driverId={value.driverId}
              onLine={(line) => set({ line })}
              onTake={takeCandidate}
            />
          )}
          {value.step === 'driver' && (
            <DriverStep
              drivers={drivers}
              draft={value}
              typed={typed}
              view={view}
              onDriver={(driverId) => set({ driverId })}
              onLine={(line) => set({ line })}
              onTyped={(changed) => set({ typed: { ...value.typed, [value.driverId]: changed } })}
            />
          )}
          {value.step === 'raw' && <RawTable raw={view.raw} dropped={view.dropped} />}
          {value.step === 'display' && <DisplayStep {...stepProps} />}
          {value.step === 'zero' && <ZeroStep {...stepProps} />}
          {value.step === 'record' && (
            <RecordStep {...stepProps} validTo={history.validTo} onDone={() => void done()} />
          )}
        </div>
        <footer className="jt-wizard-foot">
          <Button onClick={() => go(steps[here - 1])} disabled={here === 0} data-testid="wizard-back">
            上一步 <KeyHint keys="F7" />
          </Button>
          <span className="jt-soft">
            {missing ?? (draft.saved === 'yes' ? '填写的内容已保存为草稿' : '正在保存草稿…')}
          </span>
          {next !== undefined && (
            <Button type="primary" onClick={() => go(next)} disabled={missing !== null} data-testid="wizard-next">
              下一步：{stepNames[next]} <KeyHint keys="F8" />
            </Button>
          )}
        </footer>
      </div>
    </Pane>
  );
}

const hasTyped = (value: WizardDraft, driverId: string): boolean => value.typed[driverId] !== undefined;

function isDone(
  step: Step,
  value: WizardDraft,
  drivers: readonly InstrumentDriver[],
  state: { confirmed: boolean; zero: boolean; hasZero: boolean },
): boolean {
  if (step === 'display') return state.confirmed;
  if (step === 'zero') return state.zero;
  if (step === 'port' || step === 'driver') return missingFor(step, value, drivers, state) === null;
  return false;
}

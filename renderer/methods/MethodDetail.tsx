// One method: what it is in a line, then four parts behind keys. Dialogs for changes open here.
import { useEffect, useRef, useState, type RefObject } from 'react';
import { coveredElsewhere, familyOf, isConfirmation, listMethods } from '../../shared/methods/index.ts';
import type { Confirmable, TestMethod } from '../../shared/methods/index.ts';
import { useHotkeys } from '../design/hotkeys.ts';
import { StateTag } from '../design/StateTag.tsx';
import { Tabs } from '../design/Tabs.tsx';
import { today } from '../design/time.ts';
import { usePermit } from '../state/session.ts';
import { ChangePolicy, type PolicyChange } from './ChangePolicy.tsx';
import { ConfirmLimits } from './ConfirmLimits.tsx';
import { FieldTables } from './FieldTables.tsx';
import { Limits } from './Limits.tsx';
import { editionInForce, purposeNames } from './methodList.ts';
import { Overview } from './Overview.tsx';
import { PolicyCards } from './PolicyCards.tsx';
import { changedCount, confirmationState, limitBadge, policyStates } from './policyState.ts';
import type { PoliciesNow } from './usePolicies.ts';

export type Part = 'overview' | 'fields' | 'limits' | 'policies';

export function MethodDetail({
  method,
  policies,
  part,
  onPart,
  ref,
}: {
  method: TestMethod;
  policies: PoliciesNow;
  part: Part;
  onPart: (part: Part) => void;
  /** Takes the focus when the method is opened by key. */
  ref: RefObject<HTMLDivElement | null>;
}) {
  const mayChange = usePermit('policy.manage') && policies.answer !== undefined;
  const [changing, setChanging] = useState<PolicyChange | null>(null);
  const [confirming, setConfirming] = useState<Confirmable | null>(null);
  const opener = useRef<HTMLElement | null>(null);
  const hasDialog = changing !== null || confirming !== null;
  // Whoever works by keyboard goes on at the button that opened the dialog, or at the method when the change took it away.
  useEffect(() => {
    if (hasDialog || opener.current === null) return;
    (opener.current.isConnected ? opener.current : ref.current)?.focus({ preventScroll: true });
    opener.current = null;
  }, [hasDialog, ref]);
  const opening =
    <T,>(open: (value: T) => void) =>
    (value: T): void => {
      opener.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
      open(value);
    };
  const states = policyStates(method, policies.answer);
  const badge = limitBadge(states);
  const changed = changedCount(states);
  const about = [familyOf(method), purposeNames[method.purpose], editionInForce(method, today()).id];
  if (method.itemCode !== null) about.push(`培训目录代码 ${method.itemCode}`);
  const tables = method.limits.length + Object.values(method.references ?? {}).flat().length;
  const tabs = [
    { id: 'overview', name: '概况', keys: 'F2' },
    { id: 'fields', name: '读数', keys: 'F3', count: method.fields.length },
    { id: 'limits', name: '限值', keys: 'F4', count: tables },
    // F5 reloads a browser's page.
    { id: 'policies', name: '方法设置', keys: 'F6', count: states.filter((s) => !isConfirmation(s.policy)).length },
  ] as const;
  useHotkeys(
    '方法',
    tabs.map(({ id, name, keys }) => ({ keys, name, run: () => onPart(id) })),
  );
  const isOpen = ({ method: other, policy }: Confirmable): boolean =>
    policyStates(other, policies.answer).some(
      (state) => state.policy.name === policy.name && confirmationState(state) !== 'confirmed',
    );
  const others = (target: Confirmable): readonly Confirmable[] =>
    coveredElsewhere(listMethods(), target.method, target.policy.name).filter(isOpen);
  return (
    <div
      ref={ref}
      className="jt-split-detail jt-method"
      role="region"
      aria-label={method.name}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls by keyboard
      tabIndex={0}
      data-testid="method-detail"
      data-method={method.id}
    >
      <header className="jt-detail-sticky">
        <div className="jt-detail-head">
          <h3>{method.name}</h3>
          {badge !== null && <StateTag state={badge} />}
          {changed > 0 && <span className="jt-changed">设置有 {changed} 项与缺省不同</span>}
        </div>
        <p className="jt-soft">{[...new Set(about)].join(' · ')}</p>
        <Tabs label="方法的各部分" tabs={tabs} current={part} onChange={onPart} />
      </header>
      {part === 'overview' && <Overview method={method} />}
      {part === 'fields' && <FieldTables method={method} />}
      {part === 'limits' && (
        <Limits
          method={method}
          states={states}
          actions={mayChange ? { confirm: opening(setConfirming), takeBack: opening(setChanging) } : null}
        />
      )}
      {part === 'policies' && (
        <PolicyCards method={method} states={states} onChange={mayChange ? opening(setChanging) : null} />
      )}
      {changing !== null && (
        <ChangePolicy
          method={method}
          change={changing}
          onClose={() => setChanging(null)}
          onDone={() => {
            opener.current = ref.current;
            setChanging(null);
            policies.reread();
          }}
        />
      )}
      {confirming !== null && (
        <ConfirmLimits
          target={confirming}
          others={others(confirming)}
          onChanged={() => {
            opener.current = ref.current;
            policies.reread();
          }}
          onClose={() => setConfirming(null)}
        />
      )}
    </div>
  );
}

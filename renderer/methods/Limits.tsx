// 限值: standard by standard, whether its tables may judge here, who confirmed them against what, and the tables.
import { Button } from 'antd';
import { isConfirmation, referencesOf, tablesOf } from '../../shared/methods/index.ts';
import type { Confirmable, LimitTable, TestMethod } from '../../shared/methods/index.ts';
import { StateTag } from '../design/StateTag.tsx';
import { PaperTableView } from '../record/PaperTableView.tsx';
import type { PolicyChange } from './ChangePolicy.tsx';
import { LimitTableView } from './LimitTableView.tsx';
import { LastChange } from './PolicyCards.tsx';
import { PolicyHistory } from './PolicyHistory.tsx';
import { confirmationState, confirmationWords, heldLabel, type PolicyState } from './policyState.ts';

export interface LimitActions {
  confirm: (target: Confirmable) => void;
  takeBack: (change: PolicyChange) => void;
}

function Confirmation({
  method,
  state,
  actions,
}: {
  method: TestMethod;
  state: PolicyState;
  actions: LimitActions | null;
}) {
  const { policy, option, lapsed } = state;
  const standing = confirmationState(state);
  return (
    <section
      className="jt-policy"
      data-testid="confirmation"
      data-name={policy.name}
      data-option={option}
      data-state={standing}
    >
      <header>
        <h4>{policy.label}</h4>
        <StateTag state={confirmationWords[standing]} />
        <span className="jt-policy-acts">
          {actions !== null && option === 'confirmed' && (
            <Button
              onClick={() => actions.takeBack({ policy, now: heldLabel(state), to: 'draft' })}
              aria-label={`收回确认：${policy.label}`}
              data-testid="limits-take-back"
            >
              收回确认…
            </Button>
          )}
          {actions !== null && standing !== 'confirmed' && (
            <Button
              type="primary"
              onClick={() => actions.confirm({ method, policy })}
              aria-label={`核对并确认：${policy.label}`}
              data-testid="limits-confirm"
            >
              核对并确认…
            </Button>
          )}
        </span>
      </header>
      <p>{heldLabel(state)}</p>
      {standing === 'lapsed' && (
        <p className="jt-tone-bad">
          程序更新后这些数据与确认时的不同，原来的确认不再有效。请对照标准原文重新核对后再确认。
        </p>
      )}
      <LastChange state={state} />
      <PolicyHistory methodId={method.id} policy={policy} changedAt={(state.change ?? lapsed)?.changedAt ?? null} />
      {tablesOf(method, policy.name).map((table) => (
        <LimitTableView key={`${table.clause}${table.title}`} table={table} method={method} />
      ))}
      {referencesOf(method, policy.name).map((table) => (
        <PaperTableView key={table.caption} table={table} />
      ))}
    </section>
  );
}

function Verified({ method, tables }: { method: TestMethod; tables: readonly LimitTable[] }) {
  if (tables.length === 0) return null;
  return (
    <section className="jt-policy">
      <header>
        <h4>随程序核对的限值</h4>
        <StateTag state={confirmationWords.verified} />
      </header>
      {tables.map((table) => (
        <LimitTableView key={`${table.standard}${table.clause}${table.title}`} table={table} method={method} />
      ))}
    </section>
  );
}

export function Limits({
  method,
  states,
  actions,
}: {
  method: TestMethod;
  states: readonly PolicyState[];
  /** Null for whoever may only read. */
  actions: LimitActions | null;
}) {
  const confirmations = states.filter(({ policy }) => isConfirmation(policy));
  const verified = method.limits.filter(({ status }) => status === 'verified');
  return (
    <div className="jt-method-part" data-testid="method-limits">
      {confirmations.length + verified.length === 0 && (
        <p className="jt-soft jt-method-none">这个方法没有限值：结果与设计要求比较，或不作判定。</p>
      )}
      {confirmations.map((state) => (
        <Confirmation key={state.policy.name} method={method} state={state} actions={actions} />
      ))}
      <Verified method={method} tables={verified} />
    </div>
  );
}

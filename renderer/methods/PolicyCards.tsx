// 方法设置: where the standard can be read two ways, which way this lab reads it, since when and why.
import { Button } from 'antd';
import { isConfirmation } from '../../shared/methods/index.ts';
import type { TestMethod } from '../../shared/methods/index.ts';
import { showTime } from '../design/time.ts';
import type { PolicyChange } from './ChangePolicy.tsx';
import { PolicyHistory } from './PolicyHistory.tsx';
import { heldLabel, type PolicyState } from './policyState.ts';

export function LastChange({ state: { change, lapsed } }: { state: PolicyState }) {
  const last = change ?? lapsed;
  if (last === null) return null;
  return (
    <p className="jt-soft">
      {last.changedBy ?? '—'} 于 {showTime(last.changedAt)} 更改：{last.reason ?? '—'}
    </p>
  );
}

function Card({
  method,
  state,
  onChange,
}: {
  method: TestMethod;
  state: PolicyState;
  /** Null for whoever may only read. */
  onChange: ((change: PolicyChange) => void) | null;
}) {
  const { policy, option: chosen, isDefault } = state;
  return (
    <section className="jt-policy" data-testid="policy" data-name={policy.name} data-option={chosen}>
      <header>
        <h4>{policy.label}</h4>
        <span className="jt-soft">{policy.clause}</span>
        {!isDefault && <span className="jt-changed">与缺省不同</span>}
      </header>
      <ul>
        {policy.options.map(({ value, label }) => {
          const isChosen = value === chosen;
          return (
            <li key={value} className={isChosen ? 'jt-chosen' : undefined} aria-current={isChosen ? 'true' : undefined}>
              <span aria-hidden="true">{isChosen ? '●' : '○'}</span>
              <span>
                {label}
                {value === policy.default && <span className="jt-soft">（缺省）</span>}
              </span>
              {isChosen && <span className="jt-policy-now">采用</span>}
              {!isChosen && onChange !== null && (
                <Button
                  size="small"
                  aria-label={`${policy.label}改为：${label}`}
                  onClick={() => onChange({ policy, now: heldLabel(state), to: value })}
                  data-testid={`policy-choose-${value}`}
                >
                  改为此项…
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      <LastChange state={state} />
      <PolicyHistory methodId={method.id} policy={policy} changedAt={state.change?.changedAt ?? null} />
    </section>
  );
}

export function PolicyCards({
  method,
  states,
  onChange,
}: {
  method: TestMethod;
  states: readonly PolicyState[];
  onChange: ((change: PolicyChange) => void) | null;
}) {
  const readings = states.filter(({ policy }) => !isConfirmation(policy));
  return (
    <div className="jt-method-part" data-testid="method-policies">
      {readings.length === 0 ? (
        <p className="jt-soft jt-method-none">这个方法没有可选的设置：标准在此只有一种读法。</p>
      ) : (
        <p className="jt-soft">标准可以有两种读法的地方，由本机构选定一种，并印在每份原始记录上。</p>
      )}
      {readings.map((state) => (
        <Card key={state.policy.name} method={method} state={state} onChange={onChange} />
      ))}
    </div>
  );
}

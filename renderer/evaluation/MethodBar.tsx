// Which method, which edition, and how the standard is read: the lab's settings unless another one is tried, which is
// marked as a trial.
import { listMethods, resolvePolicies } from '../../shared/methods/index.ts';
import type { Policies, TestMethod } from '../../shared/methods/index.ts';
import { ParameterDialog } from '../reception/ParameterDialog.tsx';
import { useState } from 'react';
import type { TrialForm } from './trialForm.ts';

const groups: readonly [purpose: TestMethod['purpose'], name: string][] = [
  ['evaluation', '评定'],
  ['sample', '试样检测'],
  ['field', '现场检测'],
];

export interface MethodBarProps {
  method: TestMethod;
  form: TrialForm;
  chosen: Policies;
  /** Names of the settings that differ from the lab's. */
  tried: readonly string[];
  onMethod: (id: string) => void;
  onForm: (change: (form: TrialForm) => TrialForm) => void;
}

export function MethodBar({ method, form, chosen, tried, onMethod, onForm }: MethodBarProps) {
  const [asking, setAsking] = useState(false);
  const own = resolvePolicies(method.policies, chosen);
  const parameters = method.parameters.filter(({ code }) => form.parameters?.includes(code) ?? true);
  const tryPolicy = (name: string, value: string): void =>
    onForm((before) => {
      const { [name]: _, ...others } = before.tried;
      return { ...before, tried: value === own[name] ? others : { ...others, [name]: value } };
    });
  return (
    <div className="jt-trial-bar">
      <label className="jt-field jt-trial-method">
        <span>方法</span>
        <select
          className="jt-input"
          value={method.id}
          onChange={(event) => onMethod(event.target.value)}
          data-testid="trial-method"
          id="trial-method"
        >
          {groups.map(([purpose, name]) => (
            <optgroup key={purpose} label={name}>
              {listMethods()
                .filter((one) => one.purpose === purpose)
                .map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.name}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </label>
      <label className="jt-field">
        <span>标准版本</span>
        <select
          className="jt-input"
          value={form.edition}
          onChange={(event) => onForm((before) => ({ ...before, edition: event.target.value }))}
          data-testid="trial-edition"
        >
          {method.editions.map((edition) => (
            <option key={edition.id} value={edition.id}>
              {edition.id}
              {edition.inForceUntil === null ? '' : `（至 ${edition.inForceUntil}）`}
            </option>
          ))}
        </select>
      </label>
      {method.parameters.length > 1 && (
        <div className="jt-field">
          <span>检测参数</span>
          <button
            type="button"
            className="jt-input jt-trial-parameters"
            onClick={() => setAsking(true)}
            data-testid="trial-parameters"
          >
            {form.parameters === null
              ? `全部 ${method.parameters.length} 项`
              : parameters.map(({ name }) => name).join('、')}
          </button>
        </div>
      )}
      {method.policies.length > 0 && (
        <details className="jt-trial-policies" data-testid="trial-policies">
          <summary>
            方法设置 {method.policies.length} 项：
            {tried.length === 0 ? (
              '与本机构一致'
            ) : (
              <strong className="jt-tone-warn">▲ 试算，{tried.length} 项与本机构不同</strong>
            )}
          </summary>
          {method.policies.map((policy) => (
            <label key={policy.name} className="jt-field">
              <span>
                {policy.label}（{policy.clause}）
              </span>
              <select
                className="jt-input"
                value={form.tried[policy.name] ?? own[policy.name] ?? policy.default}
                onChange={(event) => tryPolicy(policy.name, event.target.value)}
                data-testid={`trial-policy-${policy.name}`}
              >
                {policy.options.map((option) => (
                  <option key={option.value} value={option.value}>
                    {option.label}
                    {option.value === own[policy.name] ? '（本机构）' : '（试算）'}
                  </option>
                ))}
              </select>
            </label>
          ))}
        </details>
      )}
      {asking && (
        <ParameterDialog
          parameters={method.parameters}
          chosen={form.parameters ?? method.parameters.map(({ code }) => code)}
          onClose={() => setAsking(false)}
          onChoose={(codes) => {
            onForm((before) => ({ ...before, parameters: codes.length === method.parameters.length ? null : codes }));
            setAsking(false);
          }}
        />
      )}
    </div>
  );
}

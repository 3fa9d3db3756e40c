// The form of a method, made of its declaration: what is asked once, then the rows of its sets.
import type { Field, TestMethod } from '../../shared/methods/index.ts';
import { positionsOf } from '../bench/entryPlan.ts';
import { onEntryKey } from './entryKeys.ts';
import { SetSheet } from './SetSheet.tsx';
import { TrialCell } from './TrialCell.tsx';
import { fieldsOf, keyOf, type Row, type TrialForm } from './trialForm.ts';

export interface TrialFieldsProps {
  method: TestMethod;
  form: TrialForm;
  faults: ReadonlyMap<string, string>;
  /** Fields that the rows taken from records settle. */
  settled: ReadonlySet<string>;
  onChange: (place: string, value: string) => void;
  onRows: (setId: string, rows: Row[]) => void;
}

const headOf = (field: Field): string =>
  field.kind === 'decimal' && field.unit !== '' ? `${field.label} ${field.unit}` : field.label;

/** Seldom wanted: what a machine or the program would fill in, and what the method says is rare. */
const isRare = (field: Field): boolean =>
  field.optional === true && (field.rare === true || (field.source !== undefined && field.source !== 'peak'));

export function TrialFields({ method, form, faults, settled, onChange, onRows }: TrialFieldsProps) {
  const once = fieldsOf(method, null, form.parameters);
  const entry = (field: Field) => {
    const filled = Object.entries(form.cells).reduce((most, [key, text]) => {
      const [name, position] = key.split('.');
      return name === field.name && position !== undefined && text !== '' ? Math.max(most, Number(position)) : most;
    }, 0);
    return (
      <div key={field.name} className="jt-trial-field">
        <dt>
          {headOf(field)}
          {field.symbol !== undefined && <i> {field.symbol}</i>}
          {field.optional === true && <span className="jt-soft">（可不填）</span>}
        </dt>
        <dd className="jt-entry-cells">
          {positionsOf(field, filled).map((position) => {
            const key = keyOf(field, position);
            return (
              <TrialCell
                key={key}
                field={field}
                label={position === null ? field.label : `${field.label} 第 ${position} 个`}
                place={key}
                testId={`trial-${key}`}
                value={form.cells[key] ?? ''}
                fault={faults.get(key) ?? null}
                disabled={settled.has(field.name)}
                onChange={onChange}
              />
            );
          })}
          {field.hint !== undefined && <span className="jt-soft jt-trial-hint">{field.hint}</span>}
        </dd>
      </div>
    );
  };
  const usual = once.filter((field) => !isRare(field));
  const rare = once.filter(isRare);
  return (
    <div className="jt-trial-form" data-entry-area data-testid="trial-form">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys of the cells inside */}
      <dl className="jt-trial-once" onKeyDown={(event) => onEntryKey(event, {})}>
        {usual.map(entry)}
      </dl>
      {method.sets.map((set) => {
        const fields = fieldsOf(method, set.id, form.parameters);
        return fields.length === 0 ? null : (
          <SetSheet
            key={`${method.id}-${set.id}`}
            method={method}
            set={set}
            fields={fields}
            rows={form.rows[set.id] ?? []}
            faults={faults}
            onChange={onChange}
            onRows={(rows) => onRows(set.id, rows)}
          />
        );
      })}
      {rare.length > 0 && (
        <details open={rare.some((field) => (form.cells[field.name] ?? '') !== '')}>
          <summary>少用的项目</summary>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- as above */}
          <dl className="jt-trial-once" onKeyDown={(event) => onEntryKey(event, {})}>
            {rare.map(entry)}
          </dl>
        </details>
      )}
    </div>
  );
}

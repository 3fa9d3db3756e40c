// One place of the form. What was typed stays as it is, wrong or not; its fault stands beside it as soon as it is left.
import { memo, useState } from 'react';
import type { Field } from '../../shared/methods/index.ts';

export interface TrialCellProps {
  field: Field;
  /** Names the place: 试件组 2 抗压强度代表值. */
  label: string;
  place: string;
  testId: string;
  value: string;
  fault: string | null;
  disabled?: boolean;
  /** Where it stands in a sheet: row and column. */
  at?: string;
  onChange: (place: string, value: string) => void;
}

export const TrialCell = memo(function TrialCell(props: TrialCellProps) {
  const { field, label, place, testId, value, fault, disabled = false, at, onChange } = props;
  const [typing, setTyping] = useState(false);
  const blank = value.trim() === '';
  // A figure that is being typed is not judged before it is finished; an empty place waits, it is not wrong.
  const shown = typing || blank ? null : fault;
  const shared = {
    'aria-label': label,
    'aria-invalid': shown !== null,
    title: fault ?? field.hint ?? label,
    disabled,
    'data-entry': true,
    'data-at': at,
    'data-waiting': blank && fault !== null ? true : undefined,
    'data-testid': testId,
    value,
    onBlur: () => setTyping(false),
  };
  return (
    <span className={`jt-entry${shown === null ? '' : ' jt-cell-bad'}`}>
      {field.kind === 'choice' ? (
        <select {...shared} onChange={(event) => onChange(place, event.target.value)}>
          {!field.options.some((option) => option.value === value) && (
            <option value={value}>{blank ? '请选择' : value}</option>
          )}
          {field.optional === true && !blank && <option value="">（不填）</option>}
          {field.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...shared}
          className={field.kind === 'text' ? 'jt-entry-text' : undefined}
          inputMode={field.kind === 'decimal' ? 'decimal' : 'text'}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setTyping(true);
            onChange(place, event.target.value);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') setTyping(false);
          }}
        />
      )}
      {shown !== null && (
        <span className="jt-entry-problem" role="alert" data-testid={`${testId}-fault`}>
          ✕ {shown}
        </span>
      )}
    </span>
  );
});

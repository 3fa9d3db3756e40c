// One place that is typed: it is saved when it is left or Enter is pressed, and Enter goes on to the next. What was saved
// before is changed only with a reason.
import { useRef, useState, type KeyboardEvent } from 'react';
import type { Field } from '../../shared/methods/index.ts';
import { valueFault } from '../../shared/methods/index.ts';

export interface EntryCellProps {
  field: Field;
  /** Names the place: 试件 2 下屈服力. */
  label: string;
  testId: string;
  saved: string | null;
  disabled: boolean;
  /** Resolves when it is on disk; rejects where it was refused or the reason was not given. */
  onSave: (value: string | null) => Promise<void>;
}

/** The next place of the same record, in reading order. */
function focusNext(from: HTMLElement, by: 1 | -1): void {
  const area = from.closest('[data-entry-area]');
  const places = [...(area?.querySelectorAll<HTMLElement>('[data-entry]:not(:disabled)') ?? [])];
  const next = places[places.indexOf(from) + by];
  next?.focus();
  if (next instanceof HTMLInputElement) next.select();
}

export function EntryCell({ field, label, testId, saved, disabled, onSave }: EntryCellProps) {
  const [text, setText] = useState(saved ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  const saving = useRef(false);
  // What another window saved, or what was not changed after all, takes the place of what stood here.
  const [known, setKnown] = useState(saved);
  if (known !== saved) {
    setKnown(saved);
    setText(saved ?? '');
  }

  const save = async (typed: string): Promise<void> => {
    const value = typed.trim() === '' ? null : typed.trim();
    if (value === saved || saving.current) return;
    const fault = value === null ? null : valueFault(field, value, label);
    if (fault !== null) {
      setProblem(fault.message);
      return;
    }
    saving.current = true;
    try {
      await onSave(value);
      setProblem(null);
    } catch (cause) {
      setProblem(cause instanceof Error ? cause.message : String(cause));
    } finally {
      saving.current = false;
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const by = event.key === 'Enter' || event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : null;
    if (by === null || (event.currentTarget instanceof HTMLSelectElement && event.key !== 'Enter')) return;
    event.preventDefault();
    focusNext(event.currentTarget, by);
  };
  const shared = {
    'aria-label': label,
    'aria-invalid': problem !== null,
    title: problem ?? field.hint ?? label,
    disabled,
    'data-entry': true,
    'data-testid': testId,
    onKeyDown,
  };
  return (
    <span className={`jt-entry${problem === null ? '' : ' jt-cell-bad'}`}>
      {field.kind === 'choice' ? (
        <select
          {...shared}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            void save(event.target.value);
          }}
        >
          <option value="">请选择</option>
          {field.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...shared}
          value={text}
          inputMode={field.kind === 'decimal' ? 'decimal' : 'text'}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setText(event.target.value);
            setProblem(null);
          }}
          onBlur={() => void save(text)}
        />
      )}
      {problem !== null && (
        <span className="jt-entry-problem" role="alert">
          ✕ {problem}
        </span>
      )}
    </span>
  );
}

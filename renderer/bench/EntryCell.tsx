// One place that is typed: it is saved when it is left or Enter is pressed, and Enter goes on to the next. What was saved
// before is changed only with a reason; what was refused stays as it was typed, with the words beside it.
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { Field } from '../../shared/methods/index.ts';
import { valueFault } from '../../shared/methods/index.ts';
import { plainFigure } from '../design/plainFigure.ts';
import { atEdge, goBeside, goDown, goOn } from './entryFocus.ts';
import { keepUnsaved, unsavedText } from './unsaved.ts';

export interface EntryCellProps {
  field: Field;
  /** Names the place: 试件 2 下屈服力. */
  label: string;
  /** The same place among all records, for what is not saved yet. */
  place: string;
  /** Position in the order of the work, `set.specimen.field.value`. */
  order: string;
  testId: string;
  saved: string | null;
  /** Values that were corrected, oldest first, in words. */
  struck: readonly string[];
  disabled: boolean;
  /** What the curve gave in its place, in words: nothing is typed here. */
  replacedBy?: string;
  /** Resolves when it is on disk; rejects where it was refused or the reason was not given. */
  onSave: (value: string | null) => Promise<void>;
}

const waiting = '还没有保存';
/** Long enough that a scanner has put back what it typed over; short enough that nobody waits. */
const choiceDelayMs = 250;

export function EntryCell(props: EntryCellProps) {
  const { field, label, place, order, testId, saved, struck, disabled, replacedBy, onSave } = props;
  const [text, setText] = useState(() => unsavedText(place) ?? saved ?? '');
  const [problem, setProblem] = useState<string | null>(() => (unsavedText(place) === undefined ? null : waiting));
  const saving = useRef(false);
  const latest = useRef(text);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // What is on disk now takes the place of what stood here, unless something newer was typed meanwhile.
  const [known, setKnown] = useState(saved);
  if (known !== saved) {
    setKnown(saved);
    if (unsavedText(place) === undefined) {
      setText(saved ?? '');
      setProblem(null);
    }
  }
  useEffect(() => () => clearTimeout(timer.current), []);

  const write = (typed: string): void => {
    latest.current = typed;
    keepUnsaved(place, typed === (saved ?? '') ? null : typed);
    setText(typed);
    setProblem(null);
  };
  const save = async (typed: string): Promise<void> => {
    const plain = field.kind === 'decimal' ? plainFigure(typed) : typed.trim();
    const value = plain === '' ? null : plain;
    if (saving.current) return;
    if (value === saved) {
      keepUnsaved(place, null);
      if (plain !== typed) setText(plain);
      return;
    }
    const fault = value === null ? null : valueFault(field, value, label);
    if (fault !== null) {
      setProblem(fault.message);
      return;
    }
    saving.current = true;
    try {
      await onSave(value);
      // What is typed while the answer is on its way is newer than the answer.
      if (latest.current === typed) {
        keepUnsaved(place, null);
        setText(plain);
      }
      setProblem(null);
    } catch (cause) {
      setProblem(cause instanceof Error ? cause.message : String(cause));
    } finally {
      saving.current = false;
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement | HTMLSelectElement>): void => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const from = event.currentTarget;
    if (event.key === 'Enter') {
      event.preventDefault();
      // The last place has nowhere to go on to; it is saved where it is.
      if (!goOn(from)) void save(from.value);
      return;
    }
    if (!(from instanceof HTMLInputElement)) return;
    const by = event.key === 'ArrowDown' || event.key === 'ArrowRight' ? 1 : -1;
    const moved =
      event.key === 'ArrowDown' || event.key === 'ArrowUp'
        ? goDown(from, by)
        : (event.key === 'ArrowRight' || event.key === 'ArrowLeft') && atEdge(from, by) && goBeside(from, by);
    if (moved) event.preventDefault();
  };
  const shared = {
    'aria-label': label,
    'aria-invalid': problem !== null,
    title: problem ?? (replacedBy === undefined ? (field.hint ?? label) : `以 ${replacedBy} 代替，不键入`),
    disabled,
    'data-entry': order,
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
            const chosen = event.target.value;
            write(chosen);
            clearTimeout(timer.current);
            timer.current = setTimeout(() => void save(latest.current), choiceDelayMs);
          }}
          onBlur={(event) => {
            clearTimeout(timer.current);
            void save(event.currentTarget.value);
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
          placeholder={replacedBy?.split(' ')[0]}
          inputMode={field.kind === 'decimal' ? 'decimal' : 'text'}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => write(event.target.value)}
          // The field itself, not what was drawn last: a scanner may just have put its content back.
          onBlur={(event) => void save(event.currentTarget.value)}
        />
      )}
      {struck.length > 0 && (
        <span className="jt-entry-struck" title="更正前的值" data-testid={`${testId}-struck`}>
          {struck.map((value, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- the same value may have stood there twice
            <s key={index}>{value}</s>
          ))}
        </span>
      )}
      {problem !== null && (
        <span className="jt-entry-problem" role="alert">
          ✕ {problem}
        </span>
      )}
    </span>
  );
}

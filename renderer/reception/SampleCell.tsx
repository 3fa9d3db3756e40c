// One cell of the sample grid: a list where there are few choices, a text with suggestions where there are many, and the
// parameters of an item behind a button.
import { useState, type KeyboardEvent } from 'react';
import { longList, valueOf, type SampleColumn } from './sampleColumns.ts';
import { methodOf, type Item, type SampleForm } from './sampleForm.ts';
import { ParameterDialog } from './ParameterDialog.tsx';

export interface CellProps {
  id: string;
  'aria-label': string;
  'aria-invalid': boolean;
  title: string | undefined;
  'data-testid': string;
  onFocus: () => void;
  onBlur: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

export interface SampleCellProps {
  column: SampleColumn;
  sample: SampleForm;
  items: readonly Item[];
  shared: CellProps;
  onText: (value: string) => void;
  onParameters: (codes: string[] | null) => void;
}

interface Option {
  value: string;
  label: string;
}

/** Options of a cell that is a list; null for one that is typed. */
function optionsOf(column: SampleColumn, sample: SampleForm, items: readonly Item[]): Option[] | null {
  if (column.kind === 'item') {
    return items.map(({ id, name, inScope }) => ({ value: id, label: inScope ? name : `${name}（不在资质范围）` }));
  }
  if (column.kind === 'edition') {
    const editions = methodOf(items, sample.itemCode)?.editions ?? [];
    return [{ value: '', label: '现行版本' }, ...editions.map(({ id }) => ({ value: id, label: id }))];
  }
  if (column.kind !== 'property' || column.field.kind !== 'choice' || column.field.options.length > longList)
    return null;
  return [...column.field.options];
}

function ParametersButton({ sample, items, shared, onParameters }: SampleCellProps) {
  const [open, setOpen] = useState(false);
  const parameters = items.find(({ id }) => id === sample.itemCode)?.parameters ?? [];
  const chosen = sample.parameterCodes;
  const words =
    chosen === null
      ? `全部 ${parameters.length} 项`
      : parameters
          .filter(({ code }) => chosen.includes(code))
          .map(({ name }) => name)
          .join('、') || '未选';
  return (
    <>
      <button
        type="button"
        {...shared}
        className="jt-cell-button"
        onClick={() => setOpen(true)}
        onKeyDown={(event) => {
          // Enter walks on as in every cell; Space opens the list, as a button does.
          if (event.key !== ' ') shared.onKeyDown(event);
        }}
      >
        {words}
      </button>
      {open && (
        <ParameterDialog
          parameters={parameters}
          chosen={chosen ?? parameters.map(({ code }) => code)}
          onClose={() => setOpen(false)}
          onChoose={(codes) => {
            onParameters(codes.length === parameters.length ? null : codes);
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

export function SampleCell(props: SampleCellProps) {
  const { column, sample, items, shared, onText } = props;
  const value = valueOf(sample, column);
  if (column.kind === 'parameters') return <ParametersButton {...props} />;
  const options = optionsOf(column, sample, items);
  if (options !== null) {
    return (
      <select {...shared} value={value} onChange={(event) => onText(event.target.value)}>
        {value === '' && !options.some((option) => option.value === '') && <option value="">请选择</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    );
  }
  const suggestions = column.kind === 'property' && column.field.kind === 'choice' ? column.field.options : null;
  return (
    <>
      <input
        {...shared}
        value={value}
        autoComplete="off"
        spellCheck={false}
        list={suggestions === null ? undefined : `${shared.id}-list`}
        data-scan={column.kind === 'scan' ? 'own' : undefined}
        onChange={(event) => onText(event.target.value)}
      />
      {suggestions !== null && (
        <datalist id={`${shared.id}-list`}>
          {suggestions.map((option) => (
            <option key={option.value} value={option.value} label={option.label} />
          ))}
        </datalist>
      )}
    </>
  );
}

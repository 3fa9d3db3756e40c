// What a dry run found, as the lines of a list: a refused row a line for each problem, a changed one a line for each field,
// a new one its fields in one line. What needs a person comes first.
import type { RegisterPreview, RegisterRow } from '../../shared/registers/calls.ts';
import type { StateWord } from '../design/words.ts';

export interface Line {
  key: string;
  row: number;
  name: string;
  state: RegisterRow['state'];
  column: string;
  old: string | null;
  now: string;
  /** Message and what to do, of a problem. */
  problem: string | null;
  code: string;
}

export const stateWords: Record<RegisterRow['state'], StateWord> = {
  refused: { word: '有问题', tone: 'bad', shape: '✕' },
  changed: { word: '变更', tone: 'warn', shape: '▲' },
  new: { word: '新增', tone: 'good', shape: '✓' },
};
const order: readonly RegisterRow['state'][] = ['refused', 'changed', 'new'];

export const shownValue = (text: string): string => (text === '' ? '（空）' : text);

function linesOfRow({ row, key, name, state, changes, problems }: RegisterRow): Line[] {
  const base = { row, name: [key, name === key ? '' : name].filter(Boolean).join(' '), state };
  if (state === 'refused')
    return problems.map(({ column, code, message, next }, index) => ({
      ...base,
      key: `${row}-p${index}`,
      column,
      old: null,
      now: '',
      problem: `${message}。${next}`,
      code,
    }));
  if (state === 'changed')
    return changes.map(({ column, old, now }) => ({
      ...base,
      key: `${row}-${column}`,
      column,
      old: old ?? '',
      now,
      problem: null,
      code: '',
    }));
  const now = changes.map(({ column, now: value }) => `${column} ${value}`).join('；');
  return [{ ...base, key: `${row}`, column: '整行', old: null, now, problem: null, code: '' }];
}

export const linesOf = ({ rows }: Pick<RegisterPreview, 'rows'>): Line[] =>
  rows.flatMap(linesOfRow).toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.row - b.row);

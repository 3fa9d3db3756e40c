// An entry of the audit chain as lines that people read: which field, what it was, what it became.
import { columnName } from './fields.ts';
import { readValue } from './values.ts';

export interface ChainEntry {
  action: string;
  field: string | null;
  oldValue: string | null;
  newValue: string | null;
}

export interface HistoryLine {
  label: string;
  /** Null where there was nothing before. */
  old: string | null;
  /** Null where an event tells itself. */
  now: string | null;
}

const actionNames: Record<string, string> = { insert: '新建', update: '修改', event: '事件', schema: '数据库升级' };
export const actionName = (action: string): string => actionNames[action] ?? action;

const parsed = (text: string | null): unknown => {
  if (text === null) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};

const labelOf = (entity: string, column: string): string => columnName(entity, column) ?? column;

export function readEntry(entity: string, { action, field, oldValue, newValue }: ChainEntry): HistoryLine[] {
  if (action === 'update' && field !== null) {
    return [
      {
        label: labelOf(entity, field),
        old: readValue(entity, field, parsed(oldValue)),
        now: readValue(entity, field, parsed(newValue)),
      },
    ];
  }
  if (action === 'insert') {
    const row = parsed(newValue);
    if (row === null || typeof row !== 'object') return [];
    return Object.entries(row)
      .filter(([, value]) => value !== null && value !== '')
      .map(([column, value]) => ({ label: labelOf(entity, column), old: null, now: readValue(entity, column, value) }));
  }
  if (action === 'schema') return [{ label: '结构摘要', old: null, now: `${(newValue ?? '').slice(0, 16)}…` }];
  return [{ label: '', old: null, now: readEvent(entity, newValue) }];
}

/** Events are mostly a sentence; where they are JSON, their parts. */
function readEvent(entity: string, text: string | null): string {
  const value = parsed(text);
  return value !== null && typeof value === 'object' ? readValue(entity, 'value', text) : (text ?? '');
}

// Words and groups of the overview.
import { figures, type FigureId } from '../../shared/overview/figures.ts';
import type { StateWord } from '../design/words.ts';

export const figureGroups: readonly (readonly [string, readonly FigureId[]])[] = [
  ['检测', ['tasksOverdue', 'tasksToday', 'tasksSoon']],
  ['记录和报告', ['recordsToCheck', 'recordsReturned', 'reportsToApprove', 'reportsWithoutCode', 'reportsRefused']],
  ['不合格', ['unqualifiedOverdue', 'unqualifiedOpen']],
  [
    '设备和人员',
    [
      'equipmentExpired',
      'equipmentSoon',
      'qualificationsExpired',
      'qualificationsSoon',
      'plannedOverdue',
      'plannedSoon',
    ],
  ],
];

export const figureOrder: readonly FigureId[] = figureGroups.flatMap(([, ids]) => ids);

/** A figure of nothing is good news, whatever it counts. */
export function figureState(id: FigureId, count: number): Pick<StateWord, 'tone' | 'shape'> {
  if (count === 0) return { tone: 'good', shape: '✓' };
  if (figures[id].tone === 'bad') return { tone: 'bad', shape: '✕' };
  return figures[id].tone === 'warn' ? { tone: 'warn', shape: '▲' } : { tone: 'quiet', shape: '○' };
}

/** `5 h`, `3 d 4 h`: hours as a person says them. */
export function sayHours(hours: number | null): string {
  if (hours === null) return '—';
  if (hours < 48) return `${hours} h`;
  const rest = hours % 24;
  return rest === 0 ? `${Math.floor(hours / 24)} d` : `${Math.floor(hours / 24)} d ${rest} h`;
}

export const spanNames = { 7: '近 7 天', 30: '近 30 天', 90: '近 90 天', 365: '近一年' } as const;
export type Span = keyof typeof spanNames;

// 一览: what a quality manager opens in the morning. Everything is counted in the store when it is asked for.
import { addDays, toCalendarDay, toWallTime } from '../../../shared/entities/scalars.ts';
import type { Overview } from '../../../shared/overview/calls.ts';
import type { Context, SomeHandlers } from '../context.ts';
import { controlChart, controlItems } from './control.ts';
import { overviewCsv } from './csv.ts';
import { figureCounts, figureRows } from './figures.ts';
import { turnaround } from './turnaround.ts';
import { machineUse, peoplesLoad, workByDay } from './work.ts';

type OverviewCall =
  | 'overview.read'
  | 'overview.rows'
  | 'overview.controlItems'
  | 'overview.control'
  | 'overview.export';

/** The longest span that is offered for control charts. */
const controlDays = 365;

export function overviewHandlers(context: Context): SomeHandlers<OverviewCall> {
  const { store } = context;
  /** First day of a span that ends today. */
  const firstOf = (span: number): string => addDays(toCalendarDay(context.now()), 1 - span);
  return {
    'overview.read': ({ span }) => overviewOf(context, span),
    'overview.rows': ({ figure, offset }) => figureRows(context, figure, offset),
    'overview.controlItems': () => ({ items: controlItems(store, firstOf(controlDays)) }),
    'overview.control': ({ itemCode, equipmentId, span }) =>
      controlChart(store, { itemCode, equipmentId, from: firstOf(span) }),
    async 'overview.export'({ span }, caller) {
      const overview = await overviewOf(context, span);
      const fileName = `一览-${overview.to}.csv`;
      store.transact(caller.actor, (tx) => tx.event('overview', 'export', `导出一览（${fileName}）`));
      return { fileName, text: overviewCsv(overview) };
    },
  };
}

/** Between its parts a bench is let in: over a long span each takes a tenth of a second. */
export async function overviewOf(context: Context, span: number): Promise<Overview> {
  const { store } = context;
  const part = async <T>(count: () => T): Promise<T> => {
    await new Promise((go) => setImmediate(go));
    return count();
  };
  const to = toCalendarDay(context.now());
  const from = addDays(to, 1 - span);
  return {
    at: toWallTime(context.now()),
    from,
    to,
    figures: await part(() => figureCounts(context)),
    days: await part(() => workByDay(store, from, to)),
    turnaround: await part(() => turnaround(store, from)),
    machines: await part(() => machineUse(store, from)),
    people: await part(() => peoplesLoad(store, from)),
  };
}

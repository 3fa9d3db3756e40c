// What a window is shown of a running machine: columns as plain numbers, and the force before the first drop that looks
// like a yield. Display only: what counts is computed from the sealed file.
import type { CoreEvent } from '../../../shared/contract/events.ts';
import type { LiveEvent, SamplesEvent } from '../../instruments/protocol.ts';

type ShownSamples = Omit<Extract<CoreEvent, { type: 'bench.samples' }>, 'type' | 'equipmentId' | 'runId'>;

/** JSON has no NaN; a channel that the machine does not have is left out as a whole. */
function shownColumn(column: Float64Array | undefined): (number | null)[] | undefined {
  if (column === undefined || column.every((value) => Number.isNaN(value))) return undefined;
  return Array.from(column, (value) => (Number.isNaN(value) ? null : value));
}

export function shownSamples(samples: SamplesEvent): ShownSamples {
  const displacementMm = shownColumn(samples.displacement_mm);
  const extensionMm = shownColumn(samples.extension_mm);
  return {
    timeS: [...samples.time_s],
    loadKn: [...samples.load_kN],
    ...(displacementMm === undefined ? {} : { displacementMm }),
    ...(extensionMm === undefined ? {} : { extensionMm }),
    ...(samples.lost === undefined ? {} : { lost: samples.lost }),
  };
}

/** The first drop of a run keeps its figure: a later one is the necking or the break. */
export function yieldSeen(
  before: { live: Pick<LiveEvent, 'runId'> | null; yieldText: string | null },
  live: Pick<LiveEvent, 'runId' | 'phase' | 'peak'>,
): string | null {
  const known = before.live?.runId === live.runId ? before.yieldText : null;
  return known ?? (live.phase === 'yield' ? live.peak : null);
}

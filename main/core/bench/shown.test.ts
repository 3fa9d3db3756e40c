import { expect, test } from 'vitest';
import type { SamplesEvent } from '../../instruments/protocol.ts';
import { shownSamples, yieldSeen } from './shown.ts';

const samples = (more: Partial<SamplesEvent>): SamplesEvent => ({
  channelId: 'E001',
  runId: null,
  time_s: Float64Array.of(0, 0.001),
  load_kN: Float64Array.of(1, 2),
  displacement_mm: Float64Array.of(Number.NaN, Number.NaN),
  extension_mm: Float64Array.of(Number.NaN, Number.NaN),
  ...more,
});

test('a channel that the machine does not have is left out; a hole in one that it has is null', () => {
  expect(shownSamples(samples({}))).toEqual({ timeS: [0, 0.001], loadKn: [1, 2] });
  expect(shownSamples(samples({ displacement_mm: Float64Array.of(0.5, Number.NaN), lost: 3 }))).toEqual({
    timeS: [0, 0.001],
    loadKn: [1, 2],
    displacementMm: [0.5, null],
    lost: 3,
  });
});

test('the first drop of a run keeps its force; another run begins without one', () => {
  const seen = yieldSeen({ live: { runId: 'R1' }, yieldText: null }, { runId: 'R1', phase: 'yield', peak: '170.2' });
  expect(seen).toBe('170.2');
  const later = yieldSeen({ live: { runId: 'R1' }, yieldText: seen }, { runId: 'R1', phase: 'yield', peak: '210.0' });
  expect(later).toBe('170.2');
  expect(yieldSeen({ live: { runId: 'R1' }, yieldText: seen }, { runId: 'R2', phase: 'armed', peak: null })).toBeNull();
  expect(yieldSeen({ live: null, yieldText: null }, { runId: 'R1', phase: 'loading', peak: '1' })).toBeNull();
});

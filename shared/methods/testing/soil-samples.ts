// Test help: sound samples of the soil tests to change from.
import * as fc from 'fast-check';
import compaction from '../soil/compaction.method.ts';
import type { CompactionOutputs } from '../soil/compaction/outputs.ts';
import ring from '../soil/field-density-ring.method.ts';
import type { RingOutputs } from '../soil/field-density-ring.method.ts';
import sandCone from '../soil/field-density-sand-cone.method.ts';
import type { SandConeOutputs } from '../soil/field-density-sand-cone.method.ts';
import { rational, roundRational } from './rational.ts';
import type { Rational } from './rational.ts';
import type { ComputeSettings, MethodComputation } from '../method.ts';

export type Change = Record<string, unknown>;

/** The sample with some readings changed; `undefined` takes a reading away. */
function changed(base: Change, change: Change): Change {
  return Object.fromEntries(Object.entries({ ...base, ...change }).filter(([, value]) => value !== undefined));
}

/** 1000 cm³, empty mould 4000 g: 5920 g is a wet density of 1.92. Tins of 20 g with 100 g of dry soil. */
export function compactionSample(points: readonly (readonly [wet: number, moisture: string])[]) {
  const full = (moisture: string): string => addTo('120', moisture);
  return {
    compactionType: 'heavy',
    soilKind: '粉质黏土',
    mouldVolume_cm3: '1000',
    mould_g: '4000',
    mouldAndWetSoil_g: points.map(([wet]) => String(4000 + wet)),
    tin_g: points.map(() => ['20', '20']),
    tinAndWet_g: points.map(([, moisture]) => [full(moisture), full(moisture)]),
    tinAndDry_g: points.map(() => ['120', '120']),
  };
}

/** Sum of two plain decimals with at most two places. */
export function addTo(a: string, b: string): string {
  const cents = (text: string): number => {
    const [units = '0', rest = ''] = text.split('.');
    return Number(units) * 100 + Number(rest.padEnd(2, '0').slice(0, 2));
  };
  return hundredths(cents(a) + cents(b));
}

export function hundredths(value: number): string {
  return `${Math.floor(value / 100)}.${String(value % 100).padStart(2, '0')}`;
}
export function tenths(value: number): string {
  return `${Math.floor(value / 10)}.${value % 10}`;
}

export const compactionBase = compactionSample([
  [1920, '10.2'],
  [2030, '12.1'],
  [2100, '14.0'],
  [2080, '16.1'],
  [2030, '18.0'],
]);

export function compact(change: Change = {}, settings: ComputeSettings = {}): MethodComputation<CompactionOutputs> {
  return compaction.compute(changed(compactionBase, change), settings);
}

/** The published pit (SOI-001) as readings: 1994 cm³, 4266 g, 19.1 %. */
export const sandBase = {
  maxDryDensity_g_cm3: '1.891',
  designCompaction_percent: '95',
  sandDensity_g_cm3: '1.50',
  sandBefore_g: '8000',
  sandAfter_g: '4009',
  sandInCone_g: '1000',
  wetSoil_g: '4266',
  tin_g: ['20', '20'],
  tinAndWet_g: ['139.1', '139.1'],
  tinAndDry_g: ['120', '120'],
};

export function sand(change: Change = {}, settings: ComputeSettings = {}): MethodComputation<SandConeOutputs> {
  return sandCone.compute(changed(sandBase, change), settings);
}

/** Rings of 200 cm³ weighing 150 g: 550 g is a wet density of 2.00; moisture 14.0 %. */
export const ringBase = {
  maxDryDensity_g_cm3: '1.84',
  designCompaction_percent: '95',
  ringVolume_cm3: '200',
  ring_g: ['150', '150'],
  ringAndSoil_g: ['550', '552'],
  tin_g: [
    ['20', '20'],
    ['20', '20'],
  ],
  tinAndWet_g: [
    ['134', '134'],
    ['134', '134'],
  ],
  tinAndDry_g: [
    ['120', '120'],
    ['120', '120'],
  ],
};

export function rings(change: Change = {}, settings: ComputeSettings = {}): MethodComputation<RingOutputs> {
  return ring.compute(changed(ringBase, change), settings);
}

/** The policy that rounds only the result, and what it does to a figure that goes on. */
export const FINAL = { policies: { intermediateRounding: 'final-only' } };
export const keep = (rounding: string, step: string) => (value: Rational) =>
  rounding === 'stepwise' ? rational(roundRational(value, step)) : value;
export const rounding = fc.constantFrom('stepwise', 'final-only');

/** Readings of two tins of 20 g: solids in g, two moistures in tenths of a percent (exact where solids are 100 g). */
export const tins = (moistures: readonly [number, number]) => ({
  tin_g: ['20', '20'],
  tinAndDry_g: ['120', '120'],
  tinAndWet_g: moistures.map((moisture) => tenths(1200 + moisture)),
});
export const ringTins = (first: readonly [number, number], second: readonly [number, number]) => {
  const [a, b] = [tins(first), tins(second)];
  return {
    tin_g: [a.tin_g, b.tin_g],
    tinAndDry_g: [a.tinAndDry_g, b.tinAndDry_g],
    tinAndWet_g: [a.tinAndWet_g, b.tinAndWet_g],
  };
};

// Every virtual instrument against the driver that is written for it, in virtual time: what the instrument meant is what
// the driver reads, and whatever happens on the line, nothing else is ever read.
import { describe, expect, test } from 'vitest';
import { drivers } from '../drivers/index.ts';
import { barOfForces } from './bar-model.ts';
import { isInOrder, useIt, VirtualReader } from './testing/reader.ts';
import { kindIds, kindOf, kinds } from './kinds.ts';
import type { KindId } from './kinds.ts';
import { faultKinds } from './simulator.ts';
import type { FaultKind } from './simulator.ts';

/** Drivers that need no simulator, each with its reason. */
const without: Readonly<Record<string, string>> = {};

const SEEDS = [1, 2, 3, 4, 5, 6];
const neverFigures: readonly KindId[] = ['barcode-serial', 'rebound-hammer'];
/** One figure for each press of a key or each load. */
const printed: readonly KindId[] = ['mettler-print', 'jwi-586'];

test('every driver has a simulator, and every simulator a driver', () => {
  const covered = new Set(kindIds.map((id) => kindOf(id).driver.id));
  expect(Object.keys(drivers).filter((id) => !covered.has(id) && without[id] === undefined)).toEqual([]);
  expect([...covered].filter((id) => drivers[id] === undefined)).toEqual([]);
  expect(Object.keys(without).filter((id) => covered.has(id) || drivers[id] === undefined)).toEqual([]);
  expect(kindIds.filter((id) => kindOf(id).isMachine !== (drivers[kindOf(id).driver.id]?.runs === true))).toEqual(
    // These two are testing machines only with their profile.
    ['line-profile', 'frame-profile'].filter((id) => drivers[id]?.runs !== true),
  );
});

describe.each(kindIds)('%s', (kind) => {
  test('what it means is what is read', async () => {
    const reader = new VirtualReader({ kind, seed: 11 });
    await reader.run(0.5);
    await useIt(reader, kind);
    await reader.run(13);
    if (neverFigures.includes(kind)) {
      expect(reader.seen).toEqual([]);
      expect(reader.events.length).toBeGreaterThan(0);
      expect(reader.events.map((event) => 'value' in event && event.value)).toEqual(
        reader.meant.map(({ value }) => value),
      );
      return;
    }
    const meant = reader.meant.filter(({ value }) => value !== null);
    expect(isInOrder(reader.seen, meant)).toBe(true);
    // The first line of a stream may be half a line; the `=` format is believed after three equal frames.
    const lost = kind === 'xk3190-reversed' ? meant.length - 40 : printed.includes(kind) ? 1 : 2;
    expect(meant.length - reader.seen.length).toBeLessThanOrEqual(lost);
    if (kindOf(kind).isMachine) {
      const [peak] = reader.news.flatMap((news) => (news.event === 'specimen-end' ? [news.peak_kN] : []));
      const greatest = reader.seen.reduce((most, { value }) => (Number(value) > Number(most) ? value : most), '0');
      expect(peak).toBe(greatest);
      expect(Math.abs(Number(peak) - 300)).toBeLessThan(kindOf(kind).driver.id === 'weihai' ? 40 : 15);
    } else if (printed.includes(kind)) {
      // The very first line after connecting is dropped; a second print is read.
      await reader.obey({ command: 'print' });
      await reader.run(0.2);
      expect(reader.seen.at(-1)).toMatchObject({ value: kind === 'jwi-586' ? '25.340' : '25.34' });
    } else if (kind !== 'ai-bus') {
      const last = reader.seen.at(-1)?.value;
      expect(last).toBe(kind === 'and-log' ? '11.5598' : kind === 'modbus' ? last : '25.34');
      expect(reader.seen.some(({ value }) => Math.abs(Number(value) - 25.34) < 1 || kind === 'and-log')).toBe(true);
    }
  });

  test.each(faultKinds)('%s: nothing is read that was not meant', async (fault) => {
    for (const seed of SEEDS) {
      const reader = new VirtualReader({ kind, seed });
      await reader.run(0.3);
      await useIt(reader, kind);
      await reader.run(1.5);
      const done = await strike(reader, fault);
      if (!done) return;
      const before = reader.seen.length;
      await reader.run(2.5);
      const during = reader.seen.slice(before);
      await reader.run(2);
      // Its stream is started once; after a restart somebody must start it again.
      if (kind === 'kent-new') reader.send('stream');
      await reader.run(4.5);
      const meant = reader.meant.filter(({ value }) => value !== null);
      expect([seed, isInOrder(reader.seen, meant)]).toEqual([seed, true]);
      // The fault did something, and it passed.
      if (['silence', 'wrong-baud', 'parity', 'overload'].includes(fault)) expect(during.length).toBeLessThan(3);
      if (!neverFigures.includes(kind) && !printed.includes(kind)) expect(reader.seen.length).toBeGreaterThan(before);
    }
  });
});

async function strike(reader: VirtualReader, kind: FaultKind): Promise<boolean> {
  try {
    await reader.obey({
      command: 'fault',
      fault: { kind, lasts_s: kind === 'cut' ? 0.5 : 2.9, perSecond: 0.05, identity: 'X200000002' },
    });
    return true;
  } catch {
    return false;
  }
}

test('a bar has the forces that it was asked for', () => {
  const bar = barOfForces(190, 140);
  expect((bar.Rm * bar.area_mm2) / 1000).toBeCloseTo(190, 6);
  expect((bar.ReL * bar.area_mm2) / 1000).toBeCloseTo(140, 6);
  expect(kinds['mt-sics'].isMachine).toBe(false);
});

// The day of a test, and how many specimens a record waits for.
import { expect, test } from 'vitest';
import type { Reading, Run } from '../../../shared/entities/record.ts';
import { methodById } from '../../../shared/methods/index.ts';
import { countOf, recordInputs, type InputFacts } from './recordInputs.ts';
import { testedAtOf } from './recordRows.ts';

const typed = (at: string, changes: Partial<Reading> = {}): Reading => ({
  field: 'pan_g',
  specimenNo: 1,
  position: null,
  value: '1.0',
  source: 'keyboard',
  runNo: null,
  personName: '梁志远',
  at,
  reason: null,
  current: true,
  ...changes,
});

const run = (endedAt: string, changes: Partial<Run> = {}): Run => ({
  runId: `r${endedAt}`,
  runNo: `C${endedAt}`,
  recordNo: 'YS1',
  field: 'loads_kN',
  specimenNo: 1,
  equipmentId: 'E001',
  driver: 'line-profile',
  operatorName: '梁志远',
  startedAt: endedAt,
  endedAt,
  sampleRateHz: '50',
  sampleCount: 100,
  peakKn: '270.0',
  curveValues: [],
  remarks: [],
  extensometer: null,
  loadingRateKnPerS: '5.0',
  validity: 'valid',
  reason: null,
  rawDigest: '00',
  ...changes,
});

const day = (date: number, hour = 9): string => `2026-04-${String(date).padStart(2, '0')}T0${hour}:00:00+08:00`;

test('a typed value that is corrected days later does not move the day of the test', () => {
  const readings = [
    typed(day(10), { current: false }),
    typed(day(10), { specimenNo: 2 }),
    typed(day(13), { value: '2.0', reason: '看错刻度' }),
  ];
  expect(testedAtOf({ runs: [], readings })).toBe(day(10));
});

test('a place that is read for the first time later is the day of the test; one that was taken back is not', () => {
  const first = typed(day(10));
  expect(testedAtOf({ runs: [], readings: [first, typed(day(12), { position: 2 })] })).toBe(day(12));
  const takenBack = [
    typed(day(12), { specimenNo: 3, current: false }),
    typed(day(14), { specimenNo: 3, value: null, reason: '串行' }),
  ];
  expect(testedAtOf({ runs: [], readings: [first, ...takenBack] })).toBe(day(10));
  expect(testedAtOf({ runs: [], readings: [] })).toBeNull();
});

test('a specimen that is run again is tested on the day of the run that counts', () => {
  const runs = [run(day(10), { validity: 'repeated' }), run(day(11, 8))];
  expect(testedAtOf({ runs, readings: [typed(day(9))] })).toBe(day(11, 8));
  expect(testedAtOf({ runs: [run(day(12), { validity: 'interrupted', peakKn: null })], readings: [] })).toBeNull();
});

const cores = (changes: Partial<InputFacts>): InputFacts => ({
  method: methodById('core-strength'),
  sample: { properties: {} },
  runs: [],
  readings: [],
  parameters: ['ZX'],
  ageDays: null,
  machineRange: '1000',
  ...changes,
});

test('a core that the machine has run counts for the record, not only those whose sizes were typed', () => {
  const sizes = [1, 2, 3].map((specimenNo) => typed(day(10), { field: 'heights_mm', specimenNo, value: '100.0' }));
  const pressed = [1, 2, 3, 4].map((specimenNo) => run(day(10), { specimenNo, runNo: `C${specimenNo}` }));
  expect(countOf(cores({ readings: sizes }), 'core')).toBe(3);
  const facts = cores({ readings: sizes, runs: pressed });
  expect(countOf(facts, 'core')).toBe(4);
  expect(recordInputs(facts).open).toContainEqual(expect.stringContaining('第 4 个'));
});

test('a run that does not count brings no specimen into being', () => {
  const pressed = [run(day(10)), run(day(10), { specimenNo: 5, validity: 'invalid' })];
  expect(countOf(cores({ runs: pressed }), 'core')).toBe(3);
});

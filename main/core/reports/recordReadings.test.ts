import { describe, expect, test } from 'vitest';
import type { Reading } from '../../../shared/entities/record.ts';
import { methodById } from '../../../shared/methods/index.ts';
import { printedReadings } from './recordReadings.ts';

const rebound = methodById('rebound');
const typed = (change: Partial<Reading>): Reading => ({
  field: 'rebound_R',
  specimenNo: 1,
  position: 1,
  value: '35',
  source: 'keyboard',
  runNo: null,
  personName: '梁志远',
  at: '2026-11-23T09:00:00.000+08:00',
  reason: null,
  current: true,
  ...change,
});
const sixteen = (specimenNo: number): Reading[] =>
  Array.from({ length: 16 }, (_, index) =>
    typed({
      specimenNo,
      position: index + 1,
      value: String(30 + index),
      at: `2026-11-23T09:0${specimenNo}:${String(index).padStart(2, '0')}.000+08:00`,
    }),
  );
const printed = (readings: Reading[]) => printedReadings(rebound, readings, '压力试验机（E001）', []);

describe('the readings of a record on paper', () => {
  test('sixteen values of a zone stand in one line, with the time from the first to the last', () => {
    const [line, second, ...more] = printed([...sixteen(1), ...sixteen(2)]);
    expect(more).toEqual([]);
    expect(line).toMatchObject({
      seq: 1,
      specimen: '测区 1',
      quantity: '回弹值',
      value: Array.from({ length: 16 }, (_, index) => String(30 + index)).join('、'),
      origin: '梁志远',
      instrument: '回弹仪',
      at: '2026-11-23T09:01:00.000+08:00',
      until: '2026-11-23T09:01:15.000+08:00',
      struck: false,
    });
    expect(second).toMatchObject({ seq: 2, specimen: '测区 2' });
  });

  test('where one was corrected each stands for itself, the struck one right before the one in its place', () => {
    const wrong = typed({ position: 3, value: '99', current: false });
    const lines = printed([wrong, ...sixteen(1)]);
    expect(lines).toHaveLength(17);
    expect(lines.map(({ value, struck }) => [value, struck]).slice(2, 4)).toEqual([
      ['99', true],
      ['32', false],
    ]);
    expect(lines[2]?.quantity).toBe('回弹值（3）');
    expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, index) => index + 1));
  });

  test('another person begins another line; nobody is credited with what another one read', () => {
    const readings = sixteen(1).map((reading, index) => (index < 9 ? reading : { ...reading, personName: '何婉仪' }));
    expect(printed(readings).map(({ quantity, origin }) => [quantity, origin])).toEqual([
      ['回弹值', '梁志远'],
      ['回弹值（10～16）', '何婉仪'],
    ]);
  });

  test('the order is the one of the method and of the specimens, whatever was typed first', () => {
    const hammer = typed({ field: 'hammerNo', specimenNo: null, position: null, value: 'HT225-1931' });
    const lines = printed([...sixteen(2), hammer, ...sixteen(1)]);
    expect(lines.map(({ specimen }) => specimen)).toEqual(['', '测区 1', '测区 2']);
  });

  test('no value is left out, and an emptied place has no line', () => {
    const readings = [...sixteen(1), ...sixteen(2), typed({ specimenNo: 3, value: null })];
    const values = printed(readings).flatMap(({ value }) => value.split('、'));
    expect(values).toEqual(readings.flatMap(({ value }) => value ?? []));
  });
});

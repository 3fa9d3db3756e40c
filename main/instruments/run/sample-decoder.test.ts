// Gaps of slow machines, and the peak that a controller sends beside its load.
import { expect, test } from 'vitest';
import { makeDetector, stampOf } from '../detectors/index.ts';
import { compressionParams } from '../detectors/compression.ts';
import type { BoundDriver } from '../drivers/driver.ts';
import { understood } from '../drivers/driver.ts';
import { bindDriver } from '../drivers/index.ts';
import { LineFramer } from '../framers/line.ts';
import { RunDecoder } from './run-decoder.ts';
import { summarise } from './run-summary.ts';
import { SampleDecoder } from './sample-decoder.ts';
import type { RunHeader } from './run-types.ts';

const ms = (value: number): bigint => BigInt(value) * 1_000_000n;

test('a machine of 2 Hz has no gaps, and one where it pauses for three of its periods', () => {
  const profile = { id: 'm', separator: ',', columns: [{ role: 'load', unit: 'kN' }] };
  const decoder = new SampleDecoder(bindDriver('line-profile', profile), { joinStream: false });
  const feed = (at: number) => decoder.feed(Buffer.from('1.0\r\n'), ms(at)).samples[0]?.gapBefore;
  expect([0, 500, 1000, 1500, 2000].map(feed)).toEqual([false, false, false, false, false]);
  expect([4000, 4500].map(feed)).toEqual([true, false]);
  expect(decoder.gaps).toBe(1);
});

test('extension and displacement are columns of their own, exact in both units', () => {
  const columns = [
    { role: 'load', unit: 'kN' },
    { role: 'displacement', unit: 'cm' },
    { role: 'extension', unit: 'um' },
  ];
  const driver = bindDriver('line-profile', { id: 'm', separator: ';', columns });
  const decoder = new SampleDecoder(driver, { joinStream: false });
  const { samples, values } = decoder.feed(Buffer.from('12.5;0.25;1234.5\r\n'), 0n);
  expect(values[0]?.fields).toEqual({ displacement_mm: '2.5', extension_mm: '1.2345' });
  expect(samples[0]).toMatchObject({ displacement: 2.5, extension: 1_234_500 });
  const twice = [...columns, { role: 'extension', unit: 'mm' }];
  expect(() => bindDriver('line-profile', { id: 'm', separator: ';', columns: twice })).toThrow();
});

/** `load peak` lines, and `FeH 12.3` as the answer to a question after the break. */
const talkative: BoundDriver = {
  id: 'talkative',
  version: '1',
  streams: true,
  runs: true,
  acceptsUnterminated: false,
  headerFrames: 0,
  makeFramer: ({ joinStream }) => new LineFramer({ joinStream }),
  decode(frame) {
    const [first = '', second = ''] = Buffer.from(frame.bytes).toString().split(' ');
    if (first === 'FeH') return understood({ kind: 'info', info: 'upper-yield', value: second, unit: 'kN' });
    return understood({ kind: 'value', value: first, unit: 'kN', fields: { peakOfDevice: second } });
  },
};

function summaryOf(devicePeak: string, clearedAfterBreak: boolean): ReturnType<typeof summarise> {
  const params = compressionParams({ range_kN: '1000', tail_s: '1' });
  const decoder = new RunDecoder(talkative, makeDetector('compression', params));
  const say = (text: string, at: number) => decoder.feed(Buffer.from(`${text}\r\n`), ms(at));
  say('FeH 77.7', 0);
  let at = 0;
  for (let load = 0; load < 400; load += 2)
    say(`${Math.max(0, load - 40)}.0 ${load < 100 ? '880.0' : devicePeak}`, (at += 100));
  for (let index = 0; index < 30; index += 1) {
    if (index === 5) say('FeH 301.0', at + 1);
    say(`1.0 ${clearedAfterBreak && index > 4 ? '0.0' : devicePeak}`, (at += 100));
  }
  const header = {
    runId: 'r', context: {}, detector: stampOf({ id: 'compression', params }), previousDigest: null,
    anchor: { wallMs: 0, monoNs: '0' },
  } as unknown as RunHeader; // prettier-ignore
  return summarise(header, decoder, { cause: 'complete' });
}

test('the controller’s own figures are kept beside those of the curve', () => {
  const summary = summaryOf('359.0', true);
  expect(summary).toMatchObject({ validity: 'valid', peak: '358.0' });
  expect(summary.device).toEqual([
    { name: 'Fm', value: '359.0', unit: 'kN' },
    { name: 'FeH', value: '301.0', unit: 'kN' },
  ]);
  expect(summary.needsLook).toBeUndefined();
  expect(summary.remarks).toEqual([
    '采样频率 10 Hz 低于 20 Hz，曲线的峰值和屈服可能低于实际值，曲线仅作佐证；控制器自己的峰值 359.0 kN 一并保存。',
  ]);
});

test('more than half a per cent apart asks for a look; exactly half a per cent does not', () => {
  // 358.0 × 1.005 = 359.79
  expect(summaryOf('359.79', false).needsLook).toBeUndefined();
  const apart = summaryOf('359.80', false);
  expect(apart.needsLook).toBe(true);
  expect(apart.remarks?.at(-1)).toBe('须核对：控制器给出的最大力 359.80 kN 与曲线得出的 358.0 kN 相差超过 0.5 %。');
});

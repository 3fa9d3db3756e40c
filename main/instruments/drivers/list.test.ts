// What the list promises of every driver, and how instruments say who they are.
import { describe, expect, test } from 'vitest';
import { connection, player, value } from './byteScript.ts';
import { commandBytes } from './driver.ts';
import { bindDriver, drivers, listDrivers } from './index.ts';

const all = listDrivers().map((info) => ({ id: info.id, info }));

describe.each(all)('$id', ({ id, info }) => {
  const driver = drivers[id];
  test('has a Chinese name, and says in Chinese what was never seen on an instrument', () => {
    expect(info.title).toMatch(/[\u4e00-\u9fff]/);
    if (info.status === 'unproven') expect(info.statusNote).toMatch(/[\u4e00-\u9fff]/);
    else expect(info.statusNote).toBeUndefined();
  });
  test('names only commands that it has, with their bytes', () => {
    const named = [info.poll?.command, info.identity].filter((each) => each !== undefined);
    for (const command of named) expect(info.commands).toContain(command);
    for (const command of info.commands) {
      const bytes = commandBytes(driver?.commands[command] ?? '');
      expect(bytes.length).toBeGreaterThan(0);
      expect(info.commandBytes[command]).toBe(Buffer.from(bytes).toString('hex'));
    }
    if (info.poll) expect(info).toMatchObject({ streams: false, replyTimeoutMs: expect.any(Number) });
  });
  test('gives no value without the profile that it needs', () => {
    if (!info.needsProfile) return expect(bindDriver(id).id).toBe(id);
    let says: string[] = [];
    try {
      const bound = bindDriver(id);
      const noise = Uint8Array.from({ length: 20_000 }, (_, index) => (index * 2_654_435_761) >>> 11);
      says = bound
        .makeFramer({ joinStream: false })
        .push(noise)
        .flatMap((frame) => bound.decode(frame).events.map(({ kind }) => kind));
    } catch (error) {
      expect(error).toMatchObject({ code: 'instrument.profile-invalid' });
    }
    return expect(says).not.toContain('value');
  });
});

test('a testing machine is one in the list and when bound', () => {
  const machines = all.filter(({ info }) => info.runs).map(({ id }) => id);
  expect(machines).toEqual([
    'line-profile',
    'oke-pressure',
    'oke-universal',
    'weihai',
    'jianyi',
    'kent-new',
    'kent-lcd',
    'kent-ad',
    'kent-led',
  ]);
  for (const id of machines.filter((each) => each !== 'line-profile')) expect(bindDriver(id).runs).toBe(true);
});

describe('identity', () => {
  const said = (id: string, line: string): string | null =>
    bindDriver(id).identity?.decode({ bytes: Buffer.from(line, 'latin1'), wireLength: line.length }) ?? null;
  test.each([
    ['mt-sics', 'I4 A "B123456789"', 'B123456789'],
    ['mt-sics', 'I4 I', null],
    ['mt-sics', 'S S   12.00 g', null],
    ['and', 'SN,T1234567', 'T1234567'],
    ['and', 'ST,+00012.00  g', null],
    ['sartorius-sbi', '      91205355', '91205355'],
    ['sartorius-sbi', '     High     ', null],
  ])('%s %j is %s', (id, line, serial) => expect(said(id, line)).toBe(serial));
});

describe('the first line of a connection', () => {
  // A balance that prints by itself goes on in the middle of its line when the cable is back.
  test.each([
    ['ohaus', '53.98 g\r\n', '   153.98 g\r\n', value('153.98', 'g', { stable: true })],
    ['sartorius-sbi', '    10.25 g  \r\n', '-    10.25 g  \r\n', value('-10.25', 'g', { stable: true })],
    ['kern', '  123.45 G S\r\n', '-   123.45 G S\r\n', null],
    ['mettler-print', ' N  1.0 g\r\n', '     N  1.0 g\r\n', value('1.0', 'g', { fields: { mode: 'net' } })],
  ])('%s does not take the tail of a line for a line', (id, tail, line, whole) => {
    const { push } = connection(id);
    expect(push(tail)).toEqual([]);
    if (whole) expect(push(line)).toEqual([whole]);
  });
});

test('a piece that ends in a cut line: the line is rejected, also where bare lines are taken', () => {
  const { text } = player('ohaus');
  expect(text('    53.98 g     ').events).toEqual([value('53.98', 'g', { stable: true })]);
  expect(text('    53.98 g     \r\n    53.9 g')).toEqual({
    events: [value('53.98', 'g', { stable: true })],
    rejected: 10,
  });
});

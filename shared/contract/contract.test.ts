// The contract as both sides use it: declared once, refused when it is not, and carried by any transport.
import { describe, expect, test } from 'vitest';
import { AppError } from '../errors/appError.ts';
import { collectionNames, collections } from '../entities/collections.ts';
import { rolePermissions, roleSchema } from '../entities/roles.ts';
import { addDays, lineOf, toCalendarDay, toWallTime, wallTime } from '../entities/scalars.ts';
import { callNames, calls, isCallName } from './calls.ts';
import { createClient } from './client.ts';
import type { CoreEvent } from './events.ts';

describe('the table of calls', () => {
  test('every permission is held by a role or is for everybody, and every held permission guards a call', () => {
    const open = ['public', 'session', 'signedIn'];
    const held = new Set(Object.values(rolePermissions).flat());
    const asked = new Set(callNames.map((name) => calls[name].permission));
    expect([...asked].filter((permission) => !open.includes(permission) && !held.has(permission as never))).toEqual([]);
    expect([...held].filter((permission) => !asked.has(permission))).toEqual([]);
    expect(Object.keys(rolePermissions).sort()).toEqual([...roleSchema.options].sort());
  });

  test('only signing in and looking who is there are open to nobody', () => {
    const open = callNames.filter((name) => calls[name].permission === 'public');
    expect(open.toSorted()).toEqual([
      'recovery.act',
      'recovery.look',
      'recovery.state',
      'session.current',
      'session.signIn',
    ]);
  });

  test('a name is a call only when it is declared', () => {
    expect(isCallName('records.get')).toBe(true);
    for (const name of ['constructor', '__proto__', 'hasOwnProperty', 'records.Get'])
      expect(isCallName(name)).toBe(false);
  });

  test('no answer carries a password, and no text is without a limit', () => {
    const shapes = JSON.stringify(callNames.map((name) => Object.keys((calls[name].output as { shape?: object }).shape ?? {}))); // prettier-ignore
    expect(shapes).not.toMatch(/password|secret|sealed/i);
    // The first is past every limit but those of whole files, which alone are worth the minutes that the second costs.
    const [long, endless] = ['x'.repeat(200_000), 'x'.repeat(30_000_000)];
    for (const name of callNames) {
      const { shape } = calls[name].input as unknown as {
        shape: Record<string, { safeParse(value: unknown): { success: boolean } }>;
      };
      for (const [field, schema] of Object.entries(shape)) {
        // A digest is compared as it is and never kept.
        if (field === 'digest' || !schema.safeParse(long).success) continue;
        expect(schema.safeParse(endless).success, `${name} ${field}`).toBe(false);
      }
    }
  });
});

describe('the client', () => {
  test('throws the refusal of the far side as it came', async () => {
    const error = { code: 'X', message: '不行', details: [{ field: 'a', message: 'b' }] };
    const client = createClient({
      send: () => Promise.resolve({ ok: false, error }),
      subscribe: () => () => undefined,
    });
    const refused = await client.call('session.current', {}).catch((cause: unknown) => cause);
    expect(refused).toBeInstanceOf(AppError);
    expect((refused as AppError).info).toEqual(error);
  });

  test('an answer of another shape is not handed on', async () => {
    const client = createClient({
      send: () => Promise.resolve({ ok: true, value: { state: 'open' } }),
      subscribe: () => () => undefined,
    });
    await expect(client.call('session.current', {})).rejects.toThrow();
  });

  test('events of another shape are dropped, the others arrive', () => {
    let send: (event: unknown) => void = () => undefined;
    const client = createClient({
      send: () => Promise.reject(new Error('unused')),
      subscribe: (listener) => {
        send = listener;
        return () => undefined;
      },
    });
    const heard: CoreEvent[] = [];
    client.subscribe((event) => heard.push(event));
    for (const event of [null, { type: 'resync' }, { type: 'rows', rows: [] }, { type: 'resync', seq: 4 }]) send(event);
    expect(heard).toEqual([{ type: 'resync', seq: 4 }]);
  });
});

describe('scalars', () => {
  test('the lab’s day and time are those of +08:00, whatever the computer’s zone', () => {
    const instant = Date.parse('2026-12-31T16:00:00.123Z');
    expect(toWallTime(instant)).toBe('2027-01-01T00:00:00.123+08:00');
    expect(toCalendarDay(instant)).toBe('2027-01-01');
    expect(wallTime.safeParse(toWallTime(instant)).success).toBe(true);
    expect([addDays('2028-02-28', 1), addDays('2026-01-01', -1), addDays('2026-11-23', 28)]).toEqual(['2028-02-29', '2025-12-31', '2026-12-21']); // prettier-ignore
  });

  test.each(['\u0007', '\u200b', '\u202e', '\ue000', '\n', '\u2028', 'x\u0000y'])('a line does not hold %j', (text) => {
    expect(lineOf(10).safeParse(`甲${text}乙`).success).toBe(false);
  });

  test('a line holds rare characters, quotes and brackets', () => {
    for (const text of ['𠮷野', '“甲”（乙）', '<b>&amp;', '1-8/A-F 轴', '100 m³'])
      expect(lineOf(20).safeParse(text).success).toBe(true);
  });
});

test('every collection has its key and its place in the feed', () => {
  for (const name of collectionNames) {
    const shape = collections[name].shape as Record<string, unknown>;
    expect(Object.keys(shape)).toEqual(expect.arrayContaining(['id', 'seq']));
  }
  expect(collectionNames.length).toBeLessThanOrEqual(12);
});

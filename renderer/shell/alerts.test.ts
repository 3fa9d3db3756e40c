import { describe, expect, test } from 'vitest';
import type { CollectionDocument } from '../../shared/entities/collections.ts';
import { toWallTime } from '../../shared/entities/scalars.ts';
import { alertsOf } from './alerts.ts';

const now = Date.parse('2026-11-23T10:00:00+08:00');
const hour = 3_600_000;
const status = (changes: Partial<CollectionDocument<'status'>> = {}): CollectionDocument<'status'> => ({
  id: 'now',
  seq: 1,
  platformUrl: '',
  connection: 'online',
  connectionText: '',
  lastContactAt: null,
  referenceSnapshot: 'v1',
  referenceFetchedAt: toWallTime(now - hour),
  clockOffsetMs: 0,
  clock: 'right',
  clockText: null,
  held: [],
  referenceFailed: [],
  referenceRefuseDays: 0,
  backupTargets: 1,
  backupGoodAt: toWallTime(now - hour),
  backupAlarmHours: 50,
  backupFailure: null,
  disk: 'ok',
  diskText: null,
  ...changes,
});
const said = (changes: Partial<CollectionDocument<'status'>>) =>
  alertsOf(status(changes), now).map(({ id, tone }) => `${id} ${tone}`);
const fetched = (hours: number) => ({ referenceFetchedAt: toWallTime(now - hours * hour) });

describe('the lines under the banner', () => {
  test('nothing while all is well, and before anything is known', () => {
    expect(said({})).toEqual([]);
    expect(said({ referenceFetchedAt: null })).toEqual([]);
    expect(alertsOf(undefined, now)).toEqual([]);
  });

  test('reference data: a hint after a day, loud after a week, and what the lab has set', () => {
    expect(said(fetched(24))).toEqual([]);
    expect(said(fetched(24.1))).toEqual(['reference warn']);
    expect(said(fetched(7 * 24))).toEqual(['reference warn']);
    expect(said(fetched(7 * 24 + 1))).toEqual(['reference bad']);
    const [line] = alertsOf(status({ ...fetched(50), referenceRefuseDays: 2 }), now);
    expect(line?.text).toContain('超过本机构规定的 2 天，不能收样、检测和签名');
    expect(alertsOf(status(fetched(9 * 24)), now)[0]?.text).toContain('基础数据停在 2026-11-14 10:00（9 天没有更新）');
  });

  test('a kind that did not come down is named; while nothing can be reached, the connection says it', () => {
    const failed = (since: number) => [
      { name: '设备', since: toWallTime(since), words: 'INTERNAL 查询失败' },
      { name: '合同', since: toWallTime(now), words: 'INTERNAL 查询失败' },
    ];
    expect(said({ referenceFailed: failed(now - hour) })).toEqual(['referenceFailed warn']);
    expect(said({ referenceFailed: failed(now - 25 * hour) })).toEqual(['referenceFailed bad']);
    for (const connection of ['offline', 'stopped'] as const)
      expect(said({ referenceFailed: failed(now), connection })).toEqual([]);
    const [line] = alertsOf(status({ referenceFailed: failed(now - 3 * hour) }), now);
    expect(line?.text).toContain('基础数据中的“设备”、“合同”已 3 小时没有取到（INTERNAL 查询失败），其余已更新');
  });

  test('the clock comes first, in the core’s words with what to do', () => {
    const clock = { clock: 'off' as const, clockText: '电脑时间与监管平台相差 900 秒（本机快），超过 5 分钟。' };
    const held = [{ heldId: 'H', kind: 'person', at: '', lost: 3 }, { heldId: 'I', kind: 'equipment', at: '', lost: 4 }]; // prettier-ignore
    expect(said({ ...clock, ...fetched(200), held })).toEqual(['clock bad', 'reference bad', 'held warn']);
    const [first] = alertsOf(status({ ...clock, held }), now);
    expect(first?.text).toBe(`${clock.clockText}现在不能签名；请校正电脑时间，校正后自动恢复。`);
    expect(alertsOf(status({ held }), now)[0]?.text).toContain('7 项');
  });

  test('backup: none, too old, and a failure only where it matters', () => {
    expect(said({ backupGoodAt: null })).toEqual(['backup warn']);
    expect(said({ backupGoodAt: null, backupFailure: '盘满了' })).toEqual(['backup bad']);
    expect(said({ backupGoodAt: toWallTime(now - 50 * hour), backupFailure: '盘满了' })).toEqual([]);
    const [line] = alertsOf(status({ backupGoodAt: toWallTime(now - 51 * hour), backupFailure: '盘满了。' }), now);
    expect(line).toMatchObject({ id: 'backup', tone: 'bad' });
    expect(line?.text).toContain('51 小时前），超过规定的 50 小时。上次没有成功：盘满了。');
    expect(alertsOf(status({ backupTargets: 0 }), now, true)).toEqual([]);
    expect(alertsOf(status({ backupTargets: 0 }), now, false)).toMatchObject([{ id: 'backup', tone: 'warn' }]);
  });

  test('free space', () => {
    expect(said({ disk: 'low', diskText: '少' })).toEqual(['disk warn']);
    expect(said({ disk: 'floor', diskText: '少' })).toEqual(['disk bad']);
  });
});

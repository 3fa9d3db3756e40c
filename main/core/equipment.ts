// What the lab itself keeps of its machines: stopped or in use, and the port with its line profile. A profile that does
// not fit is refused here, before anything is read with it.
import { toWallTime } from '../../shared/entities/scalars.ts';
import { AppError } from '../../shared/errors/appError.ts';
import { parseLineProfile } from '../instruments/drivers/line-profile.ts';
import { requireRow } from '../store/store.ts';
import type { Bench } from './bench/bench.ts';
import { identityOf, readPortSetting } from './bench/portSetting.ts';
import type { Context, SomeHandlers } from './context.ts';

export function equipmentHandlers(
  context: Context,
  bench: Bench,
): SomeHandlers<'equipment.setState' | 'equipment.setPort'> {
  return {
    'equipment.setState'({ equipmentId, state, reason }, caller) {
      requireRow(context.store.get('equipment', equipmentId), '设备', equipmentId);
      const localSince = toWallTime(context.now());
      context.store.transact(caller.actor, (tx) =>
        tx.update('equipment', equipmentId, { localState: state, localReason: reason, localSince }, reason),
      );
      return {};
    },
    async 'equipment.setPort'({ equipmentId, path, baudRate, lineProfile }, caller) {
      requireRow(context.store.get('equipment', equipmentId), '设备', equipmentId);
      const profile = lineProfile.trim() === '' ? null : parseProfile(lineProfile);
      const twin = context.store.first(
        `SELECT equipmentId FROM equipment WHERE equipmentId <> ? AND json_extract(portJson, '$.path') = ?`,
        equipmentId,
        path,
      );
      if (path !== '' && twin) throw pathTaken(path, String(twin['equipmentId']));
      const port = path === '' ? undefined : await bench.portInfo(path);
      const lines = readPortSetting(
        JSON.stringify({ path, baudRate, lineProfile: profile, identity: identityOf(port) }),
      );
      const setting = path === '' ? null : { ...lines, place: port?.place ?? null };
      context.store.transact(caller.actor, (tx) =>
        tx.update('equipment', equipmentId, { portJson: setting ? JSON.stringify(setting) : null }, '设置串口'),
      );
      return {};
    },
  };
}

function pathTaken(path: string, equipmentId: string): AppError {
  return new AppError({
    code: 'PORT_TAKEN',
    message: `串口 ${path} 已经设给设备 ${equipmentId}。`,
    meaning: '一个串口只能属于一台设备，没有保存。',
    next: '请核对接线，或先清除那台设备的串口。',
  });
}

function parseProfile(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError(
      {
        code: 'PROFILE_NOT_JSON',
        message: '行协议不是有效的 JSON。',
        meaning: '没有保存；填写的内容还在。',
        next: '请检查括号、逗号和引号。',
        details: [{ field: 'lineProfile', message: cause instanceof Error ? cause.message : '不是有效的 JSON' }],
      },
      { cause },
    );
  }
  parseLineProfile(value);
  return value;
}

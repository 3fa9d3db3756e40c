// The rooms: their band, how long they may be outside it, whose records they belong to, and the meter that watches them.
// The meter's port and profile stand with the machine it is, in the equipment's own port setting.
import { z } from 'zod';
import { usualBands, type ClimateBand, type ClimateKind } from '../../../shared/climate/band.ts';
import type { ClimatePlace, climateCalls } from '../../../shared/climate/calls.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { Exact } from '../../../shared/methods/index.ts';
import { parseModbusProfile } from '../../instruments/drivers/modbus/index.ts';
import { jsonOf, nullableText as nullable, textOf as text } from '../../store/cells.ts';
import { requireRow } from '../../store/store.ts';
import type { Row } from '../../store/tables.ts';
import type { Transaction } from '../../store/transaction.ts';
import { readPortSetting, type PortSetting } from '../bench/portSetting.ts';
import type { Caller, Context } from '../context.ts';

type Reader = Pick<Transaction, 'get' | 'all' | 'first'>;
export type SetPlaceInput = z.output<(typeof climateCalls)['climate.setPlace']['input']>;
export type SetMeterInput = z.output<(typeof climateCalls)['climate.setMeter']['input']>;

/** A room as the log works with it. */
export interface Place {
  placeId: string;
  name: string;
  kind: ClimateKind;
  band: ClimateBand;
  alarmMinutes: number;
  itemCodes: string[];
  state: 'inUse' | 'stopped';
  equipmentId: string | null;
  setting: PortSetting | null;
}

export function placeOf(reader: Reader, row: Row): Place {
  const equipmentId = nullable(row['equipmentId'] ?? null);
  const setting = readPortSetting(equipmentId === null ? null : reader.get('equipment', equipmentId)?.['portJson']);
  return {
    placeId: text(row['placeId']),
    name: text(row['name']),
    kind: text(row['kind']) as ClimateKind,
    band: {
      temperatureMin: nullable(row['temperatureMin'] ?? null),
      temperatureMax: nullable(row['temperatureMax'] ?? null),
      humidityMin: nullable(row['humidityMin'] ?? null),
      humidityMax: nullable(row['humidityMax'] ?? null),
    },
    alarmMinutes: Number(row['alarmMinutes']),
    itemCodes: jsonOf<string[]>(row['itemCodesJson']),
    state: text(row['state']) as Place['state'],
    equipmentId,
    // Another driver on the port is not a meter of this log.
    setting: setting?.driver.id === 'modbus' ? setting : null,
  };
}

export function places(reader: Reader): Place[] {
  return reader.all('SELECT * FROM climatePlace ORDER BY placeId').map((row) => placeOf(reader, row));
}

export function requirePlace(reader: Reader, placeId: string): Place {
  return placeOf(reader, requireRow(reader.get('climatePlace', placeId), '温湿度记录处', placeId));
}

/** The two rooms that every lab has. Made once; what the lab makes of them stays. */
export function seedPlaces(tx: Transaction): void {
  if (tx.first('SELECT 1 FROM climatePlace')) return;
  const seeds: [string, string, ClimateKind][] = [
    ['curing', '标准养护室', 'curing'],
    ['lab', '试验室', 'laboratory'],
  ];
  for (const [placeId, name, kind] of seeds) {
    tx.insert(
      'climatePlace',
      {
        placeId,
        name,
        kind,
        equipmentId: null,
        ...usualBands[kind],
        alarmMinutes: 5,
        itemCodesJson: '[]',
        state: 'inUse',
      },
      '程序内置的两处，可改',
    );
  }
}

export function shownPlace(reader: Reader, place: Place): ClimatePlace {
  const { placeId, name, kind, band, alarmMinutes, itemCodes, state, equipmentId, setting } = place;
  const profile = setting?.driver.profile as { slave?: number; title?: string; id?: string } | undefined;
  return {
    placeId,
    name,
    kind,
    band,
    alarmMinutes,
    itemCodes,
    state,
    meter:
      equipmentId === null
        ? null
        : {
            equipmentId,
            equipmentName: text(reader.get('equipment', equipmentId)?.['name'] ?? equipmentId),
            path: setting?.path ?? null,
            slave: profile?.slave ?? null,
            profileTitle: profile?.title ?? profile?.id ?? '',
            profile: setting === null ? null : JSON.stringify(setting.driver.profile, null, 2),
            line: setting?.line ?? null,
          },
  };
}

export function setPlace(context: Context, caller: Caller, input: SetPlaceInput): void {
  const { placeId, name, kind, band, alarmMinutes, itemCodes, state, reason } = input;
  refuseCrossed(band.temperatureMin, band.temperatureMax, '温度');
  refuseCrossed(band.humidityMin, band.humidityMax, '湿度');
  context.store.transact(caller.actor, (tx) => {
    const known = tx.get('climatePlace', placeId);
    const row = { placeId, name, kind, ...band, alarmMinutes, itemCodesJson: JSON.stringify(itemCodes), state };
    tx.put('climatePlace', { ...row, equipmentId: known?.['equipmentId'] ?? null }, reason);
  });
}

function refuseCrossed(min: string | null, max: string | null, what: string): void {
  if (min === null || max === null || new Exact(min).lt(max)) return;
  throw refuse('CLIMATE_BAND', `${what}下限 ${min} 不小于上限 ${max}。`, '请核对上下限。');
}

const refuse = (code: string, message: string, next: string): AppError =>
  new AppError({ code, message, meaning: '没有保存。', next });

/** What the profile measures, checked before anything is read with it. */
function checkedProfile(json: string): { profile: unknown; slave: number } {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw refuse(
      'PROFILE_NOT_JSON',
      `寄存器表不是有效的 JSON：${cause instanceof Error ? cause.message : '无法读取'}。`,
      '请检查括号、逗号和引号。',
    );
  }
  const profile = parseModbusProfile(value);
  const unit = (name: string) => profile.values.find((each) => each.name === name)?.unit.replace('°C', '℃');
  if (unit('temperature') !== '℃' || ![undefined, '%', '%RH'].includes(unit('humidity'))) {
    throw refuse(
      'CLIMATE_PROFILE',
      '寄存器表里须有名为 temperature、单位 ℃ 的一项；湿度名为 humidity，单位 %。',
      '请核对名称和单位。',
    );
  }
  return { profile, slave: profile.slave };
}

export function setMeter(context: Context, caller: Caller, identity: PortIdentity, input: SetMeterInput): void {
  const { placeId, meter, reason } = input;
  requirePlace(context.store, placeId);
  if (meter === null) {
    context.store.transact(caller.actor, (tx) => tx.update('climatePlace', placeId, { equipmentId: null }, reason));
    return;
  }
  const { equipmentId, path, line } = meter;
  const machine = requireRow(context.store.get('equipment', equipmentId), '设备', equipmentId);
  const former = readPortSetting(machine['portJson']);
  if (former !== null && former.driver.id !== 'modbus') {
    const message = `设备 ${equipmentId} 已经接在 ${former.path}，不是温湿度记录仪。`;
    throw refuse('METER_OTHER', message, '请选温湿度记录仪，或先清除那台设备的串口。');
  }
  const taken = context.store.first(
    'SELECT name FROM climatePlace WHERE equipmentId = ? AND placeId <> ?',
    equipmentId,
    placeId,
  );
  if (taken)
    throw refuse('METER_TAKEN', `设备 ${equipmentId} 已经用于 ${String(taken['name'])}。`, '一台记录仪只放在一处。');
  const { profile, slave } = path === '' ? { profile: null, slave: 0 } : checkedProfile(meter.profile);
  const setting: PortSetting = { path, line, driver: { id: 'modbus', profile }, instrument: null, ...identity };
  if (path !== '') refuseSharedLine(context, equipmentId, setting, slave);
  context.store.transact(caller.actor, (tx) => {
    const portJson = path === '' ? null : JSON.stringify(setting);
    tx.update('equipment', equipmentId, { portJson }, reason);
    tx.update('climatePlace', placeId, { equipmentId }, reason);
  });
}

export type PortIdentity = Pick<PortSetting, 'identity' | 'place'>;

/** A line may carry several meters, each at its own address and all at the same settings; nothing else may be on it. */
function refuseSharedLine(context: Context, equipmentId: string, setting: PortSetting, slave: number): void {
  const others = context.store.all(
    `SELECT equipmentId, portJson FROM equipment WHERE equipmentId <> ? AND json_extract(portJson, '$.path') = ?`,
    equipmentId,
    setting.path,
  );
  for (const row of others) {
    const other = readPortSetting(row['portJson']);
    const owner = String(row['equipmentId']);
    if (other?.driver.id !== 'modbus')
      throw refuse('PORT_TAKEN', `串口 ${setting.path} 已经设给设备 ${owner}。`, '请核对接线。');
    if ((other.driver.profile as { slave?: number } | null)?.slave === slave)
      throw refuse('SLAVE_TAKEN', `总线 ${setting.path} 上地址 ${slave} 已经是设备 ${owner}。`, '请改其中一台的地址。');
    if (JSON.stringify(other.line) !== JSON.stringify(setting.line))
      throw refuse(
        'LINE_DIFFERS',
        `总线 ${setting.path} 上的设备 ${owner} 用的是另一组串口参数。`,
        '同一总线上须一致。',
      );
  }
}

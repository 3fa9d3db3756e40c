// The record that an instrument was taken into use, as it is stored and as it is shown, and whether what is set of a
// machine now is what was compared then.
import type { Commissioning } from '../../../shared/contract/instruments.ts';
import { findDriver } from '../../instruments/drivers/index.ts';
import { sayLine } from '../../instruments/inspect/evidence.ts';
import type { Store } from '../../store/store.ts';
import type { Row, Value } from '../../store/tables.ts';
import { driverTitle, readPortSetting, settingText, type PortSetting } from '../bench/portSetting.ts';

/** What `commissioning.portJson` holds: the setting as it was compared, and what was known of the port that day. */
export interface CommissionedPort {
  setting: PortSetting;
  manufacturer: string | null;
  serialNumber: string | null;
  place: string | null;
  validTo: string;
  /** Not in records of before it was asked again and again. */
  identityAsked?: boolean;
}

export interface CommissionState {
  state: 'none' | 'confirmed' | 'unconfirmed';
  reason: string | null;
}

export function newestCommissioning(store: Pick<Store, 'first'>, equipmentId: string): Row | undefined {
  return store.first(
    'SELECT * FROM commissioning WHERE equipmentId = ? ORDER BY at DESC, commissioningId DESC LIMIT 1',
    equipmentId,
  );
}

export function commissionState(
  store: Pick<Store, 'first'>,
  equipmentId: string,
  portJson: Value | undefined,
): CommissionState {
  const setting = readPortSetting(portJson);
  if (setting === null) return { state: 'none', reason: null };
  const row = newestCommissioning(store, equipmentId);
  const unconfirmed = (reason: string): CommissionState => ({ state: 'unconfirmed', reason });
  if (!row) return unconfirmed('串口设置没有核对过示值。');
  const kept = JSON.parse(String(row['portJson'])) as CommissionedPort;
  if (settingText(kept.setting) !== settingText(setting)) return unconfirmed('最近一次确认之后，串口设置改动过。');
  const version = versionOf(setting.driver.id);
  if (version !== String(row['driverVersion'])) {
    return unconfirmed(`最近一次确认之后，驱动由 ${String(row['driverVersion'])} 版变为 ${version} 版。`);
  }
  return { state: 'confirmed', reason: null };
}

function versionOf(driverId: string): string {
  try {
    return findDriver(driverId).version;
  } catch {
    return '已没有的';
  }
}

const orNull = (value: Value | undefined): string | null =>
  value === null || value === undefined ? null : String(value);

export function commissioningOf(row: Row): Commissioning {
  const { setting, manufacturer, serialNumber, place, validTo, identityAsked } = JSON.parse(
    String(row['portJson']),
  ) as CommissionedPort;
  const port = [manufacturer, serialNumber && `序列号 ${serialNumber}`, place && `插口 ${place}`];
  return {
    commissioningId: String(row['commissioningId']),
    equipmentId: String(row['equipmentId']),
    at: String(row['at']),
    personName: String(row['personName']),
    path: setting.path,
    line: sayLine(setting.line),
    port: port.filter(Boolean).join('，'),
    driverId: String(row['driver']),
    driverTitle: driverTitle(String(row['driver'])),
    driverVersion: String(row['driverVersion']),
    profile: setting.driver.profile === null ? null : JSON.stringify(setting.driver.profile),
    identity: orNull(row['identity']),
    identityAsked: identityAsked ?? false,
    certificateNo: String(row['certificateNo']),
    validTo,
    rangeText: String(row['rangeText']),
    accuracyClass: String(row['accuracyClass']),
    shown: String(row['shown']),
    received: String(row['received']),
    zero: orNull(row['zero']),
    raw: String(row['raw']),
    remark: orNull(row['remark']),
  };
}

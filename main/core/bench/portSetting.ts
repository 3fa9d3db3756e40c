// What is kept of a machine's port: path, line, driver with its profile, and what the adapter is known by. Names such
// as COM5 move from one adapter to another; a USB serial number does not, and a socket does not.
import { AppError } from '../../../shared/errors/appError.ts';
import { findDriver } from '../../instruments/drivers/index.ts';
import type { LineSettings } from '../../instruments/drivers/driver.ts';
import { lineProfile } from '../../instruments/drivers/line-profile.ts';
import type { PortInfo } from '../../instruments/protocol.ts';
import type { Value } from '../../store/tables.ts';

export interface PortSetting {
  path: string;
  line: LineSettings;
  /** A line profile of null stands for the virtual machine's own stream. */
  driver: { id: string; profile: unknown };
  /** The adapter that was on this path when it was set; null where the system knows none (network, pseudo-terminal). */
  identity: string | null;
  /** The socket it hung on. */
  place: string | null;
  /** What the instrument itself said it is, where it says so. */
  instrument: string | null;
}

/** As settings were kept when every machine spoke lines. */
interface FormerSetting {
  path: string;
  baudRate: number;
  lineProfile: unknown;
  identity?: string | null;
}

export function readPortSetting(json: Value | undefined): PortSetting | null {
  if (json === null || json === undefined || json === '') return null;
  const kept = JSON.parse(String(json)) as PortSetting | FormerSetting;
  if ('driver' in kept) return kept;
  const profileLine = (kept.lineProfile as { line?: Partial<LineSettings> } | null)?.line;
  const line = { ...lineProfile.defaultLine, ...profileLine, baudRate: kept.baudRate };
  const driver = { id: lineProfile.id, profile: kept.lineProfile ?? null };
  return { path: kept.path, line, driver, identity: kept.identity ?? null, place: null, instrument: null };
}

/** Two settings that read the same bytes the same way have the same text. */
export function settingText(setting: PortSetting): string {
  const { path, line, driver, identity, place } = setting;
  return JSON.stringify(sorted({ path, line, driver, identity, place }));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, each]) => [name, sorted(each)]));
}

/** What an adapter is known by: kind and serial number, or the kind alone. */
export function identityOf(port: PortInfo | undefined): string | null {
  const parts = [port?.vendorId, port?.productId, port?.serialNumber].filter(Boolean);
  return parts.length === 0 ? null : parts.join(':');
}

type Known = Pick<PortSetting, 'path' | 'identity'> & { place?: string | null };

/** The ports that may be the adapter of a setting. */
function ownPorts(setting: Known, ports: readonly PortInfo[]): PortInfo[] {
  const alike = ports.filter((port) => setting.identity !== null && identityOf(port) === setting.identity);
  const isNumbered = alike.some(({ serialNumber }) => Boolean(serialNumber));
  // A serial number that several adapters bear tells as little as none.
  if ((isNumbered && alike.length === 1) || !setting.place) return alike;
  const inPlace = alike.filter(({ place }) => place === setting.place);
  return inPlace.length > 0 || alike.some(({ place }) => place !== undefined) ? inPlace : alike;
}

/**
 * The path on which the adapter of a setting is now. The same adapter under another name is followed, and said; another
 * adapter under the old name is refused.
 */
export function followPort(
  equipmentId: string,
  setting: Known,
  ports: readonly PortInfo[],
): { path: string; note: string | null } {
  const { path, identity } = setting;
  const here = ports.find((port) => port.path === path);
  const now = identityOf(here);
  if (identity === null) return { path, note: null };
  const own = ownPorts(setting, ports);
  if (here && own.includes(here)) return { path, note: null };
  const [moved] = own;
  const isCertain = moved !== undefined && own.length === 1 && (Boolean(moved.serialNumber) || Boolean(setting.place));
  if (isCertain) {
    return {
      path: moved.path,
      note: `设备 ${equipmentId} 的转接器现在是 ${moved.path}（设置时是 ${path}），已按转接器本身连接。`,
    };
  }
  if (now === null) return { path, note: null };
  const isSame = now === identity;
  throw new AppError({
    code: 'PORT_SWAPPED',
    message: isSame
      ? `串口 ${path} 上是同一型号的转接器，但不在设备 ${equipmentId} 原来的 USB 插口上。`
      : `串口 ${path} 上现在是另一个转接器（${now}），设置设备 ${equipmentId} 时是 ${identity}。`,
    meaning: '可能接到了另一台设备上，程序不会把它的数据记在这台设备名下。',
    next: '请核对接线；确认更换了转接器的，由设备管理员在“设备”里用连接向导重新设置。',
  });
}

/** Name of a driver for lists; an id that this program does not know stands for itself. */
export function driverTitle(id: string): string {
  try {
    return findDriver(id).title;
  } catch {
    return id;
  }
}

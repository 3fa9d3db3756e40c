// Which port a machine is on: the one that the equipment keeper set, or, in the training lab, a virtual machine that is
// started when somebody connects to it.
import { AppError } from '../../../shared/errors/appError.ts';
import { findDriver } from '../../instruments/drivers/index.ts';
import { virtualMachineProfile } from '../../instruments/virtual/index.ts';
import type { PortInfo } from '../../instruments/protocol.ts';
import type { LineSettings } from '../../instruments/drivers/driver.ts';
import { parseLineProfile, type LineProfile } from '../../instruments/drivers/line-profile.ts';
import type { Context } from '../context.ts';
import type { VirtualBench } from '../training/virtualBench.ts';

/** Testing machines speak lines that a profile describes. */
export const driverId = 'line-profile';

export interface PortSetting {
  path: string;
  baudRate: number;
  /** Line profile, as the keeper entered it; null: the virtual machine's own stream. */
  lineProfile: unknown;
  /** The adapter that was on this path when it was set; null where the system knows none (network, pseudo-terminal). */
  identity?: string | null;
}

/** What an adapter is known by: names such as COM5 move from one to another. */
export function identityOf(port: PortInfo | undefined): string | null {
  const parts = [port?.vendorId, port?.productId, port?.serialNumber].filter(Boolean);
  return parts.length === 0 ? null : parts.join(':');
}

/** Refuses a path on which another adapter answers now than when the machine was connected to it. */
export function refuseSwappedPort(equipmentId: string, setting: PortSetting, ports: readonly PortInfo[]): void {
  const known = setting.identity ?? null;
  const now = identityOf(ports.find((port) => port.path === setting.path));
  if (known === null || now === null || known === now) return;
  throw new AppError({
    code: 'PORT_SWAPPED',
    message: `串口 ${setting.path} 上现在是另一个转接器（${now}），设置设备 ${equipmentId} 时是 ${known}。`,
    meaning: '可能接到了另一台设备上，程序不会把它的数据记在这台设备名下。',
    next: '请核对接线；确认更换了转接器的，由设备管理员在“设备”里重新设置串口。',
  });
}
export interface ChannelSetting {
  path: string;
  line: LineSettings;
  driver: { id: string; profile: unknown };
}

export class PortDirectory {
  readonly #context: Context;
  readonly #virtual: VirtualBench | null;

  constructor(context: Context, virtual: VirtualBench | null) {
    this.#context = context;
    this.#virtual = virtual;
  }

  usedPaths(): Set<string> {
    const rows = this.#context.store.all('SELECT portJson FROM equipment WHERE portJson IS NOT NULL');
    return new Set(rows.map((row) => (JSON.parse(String(row['portJson'])) as PortSetting).path));
  }

  settingOf(equipmentId: string): PortSetting | null {
    const json = this.#context.store.get('equipment', equipmentId)?.['portJson'];
    return json ? (JSON.parse(String(json)) as PortSetting) : null;
  }

  async channelOf(equipmentId: string, ports: readonly PortInfo[]): Promise<ChannelSetting> {
    const setting = this.settingOf(equipmentId);
    if (setting) {
      refuseSwappedPort(equipmentId, setting, ports);
      const profile = setting.lineProfile === null ? this.#virtualProfile() : parseLineProfile(setting.lineProfile);
      const line = { ...this.#lineDefaults(profile), baudRate: setting.baudRate };
      return { path: setting.path, line, driver: { id: driverId, profile } };
    }
    if (this.#virtual) {
      const range = this.#context.store.get('equipment', equipmentId)?.['rangeKn'];
      const profile = { ...this.#virtualProfile(), ...(range == null ? {} : { range_kN: String(range) }) };
      const path = await this.#virtual.start(equipmentId, Number(profile.range_kN));
      return { path, line: this.#lineDefaults(profile), driver: { id: driverId, profile } };
    }
    throw new AppError({
      code: 'PORT_NOT_SET',
      message: `设备 ${equipmentId} 还没有设置串口。`,
      meaning: '程序不知道它接在哪个口上，不会去猜。',
      next: '请设备管理员在“设备”里选择串口并填写行协议。',
    });
  }

  /** A virtual machine that runs faster than time makes every hiccup of the computer look that much longer. */
  detectorParams(equipmentId: string): { silence_s?: string } {
    const accelerated = this.#virtual !== null && this.#virtual.speed > 1 && this.settingOf(equipmentId) === null;
    return accelerated ? { silence_s: '6' } : {};
  }

  async release(equipmentId: string): Promise<void> {
    await this.#virtual?.stop(equipmentId);
  }

  #virtualProfile(): LineProfile {
    return parseLineProfile(virtualMachineProfile);
  }

  #lineDefaults(profile: LineProfile): LineSettings {
    return profile.line ?? findDriver(driverId).defaultLine;
  }
}

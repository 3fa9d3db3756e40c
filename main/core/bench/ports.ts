// Which port a machine is on: the one that the equipment keeper set, or, in the training lab, a virtual machine that is
// started when somebody connects to it.
import { AppError } from '../../../shared/errors/appError.ts';
import { virtualMachineProfile, virtualPullingProfile } from '../../instruments/virtual/index.ts';
import type { PortInfo } from '../../instruments/protocol.ts';
import type { LineSettings } from '../../instruments/drivers/driver.ts';
import { lineProfile, parseLineProfile, type LineProfile } from '../../instruments/drivers/line-profile.ts';
import { catalogueMethod } from '../catalogue.ts';
import type { Context } from '../context.ts';
import type { VirtualBench } from '../training/virtualBench.ts';
import { usesExtensometer } from './extensometers.ts';
import { followPort, readPortSetting, type PortSetting } from './portSetting.ts';

export { identityOf } from './portSetting.ts';
export type { PortSetting } from './portSetting.ts';

/** The virtual machine speaks lines that a profile describes. */
const virtualDriverId = lineProfile.id;

export interface ChannelSetting {
  path: string;
  line: LineSettings;
  driver: { id: string; profile: unknown };
  /** What the instrument said it is when it was taken into use. */
  identity: string | null;
  /** That the adapter was found under another name. */
  note: string | null;
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
    return new Set(rows.flatMap((row) => readPortSetting(row['portJson'])?.path ?? []));
  }

  settingOf(equipmentId: string): PortSetting | null {
    return readPortSetting(this.#context.store.get('equipment', equipmentId)?.['portJson']);
  }

  driverOf(equipmentId: string): string {
    return this.settingOf(equipmentId)?.driver.id ?? virtualDriverId;
  }

  async channelOf(equipmentId: string, ports: readonly PortInfo[]): Promise<ChannelSetting> {
    const setting = this.settingOf(equipmentId);
    if (setting) {
      const { path, note } = followPort(equipmentId, setting, ports);
      const { id, profile } = setting.driver;
      const isVirtual = id === virtualDriverId && profile === null;
      return {
        path,
        line: setting.line,
        driver: { id, profile: isVirtual ? this.#virtualProfile() : (profile ?? undefined) },
        identity: setting.instrument,
        note,
      };
    }
    if (this.#virtual) {
      const range = this.#context.store.get('equipment', equipmentId)?.['rangeKn'];
      const extension = this.#takesExtensometer(equipmentId);
      const own = extension ? parseLineProfile(virtualPullingProfile) : this.#virtualProfile();
      const profile = { ...own, ...(range == null ? {} : { range_kN: String(range) }) };
      const path = await this.#virtual.start(equipmentId, Number(profile.range_kN), extension);
      const line = profile.line ?? lineProfile.defaultLine;
      return { path, line, driver: { id: virtualDriverId, profile }, identity: null, note: null };
    }
    throw new AppError({
      code: 'PORT_NOT_SET',
      message: `设备 ${equipmentId} 还没有设置串口。`,
      meaning: '程序不知道它接在哪个口上，不会去猜。',
      next: '请设备管理员在“设备”里用连接向导接入这台设备。',
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

  /** A machine of bars has a socket for an extensometer. */
  #takesExtensometer(equipmentId: string): boolean {
    const { store } = this.#context;
    const codes = JSON.parse(String(store.get('equipment', equipmentId)?.['itemCodesJson'] ?? '[]')) as string[];
    return codes.some((itemCode) => usesExtensometer(catalogueMethod(store, itemCode)));
  }

  #virtualProfile(): LineProfile {
    return parseLineProfile(virtualMachineProfile);
  }
}

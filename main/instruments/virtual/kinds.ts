// Every kind of virtual instrument: its name for people, the driver and profile that read it, its line, and how it is made.
// Adding one is a device and one entry here.
import { AAndDBalance } from './balances/and.ts';
import { KernBalance } from './balances/kern.ts';
import { MtSicsBalance } from './balances/mt-sics.ts';
import { OhausBalance } from './balances/ohaus.ts';
import { LabelScale, LoggedBalance, MettlerPrinter } from './balances/printed.ts';
import { SartoriusBalance } from './balances/sartorius.ts';
import { A12Indicator, A9Indicator, EqualsIndicator, KeliIndicator, ToledoIndicator } from './indicators/streams.ts';
import { confirmedBy, line } from './kind.ts';
import type { InstrumentSettings, Kind } from './kind.ts';
import { machineKinds } from './machine-kinds.ts';
import { FurnaceController } from './meters/ai-bus.ts';
import { DigimaticBox } from './meters/digimatic.ts';
import { ModbusMeters } from './meters/modbus-meters.ts';
import { ReboundHammer, Scanner } from './meters/scanner.ts';
import type { ScaleOptions } from './scale.ts';
import { curingRoom } from './curing-room.ts';

const scale = (settings: InstrumentSettings, own: Partial<ScaleOptions>): ScaleOptions => ({
  unit: 'g',
  decimals: 2,
  division: 1,
  capacity: 5200,
  load: settings.load ?? '0',
  tau_s: 0.35,
  quiet_s: 0.6,
  serial: settings.serial ?? 'X100000001',
  model: 'XL-5002',
  ...own,
});
const platform = (
  settings: InstrumentSettings,
  own: Partial<ScaleOptions> = {},
): ScaleOptions & { perSecond: number } => ({
  ...scale(settings, { unit: 'kg', decimals: 2, division: 2, capacity: 300, model: 'XK-300', ...own }),
  perSecond: 10,
});

export const kinds = {
  'mt-sics': {
    title: '天平（MT-SICS）',
    driver: { id: 'mt-sics' },
    line: line(9600),
    proof: 'text',
    isMachine: false,
    variants: ['silent-on-overload'],
    make: (settings, random) =>
      new MtSicsBalance(
        { ...scale(settings, {}), silentOnOverload: settings.variant === 'silent-on-overload' },
        random,
      ),
  },
  and: {
    title: '天平（A&D）',
    driver: { id: 'and' },
    line: line(2400, 7, 'even'),
    proof: 'text',
    isMachine: false,
    variants: ['wrong-parity'],
    make: (settings, random) =>
      new AAndDBalance({ ...scale(settings, {}), rightParity: settings.variant !== 'wrong-parity' }, random),
  },
  'sartorius-sbi': {
    title: '天平（赛多利斯 SBI）',
    driver: { id: 'sartorius-sbi' },
    line: line(9600),
    proof: 'text',
    isMachine: false,
    variants: ['22-characters', 'auto-print'],
    make: (settings, random) =>
      new SartoriusBalance(
        {
          ...scale(settings, {}),
          identifier: settings.variant === '22-characters',
          autoPrint: settings.variant === 'auto-print',
        },
        random,
      ),
  },
  ohaus: {
    title: '天平（奥豪斯）',
    driver: { id: 'ohaus' },
    line: line(2400, 7, 'none', 2),
    proof: 'text',
    isMachine: false,
    make: (settings, random) => new OhausBalance(scale(settings, {}), random),
  },
  kern: {
    title: '天平（科恩）',
    driver: { id: 'kern' },
    line: line(9600),
    proof: 'text',
    isMachine: false,
    make: (settings, random) => new KernBalance(scale(settings, {}), random),
  },
  'mettler-print': {
    title: '天平打印口（梅特勒-托利多）',
    driver: { id: 'mettler-print' },
    line: line(9600),
    proof: 'text',
    isMachine: false,
    make: (settings, random) => new MettlerPrinter(scale(settings, {}), random),
  },
  'and-log': {
    title: '天平记录序列（A&D）',
    driver: { id: 'and-log' },
    line: line(115_200),
    proof: 'text',
    isMachine: false,
    make: (settings, random) => new LoggedBalance(scale(settings, { decimals: 4, capacity: 110 }), random),
  },
  'xk3190-a9': {
    title: '称重仪表（XK3190-A9 连续）',
    driver: { id: 'xk3190-a9' },
    line: line(1200),
    proof: 'check',
    isMachine: false,
    make: (settings, random) => new A9Indicator(platform(settings), random),
  },
  'xk3190-a12': {
    title: '称重仪表（XK3190-A12）',
    driver: { id: 'xk3190-a12' },
    line: line(9600),
    proof: 'text',
    isMachine: false,
    make: (settings, random) => new A12Indicator(platform(settings), random),
  },
  'xk3190-reversed': {
    title: '称重仪表（“=”倒序）',
    driver: { id: 'xk3190-reversed', profile: { unit: 'kg', orientation: 'reversed', confirmedBy } },
    line: line(1200),
    proof: 'text',
    isMachine: false,
    make: (settings, random) => new EqualsIndicator(platform(settings), random),
  },
  toledo: {
    title: '称重仪表（托利多连续）',
    driver: { id: 'toledo', profile: { checksum: true } },
    line: line(9600, 7, 'even'),
    proof: 'text',
    isMachine: false,
    make: (settings, random) => new ToledoIndicator({ ...platform(settings), checksum: true }, random),
  },
  keli: {
    title: '称重仪表（柯力）',
    driver: { id: 'keli' },
    line: line(9600),
    proof: 'text',
    isMachine: false,
    make: (settings, random) => new KeliIndicator(platform(settings), random),
  },
  'jwi-586': {
    title: '计重秤标签（钰恒）',
    driver: { id: 'jwi-586' },
    line: line(9600),
    proof: 'text',
    isMachine: false,
    make: (settings, random) => new LabelScale(scale(settings, { unit: 'kg', decimals: 3, capacity: 30 }), random),
  },
  digimatic: {
    title: '数显卡尺（Digimatic 接口盒）',
    driver: { id: 'digimatic', profile: { unit: 'mm', confirmedBy } },
    line: line(9600),
    proof: 'text',
    isMachine: false,
    variants: ['zero-a'],
    make: (settings, random) =>
      new DigimaticBox(
        {
          ...scale(settings, { unit: 'mm', decimals: 2, capacity: 300, tau_s: 0.05, quiet_s: 0.1 }),
          layout: settings.variant === 'zero-a' ? 'zero-a' : 'channel-first',
        },
        random,
      ),
  },
  modbus: {
    title: '养护室温湿度（Modbus，总线上两台）',
    driver: { id: 'modbus', profile: curingRoom.profile },
    line: line(9600),
    proof: 'check',
    isMachine: false,
    make: (settings, random) => new ModbusMeters({ slaves: curingRoom.slaves(settings.serial) }, random),
  },
  'ai-bus': {
    title: '高温炉温控仪（宇电 AI-BUS）',
    driver: { id: 'ai-bus', profile: { address: 1, unit: '℃', decimals: 1, confirmedBy } },
    line: line(9600, 8, 'none', 2),
    proof: 'check',
    isMachine: false,
    make: (settings) =>
      new FurnaceController({ address: 1, decimals: 1, setPoint: '950', load: settings.load ?? '25', tau_s: 60 }),
  },
  'barcode-serial': {
    title: '串口扫码枪',
    driver: { id: 'barcode-serial' },
    line: line(9600),
    proof: 'text',
    isMachine: false,
    variants: ['CR', 'LF', 'CRLF'],
    make: ({ variant }) => new Scanner({ end: variant === 'LF' || variant === 'CRLF' ? variant : 'CR' }),
  },
  'rebound-hammer': {
    title: '回弹仪（只有命令应答）',
    driver: { id: 'rebound-hammer' },
    line: line(9600),
    proof: 'check',
    isMachine: false,
    make: () => new ReboundHammer(),
  },
  ...machineKinds,
} satisfies Record<string, Kind>;

export type { Kind } from './kind.ts';
export type KindId = keyof typeof kinds;
export const kindIds = Object.keys(kinds) as [KindId, ...KindId[]];
export const kindOf = (id: KindId): Kind => kinds[id];
/** The profile of a kind for a machine of this range. */
export function driverOf(id: KindId, settings: InstrumentSettings): Kind['driver'] {
  const { driver } = kindOf(id);
  const { profile } = driver as { profile?: Record<string, unknown> };
  if (settings.range_kN === undefined || profile === undefined) return driver;
  const named = ['range_kN', 'range'].find((name) => name in profile);
  return named === undefined ? driver : { ...driver, profile: { ...profile, [named]: String(settings.range_kN) } };
}

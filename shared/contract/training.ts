// Virtual instruments of the training lab: which kinds there are, plugging one in like an adapter, and what can go wrong
// with it. Outside training every one of these calls is refused.
import { z } from 'zod';
import { requiredLine } from '../entities/scalars.ts';
import { call } from './call.ts';
import { lineSettingsSchema } from './instruments.ts';

export const trainingFaults = [
  'noise',
  'wrong-baud',
  'parity',
  'silence',
  'burst',
  'cut',
  'overload',
  'drift',
  'swap',
  'restart',
] as const;
export const trainingFaultNames: Record<(typeof trainingFaults)[number], string> = {
  noise: '线路噪声',
  'wrong-baud': '波特率不符（乱码）',
  parity: '校验位不符',
  silence: '沉默',
  burst: '积压后一齐到达',
  cut: '一行中间断线',
  overload: '超量程',
  drift: '零点漂移',
  swap: '换成另一台',
  restart: '中途断电重启',
};

const kindSchema = z.object({
  id: z.string(),
  title: z.string(),
  driverId: z.string(),
  line: lineSettingsSchema,
  /** Testing machine: F6 at the bench puts specimens in. */
  isMachine: z.boolean(),
  variants: z.array(z.string()),
});
export type TrainingKind = z.infer<typeof kindSchema>;

export const virtualInstrumentSchema = z.object({
  instrumentId: z.string(),
  kind: z.string(),
  /** 虚拟… as it stands in the list of ports. */
  name: z.string(),
  path: z.string(),
  plugged: z.boolean(),
  equipmentId: z.string().nullable(),
  driverId: z.string(),
  line: lineSettingsSchema,
  /** JSON text for the wizard, where the driver needs one. */
  profile: z.string().nullable(),
  isMachine: z.boolean(),
  /** The newest thing it refused, in words. */
  refusal: z.string().nullable(),
});
export type VirtualInstrumentFacts = z.infer<typeof virtualInstrumentSchema>;

const instrumentId = requiredLine(60);
const decimal = z.string().regex(/^-?\d{1,9}(\.\d{1,9})?$/, '应为十进制数字');

export const trainingCalls = {
  /** A single-use address of the embedded platform's console, for a browser on this machine. */
  'training.console': call('setting.manage', z.object({}), z.object({ url: z.string() })),
  'training.kinds': call('ports.read', z.object({}), z.object({ kinds: z.array(kindSchema) })),
  'training.list': call('ports.read', z.object({}), z.object({ instruments: z.array(virtualInstrumentSchema) })),
  /** Makes an instrument of a kind and puts its plug in; it is in the list of ports from then on. */
  'training.plugIn': call(
    'ports.read',
    z.object({
      kind: requiredLine(40),
      /** The machine beside which it stands; its range is the machine's. */
      equipmentId: requiredLine(40).optional(),
      variant: requiredLine(40).optional(),
    }),
    virtualInstrumentSchema,
  ),
  'training.takeAway': call('ports.read', z.object({ instrumentId }), z.object({})),
  'training.act': call(
    'ports.read',
    z.object({
      instrumentId,
      act: z.discriminatedUnion('do', [
        z.object({ do: z.literal('put'), value: decimal }),
        z.object({ do: z.literal('print') }),
        z.object({ do: z.literal('scan'), code: requiredLine(200) }),
        z.object({ do: z.literal('pull') }),
        z.object({ do: z.literal('plug') }),
      ]),
    }),
    virtualInstrumentSchema,
  ),
  'training.fault': call(
    'ports.read',
    z.object({
      instrumentId,
      fault: z.enum(trainingFaults),
      lastsS: z.number().positive().max(600).default(5),
    }),
    virtualInstrumentSchema,
  ),
} as const;

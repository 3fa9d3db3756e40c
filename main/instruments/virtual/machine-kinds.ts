// The testing machines among the kinds: specimens are put into them, and their range goes into the driver's profile.
import { confirmedBy, line } from './kind.ts';
import type { InstrumentSettings, Kind } from './kind.ts';
import profileJson from './line-profile.json' with { type: 'json' };
import { Jianyi, OkePressure, OkeUniversal, Weihai } from './machines/asked.ts';
import { FrameMachine, KentAd, KentLcd, KentLed, KentNew, LineMachine } from './machines/streaming.ts';

const USUAL_RANGE_KN = 1000;
const range_kN = String(USUAL_RANGE_KN);
const machine = (settings: InstrumentSettings, seed: number, perSecond = 20) => {
  const own = settings.range_kN ?? USUAL_RANGE_KN;
  return { range_kN: own, noise_kN: own * 6e-5, seed, perSecond };
};

export const machineKinds = {
  'line-profile': {
    title: '试验机（逐行发送）',
    driver: { id: 'line-profile', profile: { ...profileJson, range_kN } },
    line: line(115_200),
    proof: 'text',
    isMachine: true,
    make: (settings, _random, seed) => new LineMachine(machine(settings, seed, 50)),
  },
  'frame-profile': {
    title: '试验机（自定义帧）',
    driver: {
      id: 'frame-profile',
      profile: {
        id: 'virtual-frames',
        start: 'AA 55',
        end: '0D',
        length: 10,
        value: { encoding: 'bcd', offset: 3, size: 4, decimals: 2 },
        sign: { kind: 'byte', offset: 2, negative: '2D', positive: '2B' },
        unit: 'kN',
        quantity: 'load',
        overload: { offset: 7, mask: '80', equals: '80' },
        checksum: { kind: 'sum8', from: 2, to: 7, at: 8 },
        range: range_kN,
        confirmedBy,
      },
    },
    line: line(9600),
    proof: 'check',
    isMachine: true,
    make: (settings, _random, seed) => new FrameMachine(machine(settings, seed, 50)),
  },
  'oke-pressure': {
    title: '压力试验机（欧凯、晨鑫）',
    driver: { id: 'oke-pressure', profile: { range_kN } },
    line: line(9600),
    proof: 'none',
    isMachine: true,
    make: (settings, _random, seed) => new OkePressure(machine(settings, seed)),
  },
  'oke-universal': {
    title: '万能试验机（欧凯、晨鑫，自带屈服）',
    driver: { id: 'oke-universal', profile: { range_kN } },
    line: line(9600),
    proof: 'check',
    isMachine: true,
    make: (settings, _random, seed) => new OkeUniversal(machine(settings, seed)),
  },
  weihai: {
    title: '试验机数显（威海）',
    driver: { id: 'weihai', profile: { range_kN } },
    line: line(9600),
    proof: 'text',
    isMachine: true,
    make: (settings, _random, seed) => new Weihai(machine(settings, seed)),
  },
  jianyi: {
    title: '试验机控制器（建仪）',
    driver: { id: 'jianyi', profile: { replyLength: 10, range_kN, confirmedBy } },
    line: line(9600),
    proof: 'none',
    isMachine: true,
    make: (settings, _random, seed) => new Jianyi({ ...machine(settings, seed), replyLength: 10 }),
  },
  'kent-new': {
    title: '试验机（肯特新液晶）',
    driver: { id: 'kent-new', profile: { range_kN } },
    line: line(9600),
    proof: 'none',
    isMachine: true,
    make: (settings, _random, seed) => new KentNew({ ...machine(settings, seed, 50), decimals: 2 }),
  },
  'kent-lcd': {
    title: '试验机（肯特液晶）',
    driver: { id: 'kent-lcd', profile: { range_kN, decimals: 2, confirmedBy } },
    line: line(9600),
    proof: 'none',
    isMachine: true,
    make: (settings, _random, seed) => new KentLcd({ ...machine(settings, seed, 50), decimals: 2 }),
  },
  'kent-ad': {
    title: '试验机（肯特 AD 采集板）',
    driver: { id: 'kent-ad', profile: { range_kN, decimals: 0, span: '2000', confirmedBy } },
    line: line(9600),
    proof: 'none',
    isMachine: true,
    make: (settings, _random, seed) => new KentAd({ ...machine(settings, seed, 50), span_kN: 2000 }),
  },
  'kent-led': {
    title: '试验机（肯特数显）',
    driver: { id: 'kent-led', profile: { range_kN, frameLength: 6, confirmedBy } },
    line: line(9600),
    proof: 'none',
    isMachine: true,
    make: (settings, _random, seed) => new KentLed({ ...machine(settings, seed, 50), frameLength: 6 }),
  },
} satisfies Record<string, Kind>;

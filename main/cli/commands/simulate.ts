// A virtual instrument on a port of its own, for demonstrations: prints its path, then what happens, and takes commands as
// JSON lines until its input ends.
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { AppError } from '../../../shared/errors/appError.ts';
import {
  faultKinds,
  instrumentOptionsSchema,
  kindIds,
  kindOf,
  startVirtualInstrument,
  titleOf,
} from '../../instruments/virtual/index.ts';
import type { InstrumentOrder } from '../../instruments/virtual/index.ts';
import type { Command } from '../jiantai.ts';

const say = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);

const listed = (): unknown[] =>
  kindIds.map((id) => {
    const { driver, line, isMachine, variants = [] } = kindOf(id);
    return { kind: id, title: titleOf(id), driver: driver.id, line, isMachine, variants };
  });

export const simulate: Command = {
  summary: '在一个端口上运行一台虚拟仪器；标准输入每行一条命令，如 {"command":"put","value":"52.34"}',
  usage: `jiantai simulate --kind <种类> [--endpoint pty|tcp] [--load 值] [--serial 编号] [--range kN] [--variant 变型] [--speed 倍数] [--seed 数] [--report]；--list 列出种类；故障 ${faultKinds.join('、')}`,
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        kind: { type: 'string' },
        endpoint: { type: 'string', default: 'auto' },
        load: { type: 'string' },
        serial: { type: 'string' },
        range: { type: 'string' },
        variant: { type: 'string' },
        speed: { type: 'string', default: '1' },
        seed: { type: 'string', default: '1' },
        report: { type: 'boolean', default: false },
        list: { type: 'boolean', default: false },
      },
    });
    if (values.list) {
      say({ kinds: listed() });
      return 0;
    }
    const { kind, range, load, serial, variant, endpoint, report } = values;
    const parsed = instrumentOptionsSchema.safeParse({
      kind,
      endpoint,
      report,
      speed: Number(values.speed),
      seed: Number(values.seed),
      ...(load === undefined ? {} : { load }),
      ...(serial === undefined ? {} : { serial }),
      ...(variant === undefined ? {} : { variant }),
      ...(range === undefined ? {} : { range_kN: Number(range) }),
    });
    if (!parsed.success) throw optionsWrong(parsed.error.issues.map(({ path }) => path.join('.')));
    const instrument = await startVirtualInstrument(parsed.data);
    const { path, driver, line, title } = instrument;
    instrument.on((event) => say(event));
    say({ event: 'ready', path, title, driver, line });
    await obeyUntilEnd((order) => instrument.obey(order));
    await instrument.stop();
    return 0;
  },
};

function obeyUntilEnd(obey: (order: InstrumentOrder) => void): Promise<void> {
  return new Promise((resolve) => {
    const lines = createInterface({ input: process.stdin });
    lines.on('line', (line) => {
      if (!line.trim()) return;
      try {
        obey(JSON.parse(line) as InstrumentOrder);
      } catch {
        say({ event: 'refused', reason: `不是有效的 JSON：${line}` });
      }
    });
    lines.on('close', resolve);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => lines.close());
  });
}

function optionsWrong(names: readonly string[]): AppError {
  return new AppError({
    code: 'USAGE',
    message: `选项有误：${[...new Set(names)].join('、')}。`,
    meaning: '没有启动虚拟仪器。',
    next: '运行 jiantai simulate --list 查看种类和变型，jiantai --help 查看用法。',
  });
}

// The bus scheduler against slaves that other people's libraries make: many callers at once on one line, one slave absent.
//   node tests/faults/modbus-bus.ts --callers 50 --rounds 20 [--slave pymodbus|libmodbus]
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { InstrumentHost } from '../../main/instruments/host.ts';
import type { SlaveStatistics } from '../../main/instruments/protocol.ts';
import type { ModbusProfileInput } from '../../main/instruments/drivers/modbus/index.ts';
import { wordOrders } from '../../main/instruments/drivers/modbus/registers.ts';
import { lackingFor, slaveKinds, startSlaves, type SlaveKind } from './peers/slaves.ts';
import { openCable } from './peers/socat.ts';

/** Temperature and humidity of meter n, and a float of its own in the four orders. */
export function meterProfile(slave: number): ModbusProfileInput {
  const at = (name: string, register: number, unit: string, min: string, max: string) =>
    ({ name, function: 3, register, type: 'int16', scale: '0.1', unit, plausible: { min, max } }) as const;
  return {
    id: `meter-${slave}`,
    slave,
    replyTimeoutMs: 300,
    values: [
      at('humidity', 0, '%', '0', '110'),
      at('temperature', 1, '℃', '-40', '80'),
      ...wordOrders.map(
        (order, index) =>
          ({
            name: `level-${order.toLowerCase()}`,
            function: 3,
            register: 10 + 2 * index,
            type: 'float32',
            order,
            unit: 'm',
            plausible: { min: '0', max: '300' },
          }) as const,
      ),
    ],
  };
}

/** What meter n must say. */
export const valuesOf = (slave: number): string[] => [
  ((950 + slave) / 10).toString(),
  ((200 + slave) / 10).toString(),
  ...wordOrders.map(() => `${slave}.5`),
];

export interface BusResult {
  slave: SlaveKind;
  readings: number;
  errors: string[];
  wrong: string[];
  /** Readings of the absent slave; every one must be a refusal. */
  absentRefused: number;
  seconds: number;
  p50Ms: number;
  p99Ms: number;
  periodic: number;
  statistics: SlaveStatistics[];
}

export async function askTogether(options: {
  slave: SlaveKind;
  callers: number;
  rounds: number;
  absent: boolean;
}): Promise<BusResult> {
  const slaves = [1, 2, 3, 4, 5, 6, 7, 8];
  const absentSlave = 99;
  const cable = await openCable();
  const folder = mkdtempSync(join(tmpdir(), 'jiantai-bus-'));
  const host = new InstrumentHost({ runsFolder: folder });
  const result: BusResult = {
    slave: options.slave, readings: 0, errors: [], wrong: [], absentRefused: 0, seconds: 0, p50Ms: 0, p99Ms: 0, periodic: 0, statistics: [],
  }; // prettier-ignore
  let peer: ChildProcess | null = null;
  try {
    peer = await startSlaves(options.slave, cable.far, slaves);
    const line = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 } as const;
    await host.openBus({ busId: 'bus', path: cable.near, line });
    host.on('meter', ({ meterId, values, fault }) => {
      result.periodic += 1;
      const wanted = valuesOf(Number(meterId)).join();
      if (fault) result.errors.push(`periodic ${meterId}: ${fault.message}`);
      else if (values.map(({ value }) => value).join() !== wanted) result.wrong.push(`periodic ${meterId}`);
    });
    for (const each of slaves.slice(0, 4)) {
      await host.addMeter({ busId: 'bus', meterId: String(each), profile: meterProfile(each), everyMs: 500 });
    }
    const times: number[] = [];
    const read = async (number: number): Promise<void> => {
      const started = performance.now();
      try {
        const { values } = await host.readMeter('bus', meterProfile(number));
        times.push(performance.now() - started);
        result.readings += 1;
        if (values.map(({ value }) => value).join() !== valuesOf(number).join()) result.wrong.push(`meter ${number}`);
      } catch (error) {
        if (number === absentSlave) result.absentRefused += 1;
        else result.errors.push(`meter ${number}: ${(error as Error).message}`);
      }
    };
    const started = performance.now();
    for (let round = 0; round < options.rounds; round += 1) {
      const callers = Array.from({ length: options.callers }, (_, index) => slaves[index % slaves.length] as number);
      if (options.absent) callers.push(absentSlave);
      await Promise.all(callers.map(read));
    }
    result.seconds = (performance.now() - started) / 1000;
    const sorted = times.sort((a, b) => a - b);
    result.p50Ms = sorted[sorted.length >> 1] ?? 0;
    result.p99Ms = sorted[Math.floor(sorted.length * 0.99)] ?? 0;
    result.statistics = await host.busStatistics('bus');
  } finally {
    await host.shutdown();
    peer?.kill('SIGTERM');
    await cable.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return result;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      callers: { type: 'string', default: '50' },
      rounds: { type: 'string', default: '20' },
      slave: { type: 'string' },
    },
  });
  for (const slave of slaveKinds.filter((kind) => (values.slave ?? kind) === kind)) {
    const lacking = lackingFor(slave);
    if (lacking !== null) {
      process.stdout.write(`${slave} skipped: ${lacking}\n`);
      continue;
    }
    for (const absent of [false, true]) {
      const result = await askTogether({
        slave,
        callers: Number(values.callers),
        rounds: Number(values.rounds),
        absent,
      });
      const { statistics, ...figures } = result;
      process.stdout.write(`${JSON.stringify({ absent, ...figures })}\n`);
      for (const one of statistics) process.stdout.write(`  ${JSON.stringify(one)}\n`);
      if (result.errors.length > 0 || result.wrong.length > 0) process.exitCode = 1;
    }
  }
}

// What a probe tries: the usual line settings, and every driver with the questions that only read.
import { commandBytes } from '../drivers/driver.ts';
import type { BoundDriver, LineSettings } from '../drivers/driver.ts';
import { bindDriver, drivers } from '../drivers/index.ts';
import { encodeRequest } from '../drivers/modbus/index.ts';
import type { ProbeRequest } from '../inspect/types.ts';

const line = (baudRate: number, dataBits: 7 | 8, parity: LineSettings['parity'], stopBits: 1 | 2): LineSettings => ({
  baudRate,
  dataBits,
  parity,
  stopBits,
});

/** In the order of what is met most. */
export const usualLines: readonly LineSettings[] = [
  line(9600, 8, 'none', 1),
  line(2400, 7, 'even', 1),
  line(2400, 7, 'none', 2),
  line(4800, 8, 'none', 1),
  line(19_200, 8, 'none', 1),
  line(1200, 8, 'none', 1),
  line(115_200, 8, 'none', 1),
];

export interface Subject {
  id: string;
  bound: BoundDriver;
  /** Settings at which the instrument leaves the factory; asked first there. */
  home: LineSettings;
  asks: Uint8Array[];
}

/** Only what reads: nothing that zeroes, tares or starts. */
const READING_COMMANDS = ['readNow', 'read'];

function asksOf(id: string, bound: ReturnType<typeof bindDriver>): Uint8Array[] {
  if (bound.streams) return [];
  if (id === 'modbus' && bound.poll === undefined) {
    return ([3, 4] as const).map((code) => encodeRequest({ slave: 1, function: code, start: 0, count: 2 }));
  }
  const name = bound.poll?.command ?? READING_COMMANDS.find((each) => bound.commands[each] !== undefined);
  const identity = bound.identity?.command;
  return [name, identity]
    .flatMap((each) => (each === undefined ? [] : [bound.commands[each]]))
    .flatMap((command) => (command === undefined ? [] : [commandBytes(command)]));
}

export function subjectsOf(request: ProbeRequest): Subject[] {
  const wanted = request.drivers ?? Object.keys(drivers).map((id) => ({ id, profile: undefined }));
  return wanted.flatMap(({ id, profile }) => {
    const driver = drivers[id];
    if (!driver) return [];
    try {
      const bound = bindDriver(id, profile);
      return [{ id, bound, home: driver.defaultLine, asks: asksOf(id, bound) }];
    } catch (error) {
      // Without a profile this one says nothing; with a profile that a person gave, the fault is theirs to see.
      if (profile !== undefined) throw error;
      return [];
    }
  });
}

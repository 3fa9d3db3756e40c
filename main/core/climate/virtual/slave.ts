// A Modbus RTU slave with a handful of registers: telegram in, telegram out, or silence where it is not meant.
import { crc16 } from '../../../instruments/framers/checksums.ts';
import { hasRightCrc } from '../../../instruments/framers/modbus-rtu.ts';

const READ_REQUEST_LENGTH = 8;
const ILLEGAL_FUNCTION = 1;
const ILLEGAL_ADDRESS = 2;
const word = (value: number): [number, number] => [(value >> 8) & 0xff, value & 0xff];

function telegram(bytes: number[]): Uint8Array {
  const crc = crc16(Uint8Array.from(bytes));
  return Uint8Array.from([...bytes, crc & 0xff, crc >>> 8]);
}

/** `registers` by number, signed or not, 16 bits each. */
export function slaveReply(
  request: Uint8Array,
  slave: { address: number; function: number; registers: ReadonlyMap<number, number> },
): Uint8Array | null {
  if (request.length !== READ_REQUEST_LENGTH || !hasRightCrc(request) || request[0] !== slave.address) return null;
  const [address, code = 0, startHigh = 0, startLow = 0, countHigh = 0, countLow = 0] = request;
  const refuse = (reason: number) => telegram([address ?? 0, code | 0x80, reason]);
  if (code !== slave.function) return refuse(ILLEGAL_FUNCTION);
  const start = startHigh * 256 + startLow;
  const count = countHigh * 256 + countLow;
  const values = Array.from({ length: count }, (_, index) => slave.registers.get(start + index));
  if (count === 0 || values.some((value) => value === undefined)) return refuse(ILLEGAL_ADDRESS);
  return telegram([address ?? 0, code, count * 2, ...values.flatMap((value) => word(value ?? 0))]);
}

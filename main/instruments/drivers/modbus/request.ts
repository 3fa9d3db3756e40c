// Modbus RTU requests byte for byte, and how long their replies must be.
import { crc16 } from '../../framers/checksums.ts';
import type { ExpectedReply } from '../../framers/modbus-rtu.ts';

export type ModbusRequest =
  | { slave: number; function: 3 | 4; start: number; count: number }
  | { slave: number; function: 6; start: number; value: number }
  | { slave: number; function: 16; start: number; values: readonly number[] };
export type ReadRequest = Extract<ModbusRequest, { count: number }>;

const CRC_LENGTH = 2;
const READ_OVERHEAD = 5;
const WRITE_REPLY_LENGTH = 8;
export const EXCEPTION_LENGTH = 5;

const word = (value: number): [number, number] => [(value >>> 8) & 0xff, value & 0xff];

function withCrc(bytes: readonly number[]): Uint8Array {
  const frame = new Uint8Array(bytes.length + CRC_LENGTH);
  frame.set(bytes);
  const crc = crc16(frame.subarray(0, bytes.length));
  frame.set([crc & 0xff, crc >>> 8], bytes.length);
  return frame;
}

export function encodeRequest(request: ModbusRequest): Uint8Array {
  const head = [request.slave, request.function, ...word(request.start)];
  if (request.function === 6) return withCrc([...head, ...word(request.value)]);
  if (request.function === 16) {
    const { values } = request;
    return withCrc([...head, ...word(values.length), values.length * 2, ...values.flatMap(word)]);
  }
  return withCrc([...head, ...word(request.count)]);
}

export const isRead = (request: ModbusRequest): request is ReadRequest =>
  request.function === 3 || request.function === 4;

/** Length of the reply that does as it is asked; an exception is `EXCEPTION_LENGTH`. */
export function expectedLength(request: ModbusRequest): number {
  return isRead(request) ? READ_OVERHEAD + request.count * 2 : WRITE_REPLY_LENGTH;
}

/** What the framer must know to cut the reply out of the stream. */
export function expectedReply(request: ModbusRequest): ExpectedReply {
  const { slave, function: code } = request;
  return { slave, function: code, dataBytes: isRead(request) ? request.count * 2 : null };
}

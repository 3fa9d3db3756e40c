// A reply together with the request that it answers gives values. Exceptions are events; a wrong CRC, address,
// function or length is refused, and one implausible value refuses the whole reply: the mapping itself is then
// in doubt (humidity first or temperature first), so its neighbours prove nothing.
import { hasRightCrc } from '../../framers/modbus-rtu.ts';
import { malformed, understood } from '../driver.ts';
import type { Decoded, DriverEvent } from '../driver.ts';
import { Exact, scaleBy } from '../numbers.ts';
import type { ModbusProfile, RegisterValue } from './profile.ts';
import { registerCount, registerText } from './registers.ts';
import { EXCEPTION_LENGTH, expectedLength, isRead } from './request.ts';
import type { ModbusRequest, ReadRequest } from './request.ts';

const EXCEPTION = 0x80;
const DATA_AT = 3;
const EXCEPTIONS: Record<number, string> = {
  1: '仪表不支持这个功能码',
  2: '仪表没有这个寄存器',
  3: '仪表不接受这个数量或数值',
  4: '仪表内部故障',
  5: '仪表已收到，还在处理',
  6: '仪表正忙',
  8: '仪表存储校验错误',
  10: '网关没有通路',
  11: '网关后面的仪表没有应答',
};
const BUSY = 6;

export function exceptionEvent(code: number): DriverEvent {
  if (code === BUSY) return { kind: 'state', state: 'busy' };
  return { kind: 'error', code: `exception-${code}`, message: EXCEPTIONS[code] ?? `仪表报告异常 ${code}` };
}

const contains = (request: ReadRequest, value: RegisterValue): boolean =>
  value.function === request.function &&
  value.register >= request.start &&
  value.register + registerCount(value.type) <= request.start + request.count;

function valueEvent(data: Uint8Array, request: ReadRequest, value: RegisterValue): DriverEvent {
  const at = (value.register - request.start) * 2;
  const raw = registerText(data.subarray(at, at + registerCount(value.type) * 2), value.type, value.order);
  if (raw === null) return { kind: 'error', code: 'not-a-number', message: `${value.name}：寄存器内容不是数字` };
  const text = scaleBy(raw, value.scale);
  const { min, max } = value.plausible;
  if (new Exact(text).lt(min) || new Exact(text).gt(max)) {
    const message = `${value.name}：${text} ${value.unit} 不在可能的范围 ${min}～${max} 内，请核对寄存器表`;
    return { kind: 'error', code: 'implausible', message };
  }
  return { kind: 'value', value: text, unit: value.unit, fields: { channel: value.name } };
}

/** `bytes` is one whole telegram. */
export function decodeReply(request: ModbusRequest, bytes: Uint8Array, profile: ModbusProfile): Decoded {
  if (bytes.length < EXCEPTION_LENGTH) return malformed('length');
  if (!hasRightCrc(bytes)) return malformed('checksum');
  const [slave, code = 0, third = 0] = bytes;
  if (slave !== request.slave) return malformed('address', `应答来自地址 ${slave}，问的是 ${request.slave}`);
  if (code === (request.function | EXCEPTION)) {
    return bytes.length === EXCEPTION_LENGTH ? understood(exceptionEvent(third)) : malformed('length');
  }
  if (code !== request.function) return malformed('function');
  if (bytes.length !== expectedLength(request)) return malformed('length');
  if (!isRead(request)) return understood({ kind: 'info', info: 'acknowledged' });
  if (third !== request.count * 2) return malformed('length');
  const data = bytes.subarray(DATA_AT, DATA_AT + third);
  const events = profile.values
    .filter((value) => contains(request, value))
    .map((value) => valueEvent(data, request, value));
  const errors = events.filter(({ kind }) => kind === 'error');
  return errors.length > 0 ? { events: errors, understood: false } : understood(...events);
}

// The archive that a workbook is: taken apart and put together again without compression. What its list says of sizes is
// not believed; unpacking stops at the limit.
import { crc32, inflateRawSync } from 'node:zlib';

export interface Entry {
  name: string;
  bytes: Buffer;
}

const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END = 0x06054b50;
const STORED = 0;
const DEFLATED = 8;

function endOf(bytes: Buffer): number {
  const lowest = Math.max(0, bytes.length - 22 - 0xffff);
  let at = bytes.length - 22;
  while (at >= lowest && bytes.readUInt32LE(at) !== END) at -= 1;
  if (at < lowest) throw new RangeError('no list of entries');
  return at;
}

/** Throws RangeError when it is no whole archive, or unpacks to more than `most` bytes. */
export function entriesOf(bytes: Buffer, most: number): Entry[] {
  const end = endOf(bytes);
  let at = bytes.readUInt32LE(end + 16);
  let left = most;
  return Array.from({ length: bytes.readUInt16LE(end + 10) }, () => {
    if (bytes.readUInt32LE(at) !== ENTRY) throw new RangeError('broken list of entries');
    const [method, packed] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const local = bytes.readUInt32LE(at + 42);
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    if (bytes.readUInt32LE(local) !== LOCAL) throw new RangeError('broken entry');
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    if (from + packed > bytes.length) throw new RangeError('entry is cut off');
    const data = bytes.subarray(from, from + packed);
    if (method !== STORED && method !== DEFLATED) throw new RangeError('unknown compression');
    if (left <= 0 || (method === STORED && data.length > left)) throw new TooLarge();
    const unpacked = method === STORED ? data : inflate(data, left);
    left -= unpacked.length;
    return { name, bytes: unpacked };
  });
}

export class TooLarge extends RangeError {}

function inflate(data: Buffer, most: number): Buffer {
  try {
    return inflateRawSync(data, { maxOutputLength: most });
  } catch (cause) {
    if (cause instanceof RangeError && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE') throw new TooLarge();
    throw new RangeError('entry does not unpack', { cause });
  }
}

export function archiveOf(entries: readonly Entry[]): Buffer {
  const parts: Buffer[] = [];
  const list: Buffer[] = [];
  let at = 0;
  for (const { name, bytes } of entries) {
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2); // Names are UTF-8.
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), bytes]);
    list.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), common, tail, Buffer.from(name)]));
    parts.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(list);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, directory, end]);
}

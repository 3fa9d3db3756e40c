// A PNG taken apart and put together again of what a picture needs: every chunk checked by its sum, the pixels inflated to
// exactly their size, texts, profiles and animations left out. Transparency stays.
import { crc32, inflateSync } from 'node:zlib';

export const pngMagic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export interface Picture {
  format: 'png' | 'jpg';
  width: number;
  height: number;
  bytes: Buffer;
}

/** What the picture is made of, in this order; everything else says nothing that is printed. */
const kept = new Set(['IHDR', 'PLTE', 'tRNS', 'sRGB', 'gAMA', 'IDAT', 'IEND']);
/** Channels by colour type, and the depths that each may have. */
const colours: Readonly<Record<number, { channels: number; depths: readonly number[] }>> = {
  0: { channels: 1, depths: [1, 2, 4, 8, 16] },
  2: { channels: 3, depths: [8, 16] },
  3: { channels: 1, depths: [1, 2, 4, 8] },
  4: { channels: 2, depths: [8, 16] },
  6: { channels: 4, depths: [8, 16] },
};

/** The picture, or what is wrong with the file in words. */
export function readPng(bytes: Buffer, mostPixels: number): Picture | string {
  const damaged = '文件损坏或不是 PNG';
  const parts: Buffer[] = [pngMagic];
  const data: Buffer[] = [];
  let head: { width: number; height: number; colour: number; depth: number } | null = null;
  let palette = 0;
  let ended = false;
  for (let at = pngMagic.length; !ended;) {
    if (at + 12 > bytes.length) return damaged;
    const length = bytes.readUInt32BE(at);
    const end = at + 12 + length;
    if (length > bytes.length || end > bytes.length) return damaged;
    const type = bytes.toString('latin1', at + 4, at + 8);
    const body = bytes.subarray(at + 8, end - 4);
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return damaged;
    if ((head === null) !== (type === 'IHDR')) return damaged;
    if (type === 'IHDR') {
      if (length !== 13) return damaged;
      head = { width: body.readUInt32BE(0), height: body.readUInt32BE(4), depth: body[8] ?? 0, colour: body[9] ?? 99 };
      if (colours[head.colour]?.depths.includes(head.depth) !== true || body[10] !== 0 || body[11] !== 0)
        return damaged;
      if (body[12] !== 0) return '是隔行扫描的 PNG';
      if (head.width > mostPixels || head.height > mostPixels) return `超过 ${mostPixels}×${mostPixels} 像素`;
    }
    if (type === 'PLTE') palette = length;
    if (type === 'IDAT') data.push(body);
    if (kept.has(type)) parts.push(bytes.subarray(at, end));
    // A part that a reader must understand, and that nobody knows.
    else if (/^[A-Z]/u.test(type)) return damaged;
    ended = type === 'IEND';
    at = end;
  }
  if (head === null || data.length === 0) return damaged;
  if (head.colour === 3 && (palette === 0 || palette % 3 !== 0 || palette > 768)) return damaged;
  const channels = colours[head.colour]?.channels ?? 0;
  const row = 1 + Math.ceil((head.width * channels * head.depth) / 8);
  const size = row * head.height;
  try {
    const pixels = inflateSync(Buffer.concat(data), { maxOutputLength: size + 1 });
    if (pixels.length !== size) return damaged;
    for (let at = 0; at < size; at += row) if ((pixels[at] ?? 9) > 4) return damaged;
  } catch {
    return damaged;
  }
  return { format: 'png', width: head.width, height: head.height, bytes: Buffer.concat(parts) };
}

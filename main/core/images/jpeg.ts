// A JPEG taken apart and put together again of what a picture needs: tables, frame and scans. Camera data, previews, colour
// profiles and whatever hangs behind the end are left out.
import type { Picture } from './png.ts';

export const jpegMagic = Buffer.from([0xff, 0xd8, 0xff]);

const frames = new Set([0xc0, 0xc1, 0xc2]);
/** Quantisation, Huffman tables, restart interval; the colour sense of Adobe. */
const tables = new Set([0xdb, 0xc4, 0xdd, 0xee]);
/** So many passes no scanner or camera makes. */
const mostScans = 16;

/** Where the entropy-coded data ends: the next marker that is neither stuffing nor a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = from; at + 1 < bytes.length; at += 1) {
    const next = bytes[at + 1] ?? 0;
    if (bytes[at] === 0xff && next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return -1;
}

/** The picture, or what is wrong with the file in words. */
export function readJpeg(bytes: Buffer, mostPixels: number): Picture | string {
  const damaged = '文件损坏或不是 JPG';
  const parts: Buffer[] = [bytes.subarray(0, 2)];
  let size: { width: number; height: number } | null = null;
  let scans = 0;
  for (let at = 2; ;) {
    if (at + 1 >= bytes.length || bytes[at] !== 0xff) return damaged;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xd9) break;
    const length = at + 4 <= bytes.length ? bytes.readUInt16BE(at + 2) : 0;
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) return damaged;
    const body = bytes.subarray(at + 4, end);
    if (frames.has(marker)) {
      if (size !== null || body.length < 6) return damaged;
      size = { height: body.readUInt16BE(1), width: body.readUInt16BE(3) };
      if (body[0] !== 8) return '不是 8 位色深的 JPG';
      if (body[5] !== 1 && body[5] !== 3) return '是印刷用的四色 JPG';
      if (size.width === 0 || size.height === 0) return damaged;
      if (size.width > mostPixels || size.height > mostPixels) return `超过 ${mostPixels}×${mostPixels} 像素`;
      parts.push(bytes.subarray(at, end));
    } else if (marker === 0xda) {
      scans += 1;
      const stop = endOfScan(bytes, end);
      if (size === null || stop < 0 || scans > mostScans) return damaged;
      parts.push(bytes.subarray(at, stop));
      at = stop;
      continue;
    } else if (tables.has(marker)) parts.push(bytes.subarray(at, end));
    else if (marker >= 0xc3 && marker <= 0xcf) return '是少见的 JPG 编码';
    at = end;
  }
  if (size === null || scans === 0) return damaged;
  return { format: 'jpg', ...size, bytes: Buffer.concat([...parts, Buffer.from([0xff, 0xd9])]) };
}

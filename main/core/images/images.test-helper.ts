// Pictures made here: transparent PNGs of any size, so that tests need no files.
import { crc32, deflateSync } from 'node:zlib';
import { pngMagic } from './png.ts';

export function chunk(type: string, body: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

export function header(width: number, height: number, colour = 6, depth = 8, interlace = 0): Buffer {
  const body = Buffer.alloc(13);
  body.writeUInt32BE(width, 0);
  body.writeUInt32BE(height, 4);
  body.set([depth, colour, 0, 0, interlace], 8);
  return chunk('IHDR', body);
}

export type Ink = (x: number, y: number) => readonly [red: number, green: number, blue: number, alpha: number];

export function pngOf(width: number, height: number, ink: Ink, more: readonly Buffer[] = []): Buffer {
  const rows = Buffer.alloc(height * (1 + width * 4));
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) rows.set(ink(x, y), y * (1 + width * 4) + 1 + x * 4);
  return Buffer.concat([
    pngMagic,
    header(width, height),
    ...more,
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A wavy line as of a pen, on nothing. */
export const signaturePng = (phase = 0): Buffer =>
  pngOf(360, 120, (x, y) => {
    const line = 60 + 34 * Math.sin((x + phase) / 17) * Math.cos(x / 61);
    return Math.abs(y - line) < 4 && x > 20 && x < 340 ? [20, 30, 120, 255] : [0, 0, 0, 0];
  });

/** A red ring with a star's place in the middle, on nothing. */
export const sealPng = (): Buffer =>
  pngOf(480, 480, (x, y) => {
    const far = Math.hypot(x - 240, y - 240);
    return (far > 205 && far < 232) || far < 46 ? [200, 20, 30, 210] : [0, 0, 0, 0];
  });

/** 72 × 72 pixels, grey, progressive, as a converter of documents wrote it. */
export const smallJpeg = (): Buffer =>
  Buffer.from(
    [
      '/9j/4AAQSkZJRgABAQEAEgASAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6j',
      'q62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSk',
      'pKSkpKSkpKT/wgARCABIAEgDASIAAhEBAxEB/8QAGAABAQEBAQAAAAAAAAAAAAAAAAECAwX/xAAUAQEAAAAAAAAAAAAAAAAAAAAA',
      '/9oADAMBAAIQAxAAAAH0wAAAAAAAAAJcGHYYzqnO9YUAAAAAAAAAAH//xAAdEAACAgIDAQAAAAAAAAAAAAAAAQIRECISMUBQ/9oA',
      'CAEBAAEFAvi9G5UpERrk9olyWWreGrEqXu//xAAUEQEAAAAAAAAAAAAAAAAAAABA/9oACAEDAQE/AU//xAAUEQEAAAAAAAAAAAAA',
      'AAAAAABA/9oACAECAQE/AU//xAAfEAACAAUFAAAAAAAAAAAAAAAAEQEhIlBxEiAxYYH/2gAIAQEABj8CszlgnTgUToS1FS83cqwf',
      '/8QAIBABAAEEAgIDAAAAAAAAAAAAAREAIUFREDFAUKGx0f/aAAgBAQABPyH0qgl6K12b/tbMaV6TdpTO6CJ6/LU9iMM/dDLYOcOR',
      'BVtjHNtCRkoIDhBIevN//9oADAMBAAIAAwAAABAAAAAAAAAAAQAQAAAAAAAAAAAD/8QAFBEBAAAAAAAAAAAAAAAAAAAAQP/aAAgB',
      'AwEBPxBP/8QAFBEBAAAAAAAAAAAAAAAAAAAAQP/aAAgBAgEBPxBP/8QAIxABAAEDBAEFAQAAAAAAAAAAAREAITEQQVGxcUBQgZHB',
      '8P/aAAgBAQABPxD2Vy8BK1KyFgIY/XxWQi4vTyp0UDoGbP8AcUinwoKfRx34rHbJgfEu6IwHgRu2Ge9VXC6+55TW/YGimNy9EsRz',
      'voiAUQjv63//2Q==',
    ].join(''),
    'base64',
  );

// What is taken for a picture: by its bytes, bounded, whole; transparency stays, what is no picture is left out; files made
// to harm are refused in words.
import { assert, constantFrom, integer, property, uint8Array } from 'fast-check';
import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../shared/errors/appError.ts';
import { chunk, header, pngOf, signaturePng, smallJpeg } from './images.test-helper.ts';
import { pngMagic } from './png.ts';
import { readPicture } from './readPicture.ts';

const said = (bytes: Uint8Array): string => {
  try {
    readPicture('图.png', Buffer.from(bytes));
    return 'taken';
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return `${error.info.code} ${error.info.message}`;
  }
};
const end = chunk('IEND', Buffer.alloc(0));

test('a transparent PNG is kept as it is', () => {
  const bytes = signaturePng();
  expect(readPicture('签名.jpg', bytes)).toEqual({ format: 'png', width: 360, height: 120, bytes });
});

test('texts, profiles and animations are left out, and what hangs behind the end', () => {
  const ink = () => [1, 2, 3, 255] as const;
  const plain = pngOf(80, 80, ink);
  const more = [chunk('tEXt', Buffer.from('GPS')), chunk('acTL', Buffer.alloc(8)), chunk('iCCP', Buffer.alloc(20))];
  const laden = Buffer.concat([pngOf(80, 80, ink, more), Buffer.from('<script>')]);
  expect(readPicture('签名.png', laden).bytes.equals(plain)).toBe(true);
});

test('a JPEG is kept without its application data and what hangs behind its end', () => {
  const bytes = smallJpeg();
  const camera = Buffer.concat([Buffer.from([0xff, 0xe1, 0, 8]), Buffer.from('Exif\0\0')]);
  const laden = Buffer.concat([bytes.subarray(0, 2), camera, bytes.subarray(2), Buffer.from('PK<?php')]);
  const taken = readPicture('签名.png', laden);
  expect(taken).toMatchObject({ format: 'jpg', width: 72, height: 72 });
  expect(taken.bytes.includes('Exif') || taken.bytes.includes('php')).toBe(false);
  expect(readPicture('签名.png', taken.bytes).bytes.equals(taken.bytes)).toBe(true);
  expect(said(bytes.subarray(0, bytes.length - 40))).toContain('损坏');
});

describe('refused', () => {
  const pixels = (size: number) => chunk('IDAT', deflateSync(Buffer.alloc(size)));
  const made = (...parts: Buffer[]) => Buffer.concat([pngMagic, ...parts, end]);
  test.each<[string, Buffer, string]>([
    ['a PDF', Buffer.from('%PDF-1.7'), '不是 PNG 或 JPG'],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), '不是 PNG 或 JPG'],
    ['nothing', Buffer.alloc(0), '不是 PNG 或 JPG'],
    ['too small a picture', pngOf(20, 20, () => [0, 0, 0, 255]), '看不清'],
    ['too large a side', made(header(60_000, 60_000), pixels(10)), '像素'],
    ['a bomb: more pixels than its head says', made(header(100, 100), pixels(50_000_000)), '损坏'],
    ['fewer pixels than its head says', made(header(100, 100), pixels(1000)), '损坏'],
    ['no head', made(pixels(1000)), '损坏'],
    ['two heads', made(header(100, 100), header(100, 100), pixels(100 * 401)), '损坏'],
    [
      'an unknown part that must be understood',
      made(header(100, 100), chunk('EVIL', Buffer.alloc(4)), pixels(100 * 401)),
      '损坏',
    ],
    ['a palette that is missing', made(header(100, 100, 3), pixels(100 * 101)), '损坏'],
    ['an unknown colour type', made(header(100, 100, 5), pixels(100 * 401)), '损坏'],
    ['interlaced', made(header(100, 100, 6, 8, 1), pixels(100 * 401)), '隔行'],
    ['too many bytes', Buffer.concat([signaturePng(), Buffer.alloc(300 * 1024)]), 'KB'],
    ['a JPEG of nothing', Buffer.from([0xff, 0xd8, 0xff, 0xd9]), '损坏'],
    [
      'a JPEG without a scan',
      Buffer.from([0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 100, 0, 100, 1, 1, 17, 0, 0xff, 0xd9]),
      '损坏',
    ],
    ['a four-colour JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xc0, 0, 8, 8, 0, 100, 0, 100, 4, 0xff, 0xd9]), '四色'],
  ])('%s', (_, bytes, words) => {
    expect(said(bytes)).toContain('IMAGE_REFUSED');
    expect(said(bytes)).toContain(words);
  });

  test('a PNG with any one byte changed is refused or the same picture', () => {
    const good = signaturePng();
    const { bytes } = readPicture('签名.png', good);
    assert(
      property(integer({ min: 0, max: good.length - 1 }), integer({ min: 1, max: 255 }), (at, by) => {
        const bad = Buffer.from(good);
        bad[at] = (bad[at] ?? 0) ^ by;
        const answer = said(bad);
        expect(answer === 'taken' ? readPicture('签名.png', bad).bytes.equals(bytes) : answer).not.toBe(false);
      }),
      { numRuns: 400 },
    );
  });

  test('whatever bytes come, the answer is a picture or a refusal', () => {
    const start = constantFrom(pngMagic, Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(0));
    assert(
      property(start, uint8Array({ maxLength: 400 }), (magic, rest) => {
        expect(said(Buffer.concat([magic, rest]))).toMatch(/^(taken|IMAGE_REFUSED)/u);
      }),
      { numRuns: 500 },
    );
  });
});

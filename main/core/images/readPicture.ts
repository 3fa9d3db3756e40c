// A picture of a signature or a seal as it comes in: known by its bytes and not by its name, bounded in bytes and pixels, and
// made again of nothing but the picture.
import { mostImageBytes } from '../../../shared/images/calls.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { jpegMagic, readJpeg } from './jpeg.ts';
import { pngMagic, readPng, type Picture } from './png.ts';

const mostPixels = 2000;
const leastPixels = 60;

export function readPicture(fileName: string, bytes: Buffer): Picture {
  const read = bytes.subarray(0, pngMagic.length).equals(pngMagic)
    ? readPng(bytes, mostPixels)
    : bytes.subarray(0, jpegMagic.length).equals(jpegMagic)
      ? readJpeg(bytes, mostPixels)
      : '不是 PNG 或 JPG 图片';
  const problem =
    bytes.length > mostImageBytes
      ? `超过 ${mostImageBytes / 1024} KB`
      : typeof read === 'string'
        ? read
        : read.width < leastPixels || read.height < leastPixels
          ? `只有 ${read.width}×${read.height} 像素，印出来看不清`
          : null;
  if (problem === null && typeof read !== 'string') return read;
  throw imageRefused(`图片“${fileName}”${problem ?? '不能使用'}。`);
}

export const imageRefused = (message: string): AppError =>
  new AppError({
    code: 'IMAGE_REFUSED',
    message,
    meaning: '没有保存；报告和记录照旧只印签名文字。',
    next: `请扫描或拍照后另存为 PNG（透明背景最好）或 JPG，每边 ${leastPixels} 至 ${mostPixels} 像素，不超过 ${mostImageBytes / 1024} KB。`,
  });

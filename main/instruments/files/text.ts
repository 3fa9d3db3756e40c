// Bytes of a text file as text. A mark at the beginning decides; else the profile's encoding, strictly: a byte that it
// does not have, or a zero byte, says that this is another encoding or no text at all.
import type { FileProfile } from './profile.ts';
import { refuseFile } from './refuse.ts';

type Encoding = Extract<FileProfile['source'], { encoding: unknown }>['encoding'];

const names = { 'utf-8': 'UTF-8', gb18030: 'GB 18030', 'utf-16le': 'UTF-16', 'utf-16be': 'UTF-16' } as const;

function markOf(bytes: Uint8Array): keyof typeof names | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

const decode = (bytes: Uint8Array, encoding: string): string | null => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
};

/** A mark decides, else what the caller expects; null when none of them makes a text without the `foreign` characters. */
export function decoded(
  bytes: Uint8Array,
  expected: readonly (keyof typeof names)[],
  foreign: RegExp,
): { text: string | null; tried: readonly (keyof typeof names)[] } {
  const mark = markOf(bytes);
  const tried = mark === null ? expected : [mark];
  for (const name of tried) {
    const text = decode(bytes, name);
    if (text !== null && !foreign.test(text)) return { text, tried };
  }
  return { text: null, tried };
}

/** Control characters other than tab and line ends stand in no file of readings. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const control = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/;

export function textOf(fileName: string, bytes: Uint8Array, encoding: Encoding): string {
  const { text, tried } = decoded(bytes, encoding === 'auto' ? ['utf-8', 'gb18030'] : [encoding], control);
  if (text !== null) return text;
  const words = [...new Set(tried.map((name) => names[name]))].join('、');
  throw refuseFile(fileName, `不是文本文件，或文字编码不是 ${words}`, '请核对文件和所选配置，或重新导出。');
}

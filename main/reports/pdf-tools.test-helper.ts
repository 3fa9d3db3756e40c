// Looks into PDFs with the ordinary tools of a Linux desk (poppler-utils, zbar-tools), for the tests of this folder.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

function present(tool: string): boolean {
  return spawnSync(tool, ['--version'], { stdio: 'ignore' }).error === undefined;
}

const missing = ['pdftotext', 'pdffonts', 'pdfinfo', 'pdftoppm', 'zbarimg'].filter((tool) => !present(tool));
/** Plain words for why tests are skipped, or null. */
export const missingTools =
  missing.length === 0 ? null : `skipped: ${missing.join(', ')} not installed (poppler-utils, zbar-tools)`;

function withFile<T>(pdf: Uint8Array, use: (file: string, folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'paper-'));
  try {
    const file = join(folder, 'paper.pdf');
    writeFileSync(file, pdf);
    return use(file, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Text in drawing order; pages are separated by form feeds. */
export function textOf(pdf: Uint8Array): string {
  return withFile(pdf, (file) => execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' }));
}

export function pagesOf(pdf: Uint8Array): string[] {
  return textOf(pdf).split('\f').slice(0, -1);
}

/** Text without any white space: what was said, however it was broken into lines. */
export function denseText(pdf: Uint8Array): string {
  return textOf(pdf).replaceAll(/\s/g, '');
}

export function fontLines(pdf: Uint8Array): string[] {
  return withFile(pdf, (file) => execFileSync('pdffonts', [file], { encoding: 'utf8' }))
    .split('\n')
    .slice(2)
    .filter((line) => line !== '');
}

/** What the QR code on the first page says, read from a picture at 150 dpi. */
export function qrTextOf(pdf: Uint8Array): string {
  return withFile(pdf, (file, folder) => {
    execFileSync('pdftoppm', ['-r', '150', '-f', '1', '-l', '1', '-png', file, join(folder, 'page')]);
    const picture = readdirSync(folder).find((name) => name.endsWith('.png')) ?? '';
    const { stdout } = spawnSync('zbarimg', ['-q', '--raw', join(folder, picture)], { encoding: 'utf8' });
    return stdout.trim();
  });
}

export interface PlacedWord {
  readonly text: string;
  readonly page: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Every word with its box, in points from the top left of its page. */
export function placedWords(pdf: Uint8Array): PlacedWord[] {
  const html = withFile(pdf, (file, folder) => {
    const target = join(folder, 'words.html');
    execFileSync('pdftotext', ['-bbox', file, target]);
    return readFileSync(target, 'utf8');
  });
  let page = 0;
  return html.split('\n').flatMap((line) => {
    if (line.includes('<page ')) page += 1;
    const match = /<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*)<\/word>/.exec(line);
    if (match === null) return [];
    const [left, top, right, bottom] = match.slice(1, 5).map(Number);
    return [{ text: match[5] ?? '', page, left: left ?? 0, top: top ?? 0, right: right ?? 0, bottom: bottom ?? 0 }];
  });
}

// `jiantai validate`: the report lies in the folder, a difference is named and ends with 1, what cannot be written is
// refused with a code.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { sha256Hex } from '../../../sync/wire/digest.ts';
import { readVectorFiles } from '../../core/validation/vectorFiles.ts';
import { validateInto } from './validate.ts';

const folder = mkdtempSync(join(tmpdir(), 'jiantai-validate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

const program = fileURLToPath(new URL('../jiantai.ts', import.meta.url));
const lines = readVectorFiles().flatMap((file) => file.lines);

function jiantai(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  const json = (text: string) =>
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { status, stdout: json(stdout), code: (json(stderr)[0]?.['error'] as { code: string } | undefined)?.code };
}

/** In this process, so that files and clock can be given; answers what was written. */
async function run(target: string, content: unknown, name: string) {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const files = [{ name, url: pathToFileURL(path) }];
  const status = await validateInto(target, { each: false, files, now: new Date('2026-11-23T02:03:04Z') });
  const text = (spy: typeof out) => spy.mock.calls.map(([chunk]) => String(chunk)).join('');
  return { status, out: JSON.parse(text(out)) as Record<string, unknown>, err: text(err) };
}

test('every line is validated and the report lies in the folder that was made for it; --json lists the lines', () => {
  const target = join(folder, 'reports/2026');
  const { status, stdout, code } = jiantai('validate', '--to', target, '--json');
  expect([status, code]).toEqual([0, undefined]);
  const summary = stdout.at(-1);
  expect(summary).toMatchObject({ lines: lines.length, equal: lines.length, different: [] });
  expect(stdout.slice(0, -1).map(({ id, equal }) => [id, equal])).toEqual(lines.map(({ id }) => [id, true]));
  const names = readdirSync(target);
  expect(names).toHaveLength(1);
  const pdf = readFileSync(join(target, names[0] ?? ''));
  expect(summary?.['file']).toBe(join(target, names[0] ?? ''));
  expect(sha256Hex(pdf)).toBe(summary?.['sha256']);
});

test('a broken vector is named on both streams, ends with 1, and the report is written all the same', async () => {
  const some = lines.filter(({ id }) => id.startsWith('RND-') || id.startsWith('CON-'));
  const broken = some.map((line) => (line.id === 'RND-013' ? { ...line, expected: { rounded: '98' } } : line));
  const target = join(folder, 'broken');
  const { status, out, err } = await run(target, broken, 'broken.json');
  expect(status).toBe(1);
  expect(out).toMatchObject({
    lines: some.length,
    equal: some.length - 1,
    different: [{ id: 'RND-013', methodId: 'foundation', expected: 'rounded=98', computed: 'rounded=97' }],
  });
  expect(err).toContain('"code":"VALIDATION_DIFFERENT"');
  expect(err).toContain('1 行不一致：RND-013。');
  expect(readdirSync(target)).toEqual([expect.stringMatching(/^方法验证报告-.*-20261123T100304\.pdf$/)]);

  // The same second again: a report is never written over another one.
  const again = run(target, broken, 'broken.json');
  await expect(again).rejects.toMatchObject({ info: { code: 'VALIDATION_EXISTS' } });
});

test('what cannot be written is refused with a code, at once', () => {
  writeFileSync(join(folder, 'file'), 'x');
  for (const target of ['/proc/nowhere/x', join(folder, 'file/below'), join(folder, 'file')]) {
    const { status, stdout, code } = jiantai('validate', '--to', target);
    expect([target, status, stdout, code]).toEqual([target, 1, [], 'VALIDATION_FOLDER']);
  }
  expect(jiantai('validate', '--into', folder).code).toBe('USAGE');
});

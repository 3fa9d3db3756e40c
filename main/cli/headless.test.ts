// What is asked of the headless job is checked before a number is drawn; what a platform refuses is said in its words.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTrainingPlatform, type TrainingPlatform } from '../../sync/training/platform.ts';
import { seedTrainingLab } from '../../sync/training/seed.ts';

const program = fileURLToPath(new URL('headless.ts', import.meta.url));
let folder: string;
let platform: TrainingPlatform;
let access: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jiantai-headless-'));
  const seed = seedTrainingLab();
  platform = await startTrainingPlatform({ file: join(folder, 'platform.sqlite'), seed });
  access = ['--platform', platform.url, '--org', seed.institution.orgCode, '--key', seed.credentials.accessKey];
  writeFileSync(join(folder, 'secret'), seed.credentials.secret);
  writeFileSync(join(folder, 'wrong'), 'not-the-secret-of-this-lab');
});
afterAll(async () => {
  await platform.stop();
  rmSync(folder, { recursive: true, force: true });
});

function headless(...args: string[]): Promise<{ status: number | null; out: string; error: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, '--data', join(folder, 'data'), ...args], { stdio: 'pipe' });
    let [out, error] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString('utf8')));
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, out, error }));
  });
}

test('wrong arguments are refused in words before anything is begun', async () => {
  for (const [args, words] of [
    [['--nosuch'], 'USAGE'],
    [['--runs', '0'], 'USAGE'],
    [['--port', '/dev/no-such-port', '--line-profile', 'package.json'], 'instrument.profile-invalid'],
    [['--line-profile', join(folder, 'nothing.json')], 'instrument.profile-unreadable'],
    [[...access, '--secret-file', join(folder, 'nothing')], 'USAGE'],
  ] as const) {
    const { status, out, error } = await headless(...args);
    expect({ status, out }).toEqual({ status: 1, out: '' });
    expect(error).toContain(words);
    expect(error).not.toMatch(/\n\s+at /);
  }
});

test('a wrong secret is said in the platform’s own words', async () => {
  const { status, error } = await headless(...access, '--secret-file', join(folder, 'wrong'));
  expect(status).toBe(1);
  expect(error).toContain('BAD_SIGNATURE');
});

test('a platform of one’s own needs no port: the virtual machine stands in, and the job is done', async () => {
  const { status, out, error } = await headless(...access, '--secret-file', join(folder, 'secret'));
  expect({ status, error }).toEqual({ status: 0, error: '' });
  expect(out).toContain('verify: valid');
  expect(platform.codes()).toHaveLength(1);
  expect(readFileSync(join(folder, 'data', 'jiantai.sqlite')).includes(Buffer.from(seedSecret()))).toBe(false);
}, 90_000);

const seedSecret = (): string => readFileSync(join(folder, 'secret'), 'utf8');

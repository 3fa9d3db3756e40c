// record and replay as a person calls them, against a machine and a balance on real pseudo-terminals.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasSocat, openPtyPeer } from '../../../tests/support/ptyPeer.ts';
import { startVirtualMachine, virtualMachineProfile } from '../../instruments/virtual/index.ts';
import { encodeBlock, encodeHeader } from '../../instruments/run/run-format.ts';
import { parseRunFile, verifyRunFile } from '../../instruments/run/run-file.ts';
import { parseLine } from './lineOption.ts';

const program = fileURLToPath(new URL('../jiantai.ts', import.meta.url));
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jiantai-record-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Answer {
  status: number | null;
  lines: Record<string, unknown>[];
  text: string;
  error: { code: string } | null;
}

function jiantai(
  args: string[],
  onLine: (line: Record<string, unknown>, kill: () => void) => void = () => undefined,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    let err = '';
    let read = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      for (let end = text.indexOf('\n', read); end >= 0; end = text.indexOf('\n', read)) {
        const line = text.slice(read, end);
        read = end + 1;
        if (line.startsWith('{')) onLine(JSON.parse(line) as Record<string, unknown>, () => child.kill('SIGINT'));
      }
    });
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString('utf8')));
    child.once('error', reject);
    child.once('close', (status) => {
      const lines = text.split('\n').filter((line) => line.startsWith('{'));
      const error = err.split('\n').find((line) => line.startsWith('{"error"'));
      resolve({
        status,
        text,
        lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>),
        error: error === undefined ? null : (JSON.parse(error) as { error: { code: string } }).error,
      });
    });
  });
}

test('a machine is recorded until its specimen breaks, and replayed to the same', { timeout: 60_000 }, async () => {
  const machine = await startVirtualMachine({ speed: 20, strengths: [8], seed: 3 });
  const profile = join(folder, 'profile.json');
  writeFileSync(profile, JSON.stringify(virtualMachineProfile));
  const to = join(folder, 'machine');
  try {
    const peak = new Promise<string>((resolve) => {
      machine.on((event) => event.event === 'specimen-end' && resolve(event.peak_kN));
    });
    const args = [
      'record',
      '--driver',
      'line-profile',
      '--port',
      machine.path,
      '--profile',
      profile,
      '--to',
      to,
      '--line',
      '115200,8N1',
      '--id',
      'first',
    ];
    const recorded = await jiantai(args, (line) => {
      if (line['event'] === 'phase' && line['phase'] === 'armed') machine.control.next();
    });
    expect(recorded.status).toBe(0);
    const summary = recorded.lines.at(-1)?.['summary'] as Record<string, unknown>;
    expect(summary).toMatchObject({ validity: 'valid', peak: await peak, file: 'first.run' });
    const path = join(to, 'first.run');
    const replayed = await jiantai(['replay', path, '--json']);
    expect(replayed).toMatchObject({ status: 0, error: null });
    expect(replayed.lines[0]).toMatchObject({ verdict: 'equal', differences: [], recomputed: summary });
    const shown = await jiantai(['replay', path]);
    expect(shown.status).toBe(0);
    expect(shown.text).toContain('一致');
    expect(shown.text).toContain(`最大力 ${String(summary['peak'])} kN`);
    // The same name again would write over evidence.
    expect(await jiantai(args)).toMatchObject({ status: 1, error: { code: 'instrument.run-exists' } });
  } finally {
    await machine.stop();
  }
});

/** A seal that says another peak, with a chain that is right: only a recomputation finds it. */
function forge(path: string, to: string): void {
  const file = parseRunFile(path, readFileSync(path));
  const { bytes, hash } = encodeHeader({ ...file.header, runId: 'forged' });
  const parts = [bytes];
  let last = hash;
  for (const block of file.blocks) {
    const sealed = {
      ...file.seal,
      runId: 'forged',
      derived: [{ name: 'FeH', value: '500.0', unit: 'kN', at_s: '1.000' }],
    };
    const payload = block.type === 3 ? Buffer.from(JSON.stringify(sealed)) : block.payload;
    const encoded = encodeBlock({ ...block, payload }, last);
    parts.push(encoded.bytes);
    last = encoded.hash;
  }
  writeFileSync(to, Buffer.concat(parts));
}

test(
  'a seal that does not follow from the bytes is different; a changed byte is damage',
  { timeout: 60_000 },
  async () => {
    const path = join(folder, 'machine', 'first.run');
    const forged = join(folder, 'forged.run');
    forge(path, forged);
    // The program's own check of every stored run raises the same alarm.
    expect(await verifyRunFile(forged)).toMatchObject({
      ok: false,
      fault: { at: 'seal', message: expect.stringContaining('曲线特征值') as string },
    });
    const different = await jiantai(['replay', forged, '--json']);
    expect(different).toMatchObject({ status: 1, error: { code: 'REPLAY_DIFFERENT' } });
    expect(different.lines[0]?.['differences']).toEqual([
      { field: 'derived', sealed: [{ name: 'FeH', value: '500.0', unit: 'kN', at_s: '1.000' }], recomputed: null },
    ]);
    const bytes = readFileSync(path);
    bytes[2000] = (bytes[2000] as number) ^ 1;
    const damaged = join(folder, 'damaged.run');
    writeFileSync(damaged, bytes);
    expect(await jiantai(['replay', damaged])).toMatchObject({ status: 1, error: { code: 'REPLAY_DAMAGED' } });
    writeFileSync(damaged, readFileSync(path).subarray(0, 20_000));
    expect(await jiantai(['replay', damaged, '--json'])).toMatchObject({
      status: 1,
      error: { code: 'REPLAY_UNSEALED' },
    });
  },
);

test.skipIf(!hasSocat)('a balance that is asked leaves a sealed log with every byte', { timeout: 60_000 }, async () => {
  const peer = await openPtyPeer();
  let weight = 0;
  let sent = '';
  peer.onHeard = (bytes) => {
    for (const command of bytes.toString().split('\r\n').filter(Boolean)) {
      const answer = command === 'I4' ? 'I4 A "B123456"\r\n' : `S S ${`${(weight += 1)}.00`.padStart(10)} g\r\n`;
      if (command !== 'I4') sent += answer;
      peer.write(answer);
    }
  };
  const to = join(folder, 'balance');
  try {
    const args = [
      'record',
      '--driver',
      'mt-sics',
      '--port',
      peer.path,
      '--to',
      to,
      '--ask',
      'readNow',
      '--every',
      '100',
    ];
    const recorded = await jiantai(args, (line, stop) => {
      if (JSON.stringify(line).includes('"5.00"')) stop();
    });
    expect(recorded.status).toBe(0);
    const summary = recorded.lines.at(-1)?.['summary'] as Record<string, unknown>;
    expect(summary).toMatchObject({
      validity: 'valid',
      peak: null,
      identity: 'B123456',
      channels: [
        { name: 'time', unit: 's' },
        { name: 'reading', unit: 'g' },
      ],
    });
    const path = join(to, readdirSync(to)[0] as string);
    const bytes = parseRunFile(path, readFileSync(path)).blocks.flatMap(({ type, payload }) =>
      type === 1 ? [payload.toString()] : [],
    );
    expect(sent.startsWith(bytes.join(''))).toBe(true);
    const replayed = await jiantai(['replay', path, '--json']);
    expect(replayed).toMatchObject({ status: 0 });
    const readings = replayed.lines[0]?.['readings'] as { value: string }[];
    expect(readings.length).toBe((summary['readings'] as { count: number }).count);
    expect(readings.slice(0, 5).map(({ value }) => value)).toEqual(['1.00', '2.00', '3.00', '4.00', '5.00']);
  } finally {
    await peer.close();
  }
});

test('what cannot be recorded is refused with its reason', { timeout: 60_000 }, async () => {
  const refused = async (...args: string[]) => (await jiantai(['record', ...args])).error?.code;
  const cases = [
    [['--port', '/dev/null'], 'USAGE'],
    [['--driver', 'weihai', '--port', '/dev/null'], 'USAGE'],
    [['--driver', 'mt-sics', '--port', '/dev/null', '--line', '9600'], 'USAGE'],
    [['--driver', 'mt-sics', '--port', '/dev/null', '--ask', 'dance'], 'USAGE'],
    [['--driver', 'mt-sics', '--port', '/dev/ttyJiantaiNone'], 'PORT_NOT_OPEN'],
    [['--driver', 'nobody', '--port', '/dev/null'], 'instrument.driver-unknown'],
  ] as const;
  const codes = await Promise.all(cases.map(([args]) => refused('--to', folder, ...args)));
  expect(codes).toEqual(cases.map(([, code]) => code));
});

test('line settings as manuals write them', () => {
  expect(parseLine('2400,7E1')).toEqual({ baudRate: 2400, dataBits: 7, parity: 'even', stopBits: 1 });
  expect(parseLine('4800,8n2')).toMatchObject({ parity: 'none', stopBits: 2 });
  expect(() => parseLine('9600 8N1')).toThrow('不能识别');
});

// Loaded before the program in a child of crash-steps.ts. It counts every moment at which something becomes durable or is
// about to (COMMIT, write, flush and rename, each before and after), and at the one that was asked for it strikes: the
// process dies at once, or the disk is full from then on. Nothing of this is in the program itself.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { openDatabase } from '../../../main/store/database.ts';

const strikeAt = Number(process.env['JIANTAI_STRIKE_AT'] ?? '0');
const how = process.env['JIANTAI_STRIKE'] ?? 'none';
const folder = process.env['JIANTAI_STRIKE_FOLDER'] ?? '';
const pointsFile = process.env['JIANTAI_POINTS'] ?? '';
const { writeSync, openSync, closeSync, statSync, appendFileSync } = fs;

let count = 0;
/** Set while this file itself writes: none of that is a moment of the program. */
let busy = true;

function strike(): void {
  if (how === 'kill') process.kill(process.pid, 'SIGKILL');
  if (how !== 'full') return;
  // Real: what is written from here on does not fit.
  const filler = openSync(`${folder}/filler`, 'w');
  for (const size of [1 << 20, 1 << 12, 1])
    try {
      for (;;) writeSync(filler, Buffer.alloc(size));
    } catch {
      // Full for this size.
    }
  closeSync(filler);
}

function point(label: string): void {
  if (busy) return;
  busy = true;
  count += 1;
  if (pointsFile !== '') appendFileSync(pointsFile, `${count} ${label}\n`);
  if (count === strikeAt) strike();
  busy = false;
}

type Anything = (this: unknown, ...args: unknown[]) => unknown;

function around(owner: object, name: string, labelOf: (self: unknown, args: unknown[]) => string | null): void {
  const methods = owner as Record<string, Anything>;
  const original = methods[name]!;
  const wrapped: Anything = function wrapped(...args) {
    const label = labelOf(this, args);
    if (label === null) return original.apply(this, args);
    point(`before ${label}`);
    const value = original.apply(this, args);
    if (value instanceof Promise)
      return value.then((result: unknown) => {
        point(`after ${label}`);
        return result;
      });
    point(`after ${label}`);
    return value;
  };
  Object.defineProperty(methods, name, { value: wrapped, configurable: true, writable: true });
}

/** Pipes and the terminal make nothing durable. */
const isFile = (fd: unknown): boolean => {
  try {
    return typeof fd === 'number' && fd > 2 && fs.fstatSync(fd).isFile();
  } catch {
    return false;
  }
};
const ours = (path: unknown): boolean => String(path).startsWith(folder);

for (const name of ['writeSync', 'fsyncSync', 'fdatasyncSync'])
  around(fs, name, (_self, [fd]) => (isFile(fd) ? name : null));
for (const name of ['writeFileSync', 'appendFileSync'])
  around(fs, name, (_self, [path]) => (isFile(path) || ours(path) ? name : null));
for (const name of ['renameSync', 'unlinkSync', 'rmSync', 'mkdirSync', 'linkSync'])
  around(fs, name, (_self, [path]) => (ours(path) && statSync(folder, { throwIfNoEntry: false }) ? name : null));
around(fs.promises, 'rename', (_self, [path]) => (ours(path) ? 'rename' : null));

const handle = await fs.promises.open(process.execPath, 'r');
const handles = Object.getPrototypeOf(handle) as object;
await handle.close();
for (const name of ['write', 'writeFile', 'appendFile', 'sync', 'datasync'])
  around(handles, name, () => `handle ${name}`);
syncBuiltinESMExports();

const probe = openDatabase(`${folder}/probe.sqlite`);
const statements = Object.getPrototypeOf(probe.prepare('SELECT 1')) as object;
probe.close();
for (const suffix of ['', '-wal', '-shm']) fs.rmSync(`${folder}/probe.sqlite${suffix}`, { force: true });
around(statements, 'run', (self) => ((self as { source: string }).source === 'COMMIT' ? 'COMMIT' : null));
busy = false;

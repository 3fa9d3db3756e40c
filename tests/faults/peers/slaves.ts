// Modbus slaves that other people's libraries make, what each needs on this machine, and how it is started. The registers
// are the same in all of them.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { hasPymodbus, hasSocat, peersFolder, systemPython } from './socat.ts';

export const slaveKinds = ['pymodbus', 'libmodbus'] as const;
export type SlaveKind = (typeof slaveKinds)[number];

const source = join(peersFolder, 'modbus_slave.c');
const buildFolder = join(peersFolder, '../../../build/peers');

const hasCompiler = spawnSync('cc', ['--version'], { stdio: 'ignore' }).status === 0;
const hasLibmodbus =
  hasCompiler &&
  spawnSync('cc', ['-E', '-include', 'modbus/modbus.h', '-x', 'c', '/dev/null'], { stdio: 'ignore' }).status === 0;

/** What a kind lacks here, in words; null where it can run. */
export function lackingFor(kind: SlaveKind): string | null {
  if (!hasSocat) return 'socat is not installed';
  if (kind === 'pymodbus') return hasPymodbus ? null : `python3-pymodbus is not installed for ${systemPython}`;
  if (!hasCompiler) return 'there is no C compiler (cc)';
  return hasLibmodbus ? null : 'libmodbus-dev is not installed';
}

/** The program made of the C source; a source that does not compile is a fault, nothing to be skipped. */
function compiled(): string {
  const program = join(buildFolder, 'modbus_slave');
  if (existsSync(program) && statSync(program).mtimeMs > statSync(source).mtimeMs) return program;
  mkdirSync(buildFolder, { recursive: true });
  const fresh = `${program}.${process.pid}`;
  const flags = ['-O1', '-Wall', '-Wextra', '-Werror'];
  const { status, stderr } = spawnSync('cc', [...flags, '-o', fresh, source, '-lmodbus', '-lpthread']);
  if (status !== 0) throw new Error(`modbus_slave.c does not compile:\n${stderr.toString()}`);
  renameSync(fresh, program);
  return program;
}

/** Slaves of these numbers on one port; comes back when they listen. */
export async function startSlaves(kind: SlaveKind, port: string, slaves: readonly number[]): Promise<ChildProcess> {
  const command = kind === 'pymodbus' ? systemPython : compiled();
  const program = kind === 'pymodbus' ? [join(peersFolder, 'modbus_slave.py')] : [];
  const child = spawn(command, [...program, port, slaves.join(',')], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the ${kind} slaves ended with ${code}`)));
    child.stdout.once('data', resolve);
  });
  // They say so before their loops run; the first request must not be the one that finds nobody there.
  await new Promise((resolve) => setTimeout(resolve, 700));
  return child;
}

// Arguments of the desktop program, read without failing: Electron and Chromium add arguments of their own.
import { join, resolve } from 'node:path';

export interface ShellArguments {
  readonly dataFolder: string;
  readonly training: boolean;
  readonly virtualSpeed: number;
}

export function readArguments(argv: readonly string[], userDataFolder: string): ShellArguments {
  const data = valueOf(argv, '--data');
  const speed = Number(valueOf(argv, '--virtual-speed') ?? '1');
  return {
    dataFolder: data === undefined ? join(userDataFolder, 'data') : resolve(data),
    training: argv.includes('--training'),
    virtualSpeed: Number.isFinite(speed) && speed > 0 ? speed : 1,
  };
}

function valueOf(argv: readonly string[], name: string): string | undefined {
  const joined = argv.find((argument) => argument.startsWith(`${name}=`));
  if (joined !== undefined) return joined.slice(name.length + 1);
  const at = argv.indexOf(name);
  const next = at === -1 ? undefined : argv[at + 1];
  return next?.startsWith('--') ? undefined : next;
}

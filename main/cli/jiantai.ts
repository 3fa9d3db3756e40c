// jiantai: for IT people and for checks. JSON on standard output, errors with a code on standard error, exit status 0
// only on success. One command, one function in `commands`.
import { AppError } from '../../shared/errors/appError.ts';
import { backup, restore } from './commands/backup.ts';
import { compute } from './commands/compute.ts';
import { commandError, sayError } from './commands/commandError.ts';
import { decode } from './commands/decode.ts';
import { drivers } from './commands/drivers.ts';
import { exportBundle } from './commands/exportBundle.ts';
import { methods } from './commands/methods.ts';
import { record } from './commands/record.ts';
import { replay } from './commands/replay.ts';
import { simulate } from './commands/simulate.ts';
import { status } from './commands/status.ts';
import { sync } from './commands/sync.ts';
import { validate } from './commands/validate.ts';
import { verify } from './commands/verify.ts';

export interface Command {
  summary: string;
  usage: string;
  /** Answers the exit status. */
  run(args: string[]): Promise<number>;
}

const commands: Record<string, Command> = {
  compute,
  methods,
  validate,
  decode,
  drivers,
  record,
  replay,
  simulate,
  verify,
  'export-bundle': exportBundle,
  status,
  sync,
  backup,
  restore,
};

const help = `jiantai <命令> [选项]
${Object.entries(commands)
  .map(([name, { summary, usage }]) => `  ${name.padEnd(8)} ${summary}\n           ${usage}`)
  .join('\n')}
`;

// Whoever reads our output may stop reading (`| head`): that is an end, not a fault.
process.stdout.on('error', (cause: NodeJS.ErrnoException) => process.exit(cause.code === 'EPIPE' ? 0 : 1));

async function main(): Promise<number> {
  const [name, ...args] = process.argv.slice(2);
  if (name === undefined || name === '--help' || name === 'help') {
    process.stdout.write(help);
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    throw new AppError({
      code: 'COMMAND_UNKNOWN',
      message: `没有“${name}”这个命令。`,
      next: '运行 jiantai --help 查看全部命令。',
    });
  }
  return command.run(args);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (cause: unknown) => {
    sayError(commandError(cause));
    process.exitCode = 1;
  },
);

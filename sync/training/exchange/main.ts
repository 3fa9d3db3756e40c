// The supervision client as a process of its own:
//   node sync/training/exchange/main.ts --exchange exchange.sqlite --platform platform.sqlite --seed lab.json [--every 500]
// It makes the exchange file where there is none, fills the Jg_* tables with the lab of `--seed`, and then looks every so
// many milliseconds for what waits. One JSON line on standard output says that it is at work.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { seedTrainingLab, type TrainingLab } from '../seed.ts';
import { superviseOnce } from './client.ts';
import { openClientFiles } from './files.ts';
import { fillExchange } from './fill.ts';

const { values } = parseArgs({
  options: {
    exchange: { type: 'string' },
    platform: { type: 'string' },
    seed: { type: 'string' },
    every: { type: 'string', default: '500' },
  },
});

function run(): void {
  const { exchange, platform, seed } = values;
  if (exchange === undefined || platform === undefined || seed === undefined) {
    throw new Error('--exchange, --platform and --seed are required');
  }
  const every = Number(values.every);
  if (!Number.isInteger(every) || every < 1) throw new Error(`--every ${values.every} is no number of milliseconds`);
  if (!existsSync(seed))
    writeFileSync(seed, `${JSON.stringify(seedTrainingLab(), null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  const files = openClientFiles(exchange, platform);
  const lab = JSON.parse(readFileSync(seed, 'utf8')) as TrainingLab;
  fillExchange(files, lab);
  const timer = setInterval(() => {
    try {
      superviseOnce(files, Date.now());
    } catch (error) {
      // The lab is writing: the next round finds what this one left.
      if (!(error instanceof Error) || !String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY'))
        throw error;
    }
  }, every);
  const stop = (): void => {
    clearInterval(timer);
    files.close();
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('disconnect', stop);
  const url = pathToFileURL(resolve(exchange)).href;
  process.stdout.write(`${JSON.stringify({ url, orgCode: lab.institution.orgCode })}\n`);
}

try {
  run();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

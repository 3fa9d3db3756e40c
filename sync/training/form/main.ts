// The form platform as a process of its own:
//   node sync/training/form/main.ts --file form.sqlite [--port 8012] [--host 127.0.0.1] [--seed lab.json]
// `--seed` names the file of the training lab with its account and key, made for its owner only where it is missing.
// One JSON line on standard output says that the server is ready.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { seedTrainingLab, type TrainingLab } from '../seed.ts';
import { startFormPlatform } from './platform.ts';

const { values } = parseArgs({
  options: {
    file: { type: 'string' },
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '0' },
    seed: { type: 'string' },
  },
});

async function run(): Promise<void> {
  const { file, host, seed } = values;
  if (file === undefined || seed === undefined) throw new Error('--file and --seed are required');
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port ${values.port} is no port`);
  if (!existsSync(seed))
    writeFileSync(seed, `${JSON.stringify(seedTrainingLab(), null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  const lab = JSON.parse(readFileSync(seed, 'utf8')) as TrainingLab;
  const platform = await startFormPlatform({ file, host, port, seed: lab });
  const stop = (): void => void platform.stop().then(() => process.exit(0));
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('disconnect', stop);
  const { orgCode } = lab.institution;
  process.stdout.write(`${JSON.stringify({ url: platform.url, orgCode, accessKey: lab.credentials.accessKey })}\n`);
}

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});

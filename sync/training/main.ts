// The embedded platform as a process of its own:
//   node sync/training/main.ts --file platform.sqlite [--port 8011] [--host 127.0.0.1] [--public-base URL]
//                              [--seed lab.json] [--admin-token-file path]
// `--seed` names a file that holds the training lab with its access key and secret; where it is missing, a lab is made
// and written there for its owner only. One JSON line on standard output says that the server is ready.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startTrainingPlatform } from './platform.ts';
import { seedTrainingLab, type TrainingLab } from './seed.ts';

const { values } = parseArgs({
  options: {
    file: { type: 'string' },
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '0' },
    'public-base': { type: 'string' },
    seed: { type: 'string' },
    'admin-token-file': { type: 'string' },
  },
});

function readLab(path: string): TrainingLab {
  if (!existsSync(path)) {
    writeFileSync(path, `${JSON.stringify(seedTrainingLab(), null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  }
  return JSON.parse(readFileSync(path, 'utf8')) as TrainingLab;
}

async function run(): Promise<void> {
  if (values.file === undefined) throw new Error('--file is required');
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port ${values.port} is no port`);
  const lab = values.seed === undefined ? undefined : readLab(values.seed);
  const tokenFile = values['admin-token-file'];
  const platform = await startTrainingPlatform({
    file: values.file,
    host: values.host,
    port,
    ...(values['public-base'] === undefined ? {} : { publicBase: values['public-base'] }),
    ...(lab === undefined ? {} : { seed: lab }),
    ...(tokenFile === undefined ? {} : { adminToken: readFileSync(tokenFile, 'utf8').trim() }),
    log: (event) => {
      if (event['level'] === 'error') process.stderr.write(`${JSON.stringify(event)}\n`);
    },
  });
  const stop = (): void => void platform.stop().then(() => process.exit(0));
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // A parent that forked this process and is gone must not leave it behind.
  process.on('disconnect', stop);
  const ready = {
    url: platform.url,
    ...(lab && { orgCode: lab.institution.orgCode, accessKey: lab.credentials.accessKey }),
  };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
}

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});

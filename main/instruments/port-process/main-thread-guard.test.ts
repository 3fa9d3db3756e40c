import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';

test('the port process refuses to load in a worker thread, before serialport is touched', async () => {
  const worker = new Worker(new URL('./main.ts', import.meta.url), { execArgv: [] });
  const error = await new Promise<Error>((resolve, reject) => {
    worker.once('error', resolve);
    worker.once('exit', (code) => reject(new Error(`exited with ${code} instead`)));
  });
  expect(error.message).toContain('不能在工作线程中运行');
});

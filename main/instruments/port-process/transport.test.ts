// A hung-up terminal whose driver says nothing: the loss is noticed all the same.
import { rm, symlink } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { openPty, type Endpoint } from '../virtual/endpoint.ts';
import { makeTransport } from './transport.ts';

const line = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 } as const;

async function untilLost(change: (endpoint: Endpoint) => Promise<void>): Promise<string> {
  const endpoint = await openPty();
  const transport = makeTransport(endpoint.path, line);
  try {
    const lost = new Promise<string>((resolve) => {
      void transport
        .open({ data: () => undefined, lost: resolve })
        .then(() => setTimeout(() => void change(endpoint), 200));
    });
    return await lost;
  } finally {
    await transport.close();
    await endpoint.close();
  }
}

const skipped = process.platform !== 'linux';

test.skipIf(skipped)('a quiet port whose name is gone is lost although the driver reports nothing', async () => {
  expect(await untilLost((endpoint) => rm(endpoint.path))).toBe('port is gone');
});

test.skipIf(skipped)('a quiet port whose name stands for another adapter is lost too', async () => {
  const moved = async (endpoint: Endpoint): Promise<void> => {
    await rm(endpoint.path);
    await symlink('/dev/null', endpoint.path);
  };
  expect(await untilLost(moved)).toBe('port is gone');
});

test.skipIf(skipped)('a quiet port that is still there is not lost', async () => {
  const endpoint = await openPty();
  const transport = makeTransport(endpoint.path, line);
  const lost: string[] = [];
  await transport.open({ data: () => undefined, lost: (message) => lost.push(message) });
  await new Promise((resolve) => {
    setTimeout(resolve, 2_000);
  });
  expect(lost).toEqual([]);
  await transport.close();
  await endpoint.close();
});

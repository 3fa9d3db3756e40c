// First file of a process that the shell starts for the core: makes the utility process look like a forked Node process
// (process.argv, process.send, 'message'), then loads what was asked for.
import { pathToFileURL } from 'node:url';
import { forkedVariable } from './forks.ts';

const { entry, args } = JSON.parse(process.env[forkedVariable] ?? '{}') as { entry: string; args: string[] };
const port = process.parentPort;
process.argv = [process.argv[0] ?? '', entry, ...args];

Object.assign(process, {
  connected: true,
  send(message: unknown, ...rest: unknown[]): boolean {
    port.postMessage(message);
    const told = rest.find((one) => typeof one === 'function') as ((error: null) => void) | undefined;
    if (told) setImmediate(told, null);
    return true;
  },
});
await import(pathToFileURL(entry).href);
// Only now: messages that came earlier wait in the port until somebody listens.
port.on('message', ({ data }) => process.emit('message', data, undefined));

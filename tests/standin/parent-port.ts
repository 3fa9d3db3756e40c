// Loaded into processes that utilityProcess.fork starts: gives them `process.parentPort`, and takes away the channel of
// a forked Node process, which Electron's utility processes do not have.
import { EventEmitter } from 'node:events';

const sendToParent = process.send!.bind(process);
const emit = process.emit.bind(process) as (event: string, ...args: unknown[]) => boolean;
const early: unknown[] = [];

const port = Object.assign(new EventEmitter(), {
  postMessage: (message: unknown) => {
    // Electron's utility processes end together with their parent; a message to nobody is no error there.
    if (process.connected) sendToParent(message, undefined, undefined, () => undefined);
  },
});
port.on('newListener', (event) => {
  if (event !== 'message') return;
  setImmediate(() => {
    for (const data of early.splice(0)) port.emit('message', { data, ports: [] });
  });
});

// What the parent sends comes wrapped (electron-main.ts), so that it is told apart from what the app emits itself.
Object.defineProperty(process, 'parentPort', { value: port });
Object.assign(process, {
  send: undefined,
  emit(event: string, ...args: unknown[]): boolean {
    const message = args[0];
    if (event !== 'message' || typeof message !== 'object' || message === null || !('toParentPort' in message)) {
      return emit(event, ...args);
    }
    const data = message.toParentPort;
    if (port.listenerCount('message') > 0) port.emit('message', { data, ports: [] });
    else early.push(data);
    return true;
  },
});
// Node holds messages back until somebody listens; this also keeps the process alive until the parent is gone.
process.on('message', () => undefined);
process.on('disconnect', () => process.exit(0));

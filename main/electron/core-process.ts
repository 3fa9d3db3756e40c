// Entry of the core's own process (Electron utilityProcess): the same core as in the bench server, behind a wire.
import { createCore } from '../core/core.ts';
import { hostCore } from './core-link.ts';

const port = process.parentPort;
hostCore(
  {
    post: (message) => port.postMessage(message),
    listen: (listener) => {
      port.on('message', (event) => listener(event.data));
    },
  },
  createCore,
);

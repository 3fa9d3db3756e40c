// Entry of the core's own process (Electron utilityProcess): the same core as in the bench server, behind a wire.
import childProcess from 'node:child_process';
import { existsSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { openCore } from '../core/recovery/openCore.ts';
import { hostCore, type Wire } from './core-link.ts';
import { forkThroughShell } from './forks.ts';

const port = process.parentPort;
const wire: Wire = {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
  post: (message) => port.postMessage(message),
  listen: (listener) => {
    port.on('message', (event) => listener(event.data));
  },
};

// There is no plain Node to fork in the desktop program; see forks.ts.
childProcess.fork = forkThroughShell(wire) as typeof childProcess.fork;
syncBuiltinESMExports();

// A packed program carries the report fonts beside its bundles; a source tree has them in node_modules.
const fontsFolder = join(import.meta.dirname, '../fonts');
hostCore(wire, (options) => openCore(existsSync(fontsFolder) ? { ...options, fontsFolder } : options));

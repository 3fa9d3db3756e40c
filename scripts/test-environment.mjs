// What makes the tests faster without changing what they prove: temporary folders in memory where there is plenty of
// it, because every commit of a store waits for the disk, and a cache of compiled modules for the hundreds of times
// that the program is started as a process of its own. Kills and restarts prove the same: a killed process loses
// nothing that its system already holds, on disk or in memory.
import { accessSync, constants, statfsSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';

const memoryFolder = '/dev/shm';
/** The largest run of the tests holds less than a tenth of this at any time. */
const plenty = 4 * 1024 ** 3;

/** Does a folder in memory take the place of the disk? Containers often give it 64 MB, which is not enough. */
function memoryHolds() {
  try {
    accessSync(memoryFolder, constants.W_OK);
    const { bavail, bsize } = statfsSync(memoryFolder);
    return bavail * bsize >= plenty && freemem() >= plenty;
  } catch {
    return false;
  }
}

/** Variables for the test runners and all that they start; what was set by hand stays. */
export function testEnvironment(root, environment = process.env) {
  const variables = {};
  if (!environment.NODE_COMPILE_CACHE) variables.NODE_COMPILE_CACHE = join(root, 'node_modules/.cache/test-modules');
  if (!environment.TMPDIR && process.platform === 'linux' && memoryHolds()) variables.TMPDIR = memoryFolder;
  return variables;
}

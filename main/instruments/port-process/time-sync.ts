// Whether a time server holds this computer's wall clock. Asked now and then beside the reading, never in its way; the
// last answer goes into every run.
import { execFile } from 'node:child_process';
import type { TimeSync } from '../run/run-types.ts';

const ASK_EVERY_MS = 10 * 60_000;
const ANSWER_LIMIT_MS = 5000;

const QUESTIONS: Partial<Record<NodeJS.Platform, { command: string; args: string[]; read(output: string): TimeSync }>> =
  {
    linux: {
      command: 'timedatectl',
      args: ['show', '--property=NTPSynchronized', '--value'],
      read: (output) => ({ yes: 'synchronised', no: 'unsynchronised' })[output.trim()] as TimeSync,
    },
    win32: {
      command: 'w32tm',
      args: ['/query', '/status'],
      // The first line holds the leap indicator in every language of the system; 3 means not synchronised.
      read(output) {
        const leap = /[:：]\s*([0-3])\s*\(/.exec(output.split('\n')[0] ?? '')?.[1];
        if (leap === undefined) return 'unknown';
        return leap === '3' ? 'unsynchronised' : 'synchronised';
      },
    },
  };

let known: TimeSync = 'unknown';

export const timeSync = (): TimeSync => known;

export function watchTimeSync(): void {
  const question = QUESTIONS[process.platform];
  if (!question) return;
  const ask = (): void => {
    execFile(question.command, question.args, { timeout: ANSWER_LIMIT_MS, windowsHide: true }, (error, output) => {
      known = error ? 'unknown' : (question.read(output) ?? 'unknown');
    });
  };
  ask();
  setInterval(ask, ASK_EVERY_MS).unref();
}

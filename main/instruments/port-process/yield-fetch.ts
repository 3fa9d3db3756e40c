// After a break: fetches the yield forces that a controller found itself, where its driver has the commands for it. They
// come to the record by the bytes of their answers; nothing is taken from here.
import { beginYield, YIELD_ASK_EVERY_MS, yieldCommand, yieldStep } from '../drivers/machines/oke-yield.ts';
import type { YieldName } from '../drivers/machines/oke-yield.ts';
import type { DriverEvent } from '../drivers/driver.ts';
import type { Answer } from './asker.ts';

const NAMES: readonly YieldName[] = ['upper-yield', 'lower-yield'];
/** A controller that has none says so at once; one that says nothing is not waited for much longer than the tail. */
const LONGEST_MS = 10_000;

export const canFetchYield = (commands: Record<string, unknown>): boolean => 'upperYieldReady' in commands;

export async function fetchYield(
  ask: (command: string) => Promise<{ answer: Answer; events: readonly DriverEvent[] }>,
): Promise<void> {
  const until = performance.now() + LONGEST_MS;
  for (const name of NAMES) {
    let state = beginYield(name);
    for (let command = yieldCommand(state); command !== null; command = yieldCommand(state)) {
      const { answer, events } = await ask(command);
      if (answer === 'stopped' || performance.now() > until) return;
      state = yieldStep(state, events.find((event) => event.kind === 'info') ?? null);
      await new Promise((resolve) => setTimeout(resolve, YIELD_ASK_EVERY_MS));
    }
  }
}

// Standing choices of the supervisor, kept over a restart.
import { type PlatformContext } from './context.ts';

export interface PlatformOptions {
  /** Who approves what a lab registers: the platform at once, or the supervisor one by one. */
  registrationApproval: 'automatic' | 'supervisor';
}

const DEFAULTS: PlatformOptions = { registrationApproval: 'automatic' };

export function option<K extends keyof PlatformOptions>(context: PlatformContext, name: K): PlatformOptions[K] {
  const row = context.db.prepare<[string], { value: string }>('SELECT value FROM option WHERE name = ?').get(name);
  return row === undefined ? DEFAULTS[name] : (row.value as PlatformOptions[K]);
}

export function setOption<K extends keyof PlatformOptions>(
  context: PlatformContext,
  name: K,
  value: PlatformOptions[K],
): void {
  context.db
    .prepare('INSERT INTO option (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value')
    .run(name, value);
}

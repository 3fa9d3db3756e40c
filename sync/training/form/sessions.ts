// Accounts and sessions: a login gives a token for 24 hours and ends the session the account had elsewhere; every other
// call carries the token, a time and a flow number that is good once, and a check value over what is listed for it.
import { randomBytes } from 'node:crypto';
import {
  CHECK_FIELD,
  checkValueScheme,
  FLOW_MEMORY_MS,
  FORM_CLOCK_MS,
  type FormOperation,
  readFormTime,
  SESSION_MS,
} from '../../wire/form-contract.ts';
import { signatureMatches } from '../../wire/signature-scheme.ts';
import type { FormDatabase } from './database.ts';
import { FormRefusal } from './refusal.ts';

export type FormValues = Readonly<Record<string, string>>;

interface AccountRow {
  account: string;
  key: string;
  enabled: number;
}

/** Check value first: whoever has not the key learns nothing about sessions. */
function authenticAccount(db: FormDatabase, operation: FormOperation, values: FormValues): AccountRow {
  const row = db
    .prepare<[string], AccountRow>('SELECT account, key, enabled FROM account WHERE account = ?')
    .get(values['account'] ?? '');
  const checked = operation.checked ?? [];
  const complete = checked.every((name) => Object.hasOwn(values, name));
  const given = values[CHECK_FIELD] ?? '';
  if (row === undefined || !complete || !signatureMatches(checkValueScheme(checked), values, row.key, given)) {
    throw new FormRefusal('wrongCheckValue');
  }
  if (row.enabled === 0) throw new FormRefusal('accountClosed');
  return row;
}

function rememberFlow(db: FormDatabase, account: string, values: FormValues, now: number): void {
  const time = readFormTime(values['time'] ?? '');
  if (!(Math.abs(time - now) <= FORM_CLOCK_MS)) throw new FormRefusal('clock');
  const flowNo = values['flowNo'] ?? '';
  if (!/^[A-Za-z0-9_-]{16,64}$/.test(flowNo)) throw new FormRefusal('incomplete');
  db.prepare('DELETE FROM flow WHERE at < ?').run(now - FLOW_MEMORY_MS);
  const { changes } = db
    .prepare('INSERT OR IGNORE INTO flow (account, flow_no, at) VALUES (?, ?, ?)')
    .run(account, flowNo, now);
  if (changes === 0) throw new FormRefusal('repeated');
}

/** Gives a token and ends the session there was. */
export function login(db: FormDatabase, operation: FormOperation, values: FormValues, now: number): object {
  const { account } = authenticAccount(db, operation, values);
  rememberFlow(db, account, values, now);
  const token = randomBytes(24).toString('base64url');
  db.prepare('INSERT OR IGNORE INTO kicked (token) SELECT token FROM session WHERE account = ?').run(account);
  db.prepare(
    `INSERT INTO session (account, token, ends) VALUES (?, ?, ?)
     ON CONFLICT (account) DO UPDATE SET token = excluded.token, ends = excluded.ends`,
  ).run(account, token, now + SESSION_MS);
  return { token };
}

/** Refuses whoever may not call this operation with these values. */
export function admit(db: FormDatabase, operation: FormOperation, values: FormValues, now: number): void {
  const { account } = authenticAccount(db, operation, values);
  const token = values['token'] ?? '';
  const session = db
    .prepare<[string], { token: string; ends: number }>('SELECT token, ends FROM session WHERE account = ?')
    .get(account);
  if (session?.token !== token) {
    const kicked = db.prepare('SELECT 1 FROM kicked WHERE token = ?').get(token) !== undefined;
    throw new FormRefusal(kicked ? 'kickedOut' : 'sessionEnded');
  }
  if (now >= session.ends) throw new FormRefusal('sessionEnded');
  rememberFlow(db, account, values, now);
}

// The audit chain: every entry holds the hash of the one before, so that a changed, removed or inserted entry breaks it.
import type { Database } from 'better-sqlite3';
import { statement } from './statements.ts';
import { toWallTime } from '../../shared/entities/scalars.ts';
import { digestOf } from '../../sync/wire/digest.ts';

export interface AuditActor {
  /** Name of the person, with the user id; or the part of the program that acts by itself. */
  readonly actor: string;
  readonly workstation: string;
}

export interface AuditInput {
  action: 'schema' | 'insert' | 'update' | 'event';
  entity: string;
  entityKey: string;
  field?: string | null;
  oldValue?: string | null;
  newValue?: string | null;
  reason?: string | null;
}

export interface AuditEntry {
  seq: number;
  at: string;
  actor: string;
  workstation: string;
  action: string;
  entity: string;
  entityKey: string;
  field: string | null;
  oldValue: string | null;
  newValue: string | null;
  reason: string | null;
  previousHash: string;
  hash: string;
}

/** What the first entry names as the hash before it. */
export const chainOrigin = '0'.repeat(64);

export function auditHash(entry: Omit<AuditEntry, 'hash'>): string {
  const { seq, at, actor, workstation, action, entity, entityKey, field, oldValue, newValue, reason, previousHash } =
    entry;
  return digestOf([
    previousHash,
    seq,
    at,
    actor,
    workstation,
    action,
    entity,
    entityKey,
    field,
    oldValue,
    newValue,
    reason,
  ]);
}

export function auditHead(db: Database): { seq: number; hash: string; at: string | null } {
  const head = statement(db, 'SELECT seq, hash, at FROM audit ORDER BY seq DESC LIMIT 1').get();
  if (!head) return { seq: 0, hash: chainOrigin, at: null };
  return { seq: Number(head['seq']), hash: String(head['hash']), at: String(head['at']) };
}

/** Appends one entry; call it inside the transaction that makes the change. */
export function appendAudit(db: Database, actor: AuditActor, input: AuditInput): AuditEntry {
  const head = auditHead(db);
  const body: Omit<AuditEntry, 'hash'> = {
    seq: head.seq + 1,
    at: toWallTime(Date.now()),
    actor: actor.actor,
    workstation: actor.workstation,
    action: input.action,
    entity: input.entity,
    entityKey: input.entityKey,
    field: input.field ?? null,
    oldValue: input.oldValue ?? null,
    newValue: input.newValue ?? null,
    reason: input.reason ?? null,
    previousHash: head.hash,
  };
  const entry: AuditEntry = { ...body, hash: auditHash(body) };
  statement(
    db,
    `INSERT INTO audit (seq, at, actor, workstation, action, entity, entityKey, field, oldValue, newValue, reason, previousHash, hash)
     VALUES (@seq, @at, @actor, @workstation, @action, @entity, @entityKey, @field, @oldValue, @newValue, @reason, @previousHash, @hash)`,
  ).run(entry);
  return entry;
}

// A download that would take away many people, machines or qualifications at once waits for a person: half-failed
// downloads of other systems have emptied whole staff lists. What it takes is counted over all pages of one download, so
// that a long list cut into pages is no way round. The page itself stays on the platform: a decision names its digest,
// and the same page is taken, or left, when it comes again.
import { ulid } from 'ulid';
import { toCalendarDay, toWallTime } from '../../../shared/entities/scalars.ts';
import { calibrationValidThrough } from '../../../shared/gate/index.ts';
import { referenceDataSchemas } from '../../../sync/wire/schemas.ts';
import { digestOf } from '../../../sync/wire/digest.ts';
import type { ReferenceRow } from '../../../sync/provincial/port.ts';
import type { ReferencePageToApply } from '../../../sync/provincial/sync-store.ts';
import type { Transaction } from '../../store/transaction.ts';
import { textOf as text } from '../../store/cells.ts';
import type { Row } from '../../store/tables.ts';
import { localIdOf } from '../registrations/registrationRows.ts';
import { writeFact } from './facts.ts';
import { notify } from './notices.ts';
import { isActive } from './profileInForce.ts';

/** A download that would take more than this share of what is usable waits for a person. */
const mostLost = 5n;
/** One at a time is everyday work, however small the lab. */
const fewestLost = 2;

export const heldKinds = ['person', 'equipment', 'person-qualification'] as const;
export type HeldKind = (typeof heldKinds)[number];
export const heldKindWords: Record<HeldKind, string> = {
  person: '人员',
  equipment: '设备',
  'person-qualification': '人员资格',
};

interface Lost {
  id: string;
  name: string;
  why: string;
}

interface Judged {
  usable: (tx: Transaction, today: string) => number;
  /** What the row takes away; null when it takes nothing. */
  lost: (tx: Transaction, row: ReferenceRow, today: string) => Lost | null;
}

const count = (tx: Transaction, sql: string, ...parameters: string[]): number =>
  Number(tx.first(sql, ...parameters)?.['n'] ?? 0);

const validThrough = (row: Row): string => calibrationValidThrough(text(row['startDate']), Number(row['validMonths']));

const judged: Record<HeldKind, Judged> = {
  person: {
    usable: (tx) => count(tx, `SELECT count(*) AS n FROM person WHERE state = 'active'`),
    lost(tx, row) {
      const known = tx.get('person', localIdOf(tx, 'person', row.id));
      if (known?.['state'] !== 'active') return null;
      const lost = (why: string): Lost => ({ id: row.id, name: text(known['name']), why });
      if (row.deleted || row.data === null) return lost('撤销');
      return isActive(tx, String(row.data['state'])) ? null : lost(`状态改为 ${String(row.data['state'])}`);
    },
  },
  equipment: {
    usable: (tx, today) =>
      tx
        .all(`SELECT startDate, validMonths FROM equipment WHERE platformState = 'active'`)
        .filter((row) => validThrough(row) >= today).length,
    lost(tx, row, today) {
      const known = tx.get('equipment', localIdOf(tx, 'equipment', row.id));
      if (known?.['platformState'] !== 'active' || validThrough(known) < today) return null;
      const lost = (why: string): Lost => ({ id: row.id, name: text(known['name']), why });
      if (row.deleted || row.data === null) return lost('撤销');
      const next = referenceDataSchemas.equipment.safeParse(row.data);
      if (!next.success) return null;
      if (!isActive(tx, next.data.state)) return lost(`状态改为 ${next.data.state}`);
      const through = calibrationValidThrough(next.data.startDate, next.data.validMonths);
      return through < today ? lost(`检定有效期改为至 ${through}`) : null;
    },
  },
  'person-qualification': {
    usable: (tx, today) =>
      count(tx, `SELECT count(*) AS n FROM personQualification WHERE state = 'active' AND validTo >= ?`, today),
    lost(tx, row, today) {
      const known = tx.get('personQualification', row.id);
      if (known?.['state'] !== 'active' || text(known['validTo']) < today) return null;
      const person = text(tx.get('person', known['personId'] ?? '')?.['name'] ?? known['personId']);
      const item = text(tx.get('item', known['itemCode'] ?? '')?.['name'] ?? known['itemCode']);
      const lost = (why: string): Lost => ({ id: row.id, name: `${person}：${item}`, why });
      if (row.deleted || row.data === null) return lost('撤销');
      const validTo = String(row.data['validTo']);
      return validTo < today ? lost(`有效期改为至 ${validTo}`) : null;
    },
  },
};

interface Download {
  usable: number;
  lost: number;
}

const isHeldKind = (kind: string): kind is HeldKind => (heldKinds as readonly string[]).includes(kind);

/** Whether the page must wait. Counts what it takes where it need not. */
export function mustWait(tx: Transaction, page: ReferencePageToApply): boolean {
  if (!isHeldKind(page.kind)) return false;
  const today = toCalendarDay(page.at);
  const { usable, lost } = judged[page.kind];
  const taken = page.rows.map((row) => lost(tx, row, today)).filter((row) => row !== null);
  const key = `download.${page.kind}`;
  const stored = tx.get('fact', key);
  const begun = (stored ? JSON.parse(text(stored['value'])) : null) as Download | null;
  const before: Download = begun ?? { usable: usable(tx, today), lost: 0 };
  const all = before.lost + taken.length;
  const digest = digestOf(page.rows);
  const decision = tx.first('SELECT * FROM referenceHeld WHERE kind = ? AND digest = ?', page.kind, digest);
  const many = taken.length > 0 && all >= fewestLost && BigInt(all) * mostLost > BigInt(before.usable);
  if (many && decision?.['state'] !== 'accepted') {
    if (!decision) hold(tx, page, digest, before.usable, taken);
    return true;
  }
  // A person has answered for what went before: from here on it is counted anew.
  const next: Download | null = !page.more
    ? null
    : many
      ? { usable: before.usable - all, lost: 0 }
      : { ...before, lost: all };
  if (begun !== null || next !== null) writeFact(tx, key, next);
  return false;
}

function hold(tx: Transaction, page: ReferencePageToApply, digest: string, usable: number, lost: Lost[]): void {
  const kind = page.kind as HeldKind;
  const heldId = ulid();
  tx.insert('referenceHeld', {
    heldId,
    kind,
    digest,
    snapshot: page.snapshot,
    usableBefore: usable,
    lostCount: lost.length,
    lostJson: JSON.stringify(lost),
    at: toWallTime(page.at),
    state: 'waiting',
    decidedById: null,
    decidedByName: null,
    decidedAt: null,
    reason: null,
  });
  const words = `平台下发的${heldKindWords[kind]}数据会使 ${usable} 个可用的减少 ${lost.length} 个，已暂缓采用，请质量负责人核对名单后决定。`;
  notify(tx, 'alarm', words, 'reference', heldId);
}

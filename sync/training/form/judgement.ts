// What the form platform refuses before it inserts. Coarser than the reference platform, with generic words, but about
// the same things: what is referred to must be there, nothing is written to a locked commission, people must be active.
import type { z } from 'zod';
import { FORM_DATA_KINDS, FORM_REFERENCE_KINDS } from '../../wire/form-contract.ts';
import {
  acquisitionPayloadSchema,
  commissionPayloadSchema,
  modificationPayloadSchema,
  type ReferenceData,
  type ReportPayload,
  reportPayloadSchema,
  testRecordPayloadSchema,
  unqualifiedNoticePayloadSchema,
  witnessPayloadSchema,
} from '../../wire/schemas.ts';
import { type FormDatabase, referenceBody } from './database.ts';
import { FormRefusal } from './refusal.ts';

export function contentOf<T>(schema: z.ZodType<T>, nr: string | undefined): T {
  let value: unknown;
  try {
    value = JSON.parse(nr ?? '');
  } catch {
    throw new FormRefusal('incomplete');
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new FormRefusal('incomplete');
  return parsed.data;
}

export function commissionState(db: FormDatabase, wtbh: string): { zt: string; yy: string } {
  return (
    db.prepare<[string], { zt: string; yy: string }>('SELECT zt, yy FROM supervision WHERE wtbh = ?').get(wtbh) ?? {
      zt: '0',
      yy: '',
    }
  );
}

export function refuseIfFrozen(db: FormDatabase, wtbh: string): void {
  const { zt } = commissionState(db, wtbh);
  if (zt !== '0') throw new FormRefusal(zt === '1' ? 'locked' : 'voided');
}

function requireRow(db: FormDatabase, table: string, column: string, value: string): void {
  if (db.prepare(`SELECT 1 FROM ${table} WHERE ${column} = ?`).get(value) === undefined) {
    throw new FormRefusal('missing');
  }
}

export function hasData(db: FormDatabase, kind: keyof typeof FORM_DATA_KINDS, bh: string): boolean {
  return db.prepare('SELECT 1 FROM data WHERE lx = ? AND bh = ?').get(FORM_DATA_KINDS[kind], bh) !== undefined;
}

function requireActive(db: FormDatabase, personId: string): void {
  const person = referenceBody<ReferenceData['person']>(db, FORM_REFERENCE_KINDS.person, personId);
  if (person?.state !== 'active') throw new FormRefusal('incomplete');
}

export function judgeCommission(db: FormDatabase, wtbh: string, nr: string | undefined): void {
  const commission = contentOf(commissionPayloadSchema, nr);
  if (commission.commissionNo !== wtbh) throw new FormRefusal('incomplete');
  refuseIfFrozen(db, wtbh);
  if (referenceBody(db, FORM_REFERENCE_KINDS.project, commission.projectId) === undefined) {
    throw new FormRefusal('missing');
  }
}

/** One entry of test data; `lx` decides what it must be. */
export function judgeData(db: FormDatabase, lx: string, nr: string | undefined): void {
  switch (lx) {
    case FORM_DATA_KINDS['test-record']: {
      const record = contentOf(testRecordPayloadSchema, nr);
      requireRow(db, 'commission', 'wtbh', record.commissionNo);
      refuseIfFrozen(db, record.commissionNo);
      requireActive(db, record.testerId);
      requireActive(db, record.checkerId);
      if (!record.acquisitionKeys.every((key) => hasData(db, 'acquisition', key))) throw new FormRefusal('missing');
      return;
    }
    case FORM_DATA_KINDS.acquisition: {
      const run = contentOf(acquisitionPayloadSchema, nr);
      if (run.media !== undefined) requireRow(db, 'file', 'xs', run.media);
      return;
    }
    case FORM_DATA_KINDS.witness: {
      const witness = contentOf(witnessPayloadSchema, nr);
      requireRow(db, 'commission', 'wtbh', witness.commissionNo);
      refuseIfFrozen(db, witness.commissionNo);
      for (const medium of witness.media) requireRow(db, 'file', 'xs', medium);
      return;
    }
    case FORM_DATA_KINDS.modification:
      contentOf(modificationPayloadSchema, nr);
      return;
    case FORM_DATA_KINDS['unqualified-notice']:
      contentOf(unqualifiedNoticePayloadSchema, nr);
      return;
    default:
      throw new FormRefusal('incomplete');
  }
}

export function judgeReport(db: FormDatabase, bgbh: string, bb: string, nr: string | undefined): void {
  const report = contentOf(reportPayloadSchema, nr);
  if (report.reportNo !== bgbh || String(report.revision) !== bb) throw new FormRefusal('incomplete');
  requireRow(db, 'commission', 'wtbh', report.commissionNo);
  refuseIfFrozen(db, report.commissionNo);
  if (isVoid(db, bgbh)) throw new FormRefusal('voided');
  if (!report.recordNos.every((recordNo) => hasData(db, 'test-record', recordNo))) throw new FormRefusal('missing');
  if (report.revision > 1) {
    const before = db.prepare('SELECT 1 FROM report WHERE bgbh = ? AND bb = ?').get(bgbh, String(report.revision - 1));
    const coded = db.prepare('SELECT 1 FROM code WHERE bgbh = ?').get(bgbh) !== undefined;
    const order = db.prepare('SELECT 1 FROM change_order WHERE bgbh = ?').get(bgbh);
    if (before === undefined || (coded && order === undefined)) throw new FormRefusal('missing');
  }
}

export function isVoid(db: FormDatabase, bgbh: string): boolean {
  return db.prepare('SELECT 1 FROM report_void WHERE bgbh = ?').get(bgbh) !== undefined;
}

/** Numbers of what a report still lacks before it may have a code. */
export function gapsOf(db: FormDatabase, report: ReportPayload): { bh: string; sm: string }[] {
  return report.recordNos
    .filter((recordNo) => !hasData(db, 'test-record', recordNo))
    .map((recordNo) => ({ bh: recordNo, sm: '缺少检测记录' }));
}

// What the form platform does per address. A query answers every row there is under a key, so a client can see what it
// has sent, and how often; a save inserts another one. Each is one transaction of the server.
import { randomInt } from 'node:crypto';
import { changeOrderSchema, type ReportPayload, reportPayloadSchema, voidRequestSchema } from '../../wire/schemas.ts';
import { sha256Hex } from '../../wire/digest.ts';
import { type FormOperationName, formTime } from '../../wire/form-contract.ts';
import { type FormDatabase, institutionOf } from './database.ts';
import {
  commissionState,
  contentOf,
  gapsOf,
  isVoid,
  judgeCommission,
  judgeData,
  judgeReport,
  refuseIfFrozen,
} from './judgement.ts';
import { FormRefusal } from './refusal.ts';
import type { FormValues } from './sessions.ts';

export interface FormContext {
  db: FormDatabase;
  now(): number;
  publicBase(): string;
}

type Row = Record<string, string | number>;
type Operation = (context: FormContext, values: FormValues) => unknown;

const value = (values: FormValues, name: string): string => {
  const given = values[name];
  if (given === undefined) throw new FormRefusal('incomplete');
  return given;
};

const rows = (db: FormDatabase, sql: string, ...parameters: string[]): { rows: Row[] } => ({
  rows: db.prepare<string[], Row>(sql).all(...parameters),
});

function insert(db: FormDatabase, sql: string, ...parameters: (string | Uint8Array)[]): { id: number } {
  return { id: Number(db.prepare(sql).run(...parameters).lastInsertRowid) };
}

function fileOf(values: FormValues): { xs: string; bytes: Buffer } {
  const bytes = Buffer.from(value(values, 'wj'), 'base64');
  const xs = value(values, 'xs');
  if (sha256Hex(bytes) !== xs) throw new FormRefusal('incomplete');
  return { xs, bytes };
}

function reportOf(db: FormDatabase, values: FormValues): ReportPayload {
  const row = db
    .prepare<[string, string], { nr: string }>('SELECT nr FROM report WHERE bgbh = ? AND bb = ? ORDER BY id')
    .get(value(values, 'bgbh'), value(values, 'bb'));
  if (row === undefined) throw new FormRefusal('notFound');
  return contentOf(reportPayloadSchema, row.nr);
}

function codesOf({ db, publicBase }: FormContext, bgbh: string, bb: string): object[] {
  return db
    .prepare<[string, string], { sbm: string; at: number }>(
      'SELECT sbm, at FROM code WHERE bgbh = ? AND bb = ? ORDER BY at, rowid',
    )
    .all(bgbh, bb)
    .map(({ sbm, at }) => ({ bgbh, bb, sbm, cxwz: `${publicBase()}/cx?m=${sbm}`, fmsj: formTime(at) }));
}

function isReplaced(db: FormDatabase, bgbh: string, bb: string): boolean {
  return (
    db.prepare('SELECT 1 FROM code WHERE bgbh = ? AND CAST(bb AS INTEGER) > ?').get(bgbh, Number(bb)) !== undefined
  );
}

function filedAs(db: FormDatabase, bgbh: string, bb: string): string | undefined {
  return db
    .prepare<[string, string], { xs: string }>('SELECT xs FROM report_file WHERE bgbh = ? AND bb = ? ORDER BY id')
    .get(bgbh, bb)?.xs;
}

/** 1 taken in, 2 coded, 3 filed, 4 replaced, 5 void. */
function reportState(db: FormDatabase, bgbh: string, bb: string, coded: boolean): string {
  if (isVoid(db, bgbh)) return '5';
  if (!coded) return '1';
  if (isReplaced(db, bgbh, bb)) return '4';
  return filedAs(db, bgbh, bb) === undefined ? '2' : '3';
}

const queryReport: Operation = (context, values) => {
  const [bgbh, bb] = [value(values, 'bgbh'), value(values, 'bb')];
  const codes = codesOf(context, bgbh, bb);
  const zt = reportState(context.db, bgbh, bb, codes.length > 0);
  const found = rows(context.db, 'SELECT id, nr FROM report WHERE bgbh = ? AND bb = ? ORDER BY id', bgbh, bb);
  const wjxs = filedAs(context.db, bgbh, bb) ?? '';
  return { rows: found.rows.map((row) => ({ ...row, bgbh, bb, zt, codes, wjxs })) };
};

/** A new code every time it is asked for: the client must look first. */
const issueCode: Operation = (context, values) => {
  const { db } = context;
  const [bgbh, bb] = [value(values, 'bgbh'), value(values, 'bb')];
  const report = reportOf(db, values);
  if (isVoid(db, bgbh)) throw new FormRefusal('voided');
  refuseIfFrozen(db, report.commissionNo);
  const gaps = gapsOf(db, report);
  if (gaps.length > 0) throw new FormRefusal('notReady', { rows: gaps });
  const sbm = `YL${String(randomInt(10 ** 12)).padStart(12, '0')}`;
  insert(db, 'INSERT INTO code (sbm, bgbh, bb, at) VALUES (?, ?, ?, ?)', sbm, bgbh, bb, String(context.now()));
  return codesOf(context, bgbh, bb).at(-1);
};

const reference: Operation = ({ db }, values) => {
  const after = Number(value(values, 'yb') || '0');
  const limit = Number(value(values, 'hs'));
  if (!Number.isInteger(after) || !Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw new FormRefusal('incomplete');
  }
  const found = db
    .prepare<[string, number, number], { version: number; id: string; deleted: number; body: string }>(
      'SELECT version, id, deleted, body FROM reference WHERE lx = ? AND version > ? ORDER BY version LIMIT ?',
    )
    .all(value(values, 'lx'), after, limit + 1);
  const page = found.slice(0, limit);
  return {
    rows: page.map(({ version, id, deleted, body }) => ({ bb: version, id, sc: String(deleted), nr: body })),
    yb: String(page.at(-1)?.version ?? after),
    hy: found.length > limit ? '1' : '0',
  };
};

const verify: Operation = (context, values) => {
  const { db } = context;
  const sbm = value(values, 'sbm');
  const row = db
    .prepare<[string], { bgbh: string; bb: string; at: number }>('SELECT bgbh, bb, at FROM code WHERE sbm = ?')
    .get(sbm);
  if (row === undefined) throw new FormRefusal('notFound');
  const { bgbh, bb } = row;
  const zt = isVoid(db, bgbh) ? '3' : isReplaced(db, bgbh, bb) ? '2' : '1';
  const jg = institutionOf(db).name;
  return { sbm, zt, bgbh, bb, jg, fmsj: formTime(row.at), wjxs: filedAs(db, bgbh, bb) ?? '' };
};

const saveVoid: Operation = ({ db }, values) => {
  const bgbh = value(values, 'bgbh');
  contentOf(voidRequestSchema, values['nr']);
  const revisions = db
    .prepare<[string], { nr: string }>('SELECT nr FROM report WHERE bgbh = ? ORDER BY id')
    .all(bgbh)
    .map(({ nr }) => contentOf(reportPayloadSchema, nr));
  const latest = revisions.at(-1);
  if (latest === undefined) throw new FormRefusal('notFound');
  refuseIfFrozen(db, latest.commissionNo);
  if (revisions.some((report) => report.conclusion === 2)) throw new FormRefusal('incomplete');
  return insert(db, 'INSERT INTO report_void (bgbh, nr) VALUES (?, ?)', bgbh, value(values, 'nr'));
};

/** The order is the change: the platform itself writes it into the commission that it holds. */
function changeCommission(db: FormDatabase, wtbh: string, fields: { field: string; newValue: string }[]): void {
  const row = db
    .prepare<[string], { id: number; nr: string }>('SELECT id, nr FROM commission WHERE wtbh = ? ORDER BY id DESC')
    .get(wtbh);
  if (row === undefined) throw new FormRefusal('notFound');
  const commission = JSON.parse(row.nr) as Record<string, unknown> & { samples: Record<string, unknown>[] };
  for (const { field, newValue } of fields) {
    const path = /^samples\.(.+)\.([^.]+)$/.exec(field);
    const target = path === null ? commission : commission.samples.find((one) => one['sampleNo'] === path[1]);
    if (target === undefined) throw new FormRefusal('incomplete');
    const name = path?.[2] ?? field;
    if (newValue === '') delete target[name];
    else target[name] = newValue;
  }
  db.prepare('UPDATE commission SET nr = ? WHERE id = ?').run(JSON.stringify(commission), row.id);
}

const saveChange: Operation = ({ db }, values) => {
  const bgbh = value(values, 'bgbh');
  const order = contentOf(changeOrderSchema, values['nr']);
  if (order.changeNo !== values['bgdh']) throw new FormRefusal('incomplete');
  if (isVoid(db, bgbh)) throw new FormRefusal('voided');
  const report = db
    .prepare<[string], { nr: string }>('SELECT nr FROM report WHERE bgbh = ? ORDER BY id DESC')
    .get(bgbh);
  if (report === undefined) throw new FormRefusal('notFound');
  changeCommission(db, contentOf(reportPayloadSchema, report.nr).commissionNo, order.fields);
  const sql = 'INSERT INTO change_order (bgbh, bgdh, nr) VALUES (?, ?, ?)';
  return insert(db, sql, bgbh, order.changeNo, value(values, 'nr'));
};

export const formOperations: Record<Exclude<FormOperationName, 'login'>, Operation> = {
  time: ({ now }) => ({ sj: formTime(now()) }),
  institution: ({ db }) => ({ nr: JSON.stringify(institutionOf(db)) }),
  reference,
  queryCommission({ db }, values) {
    const wtbh = value(values, 'wtbh');
    const { zt, yy } = commissionState(db, wtbh);
    const found = rows(db, 'SELECT id, wtbh, nr FROM commission WHERE wtbh = ? ORDER BY id', wtbh);
    return { rows: found.rows.map((row) => ({ ...row, zt, yy })) };
  },
  saveCommission({ db }, values) {
    judgeCommission(db, value(values, 'wtbh'), values['nr']);
    return insert(db, 'INSERT INTO commission (wtbh, nr) VALUES (?, ?)', value(values, 'wtbh'), value(values, 'nr'));
  },
  queryData: ({ db }, values) =>
    rows(
      db,
      'SELECT id, nr FROM data WHERE lx = ? AND bh = ? AND bb = ? ORDER BY id',
      value(values, 'lx'),
      value(values, 'bh'),
      value(values, 'bb'),
    ),
  saveData({ db }, values) {
    judgeData(db, value(values, 'lx'), values['nr']);
    return insert(
      db,
      'INSERT INTO data (lx, bh, bb, nr) VALUES (?, ?, ?, ?)',
      value(values, 'lx'),
      value(values, 'bh'),
      value(values, 'bb'),
      value(values, 'nr'),
    );
  },
  queryFile: ({ db }, values) => rows(db, 'SELECT id, xs FROM file WHERE xs = ? ORDER BY id', value(values, 'xs')),
  saveFile({ db }, values) {
    const { xs, bytes } = fileOf(values);
    return insert(db, 'INSERT INTO file (xs, bytes) VALUES (?, ?)', xs, bytes);
  },
  queryReport,
  saveReport({ db }, values) {
    const [bgbh, bb] = [value(values, 'bgbh'), value(values, 'bb')];
    judgeReport(db, bgbh, bb, values['nr']);
    return insert(db, 'INSERT INTO report (bgbh, bb, nr) VALUES (?, ?, ?)', bgbh, bb, value(values, 'nr'));
  },
  issueCode,
  fileReport(context, values) {
    const [bgbh, bb] = [value(values, 'bgbh'), value(values, 'bb')];
    const report = reportOf(context.db, values);
    if (isVoid(context.db, bgbh)) throw new FormRefusal('voided');
    refuseIfFrozen(context.db, report.commissionNo);
    if (codesOf(context, bgbh, bb).length === 0)
      throw new FormRefusal('notReady', { rows: [{ bh: bgbh, sm: '未赋码' }] });
    const { xs, bytes } = fileOf(values);
    const sql = 'INSERT INTO report_file (bgbh, bb, xs, bytes) VALUES (?, ?, ?, ?)';
    return insert(context.db, sql, bgbh, bb, xs, bytes);
  },
  queryChange: ({ db }, values) =>
    rows(
      db,
      'SELECT id, nr FROM change_order WHERE bgbh = ? AND bgdh = ? ORDER BY id',
      value(values, 'bgbh'),
      value(values, 'bgdh'),
    ),
  saveChange,
  queryVoid: ({ db }, values) =>
    rows(db, 'SELECT id, nr FROM report_void WHERE bgbh = ? ORDER BY id', value(values, 'bgbh')),
  saveVoid,
  events({ db }, values) {
    const after = Number(value(values, 'yb') || '0');
    if (!Number.isInteger(after)) throw new FormRefusal('incomplete');
    const found = db
      .prepare<[number], { seq: number; lx: string; bh: string; at: number; sm: string }>(
        'SELECT seq, lx, bh, at, sm FROM event WHERE seq > ? ORDER BY seq LIMIT 100',
      )
      .all(after);
    return {
      rows: found.map(({ seq, at, ...row }) => ({ ...row, xh: String(seq), sj: formTime(at) })),
      yb: String(found.at(-1)?.seq ?? after),
    };
  },
  verify,
};

// Commissions in the exchange file: one row of SamplCode for each sample. They are one thing to us: all are written
// together, and the commission is accepted when every row is.
import { digestOf } from '../../../wire/digest.ts';
import { JD_STATE } from '../../../wire/exchange-schema.ts';
import type { CommissionState, JsonObject, Submission } from '../../port.ts';
import { UnreadableRow, waiting } from './classify.ts';
import { columnFaults, encodeCommission, type SupervisionFacts } from './encode.ts';
import type { ExchangeDatabase, Result } from './exchange-file.ts';
import {
  conflict,
  findRow,
  jsonOf,
  markRead,
  numberOf,
  refusal,
  type Standing,
  standingOf,
  type StoredRow,
  textOf,
  writeRow,
} from './rows.ts';

function rowsOf(db: ExchangeDatabase, orgCode: string, commissionNo: string): StoredRow[] {
  return db
    .prepare<[string, string], StoredRow>('SELECT * FROM SamplCode WHERE Wt_Num = ? AND Organcode = ? ORDER BY Wt_Seq')
    .all(commissionNo, orgCode);
}

function contentOf(rows: StoredRow[]): JsonObject {
  return { ...(jsonOf(rows[0]!, 'Wt_Content') as JsonObject), samples: rows.map((row) => jsonOf(row, 'Content')) };
}

/** One refused sample refuses the commission; it is accepted when every sample is. */
function standing(rows: StoredRow[]): { standing: Standing; row: StoredRow } {
  const all = rows.map((row) => ({ row, standing: standingOf(numberOf(row, 'Up_State')) }));
  return (
    all.find((one) => one.standing === 'refused') ??
    all.find((one) => one.standing === 'waiting') ??
    all.find((one) => one.standing === 'refusalRead') ??
    all[0]!
  );
}

function stateOf(commissionNo: string, rows: StoredRow[]): CommissionState {
  const row = rows.find((one) => numberOf(one, 'Jd_State') !== JD_STATE.active) ?? rows[0]!;
  const mark = numberOf(row, 'Jd_State');
  const found = Object.entries(JD_STATE).find(([, number]) => number === mark);
  if (found === undefined) throw new UnreadableRow(`Jd_State 为 ${mark}`);
  const reason = textOf(row, 'Jd_Msg');
  return {
    commissionNo,
    platformId: textOf(row, 'Up_Id'),
    state: found[0] as CommissionState['state'],
    ...(reason === '' ? {} : { reason }),
  };
}

function readRefusal(db: ExchangeDatabase, rows: StoredRow[], refused: StoredRow): Result<never> {
  for (const row of rows) if (numberOf(row, 'Up_State') !== 0) markRead(db, 'SamplCode', row);
  return { ok: false, failure: refusal(refused) };
}

export function putCommission(
  db: ExchangeDatabase,
  orgCode: string,
  commissionNo: string,
  { payload, digest }: Submission,
): Result<CommissionState> {
  const encoded = encodeCommission(commissionNo, payload).map((row) => ({
    ...row,
    values: { ...row.values, Organcode: orgCode },
  }));
  const faults = columnFaults(encoded);
  if (faults !== null) return { ok: false, failure: faults };
  if (encoded.length === 0) {
    const message = '委托没有样品，交换表无处可写。';
    return { ok: false, failure: { class: 'rejected', code: 'FIELD_MISSING', message, sent: false } };
  }
  const write = (): Result<never> => {
    const taken = encoded
      .map((row) => findRow(db, 'SamplCode', row.values))
      .find((row) => row !== undefined && textOf(row, 'Wt_Num') !== commissionNo);
    if (taken !== undefined) {
      return {
        ok: false,
        failure: conflict(`样品 ${textOf(taken, 'Sampl_Num')} 已属于委托 ${textOf(taken, 'Wt_Num')}。`),
      };
    }
    db.prepare('DELETE FROM SamplCode WHERE Wt_Num = ? AND Organcode = ?').run(commissionNo, orgCode);
    for (const row of encoded) writeRow(db, 'SamplCode', { ...row.values, Rev: 1 });
    return { ok: false, failure: waiting() };
  };

  const held = rowsOf(db, orgCode, commissionNo);
  if (held.length === 0) return write();
  const now = standing(held);
  const same = digestOf(contentOf(held)) === digest;
  if (now.standing === 'waiting') return { ok: false, failure: waiting() };
  if (same && now.standing === 'accepted') return { ok: true, value: stateOf(commissionNo, held) };
  if (same && now.standing === 'refused') return readRefusal(db, held, now.row);
  if (now.standing === 'accepted') return { ok: false, failure: conflict('监管平台已接受内容不同的同一委托。') };
  return write();
}

export function getCommission(
  db: ExchangeDatabase,
  orgCode: string,
  commissionNo: string,
): Result<CommissionState | null> {
  const held = rowsOf(db, orgCode, commissionNo);
  if (held.length === 0) return { ok: true, value: null };
  const now = standing(held);
  if (now.standing === 'waiting') return { ok: false, failure: waiting() };
  // Refused: sending it again tells why, or has it judged again.
  return { ok: true, value: now.standing === 'accepted' ? stateOf(commissionNo, held) : null };
}

/** What the commission in the file says about its supervision; empty where it is not there. */
export function supervisionFacts(db: ExchangeDatabase, orgCode: string, commissionNo: string): SupervisionFacts {
  const [row] = rowsOf(db, orgCode, commissionNo);
  const shared = row === undefined ? {} : (jsonOf(row, 'Wt_Content') as JsonObject);
  const text = (name: string): string => (typeof shared[name] === 'string' ? shared[name] : '');
  return { code: text('supervisionCode'), unit: text('supervisionUnit') };
}

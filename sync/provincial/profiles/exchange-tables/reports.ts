// Reports in the exchange file: a row of Reportfilelist for each revision. The lab asks for the code and puts the file
// into the row; the client writes the code and its standing into it. What a code is bound to is the Content of its row.
import { digestOf, sha256Hex } from '../../../wire/digest.ts';
import { CODE_STATE, FILE_STATE } from '../../../wire/exchange-schema.ts';
import type { PlatformFailure, ReportCode, ReportState, Submission, Verification } from '../../port.ts';
import { refusalOf, UnreadableRow, waiting } from './classify.ts';
import { columnFaults, encodeEntry } from './encode.ts';
import type { ExchangeDatabase, Result } from './exchange-file.ts';
import {
  conflict,
  findRow,
  jsonOf,
  markRead,
  numberOf,
  putRow,
  refusal,
  standingOf,
  type StoredRow,
  textOf,
} from './rows.ts';

const WIRE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?\+08:00$/;

const rowOf = (db: ExchangeDatabase, orgCode: string, reportNo: string, revision: number): StoredRow | undefined =>
  findRow(db, 'Reportfilelist', { Prtnum: reportNo, Organcode: orgCode, Rev: revision });

function codeOf(row: StoredRow): ReportCode | undefined {
  const code = textOf(row, 'Code');
  if (code === '') return undefined;
  const issuedAt = textOf(row, 'Code_Time');
  if (!WIRE_TIME.test(issuedAt)) throw new UnreadableRow('Code_Time 不是带 +08:00 的时间');
  return {
    code,
    verifyUrl: textOf(row, 'Code_Url'),
    issuedAt,
    reportNo: textOf(row, 'Prtnum'),
    revision: numberOf(row, 'Rev'),
    digest: digestOf(jsonOf(row, 'Content')),
  };
}

function wordOf(row: StoredRow): ReportState['state'] {
  const code = numberOf(row, 'Code_State');
  if (code === CODE_STATE.replaced) return 'replaced';
  if (code === CODE_STATE.void) return 'void';
  if (code !== CODE_STATE.none && code !== CODE_STATE.valid) throw new UnreadableRow(`Code_State 为 ${code}`);
  if (textOf(row, 'Code') === '') return 'accepted';
  return numberOf(row, 'File_State') === FILE_STATE.filed ? 'filed' : 'coded';
}

function stateOf(db: ExchangeDatabase, row: StoredRow): ReportState {
  const named = { reportNo: textOf(row, 'Prtnum'), revision: numberOf(row, 'Rev') };
  const standing = standingOf(numberOf(row, 'Up_State'));
  if (standing === 'waiting') return { ...named, state: 'submitted' };
  if (standing === 'accepted') {
    const code = codeOf(row);
    return { ...named, state: wordOf(row), ...(code === undefined ? {} : { code }) };
  }
  if (standing === 'refused') markRead(db, 'Reportfilelist', row);
  return { ...named, state: 'rejected', failure: refusal(row) };
}

const notThere: PlatformFailure = {
  class: 'dependency',
  code: 'REPORT_NOT_THERE',
  message: '交换表中没有这份报告的这个版本。',
  sent: true,
};

export function putReport(
  db: ExchangeDatabase,
  orgCode: string,
  reportNo: string,
  revision: number,
  { payload, digest }: Submission,
): Result<ReportState> {
  const row = encodeEntry({ kind: 'report', key: reportNo, payload }, { code: '', unit: '' })!;
  const values = { ...row.values, Organcode: orgCode };
  const faults = columnFaults([{ ...row, values }]);
  if (faults !== null) return { ok: false, failure: faults };
  const sent = { orgCode, revision, digest, content: payload, entryId: '', batchId: '' };
  const put = putRow(db, { ...row, values }, sent);
  if (put.state === 'failed') return { ok: false, failure: put.failure };
  return { ok: true, value: stateOf(db, rowOf(db, orgCode, reportNo, revision)!) };
}

export function getReport(
  db: ExchangeDatabase,
  orgCode: string,
  reportNo: string,
  revision: number,
): Result<ReportState | null> {
  const row = rowOf(db, orgCode, reportNo, revision);
  return { ok: true, value: row === undefined ? null : stateOf(db, row) };
}

/** Asking is one mark; asking again finds the mark, or the code. */
export function obtainCode(
  db: ExchangeDatabase,
  orgCode: string,
  reportNo: string,
  revision: number,
): Result<ReportCode> {
  const row = rowOf(db, orgCode, reportNo, revision);
  if (row === undefined) return { ok: false, failure: notThere };
  const standing = standingOf(numberOf(row, 'Up_State'));
  if (standing === 'refused' || standing === 'refusalRead') return { ok: false, failure: refusal(row) };
  if (standing === 'waiting') return { ok: false, failure: waiting('报告还没有被监管客户端收取。') };
  const code = codeOf(row);
  if (code !== undefined) return { ok: true, value: code };
  db.prepare('UPDATE Reportfilelist SET Code_Ask = 1 WHERE Prtnum = ? AND Organcode = ? AND Rev = ?').run(
    reportNo,
    orgCode,
    revision,
  );
  const words = textOf(row, 'Code_Msg');
  const failure = waiting(words === '' ? '已申请标识码，等监管客户端写回。' : words);
  return { ok: false, failure: { ...failure, code: words === '' ? 'BEING_ISSUED' : 'NOT_READY' } };
}

export function fileReport(
  db: ExchangeDatabase,
  orgCode: string,
  reportNo: string,
  revision: number,
  sha256: string,
  bytes: Uint8Array,
): Result<{ wasThere: boolean }> {
  if (sha256Hex(bytes) !== sha256) {
    const message = '要归档的文件与其 SHA-256 不符，没有写入交换表。';
    return { ok: false, failure: { class: 'rejected', code: 'LOCAL_FILE_CHANGED', message, sent: false } };
  }
  const row = rowOf(db, orgCode, reportNo, revision);
  if (row === undefined) return { ok: false, failure: notThere };
  if (textOf(row, 'Code') === '')
    return { ok: false, failure: { ...waiting('报告还没有标识码。'), code: 'NOT_READY' } };
  const state = numberOf(row, 'File_State');
  const same = textOf(row, 'File_Sha256') === sha256;
  const where = 'WHERE Prtnum = ? AND Organcode = ? AND Rev = ?';
  const key = [reportNo, orgCode, revision] as const;
  switch (state) {
    case FILE_STATE.filed:
      return same
        ? { ok: true, value: { wasThere: true } }
        : { ok: false, failure: conflict('监管平台已归档这份报告的另一个文件。') };
    case FILE_STATE.waiting:
      return same
        ? { ok: false, failure: waiting('报告文件等监管客户端收取。') }
        : { ok: false, failure: conflict('交换表中已有这份报告的另一个文件。') };
    case FILE_STATE.refused:
      if (!same) break;
      db.prepare(`UPDATE Reportfilelist SET File_State = ${FILE_STATE.refusalRead} ${where}`).run(...key);
      return { ok: false, failure: refusalOf(textOf(row, 'Up_Code'), textOf(row, 'File_Msg')) };
    case FILE_STATE.none:
    case FILE_STATE.refusalRead:
      break;
    default:
      throw new UnreadableRow(`File_State 为 ${state}`);
  }
  db.prepare(
    `UPDATE Reportfilelist SET File_Data = ?, File_Sha256 = ?, File_State = ${FILE_STATE.waiting}, File_Msg = '' ${where}`,
  ).run(Buffer.from(bytes), sha256, ...key);
  return { ok: false, failure: waiting('报告文件已写入交换表，等监管客户端收取。') };
}

const VERIFY_WORDS = new Map<number, Verification['status']>([
  [CODE_STATE.valid, 'valid'],
  [CODE_STATE.replaced, 'replaced'],
  [CODE_STATE.void, 'void'],
]);

export function verify(db: ExchangeDatabase, orgCode: string, code: string): Result<Verification | null> {
  const row = db
    .prepare<[string, string], StoredRow>(
      "SELECT * FROM Reportfilelist WHERE Code = ? AND Organcode = ? AND Code <> ''",
    )
    .get(code, orgCode);
  if (row === undefined) return { ok: true, value: null };
  const status = VERIFY_WORDS.get(numberOf(row, 'Code_State'));
  if (status === undefined) throw new UnreadableRow(`Code_State 为 ${numberOf(row, 'Code_State')}`);
  const filed = numberOf(row, 'File_State') === FILE_STATE.filed ? { fileSha256: textOf(row, 'File_Sha256') } : {};
  const issuedAt = textOf(row, 'Code_Time');
  return {
    ok: true,
    value: { code, status, reportNo: textOf(row, 'Prtnum'), revision: numberOf(row, 'Rev'), issuedAt, ...filed },
  };
}

// One round of the supervision client over the exchange file: takes what waits, judges it, marks it, mints the codes that
// are asked for, files the reports. Every row is judged and put into the platform's file before it is marked, and what
// is there already is only marked, so the client may be killed at any moment.
import { randomInt } from 'node:crypto';
import { sha256Hex } from '../../wire/digest.ts';
import { CODE_STATE, FILE_STATE, JD_STATE, UP_STATE } from '../../wire/exchange-schema.ts';
import { wireTime } from '../../wire/wire-time.ts';
import { type ClientFiles, nextOf } from './files.ts';
import { judge, judgeSample, type Refusal } from './judgement.ts';

type Row = Record<string, string | number | Uint8Array | null>;

/** Tables of a batch and what their rows are called in the platform's file; runs before records, records before reports. */
const TAKEN = [
  { table: 'Acsrecord', kind: 'acquisition', key: 'Acs_Num' },
  { table: 'Register_Temp', kind: 'test-record', key: 'Sy_Num' },
  { table: 'Modified_Log', kind: 'modification', key: 'Log_Num' },
  { table: 'SamplCheck', kind: 'witness', key: 'Check_Num' },
  { table: 'Reportfilelist', kind: 'report', key: 'Prtnum' },
] as const;

const contentOf = (text: unknown): unknown => {
  try {
    return JSON.parse(String(text));
  } catch {
    return null;
  }
};

function take(
  { platform }: ClientFiles,
  kind: string,
  key: string,
  revision: number,
  content: string,
  now: number,
): void {
  platform
    .prepare('INSERT OR REPLACE INTO taken (kind, key, revision, content, taken_at) VALUES (?, ?, ?, ?, ?)')
    .run(kind, key, revision, content, now);
}

function mark({ exchange }: ClientFiles, table: string, rowid: number, refusal: Refusal | null, id: string): void {
  exchange
    .prepare(`UPDATE ${table} SET Up_State = ?, Up_Code = ?, Up_Msg = ?, Up_Id = ? WHERE rowid = ?`)
    .run(
      refusal === null ? UP_STATE.accepted : UP_STATE.refused,
      refusal?.code ?? '',
      refusal?.message ?? '',
      id,
      rowid,
    );
}

/** All samples of a commission together: one that is refused refuses it. */
function takeCommissions(files: ClientFiles, now: number): number {
  const { exchange, platform } = files;
  const waiting = exchange
    .prepare<[number], { Wt_Num: string }>('SELECT DISTINCT Wt_Num FROM SamplCode WHERE Up_State = ?')
    .all(UP_STATE.waiting);
  for (const { Wt_Num: commissionNo } of waiting) {
    const rows = exchange
      .prepare<[string], Row>('SELECT rowid, * FROM SamplCode WHERE Wt_Num = ? ORDER BY Wt_Seq')
      .all(commissionNo);
    const shared = contentOf(rows[0]?.['Wt_Content']) as Record<string, unknown> | null;
    const samples = rows.map((row) => contentOf(row['Content']));
    const refusal =
      samples
        .map((sample) => judgeSample(platform, commissionNo, shared?.['projectId'], sample))
        .find((one) => one !== null) ?? null;
    if (refusal === null) take(files, 'commission', commissionNo, 1, JSON.stringify({ ...shared, samples }), now);
    for (const row of rows) mark(files, 'SamplCode', Number(row['rowid']), refusal, `YL-${commissionNo}`);
  }
  return waiting.length;
}

/** Is the file there, and does it have the bytes its number says? It is taken along. */
function takeFile({ exchange, platform }: ClientFiles, sha256: string): boolean {
  if (platform.prepare('SELECT 1 FROM medium WHERE sha256 = ?').get(sha256) !== undefined) return true;
  const row = exchange
    .prepare<[string], { File_Data: Uint8Array }>('SELECT File_Data FROM Acsfile WHERE File_Num = ?')
    .get(sha256);
  if (row === undefined || sha256Hex(row.File_Data) !== sha256) return false;
  platform.prepare('INSERT INTO medium (sha256, bytes) VALUES (?, ?)').run(sha256, row.File_Data);
  return true;
}

function takeRows(files: ClientFiles, now: number): number {
  let count = 0;
  for (const { table, kind, key } of TAKEN) {
    const rows = files.exchange
      .prepare<[number], Row>(`SELECT rowid, * FROM ${table} WHERE Up_State = ? ORDER BY rowid`)
      .all(UP_STATE.waiting);
    for (const row of rows) {
      const refusal = judge(files.platform, table, contentOf(row['Content']), (sha256) => takeFile(files, sha256));
      const natural = String(row[key]);
      if (refusal === null) take(files, kind, natural, Number(row['Rev']), String(row['Content']), now);
      mark(files, table, Number(row['rowid']), refusal, `YL-${natural}`);
      count += 1;
    }
  }
  return count;
}

/** Exactly one code per report revision: what is in the platform's file already is given again. */
function codeFor(
  { platform }: ClientFiles,
  reportNo: string,
  revision: number,
  now: number,
): { code: string; issued_at: number } {
  const sql = 'SELECT code, issued_at FROM code WHERE report_no = ? AND revision = ?';
  const find = () =>
    platform.prepare<[string, number], { code: string; issued_at: number }>(sql).get(reportNo, revision);
  const known = find();
  if (known !== undefined) return known;
  const code = `JH${String(randomInt(10 ** 12)).padStart(12, '0')}`;
  platform
    .prepare('INSERT INTO code (code, report_no, revision, issued_at) VALUES (?, ?, ?, ?)')
    .run(code, reportNo, revision, now);
  return { code, issued_at: now };
}

function giveCodes(files: ClientFiles, now: number): number {
  const asked = files.exchange
    .prepare<[number], Row>(
      "SELECT rowid, * FROM Reportfilelist WHERE Code_Ask = 1 AND COALESCE(Code, '') = '' AND Up_State = ? ORDER BY rowid",
    )
    .all(UP_STATE.accepted);
  for (const row of asked) {
    const [reportNo, revision] = [String(row['Prtnum']), Number(row['Rev'])];
    const { code, issued_at } = codeFor(files, reportNo, revision, now);
    files.exchange
      .prepare(
        'UPDATE Reportfilelist SET Code = ?, Code_Url = ?, Code_Time = ?, Code_State = ?, Code_Ver = ? WHERE rowid = ?',
      )
      .run(
        code,
        `https://jh.example.cn/verify?code=${code}`,
        wireTime(issued_at),
        CODE_STATE.valid,
        nextOf(files.platform, 'Row_Ver'),
        Number(row['rowid']),
      );
    files.exchange
      .prepare('UPDATE Reportfilelist SET Code_State = ? WHERE Prtnum = ? AND Rev < ? AND Code_State = ?')
      .run(CODE_STATE.replaced, reportNo, revision, CODE_STATE.valid);
  }
  return asked.length;
}

function fileReports({ exchange, platform }: ClientFiles): number {
  const waiting = exchange
    .prepare<[number], Row>('SELECT rowid, * FROM Reportfilelist WHERE File_State = ? ORDER BY rowid')
    .all(FILE_STATE.waiting);
  for (const row of waiting) {
    const bytes = row['File_Data'] as Uint8Array;
    const sha256 = String(row['File_Sha256']);
    const good = sha256Hex(bytes) === sha256 && Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-';
    if (good) {
      platform
        .prepare('INSERT OR IGNORE INTO filed (report_no, revision, sha256, bytes) VALUES (?, ?, ?, ?)')
        .run(String(row['Prtnum']), Number(row['Rev']), sha256, bytes);
    }
    exchange
      .prepare('UPDATE Reportfilelist SET File_State = ?, File_Msg = ? WHERE rowid = ?')
      .run(good ? FILE_STATE.filed : FILE_STATE.refused, good ? '' : '不是与摘要相符的 PDF 文件', Number(row['rowid']));
  }
  return waiting.length;
}

/** One round; answers how many rows were dealt with. The platform's file is committed before the exchange file. */
export function superviseOnce(files: ClientFiles, now: number): number {
  let count = 0;
  for (const step of [takeCommissions, takeRows, giveCodes, fileReports]) {
    files.exchange
      .transaction(() => {
        count += files.platform.transaction(() => step(files, now)).immediate();
      })
      .immediate();
  }
  return count;
}

/** The supervisor's lock, its lifting, or the voiding of a commission, with the mark the lab reads. */
export function setSupervision(
  files: ClientFiles,
  commissionNo: string,
  state: keyof typeof JD_STATE,
  reason: string,
): void {
  const { exchange, platform } = files;
  exchange
    .transaction(() => {
      const version = platform
        .transaction(() => {
          platform
            .prepare('INSERT OR REPLACE INTO supervision (commission_no, state, reason) VALUES (?, ?, ?)')
            .run(commissionNo, JD_STATE[state], reason);
          return nextOf(platform, 'Row_Ver');
        })
        .immediate();
      exchange
        .prepare('UPDATE SamplCode SET Jd_State = ?, Jd_Msg = ?, Jd_Ver = ? WHERE Wt_Num = ?')
        .run(JD_STATE[state], reason, version, commissionNo);
    })
    .immediate();
}

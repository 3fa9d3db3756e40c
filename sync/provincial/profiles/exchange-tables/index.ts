// The exchange-tables profile as a port: rows of a file that a supervision client reads, marks and fills. There is no
// line, so nothing is ever half sent: an operation is a transaction that is on disk when it answers, or it left nothing.
import type { CallOptions, PlatformAnswer, ProvincialPort } from '../../port.ts';
import { sha256Hex } from '../../../wire/digest.ts';
import { capabilityMissing, type ProfilePortOptions } from '../profile-data.ts';
import { getCommission, putCommission } from './commissions.ts';
import { events, institution, referencePage } from './downloads.ts';
import { getBatch, postBatch } from './entries.ts';
import { type ExchangeDatabase, openExchangeFile, type Result } from './exchange-file.ts';
import { EXCHANGE_PROFILE } from './profile.ts';
import { fileReport, getReport, obtainCode, putReport, verify } from './reports.ts';

export { EXCHANGE_PROFILE } from './profile.ts';

export interface ExchangePortOptions extends Pick<ProfilePortOptions, 'baseUrl' | 'orgCode' | 'now'> {
  /** How long a file that the client holds is waited for before the line rests. */
  busyMs?: number;
}

export type ExchangePort = ProvincialPort & { close(): void };

export function createExchangePort(options: ExchangePortOptions): ExchangePort {
  const { orgCode } = options;
  const now = options.now ?? Date.now;
  const file = openExchangeFile({ baseUrl: options.baseUrl, now, busyMs: options.busyMs ?? 5_000 });

  const read = <T>(
    name: string,
    target: string,
    o: CallOptions | undefined,
    work: (db: ExchangeDatabase) => Result<T>,
  ) => file({ name, target, request: null, mode: 'read' }, o, work);
  const write = <T>(
    name: string,
    target: string,
    request: object | null,
    o: CallOptions | undefined,
    work: (db: ExchangeDatabase) => Result<T>,
  ) => file({ name, target, request, mode: 'write' }, o, work);

  /** Said without touching the file. */
  function missing<T>(name: string, what: string): Promise<PlatformAnswer<T>> {
    const at = now();
    const failure = capabilityMissing(EXCHANGE_PROFILE.title, what);
    const trace = { requestDigest: sha256Hex(''), maskedRequest: '', answer: failure.code, startedAt: at, endedAt: at };
    return Promise.resolve({ outcome: 'failed', failure, trace: { operation: name, target: '交换表', ...trace } });
  }

  const report = (reportNo: string, revision: number): string => `Reportfilelist Prtnum=${reportNo} Rev=${revision}`;
  const commission = (commissionNo: string): string => `SamplCode Wt_Num=${commissionNo}`;

  return {
    profile: EXCHANGE_PROFILE.id,
    capabilities: EXCHANGE_PROFILE.capabilities,
    limits: EXCHANGE_PROFILE.limits,
    close: () => undefined,

    time: () => missing('time', '平台时间'),
    institution: (o) => read('institution', 'Jg_Enterpriseauthorize', o, (db) => institution(db, orgCode)),
    referencePage: (kind, cursor, limit, o) =>
      read('referencePage', `Jg_* ${kind}`, o, (db) => referencePage(db, kind, cursor, limit)),
    putCommission: (commissionNo, submission, o) =>
      write('putCommission', commission(commissionNo), submission.payload, o, (db) =>
        putCommission(db, orgCode, commissionNo, submission),
      ),
    getCommission: (commissionNo, o) =>
      read('getCommission', commission(commissionNo), o, (db) => getCommission(db, orgCode, commissionNo)),
    postBatch: (batchId, entries, o) =>
      write('postBatch', `Batch_Id=${batchId}`, entries, o, (db) => postBatch(db, orgCode, batchId, entries)),
    // Reading a refusal marks it as read.
    getBatch: (batchId, o) => write('getBatch', `Batch_Id=${batchId}`, null, o, (db) => getBatch(db, orgCode, batchId)),
    putMedia: (sha256, bytes, o) =>
      write('putMedia', `Acsfile File_Num=${sha256}`, { File_Num: sha256, bytes: bytes.byteLength }, o, (db) => {
        const sql = 'INSERT OR IGNORE INTO Acsfile (File_Num, Organcode, File_Data) VALUES (?, ?, ?)';
        const { changes } = db.prepare(sql).run(sha256, orgCode, Buffer.from(bytes));
        return { ok: true, value: { wasThere: changes === 0 } };
      }),
    hasMedia: (sha256, o) =>
      read('hasMedia', `Acsfile File_Num=${sha256}`, o, (db) => {
        const sql = 'SELECT 1 FROM Acsfile WHERE File_Num = ? AND Organcode = ?';
        return { ok: true, value: db.prepare(sql).get(sha256, orgCode) !== undefined };
      }),
    putReport: (reportNo, revision, submission, o) =>
      write('putReport', report(reportNo, revision), submission.payload, o, (db) =>
        putReport(db, orgCode, reportNo, revision, submission),
      ),
    getReport: (reportNo, revision, o) =>
      write('getReport', report(reportNo, revision), null, o, (db) => getReport(db, orgCode, reportNo, revision)),
    obtainCode: (reportNo, revision, o) =>
      write('obtainCode', report(reportNo, revision), { Code_Ask: 1 }, o, (db) =>
        obtainCode(db, orgCode, reportNo, revision),
      ),
    fileReport: (reportNo, revision, sha256, bytes, o) =>
      write('fileReport', report(reportNo, revision), { File_Sha256: sha256, bytes: bytes.byteLength }, o, (db) =>
        fileReport(db, orgCode, reportNo, revision, sha256, bytes),
      ),
    postChange: () => missing('postChange', '变更单'),
    voidReport: () => missing('voidReport', '报告的作废'),
    putRegistration: () => missing('putRegistration', '人员、设备和场所的申报'),
    events: (cursor, o) => read('events', 'SamplCode Jd_*', o, (db) => events(db, orgCode, cursor, now())),
    verify: (code, o) => read('verify', 'Reportfilelist Code', o, (db) => verify(db, orgCode, code)),
  };
}

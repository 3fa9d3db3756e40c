// What the console's pages read: plain questions to the platform's own file, newest first, each with an upper bound.
import { type PlatformContext } from '../context.ts';
import { type WireInstitution, type UnqualifiedNoticePayload } from '../../wire/schemas.ts';
import { unqualifiedNoticePayloadSchema } from '../../wire/payloads.ts';
import { institutionSchema } from '../../wire/messages.ts';
import { type CommissionState, type RegistrationKind } from '../../wire/schemas.ts';

export interface LabRow {
  orgCode: string;
  institution: WireInstitution;
  commissions: number;
  records: number;
  reports: number;
  codes: number;
  files: number;
  lastContact: number | null;
}

export function labs({ db }: PlatformContext): LabRow[] {
  const rows = db
    .prepare<[], Omit<LabRow, 'institution'> & { body: string }>(
      `SELECT i.org_code AS orgCode, i.body,
         (SELECT count(*) FROM commission c WHERE c.org_code = i.org_code) AS commissions,
         (SELECT count(DISTINCT key) FROM entry e WHERE e.org_code = i.org_code AND kind = 'test-record') AS records,
         (SELECT count(DISTINCT report_no) FROM report r WHERE r.org_code = i.org_code) AS reports,
         (SELECT count(*) FROM report_code k WHERE k.org_code = i.org_code) AS codes,
         (SELECT count(*) FROM report_file f WHERE f.org_code = i.org_code) AS files,
         (SELECT max(seen_at) FROM nonce n JOIN credential k USING (access_key) WHERE k.org_code = i.org_code)
           AS lastContact
       FROM institution i ORDER BY i.rowid`,
    )
    .all();
  return rows.map(({ body, ...row }) => ({ ...row, institution: institutionSchema.parse(JSON.parse(body)) }));
}

export interface OpenNotice {
  key: string;
  receivedAt: number;
  notice: UnqualifiedNoticePayload;
  projectName: string;
}

/** Unqualified notices that the supervisor has not closed, oldest first. */
export function openNotices({ db }: PlatformContext): OpenNotice[] {
  return db
    .prepare<[], { key: string; payload: string; receivedAt: number; project: string | null }>(
      `SELECT e.key, e.payload, min(e.received_at) AS receivedAt, max(e.revision),
         (SELECT data ->> 'name' FROM reference_row p WHERE p.kind = 'project' AND p.id = e.payload ->> 'projectId')
           AS project
       FROM entry e WHERE e.kind = 'unqualified-notice'
         AND NOT EXISTS (SELECT 1 FROM act a WHERE a.name = 'unqualified.closed' AND a.subject = e.key)
       GROUP BY e.org_code, e.key ORDER BY receivedAt LIMIT 200`,
    )
    .all()
    .map(({ key, payload, receivedAt, project }) => {
      const notice = unqualifiedNoticePayloadSchema.parse(JSON.parse(payload));
      return { key, receivedAt, notice, projectName: project ?? notice.projectId };
    });
}

export interface PendingRegistration {
  kind: RegistrationKind;
  localId: string;
  revision: number;
  receivedAt: number;
  payload: Record<string, unknown>;
}

export function pendingRegistrations({ db }: PlatformContext): PendingRegistration[] {
  return db
    .prepare<[], Omit<PendingRegistration, 'payload'> & { payload: string }>(
      `SELECT r.kind, r.local_id AS localId, r.revision, r.received_at AS receivedAt, r.payload FROM registration r
       WHERE r.state = 'pending' AND NOT EXISTS (SELECT 1 FROM registration later WHERE later.org_code = r.org_code
         AND later.kind = r.kind AND later.local_id = r.local_id AND later.revision > r.revision)
       ORDER BY r.received_at LIMIT 200`,
    )
    .all()
    .map((row) => ({ ...row, payload: JSON.parse(row.payload) as Record<string, unknown> }));
}

export function sentNotices({ db }: PlatformContext): { subject: string; text: string | null; at: number }[] {
  return db
    .prepare<[], { subject: string; text: string | null; at: number }>(
      `SELECT subject, text, at FROM event WHERE type = 'notice' ORDER BY seq DESC LIMIT 10`,
    )
    .all();
}

export interface FoundCommission {
  commissionNo: string;
  state: CommissionState['state'];
  reason: string | null;
  project: string;
  samples: number;
  records: number;
  receivedAt: number;
}

export interface FoundReport {
  orgCode: string;
  reportNo: string;
  revision: number;
  commissionNo: string;
  title: string;
  conclusion: number;
  code: string | null;
  issuedAt: number | null;
  revokedReason: string | null;
}

export interface FoundQualification {
  id: string;
  personId: string;
  name: string;
  itemCode: string;
  validTo: string;
}

export interface Found {
  commissions: FoundCommission[];
  reports: FoundReport[];
  qualifications: FoundQualification[];
}

const MOST = 30;

/** Commissions, reports and codes whose number contains the words, and qualifications of a person or an item. */
export function find({ db }: PlatformContext, words: string): Found {
  const like = `%${words.replace(/[\\%_]/g, '\\$&')}%`;
  return {
    commissions: db
      .prepare<[string, number], FoundCommission>(
        `SELECT commission_no AS commissionNo, state, reason, payload ->> 'projectName' AS project,
           json_array_length(payload, '$.samples') AS samples, received_at AS receivedAt,
           (SELECT count(DISTINCT key) FROM entry e WHERE e.kind = 'test-record'
             AND e.payload ->> 'commissionNo' = c.commission_no) AS records
         FROM commission c WHERE commission_no LIKE ? ESCAPE '\\' ORDER BY received_at DESC LIMIT ?`,
      )
      .all(like, MOST),
    reports: db
      .prepare<[{ like: string; most: number }], FoundReport>(
        `SELECT r.org_code AS orgCode, r.report_no AS reportNo, r.revision, r.commission_no AS commissionNo,
           r.payload ->> 'title' AS title, r.payload ->> 'conclusion' AS conclusion, k.code, k.issued_at AS issuedAt,
           k.revoked_reason AS revokedReason
         FROM report r LEFT JOIN report_code k USING (org_code, report_no, revision)
         WHERE r.report_no LIKE $like ESCAPE '\\' OR r.commission_no LIKE $like ESCAPE '\\' OR k.code LIKE $like ESCAPE '\\'
         ORDER BY r.received_at DESC, r.revision DESC LIMIT $most`,
      )
      .all({ like, most: MOST }),
    qualifications: db
      .prepare<[{ like: string; most: number }], FoundQualification>(
        `SELECT q.id, q.data ->> 'personId' AS personId, p.data ->> 'name' AS name, q.data ->> 'itemCode' AS itemCode,
           q.data ->> 'validTo' AS validTo
         FROM reference_row q JOIN reference_row p ON p.kind = 'person' AND p.id = q.data ->> 'personId'
         WHERE q.kind = 'person-qualification' AND q.deleted = 0 AND $like <> '%%'
           AND (q.id LIKE $like ESCAPE '\\' OR p.data ->> 'name' LIKE $like ESCAPE '\\')
         ORDER BY q.id LIMIT $most`,
      )
      .all({ like, most: MOST }),
  };
}

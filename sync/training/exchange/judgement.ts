// What the supervision client accepts and what it sends back, with a code and a sentence. It looks at the same things as
// the other platforms: what is referred to must have been taken, people must be active, nothing goes to a locked
// commission.
import type { z } from 'zod';
import { JD_STATE, UP_CODES } from '../../wire/exchange-schema.ts';
import {
  acquisitionPayloadSchema,
  modificationPayloadSchema,
  reportPayloadSchema,
  sampleSchema,
  testRecordPayloadSchema,
  witnessPayloadSchema,
} from '../../wire/schemas.ts';
import type { ClientDatabase } from './files.ts';

export interface Refusal {
  code: string;
  message: string;
}

const refuse = (reason: keyof typeof UP_CODES, message: string): Refusal => ({ code: UP_CODES[reason], message });

export function isTaken(platform: ClientDatabase, kind: string, key: string): boolean {
  return platform.prepare('SELECT 1 FROM taken WHERE kind = ? AND key = ?').get(kind, key) !== undefined;
}

function frozen(platform: ClientDatabase, commissionNo: string): Refusal | null {
  const row = platform
    .prepare<[string], { state: number; reason: string }>(
      'SELECT state, reason FROM supervision WHERE commission_no = ?',
    )
    .get(commissionNo);
  if (row === undefined || row.state === JD_STATE.active) return null;
  const locked = row.state === JD_STATE.locked;
  return refuse(
    locked ? 'locked' : 'voided',
    `委托 ${commissionNo} 已被监管${locked ? '锁定' : '作废'}：${row.reason}`,
  );
}

function ofCommission(platform: ClientDatabase, commissionNo: string): Refusal | null {
  if (!isTaken(platform, 'commission', commissionNo)) return refuse('missing', `没有收到委托 ${commissionNo}`);
  return frozen(platform, commissionNo);
}

function inactive(platform: ClientDatabase, personId: string): Refusal | null {
  const person = platform
    .prepare<[string], { name: string; state: string }>('SELECT name, state FROM person WHERE id = ?')
    .get(personId);
  if (person === undefined) return refuse('missing', `没有登记人员 ${personId}`);
  return person.state === 'active' ? null : refuse('incomplete', `人员 ${person.name} 不在岗（${person.state}）`);
}

function withContent<T>(schema: z.ZodType<T>, content: unknown, judge: (value: T) => Refusal | null): Refusal | null {
  const parsed = schema.safeParse(content);
  if (parsed.success) return judge(parsed.data);
  const issue = parsed.error.issues[0];
  return refuse('incomplete', `内容不符合要求：${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
}

export type HasFile = (sha256: string) => boolean;

/** Judges the content of one row; `null` accepts it. */
export function judge(platform: ClientDatabase, table: string, content: unknown, hasFile: HasFile): Refusal | null {
  const lacking = (media: readonly string[]): Refusal | null => {
    const one = media.find((sha256) => !hasFile(sha256));
    return one === undefined ? null : refuse('missing', `附表中没有文件 ${one}`);
  };
  switch (table) {
    case 'Register_Temp':
      return withContent(testRecordPayloadSchema, content, (record) => {
        const run = record.acquisitionKeys.find((key) => !isTaken(platform, 'acquisition', key));
        return (
          ofCommission(platform, record.commissionNo) ??
          inactive(platform, record.testerId) ??
          inactive(platform, record.checkerId) ??
          (run === undefined ? null : refuse('missing', `没有收到采集记录 ${run}`))
        );
      });
    case 'Acsrecord':
      return withContent(acquisitionPayloadSchema, content, (run) =>
        run.media === undefined ? null : lacking([run.media]),
      );
    case 'SamplCheck':
      return withContent(
        witnessPayloadSchema,
        content,
        (witness) => ofCommission(platform, witness.commissionNo) ?? lacking(witness.media),
      );
    case 'Modified_Log':
      return withContent(modificationPayloadSchema, content, () => null);
    case 'Reportfilelist':
      return withContent(reportPayloadSchema, content, (report) => {
        const record = report.recordNos.find((recordNo) => !isTaken(platform, 'test-record', recordNo));
        return (
          ofCommission(platform, report.commissionNo) ??
          (record === undefined ? null : refuse('missing', `没有收到检测记录 ${record}`))
        );
      });
    default:
      return refuse('incomplete', `不收取 ${table}`);
  }
}

export function judgeSample(
  platform: ClientDatabase,
  commissionNo: string,
  projectId: unknown,
  content: unknown,
): Refusal | null {
  const known =
    typeof projectId === 'string' &&
    platform.prepare('SELECT 1 FROM project WHERE id = ?').get(projectId) !== undefined;
  return (
    frozen(platform, commissionNo) ??
    (known ? null : refuse('missing', `没有登记工程 ${String(projectId)}`)) ??
    withContent(sampleSchema, content, () => null)
  );
}

// What a quality manager or an inspector asks: history of a thing, verification, the platform's witness, the bundle.
import type { auditCalls, HistoryEntry } from '../../shared/contract/audit.ts';
import { permits, type Permission } from '../../shared/entities/roles.ts';
import { AppError } from '../../shared/errors/appError.ts';
import { entityName } from '../../shared/history/entities.ts';
import type { ReportRenderer } from '../reports/renderer.ts';
import { nullableText as nullable } from '../store/cells.ts';
import type { Caller, Context, SomeHandlers } from './context.ts';
import { makeBundle } from './inspection/bundle.ts';
import { knownFingerprint } from './inspection/signingKey.ts';
import type { AskReport } from './witness/againstPlatform.ts';
import { findHead } from './witness/heads.ts';
import { VerificationDesk } from './witness/verification.ts';

export function oversightHandlers(
  context: Context,
  renderer: Pick<ReportRenderer, 'renderRecord'>,
  askReport: AskReport,
): SomeHandlers<'notices.acknowledge' | keyof typeof auditCalls> {
  const { store } = context;
  const desk = new VerificationDesk(context, askReport);
  return {
    'notices.acknowledge'({ noticeId }, caller) {
      store.transact(caller.actor, (tx) => tx.update('notice', noticeId, { acknowledgedBy: caller.user.name }));
      return {};
    },
    'audit.history': ({ entity, key }, caller) => {
      refuseStranger(entity, caller);
      return { entries: historyOf(store, entity, keyTyped(store, entity, key)) };
    },
    'audit.verify': (_, caller) => desk.verify(caller),
    'audit.cancelVerify'() {
      desk.cancel();
      return {};
    },
    'audit.verifyPlatform': (_, caller) => desk.verifyPlatform(caller),
    'audit.state': () => ({
      running: desk.progress,
      last: desk.last,
      lastWitness: desk.lastWitness,
      fingerprint: knownFingerprint(store),
    }),
    'audit.findHead': ({ head }) => findHead(store, head),
    async 'audit.bundle'({ recordNos, reason }, caller) {
      const { bytes, ...bundle } = await makeBundle(context, renderer, caller.actor, { recordNos, reason });
      return { ...bundle, bytesBase64: Buffer.from(bytes).toString('base64') };
    },
  };
}

/** People know a run, a report and a user by another number than the chain does. */
function keyTyped(reader: Pick<Context['store'], 'first'>, entity: string, typed: string): string {
  const known: Record<string, string> = {
    run: 'SELECT runId FROM run WHERE runNo = ?',
    report: 'SELECT reportKey FROM report WHERE reportNo = ? ORDER BY revision DESC LIMIT 1',
    userAccount: 'SELECT userId FROM userAccount WHERE username = ?',
  };
  const sql = known[entity];
  const row = sql === undefined ? undefined : reader.first(sql, typed);
  return row === undefined ? typed : String(Object.values(row)[0]);
}

function historyOf(reader: Pick<Context['store'], 'all'>, entity: string, key: string): HistoryEntry[] {
  return reader
    .all('SELECT * FROM audit WHERE entity = ? AND entityKey = ? ORDER BY seq DESC LIMIT 500', entity, key)
    .map((row) => ({
      seq: Number(row['seq']),
      at: String(row['at']),
      actor: String(row['actor']),
      workstation: String(row['workstation']),
      action: String(row['action']),
      field: nullable(row['field']),
      oldValue: nullable(row['oldValue']),
      newValue: nullable(row['newValue']),
      reason: nullable(row['reason']),
    }));
}

/** What is told of people and accounts is not for everyone who is signed in; one of these permissions is needed. */
const aboutPeople: Record<string, readonly Permission[]> = {
  personIdentity: ['person.keep'],
  userAccount: ['audit.read', 'user.manage'],
  session: ['audit.read', 'user.manage'],
  secret: ['audit.read', 'setting.manage'],
};

function refuseStranger(entity: string, caller: Caller): void {
  const needed = aboutPeople[entity];
  if (needed === undefined || needed.some((permission) => permits(caller.user.roles, permission))) return;
  throw new AppError({
    code: 'PERMISSION_DENIED',
    message: `${caller.user.name} 没有权限查看“${entityName(entity)}”的经过。`,
    meaning: '人员身份、账号和密钥的记录只给有权限的人看；什么也没有显示。',
    next: '请由质量负责人或系统管理员查看。',
  });
}

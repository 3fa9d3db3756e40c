// Signatures: the person enters the password again, sees what is signed (its digest comes back with the password), and
// is not the one who signed before. Decree 57 art. 21: three signatures, three people.
import { ulid } from 'ulid';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { signatureMeaningNames, type SignatureMeaning } from '../../../shared/entities/record.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { Caller, Context } from '../context.ts';

/** A clock that is off by more than this from the platform's does not sign. */
const mostClockOffsetMs = 5 * 60_000;

export function refuseWrongClock(context: Context): void {
  const head = context.store.auditHead();
  const now = context.now();
  if (head.at !== null && Date.parse(head.at) > now.getTime() + 1000) {
    throw new AppError({
      code: 'CLOCK_BACKWARDS',
      message: `电脑时间 ${toWallTime(now)} 早于最后一条审计记录 ${head.at}。`,
      meaning: '时间倒退时签名没有证据效力，没有签名。',
      next: '请校正电脑时间后再签。',
    });
  }
  const measured = context.store.get('fact', 'clockOffset');
  const offset = measured ? (JSON.parse(String(measured['value'])) as { offsetMs: number }).offsetMs : 0;
  if (Math.abs(offset) > mostClockOffsetMs) {
    throw new AppError({
      code: 'CLOCK_OFF',
      message: `电脑时间与监管平台相差 ${Math.round(Math.abs(offset) / 1000)} 秒，超过 5 分钟。`,
      meaning: '时间不准时签名没有证据效力，没有签名。',
      next: '请校正电脑时间，同步一次后再签。',
    });
  }
}

export function refuseChanged(shown: string, actual: string): void {
  if (shown === actual) return;
  throw new AppError({
    code: 'CONTENT_CHANGED',
    message: '您看过之后内容又有变化，没有签名。',
    meaning: '签名只对看到的内容有效。',
    next: '请重新查看后再签。',
  });
}

export function refuseSamePerson(
  caller: Caller,
  meaning: SignatureMeaning,
  others: readonly { personId: string; meaning: SignatureMeaning }[],
): void {
  const same = others.find((other) => other.personId === caller.user.personId);
  if (!same) return;
  throw new AppError({
    code: 'SAME_PERSON',
    message: `${caller.user.name} 已作为“${signatureMeaningNames[same.meaning]}”签名，不能再作“${signatureMeaningNames[meaning]}”。`,
    meaning: '检测、校核、批准须由三个不同的人签名（住建部令第57号第二十一条）。',
    next: '请由另一名有资格的人员签名。',
  });
}

export function writeSignature(
  tx: Transaction,
  caller: Caller,
  at: string,
  input: {
    entity: 'record' | 'report';
    key: string;
    contentRevision: number;
    meaning: SignatureMeaning;
    digest: string;
  },
): void {
  tx.insert('signature', {
    signatureId: ulid(),
    entity: input.entity,
    entityKey: input.key,
    contentRevision: input.contentRevision,
    meaning: input.meaning,
    personId: caller.user.personId,
    personName: caller.user.name,
    at,
    digest: input.digest,
  });
}

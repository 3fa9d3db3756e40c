// Signatures: the person enters the password again, sees what is signed (its digest comes back with the password), and
// is not the one who signed before. Decree 57 art. 21: three signatures, three people.
import { ulid } from 'ulid';
import { signatureMeaningNames, type SignatureMeaning } from '../../../shared/entities/record.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { Caller } from '../context.ts';

export { refuseWrongClock } from '../clock/refuse.ts';

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
    entity: 'record' | 'report' | 'changeOrder' | 'reportVoid';
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

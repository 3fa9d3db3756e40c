// Who may enter and change people and machines: the platform alone, or this lab with its approval. The profile says so.
import type { RegistrationKind } from '../../../shared/entities/registration.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import type { MasterOf } from '../../../sync/provincial/profiles/profile-data.ts';
import { profileInForce } from '../provincial/profileInForce.ts';
import type { Context } from '../context.ts';

export const kindWords: Record<RegistrationKind, string> = { person: '人员', equipment: '设备', premises: '场所' };

export const masterOf = (context: Pick<Context, 'store'>, kind: RegistrationKind): MasterOf =>
  profileInForce(context.store).masterOf[kind];

export function refuseUnlessLocal(context: Pick<Context, 'store'>, kind: RegistrationKind): void {
  const { capabilities } = profileInForce(context.store);
  if (capabilities.registrations && masterOf(context, kind) === 'local-then-approved') return;
  throw new AppError({
    code: 'PLATFORM_IS_MASTER',
    message: `本平台不接收${kindWords[kind]}登记，${kindWords[kind]}由监管平台维护，本机只读。`,
    meaning: '没有保存；已填写的内容还在。',
    next: '请在平台网页上登记或变更，随后“更新基础数据”（上传台账按 F6）即可使用。',
  });
}

// 恢复: a backup becomes a data folder again, in an empty place. The restored store says so itself: an entry of its audit
// chain names the backup, who decided and what was set aside; windows that knew the old store start anew.
import { ulid } from 'ulid';
import { AppError } from '../../../shared/errors/appError.ts';
import type { AuditActor } from '../../store/audit.ts';
import { openStore } from '../../store/store.ts';
import { toldFileError } from './disk.ts';
import type { Manifest } from './manifest.ts';
import { proveFolder, type Proof } from './prove.ts';
import { unpackBackup } from './unpack.ts';

export interface RestoreResult {
  to: string;
  manifest: Manifest;
  proof: Proof;
}

export async function restore(
  backup: string,
  to: string,
  passphrase: string | null,
  who: AuditActor,
  why: string,
  onStep: (phase: 'unpack' | 'prove', done: number, total: number) => void = () => undefined,
): Promise<RestoreResult> {
  try {
    const manifest = unpackBackup(backup, to, passphrase, (done, total) => onStep('unpack', done, total));
    const proof = await proveFolder(to, manifest, (done, total) => onStep('prove', done, total));
    if (!proof.ok) {
      throw new AppError({
        code: 'RESTORE_NOT_PROVED',
        message: `恢复出来的数据没有通过校验：${proof.faults[0] ?? ''}`,
        meaning: `恢复出来的内容留在 ${to}，备份没有改动。`,
        next: '请换一份备份恢复到另一个空文件夹，并联系信息管理员。',
      });
    }
    noteRestored(to, manifest, who, why);
    return { to, manifest, proof };
  } catch (cause) {
    throw toldFileError(cause, to);
  }
}

/** In the restored store's own chain; its identity is new, because its change feed begins earlier than windows know. */
export function noteRestored(to: string, manifest: Manifest, who: AuditActor, why: string): void {
  const store = openStore(to, who);
  try {
    store.transact(who, (tx) => {
      tx.event(
        'backup',
        'restore',
        `由 ${manifest.madeAt} 的备份恢复（审计第 ${manifest.head.seq} 条，链头 ${manifest.head.hash.slice(0, 16)}…）`,
        why,
      );
      tx.put('fact', { key: 'epoch', value: ulid() });
      tx.put('fact', { key: 'restored', value: JSON.stringify({ from: manifest.madeAt, head: manifest.head }) });
    });
  } finally {
    store.close();
  }
}

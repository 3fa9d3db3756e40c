// Media are kept by content: the address is the SHA-256 of the bytes, so the same bytes are stored once and a wrong
// transfer cannot be taken for the right one.
import { sha256Hex } from '../wire/digest.ts';
import { type PlatformContext } from './context.ts';
import { PlatformError } from './platform-error.ts';
import { refuseByRule } from './rules.ts';

export function hasMedium(context: PlatformContext, orgCode: string, sha256: string): boolean {
  return (
    context.db.prepare('SELECT 1 FROM medium WHERE org_code = ? AND sha256 = ?').get(orgCode, sha256) !== undefined
  );
}

/** Answers whether the bytes are new here. */
export function putMedium(context: PlatformContext, orgCode: string, sha256: string, bytes: Uint8Array): boolean {
  if (!/^[0-9a-f]{64}$/.test(sha256)) {
    throw new PlatformError('VALIDATION', '地址须为 64 位小写十六进制 SHA-256', [
      { code: 'VALIDATION', field: 'sha256', message: '格式错误' },
    ]);
  }
  if (sha256Hex(bytes) !== sha256) {
    throw new PlatformError('VALIDATION', '收到的内容与地址中的 SHA-256 不一致', [
      { code: 'VALIDATION', field: 'sha256', rule: 'digest', message: '内容不一致' },
    ]);
  }
  if (!hasMedium(context, orgCode, sha256)) refuseByRule(context, 'media', sha256);
  return (
    context.db
      .prepare('INSERT OR IGNORE INTO medium (org_code, sha256, bytes, received_at) VALUES (?, ?, ?, ?)')
      .run(orgCode, sha256, bytes, context.now()).changes === 1
  );
}

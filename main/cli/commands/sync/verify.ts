// jiantai sync verify: what the platform says of a code (or of the newest code of a report), against what stands here.
import { resolve } from 'node:path';
import { AppError } from '../../../../shared/errors/appError.ts';
import { nullableText as nullable } from '../../../store/cells.ts';
import { write } from '../lines.ts';
import { exits } from './exit.ts';
import { platformNotSet, withSession, type SyncOptions } from './options.ts';

const stateWords = { valid: '有效', replaced: '已被代替', void: '已作废' } as const;
/** What the platform should say of a report that stands like this here. */
const expected: Record<string, 'valid' | 'replaced' | 'void'> = {
  coded: 'valid',
  filed: 'valid',
  replaced: 'replaced',
  void: 'void',
};

export function syncVerify(options: SyncOptions): Promise<number> {
  const { subject } = options;
  if (subject === null) {
    throw new AppError({
      code: 'USAGE',
      message: '缺少标识码或报告编号。',
      next: 'jiantai sync verify <标识码或报告编号> --data <文件夹>',
    });
  }
  return withSession(options, async ({ context, link }) => {
    const row =
      context.store.first('SELECT * FROM report WHERE code = ?', subject) ??
      context.store.first(
        'SELECT * FROM report WHERE reportNo = ? AND code IS NOT NULL ORDER BY revision DESC LIMIT 1',
        subject,
      );
    if (row === undefined && context.store.first('SELECT 1 FROM report WHERE reportNo = ?', subject)) {
      throw new AppError({
        code: 'NOT_FOUND',
        message: `报告 ${subject} 还没有取得标识码。`,
        meaning: '没有可以核验的标识码。',
        next: '请先用 sync push 上传，或查看 sync ledger --report。',
      });
    }
    const code = row === undefined ? subject : String(row['code']);
    const answer = await link.once(() => link.askVerification(code));
    if (answer === null) throw platformNotSet();
    if (answer.outcome === 'failed') {
      throw new AppError({
        code: 'PLATFORM_UNREACHABLE',
        message: `平台没有给出核验结果：${answer.failure.code} ${answer.failure.message}`,
        meaning: '标识码是否有效还不知道。',
        next: '请稍后再试。',
      });
    }
    const found = answer.value;
    const here =
      row === undefined
        ? null
        : {
            reportNo: String(row['reportNo']),
            revision: Number(row['revision']),
            state: String(row['state']),
            revokedReason: nullable(row['codeRevokedReason']),
            fileSha256: nullable(row['codedSha256']),
          };
    const differences = differencesOf(here, found);
    const facts = {
      dataFolder: resolve(options.data),
      code,
      agrees: here !== null && differences.length === 0,
      differences,
      here,
      platform: found,
    };
    if (options.json) write(facts);
    else {
      const lines = [
        `标识码 ${code}：${found === null ? '平台没有这个标识码' : `${stateWords[found.status]}，报告 ${found.reportNo}${found.revision === undefined ? '' : ` 第 ${found.revision} 版`}`}`,
        here === null
          ? '本机没有这个标识码的报告'
          : `本机：报告 ${here.reportNo} 第 ${here.revision} 版，状态 ${here.state}`,
        ...differences.map((words) => `✕ ${words}`),
        ...(facts.agrees ? ['✓ 与本机一致'] : []),
      ];
      process.stdout.write(`${lines.join('\n')}\n`);
    }
    return facts.agrees ? exits.done : exits.attention;
  });
}

interface Here {
  reportNo: string;
  revision: number;
  state: string;
  revokedReason: string | null;
  fileSha256: string | null;
}
interface There {
  status: 'valid' | 'replaced' | 'void';
  reportNo: string;
  revision?: number | undefined;
  fileSha256?: string | undefined;
}

function differencesOf(here: Here | null, there: There | null): string[] {
  if (there === null) return ['平台没有这个标识码'];
  if (here === null) return ['本机没有这个标识码'];
  const differences: string[] = [];
  if (there.reportNo !== here.reportNo)
    differences.push(`报告编号不一致：平台 ${there.reportNo}，本机 ${here.reportNo}`);
  if (there.revision !== undefined && there.revision !== here.revision)
    differences.push(`版本不一致：平台 ${there.revision}，本机 ${here.revision}`);
  const should = here.revokedReason === null ? expected[here.state] : 'void';
  if (should !== undefined && there.status !== should)
    differences.push(`状态不一致：平台${stateWords[there.status]}，本机应为${stateWords[should]}`);
  if (there.fileSha256 !== undefined && here.fileSha256 !== null && there.fileSha256 !== here.fileSha256)
    differences.push('报告文件的摘要不一致');
  return differences;
}

// The vector files as they lie on disk: read once, so that what is computed is what the digest names. Each line holds the
// inputs of a test method and the results it must have.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { AppError } from '../../../shared/errors/appError.ts';
import { VECTOR_FILES, type VectorFile } from '../../../shared/methods/vectors/index.ts';
import { sha256Hex } from '../../../sync/wire/digest.ts';

const lineSchema = z.object({
  id: z.string().min(1),
  method: z.string().min(1),
  /** Standard and clause, as the line writes them. */
  standard: z.string(),
  inputs: z.record(z.string(), z.unknown()),
  expected: z.record(z.string(), z.unknown()).refine((expected) => Object.keys(expected).length > 0),
});
export type ExpectedLine = z.infer<typeof lineSchema>;

export interface ReadVectorFile {
  name: string;
  sha256: string;
  lines: readonly ExpectedLine[];
}

function damaged(name: string, message: string, cause?: unknown): AppError {
  return new AppError(
    {
      code: 'VECTOR_FILE_DAMAGED',
      message: `验证向量文件 ${name} ${message}。`,
      meaning: '没有验证；不完整的向量不能证明计算正确。',
      next: '请重新安装程序；自行添加的文件请按 shared/methods/README.md 更正。',
    },
    { cause },
  );
}

function linesOf(name: string, bytes: Uint8Array): ExpectedLine[] {
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (cause) {
    throw damaged(name, '不是有效的 JSON', cause);
  }
  const parsed = z.array(lineSchema).min(1).safeParse(content);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map(({ path }) => path.join('.') || '全文').slice(0, 5);
  throw damaged(name, `内容不完整（${where.join('、')}）`, parsed.error);
}

/** Every file with its digest and lines; an id that stands twice is refused, because a difference could not be named. */
export function readVectorFiles(files: readonly VectorFile[] = VECTOR_FILES): ReadVectorFile[] {
  const seen = new Map<string, string>();
  return files.map(({ name, url }) => {
    let bytes: Buffer;
    try {
      bytes = readFileSync(url);
    } catch (cause) {
      throw damaged(name, '读不出来', cause);
    }
    const lines = linesOf(name, bytes);
    for (const { id } of lines) {
      const other = seen.get(id);
      if (other !== undefined) throw damaged(name, `的编号 ${id} 重复（${other}）`);
      seen.set(id, name);
    }
    return { name, sha256: sha256Hex(bytes), lines };
  });
}

// The validation of the methods before use and after every change (RB/T 214 4.5.16): recomputes every vector line and writes
// the report. What differs is named on both streams, and the status is then 1; the report is written all the same.
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError, describeError, type ErrorInfo } from '../../../shared/errors/appError.ts';
import { VECTOR_FILES, type VectorFile } from '../../../shared/methods/vectors/index.ts';
import { validateMethods, type MethodValidation } from '../../core/validation/validate.ts';
import { createReportRenderer } from '../../reports/renderer.ts';
import type { Command } from '../jiantai.ts';
import { makeFolder } from './folder.ts';
import { write } from './lines.ts';

const notWritable = (path: string): ErrorInfo => ({
  code: 'VALIDATION_FOLDER',
  message: `不能写入文件夹 ${path}。`,
  meaning: '没有写出验证报告。',
  next: '请用 --to 换一个有写入权限的文件夹。',
});

/** A report is never written over another one. */
function save(folder: string, { fileName, pdf }: MethodValidation): string {
  const path = join(folder, fileName);
  try {
    writeFileSync(path, pdf, { flag: 'wx' });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw new AppError(notWritable(folder), { cause });
    throw new AppError({ code: 'VALIDATION_EXISTS', message: `${path} 已经存在。`, next: '请过一秒再试。' }, { cause });
  }
  return path;
}

/** Everything but the arguments: what a check of this command hands over. */
export async function validateInto(
  folder: string,
  options: { each: boolean; files: readonly VectorFile[]; now: Date },
): Promise<number> {
  makeFolder(folder, notWritable);
  const renderer = createReportRenderer();
  try {
    const validation = await validateMethods(renderer, options);
    const file = save(folder, validation);
    if (options.each) {
      for (const { id, methodId, method, standard, inputs, expected, computed, equal } of validation.checked)
        write({ id, methodId, method, standard, inputs, expected, computed, equal });
    }
    const { at, sha256, lines, equal, different } = validation;
    write({ file, sha256, at, lines, equal, different });
    if (different.length === 0) return 0;
    const error: ErrorInfo = {
      code: 'VALIDATION_DIFFERENT',
      message: `${different.length} 行不一致：${different.map(({ id }) => id).join('、')}。`,
      meaning: '程序算出的结果与验证向量应得的结果不同。',
      next: `查明原因、重新验证之前，有关方法不得用于出具检测数据和结果。报告：${file}`,
    };
    process.stderr.write(`${JSON.stringify({ error: { ...error, text: describeError(error) } })}\n`);
    return 1;
  } finally {
    await renderer.close();
  }
}

export const validate: Command = {
  summary: '验证检测方法：重新计算全部验证向量，写出验证报告（PDF）；有一行不一致即以 1 退出',
  usage: 'jiantai validate [--to <文件夹>] [--json]　缺省写在当前文件夹；--json 逐行列出',
  run(args) {
    const { values } = parseArgs({ args, options: { to: { type: 'string' }, json: { type: 'boolean' } } });
    const folder = resolve(values.to ?? '.');
    return validateInto(folder, { each: values.json === true, files: VECTOR_FILES, now: new Date() });
  },
};

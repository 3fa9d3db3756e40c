import { computeVector } from '../../../shared/methods/compute.ts';
import type { Command } from '../jiantai.ts';
import { answerLines } from './lines.ts';

export const compute: Command = {
  summary: '按检测方法计算：标准输入每行 {"id","method","inputs"}，输出每行 {"id","outputs"}',
  usage: 'jiantai compute < 向量.jsonl',
  run: () =>
    answerLines((line) => {
      const value = computeVector(line);
      const failed = 'error' in value;
      if (failed) process.stderr.write(`${JSON.stringify(value)}\n`);
      return { value, failed };
    }),
};

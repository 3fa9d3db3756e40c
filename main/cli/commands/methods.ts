// The library of test methods: what there is, by which editions, settings and limits it works, and which vector lines it
// answers. One JSON line a method, for IT people and inspectors; `--table` is the coverage table of docs/methods.md.
import { parseArgs } from 'node:util';
import { listMethods } from '../../../shared/methods/index.ts';
import type { TestMethod } from '../../../shared/methods/index.ts';
import { coverageText } from '../../core/validation/coverageText.ts';
import { readVectorFiles } from '../../core/validation/vectorFiles.ts';
import type { Command } from '../jiantai.ts';

const describe = (method: TestMethod) => ({
  id: method.id,
  name: method.name,
  purpose: method.purpose,
  itemCode: method.itemCode,
  editions: method.editions.map(({ id, test, judgement, rounding, inForceFrom, inForceUntil }) => ({
    id,
    test,
    judgement,
    rounding,
    inForceFrom,
    inForceUntil,
  })),
  parameters: method.parameters.map(({ code, name, unit }) => ({ code, name, unit })),
  policies: method.policies.map(({ name, label, clause, options, default: usual }) => ({
    name,
    label,
    clause,
    options: options.map(({ value }) => value),
    default: usual,
  })),
  limits: method.limits.map(({ standard, clause, title, status, rows }) => ({
    standard,
    clause,
    title,
    status,
    rows: rows.length,
  })),
  vectors: Object.keys(method.vectors),
});

export const methods: Command = {
  summary: '列出内置的检测方法：标准版本、检测参数、方法设置、限值状态和可算的向量名',
  usage: 'jiantai methods [--id 方法 | --table]',
  run(args) {
    const { values } = parseArgs({ args, options: { id: { type: 'string' }, table: { type: 'boolean' } } });
    if (values.table === true) {
      const lines = readVectorFiles().flatMap((file) => file.lines);
      process.stdout.write(coverageText(listMethods(), lines));
      return Promise.resolve(0);
    }
    const chosen = listMethods().filter(({ id }) => values.id === undefined || id === values.id);
    if (chosen.length === 0) {
      process.stderr.write(
        `${JSON.stringify({ error: { code: 'METHOD_UNKNOWN', message: `没有检测方法：${values.id}。` } })}\n`,
      );
      return Promise.resolve(1);
    }
    for (const method of chosen) process.stdout.write(`${JSON.stringify(describe(method))}\n`);
    return Promise.resolve(0);
  },
};

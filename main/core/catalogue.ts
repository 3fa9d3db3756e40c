// The platform's catalogue of items and what of it this program can test.
import { methodOfItem } from '../../shared/methods/index.ts';
import type { TestMethod } from '../../shared/methods/index.ts';
import { AppError } from '../../shared/errors/appError.ts';
import { jsonOf, textOf } from '../store/cells.ts';
import type { Transaction } from '../store/transaction.ts';

type Reader = Pick<Transaction, 'get'>;

export function catalogueMethod(reader: Reader, itemCode: string): TestMethod | null {
  const row = reader.get('item', itemCode);
  if (!row) return null;
  return methodOfItem({
    itemCode,
    name: textOf(row['name']),
    parameters: jsonOf(row['parametersJson']),
    methods: jsonOf(row['methodsJson']),
  });
}

export function requireMethod(reader: Reader, itemCode: string): TestMethod {
  const method = catalogueMethod(reader, itemCode);
  if (method) return method;
  throw new AppError({
    code: 'METHOD_NOT_BUILT_IN',
    message: `检测项目 ${textOf(reader.get('item', itemCode)?.['name'] ?? itemCode)} 的检测方法还没有内置。`,
    meaning: '程序不会用别的方法代替计算，没有开始检测。',
    next: '请按原有方式检测该项目，或等程序更新。',
  });
}

// The platform's catalogue of items and what of it this program can test.
import { methodOfItem, parametersOfItem } from '../../shared/methods/index.ts';
import type { CatalogueItem, TestMethod } from '../../shared/methods/index.ts';
import { AppError } from '../../shared/errors/appError.ts';
import { jsonOf, textOf } from '../store/cells.ts';
import type { Transaction } from '../store/transaction.ts';

type Reader = Pick<Transaction, 'get'>;

function catalogueItem(reader: Reader, itemCode: string): CatalogueItem | null {
  const row = reader.get('item', itemCode);
  if (!row) return null;
  return {
    itemCode,
    name: textOf(row['name']),
    parameters: jsonOf(row['parametersJson']),
    methods: jsonOf(row['methodsJson']),
  };
}

export function catalogueMethod(reader: Reader, itemCode: string): TestMethod | null {
  const item = catalogueItem(reader, itemCode);
  return item && methodOfItem(item);
}

/** The method's own codes for the catalogue's; null for one it cannot test. */
export function methodParameters(
  reader: Reader,
  method: TestMethod,
  itemCode: string,
  codes: readonly string[],
): (string | null)[] {
  const item = catalogueItem(reader, itemCode);
  const own = item ? parametersOfItem(method, item) : new Map<string, string | null>();
  return codes.map((code) => own.get(code) ?? null);
}

/** The platform's code for a parameter of the method; the method's own where the platform asked under none. */
export function platformParameter(
  reader: Reader,
  sample: { itemCode: string; parameterCodes: readonly string[] },
  own: string,
): string {
  const method = catalogueMethod(reader, sample.itemCode);
  if (!method) return own;
  const codes = methodParameters(reader, method, sample.itemCode, sample.parameterCodes);
  return sample.parameterCodes[codes.indexOf(own)] ?? own;
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

// One line of a vector file in, one line out: the engine behind `jiantai compute` and the validation report. Field
// names are those under `expected` in `vectors/`; a fault is a value with a code, never a missing line.
import { AppError } from '../errors/appError.ts';
import type { ErrorInfo } from '../errors/appError.ts';
import { quoteRaw } from './foundation/decimal.ts';
import { foundationVectors } from './foundation/foundation.vectors.ts';
import { listMethods } from './index.ts';
import type { VectorComputer } from './method.ts';

export interface VectorLine {
  id: string;
  method: string;
  inputs: Readonly<Record<string, unknown>>;
}

export type VectorAnswer =
  | { id: string | null; outputs: Record<string, unknown>; error?: undefined }
  | { id: string | null; error: ErrorInfo; outputs?: undefined };

const computers = new Map<string, VectorComputer>(
  [foundationVectors, ...listMethods().map((method) => method.vectors)].flatMap((vectors) => Object.entries(vectors)),
);

/** Names of every vector method that can be computed. */
export function vectorMethods(): string[] {
  return [...computers.keys()].sort();
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function badLine(message: string, field: string): AppError {
  const next = '每行应为 {"id": "…", "method": "…", "inputs": {…}}。';
  return new AppError({
    code: 'METHOD_LINE_INVALID',
    message,
    meaning: '这一行没有计算。',
    next,
    details: [{ field, message }],
  });
}

function computeLine(line: unknown): Record<string, unknown> {
  if (!isObject(line)) throw badLine(`这一行不是对象：${quoteRaw(line)}。`, 'line');
  if (typeof line['id'] !== 'string' || line['id'] === '') throw badLine('这一行缺少 id。', 'id');
  if (typeof line['method'] !== 'string') throw badLine('这一行缺少 method。', 'method');
  if (!isObject(line['inputs'])) throw badLine('这一行缺少 inputs，或 inputs 不是对象。', 'inputs');
  const computer = computers.get(line['method']);
  if (computer === undefined) {
    const message = `没有计算方法 ${quoteRaw(line['method'])}。`;
    throw new AppError({
      code: 'METHOD_UNKNOWN',
      message,
      meaning: '这一行没有计算；程序不会用别的方法代替。',
      next: `可用的方法：${vectorMethods().join('、')}。`,
      details: [{ field: 'method', message }],
    });
  }
  return computer(line['inputs']);
}

/** Computes one line; what a method refuses comes back as `error` with its code, field, rule and clause. */
export function computeVector(line: unknown): VectorAnswer {
  const id = isObject(line) && typeof line['id'] === 'string' && line['id'] !== '' ? line['id'] : null;
  try {
    return { id, outputs: computeLine(line) };
  } catch (error) {
    if (error instanceof AppError) return { id, error: error.info };
    throw error;
  }
}

// Test help: the lines of the vector files, and a run of those that a method answers, exactly as they are written there.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { VectorComputer } from '../method.ts';
import { VECTOR_FILES } from '../vectors/index.ts';

export interface WrittenVector {
  id: string;
  method: string;
  inputs: Record<string, unknown>;
  expected: Record<string, unknown>;
}

export const writtenVectors: readonly WrittenVector[] = VECTOR_FILES.flatMap(
  ({ url }) => JSON.parse(readFileSync(url, 'utf8')) as WrittenVector[],
);

export function testVectors(computers: Readonly<Record<string, VectorComputer>>): void {
  const lines = writtenVectors.filter(({ method }) => Object.hasOwn(computers, method));
  test('every vector method has lines in the files', () => {
    const found = new Set(lines.map(({ method }) => method));
    expect([...found].sort()).toEqual(Object.keys(computers).sort());
  });
  test.each(lines)('$id $method', ({ method, inputs, expected }) => {
    expect(computers[method]?.(inputs)).toEqual(expected);
  });
}

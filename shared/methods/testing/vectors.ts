// Test help: runs the lines of method-vectors.json that a method answers, exactly as they are written there.
import { expect, test } from 'vitest';
import vectors from '../../../tests/fixtures/method-vectors.json';
import type { VectorComputer } from '../method.ts';

interface VectorLine {
  id: string;
  method: string;
  inputs: Record<string, unknown>;
  expected: Record<string, unknown>;
}

export function testVectors(computers: Readonly<Record<string, VectorComputer>>): void {
  const lines = (vectors as unknown as VectorLine[]).filter(({ method }) => Object.hasOwn(computers, method));
  test('every vector method has lines in the file', () => {
    const found = new Set(lines.map(({ method }) => method));
    expect([...found].sort()).toEqual(Object.keys(computers).sort());
  });
  test.each(lines)('$id $method', ({ method, inputs, expected }) => {
    expect(computers[method]?.(inputs)).toEqual(expected);
  });
}

import { expect, test } from 'vitest';
import { z } from 'zod';
import { collectionNames, collections } from '../../shared/entities/collections.ts';
import { schemaOf, toRxSchema } from './schema.ts';

test('every collection of the contract becomes an RxDB schema with all its fields', () => {
  for (const name of collectionNames) {
    const schema = schemaOf(name);
    expect(schema.primaryKey).toBe('id');
    expect(Object.keys(schema.properties)).toEqual(Object.keys(collections[name].shape));
    expect(schema.properties.id).toMatchObject({ type: 'string', maxLength: 100 });
    expect(schema.properties.seq).toMatchObject({ type: 'integer' });
  }
});

test('the free edition of RxDB opens at most 13 collections in a process', () => {
  expect(collectionNames.length).toBeLessThanOrEqual(13);
});

test('nullable, enum, array and nested object keep their meaning', () => {
  const schema = toRxSchema(
    z.object({
      id: z.string().max(100),
      state: z.enum(['a', 'b']),
      reason: z.string().nullable(),
      choice: z.enum(['x', 'y']).nullable(),
      parts: z.array(z.object({ code: z.string(), count: z.number().nullable() })),
    }),
    'example',
    ['state'],
  );
  expect(schema.properties).toEqual({
    id: { type: 'string', maxLength: 100 },
    state: { type: 'string', enum: ['a', 'b'], maxLength: 64 },
    reason: { type: ['string', 'null'] },
    choice: { type: ['string', 'null'], enum: ['x', 'y', null] },
    parts: {
      type: 'array',
      items: {
        type: 'object',
        properties: { code: { type: 'string' }, count: { type: ['number', 'null'] } },
        required: ['code', 'count'],
      },
    },
  });
  expect(schema.indexes).toEqual([['state', 'id']]);
});

test('a shape that cannot be live is refused with its path', () => {
  const id = z.string().max(100);
  expect(() => toRxSchema(z.object({ id, odd: z.union([z.string(), z.number()]) }), 'example')).toThrow('example.odd');
  expect(() => toRxSchema(z.object({ id, odd: z.unknown() }), 'example')).toThrow('example.odd');
  expect(() => toRxSchema(z.object({ id, late: z.string().nullable() }), 'example', ['late'])).toThrow('example.late');
});

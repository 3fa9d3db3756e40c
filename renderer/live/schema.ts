// One definition, two uses: the zod shapes of shared/entities/collections.ts become the RxDB schemas of the window
// here, and nowhere else, so that projection and window cannot drift apart.
import type { RxJsonSchema } from 'rxdb';
import { z } from 'zod';
import { collections, type CollectionDocument, type CollectionName } from '../../shared/entities/collections.ts';

/** A property as RxDB understands it: a small, closed part of JSON Schema. */
export interface Property {
  type: string | string[];
  enum?: (string | null)[];
  maxLength?: number;
  items?: Property;
  properties?: Record<string, Property>;
  required?: string[];
}

/** Longest text of a field that stands in an index; numbers of the lab have at most 25 characters. */
const indexedTextLength = 64;

/** Fields that screens filter or sort by. A field named here must be required in its shape. */
export const indexedFields: Partial<Record<CollectionName, readonly string[]>> = {
  tasks: ['dueOn'],
  records: ['state'],
  runs: ['recordNo'],
};

interface JsonNode {
  type?: string | string[];
  enum?: string[];
  anyOf?: JsonNode[];
  items?: JsonNode;
  properties?: Record<string, JsonNode>;
  required?: string[];
  maxLength?: number;
}

function nullable(property: Property): Property {
  return {
    ...property,
    type: [...[property.type].flat(), 'null'],
    ...(property.enum === undefined ? {} : { enum: [...property.enum, null] }),
  };
}

function toProperty(node: JsonNode, path: string): Property {
  // "or null" comes as a list of types for plain fields and as a union for the others.
  if (Array.isArray(node.type)) {
    const others = node.type.filter((type) => type !== 'null');
    if (others.length !== 1) throw new Error(`${path}: only "nullable" unions can be live`);
    const property = toProperty({ ...node, type: others[0]! }, path);
    return others.length === node.type.length ? property : nullable(property);
  }
  if (node.anyOf !== undefined) {
    const others = node.anyOf.filter((member) => member.type !== 'null');
    if (others.length !== 1) throw new Error(`${path}: only "nullable" unions can be live`);
    const property = toProperty(others[0]!, path);
    return others.length === node.anyOf.length ? property : nullable(property);
  }
  switch (node.type) {
    case 'string':
      return {
        type: 'string',
        ...(node.enum === undefined ? {} : { enum: node.enum }),
        ...(node.maxLength === undefined ? {} : { maxLength: node.maxLength }),
      };
    case 'boolean':
    case 'number':
    case 'integer':
      return { type: node.type };
    case 'array':
      if (node.items === undefined) throw new Error(`${path}: an array needs its items`);
      return { type: 'array', items: toProperty(node.items, `${path}[]`) };
    case 'object':
      return {
        type: 'object',
        properties: Object.fromEntries(
          Object.entries(node.properties ?? {}).map(([name, child]) => [name, toProperty(child, `${path}.${name}`)]),
        ),
        required: node.required ?? [],
      };
    default:
      throw new Error(`${path}: type ${String(node.type)} has no place in the live working set`);
  }
}

/** Schema of any object shape whose key is `id`; throws at start-up when the shape holds what RxDB cannot. */
export function toRxSchema<T>(shape: z.ZodType, name: string, indexes: readonly string[] = []): RxJsonSchema<T> {
  const root = toProperty(z.toJSONSchema(shape, { io: 'output' }) as JsonNode, name);
  const properties = root.properties ?? {};
  const required = root.required ?? [];
  for (const field of indexes) {
    const property = properties[field];
    if (property?.type !== 'string' || !required.includes(field)) {
      throw new Error(`${name}.${field}: an indexed field must be a required text`);
    }
    property.maxLength ??= indexedTextLength;
  }
  return {
    version: 0,
    primaryKey: 'id',
    type: 'object',
    properties,
    required,
    indexes: indexes.map((field) => [field, 'id']),
  } as unknown as RxJsonSchema<T>;
}

export function schemaOf<N extends CollectionName>(name: N): RxJsonSchema<CollectionDocument<N>> {
  return toRxSchema(collections[name], name, indexedFields[name]);
}

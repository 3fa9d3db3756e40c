// One door to every schema and type of the wire contract (openapi.yaml): envelopes, payloads, reference rows, fields.
export * from './fields.ts';
export * from './messages.ts';
export * from './payloads.ts';
export * from './reference-rows.ts';

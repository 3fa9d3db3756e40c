// Written by scripts/methods.mjs from the `*.json` files beside it. Do not edit.
// Addresses, not contents: whoever validates reads the very bytes it names by their SHA-256, and no window carries them.
export interface VectorFile {
  name: string;
  url: URL;
}

export const VECTOR_FILES: readonly VectorFile[] = [
  { name: 'cement-consistency.json', url: new URL('./cement-consistency.json', import.meta.url) },
  { name: 'cement-strength.json', url: new URL('./cement-strength.json', import.meta.url) },
  { name: 'concrete-block.json', url: new URL('./concrete-block.json', import.meta.url) },
  { name: 'concrete-flexural.json', url: new URL('./concrete-flexural.json', import.meta.url) },
  { name: 'concrete-same-condition.json', url: new URL('./concrete-same-condition.json', import.meta.url) },
  { name: 'field-density-ring.json', url: new URL('./field-density-ring.json', import.meta.url) },
  { name: 'field-density-sand-cone.json', url: new URL('./field-density-sand-cone.json', import.meta.url) },
  { name: 'fired-brick.json', url: new URL('./fired-brick.json', import.meta.url) },
  { name: 'method-vectors.json', url: new URL('./method-vectors.json', import.meta.url) },
  { name: 'policies.json', url: new URL('./policies.json', import.meta.url) },
  { name: 'rebar-cover.json', url: new URL('./rebar-cover.json', import.meta.url) },
  { name: 'rebar-plain.json', url: new URL('./rebar-plain.json', import.meta.url) },
  { name: 'rebar-ribbed.json', url: new URL('./rebar-ribbed.json', import.meta.url) },
  { name: 'rebar-straightened.json', url: new URL('./rebar-straightened.json', import.meta.url) },
  { name: 'rebound.json', url: new URL('./rebound.json', import.meta.url) },
  { name: 'sand-mud.json', url: new URL('./sand-mud.json', import.meta.url) },
  { name: 'stone-crushing.json', url: new URL('./stone-crushing.json', import.meta.url) },
  { name: 'stone-mud.json', url: new URL('./stone-mud.json', import.meta.url) },
  { name: 'tile-bond.json', url: new URL('./tile-bond.json', import.meta.url) },
  { name: 'weld-joint.json', url: new URL('./weld-joint.json', import.meta.url) },
];

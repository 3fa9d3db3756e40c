// Written by scripts/methods.mjs from the `*.json` files beside it. Do not edit.
// Addresses, not contents: whoever validates reads the very bytes it names by their SHA-256, and no window carries them.
export interface VectorFile {
  name: string;
  url: URL;
}

export const VECTOR_FILES: readonly VectorFile[] = [
  { name: 'method-vectors.json', url: new URL('./method-vectors.json', import.meta.url) },
  { name: 'stone-crushing.json', url: new URL('./stone-crushing.json', import.meta.url) },
];

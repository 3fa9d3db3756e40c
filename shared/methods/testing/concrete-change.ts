// Test help: sound inputs with some of them changed. A field given as `undefined` is left out, as JSON does.
export function changed(
  base: Readonly<Record<string, unknown>>,
  change: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries({ ...base, ...change }).filter(([, value]) => value !== undefined));
}

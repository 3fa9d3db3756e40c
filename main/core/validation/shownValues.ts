// A vector's inputs and outputs in one line of text, every figure as it stands in the file.

function shown(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`;
  if (typeof value === 'object' && value !== null) return `{${shownValues(value as Record<string, unknown>)}}`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** `name=value` pairs; `first` names the order of the keys that it has. */
export function shownValues(values: Readonly<Record<string, unknown>>, first: readonly string[] = []): string {
  const keys = [
    ...first.filter((key) => Object.hasOwn(values, key)),
    ...Object.keys(values).filter((key) => !first.includes(key)),
  ];
  return keys.map((key) => `${key}=${shown(values[key])}`).join('; ');
}

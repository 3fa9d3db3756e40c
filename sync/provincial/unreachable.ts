// For the end of a switch that covers every case: adding a case elsewhere and not here does not compile.
export function unreachable(value: never): never {
  throw new TypeError(`unexpected: ${JSON.stringify(value)}`);
}

// Text as Excel on a Chinese Windows saves a CSV. Node reads GB 18030 and does not write it, so the table is read out
// of the decoder: all of the two-byte part and the four-byte part up to U+3000.
let table: Map<string, number[]> | null = null;

function encodings(): Map<string, number[]> {
  const decoder = new TextDecoder('gb18030');
  const found = new Map<string, number[]>();
  for (let high = 0x81; high <= 0xfe; high += 1) {
    for (let low = 0x40; low <= 0xfe; low += 1) {
      const character = decoder.decode(Uint8Array.of(high, low));
      if (low !== 0x7f && Array.from(character).length === 1 && !found.has(character))
        found.set(character, [high, low]);
    }
  }
  for (let second = 0x30; second <= 0x39; second += 1) {
    for (let third = 0x81; third <= 0xfe; third += 1) {
      for (let fourth = 0x30; fourth <= 0x39; fourth += 1) {
        const character = decoder.decode(Uint8Array.of(0x81, second, third, fourth));
        if (!found.has(character)) found.set(character, [0x81, second, third, fourth]);
      }
    }
  }
  return found;
}

export function toGb18030(text: string): Buffer {
  table ??= encodings();
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const encoded = code < 0x80 ? [code] : table.get(character);
    if (!encoded) throw new Error(`${character} is not in the table`);
    bytes.push(...encoded);
  }
  return Buffer.from(bytes);
}

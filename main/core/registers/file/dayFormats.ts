// Which formats of a spreadsheet show a number as a day, and which day that is.

/** Numbers of the built-in formats with year, month or day in them; 27 to 36 and 50 to 58 are those of East Asia. */
const builtIn = (id: number): boolean =>
  (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);

export function isDayFormat(id: number, code: string): boolean {
  if (code === '') return builtIn(id);
  const bare = code.replaceAll(/"[^"]*"|\[[^\]]*\]|\\./g, '');
  return /[yd]/i.test(bare);
}

/** 61 is 1 March 1900: the days before are counted wrong by the program that invented them. */
export function dayOfSerial(text: string, from1904: boolean): string | null {
  const serial = Math.floor(Number(text)) + (from1904 ? 1462 : 0);
  if (!Number.isFinite(serial) || serial < 61 || serial > 73_050) return null;
  return new Date((serial - 25_569) * 86_400_000).toISOString().slice(0, 10);
}

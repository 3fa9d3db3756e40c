// A table for other programs: UTF-8 with its mark, so that Chinese spreadsheets read it, lines ended as they expect.
const BOM = '\uFEFF';

/** Quoted where it has to be; a cell that a spreadsheet would take for a formula is made text. */
function csvCell(value: string): string {
  const safe = /^[=+@\t]/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csvText = (lines: readonly (readonly string[])[]): string =>
  `${BOM}${lines.map((line) => line.map(csvCell).join(',')).join('\r\n')}\r\n`;

// The pages of a Jet 4 file, looked at before its reader is trusted with them. The reader follows chains without end,
// takes rows of an older shape for rows of today and knows no flag of a row that moved: here every row of the table is
// counted and measured first, and a file in which anything does not fit is refused as a whole.

const PAGE = 4096;
const DATA_PAGE = 1;
const DEFINITION_PAGE = 2;
const MAP_PAGE = 5;
const MOVED_AWAY = 0x4000;
const MOVED_HERE = 0x8000;
const GONE = MOVED_AWAY | MOVED_HERE;
const OFFSET = 0x1fff;
const mostDefinitionPages = 50;

/** What is wrong with the file, in words for a person. */
export class AccessFault extends Error {}

const damaged = (what: string): AccessFault => new AccessFault(`文件内部不一致（${what}），可能已损坏或正在写入`);

/** Jet 4 (Access 2000 to 2003) alone: older files do not say the encoding of their text, newer ones were never proven. */
export function assertJet4(bytes: Buffer): void {
  const engine = bytes.toString('latin1', 4, 19);
  if (engine === 'Standard ACE DB') throw new AccessFault('是 Access 2007 及以后的格式（ACE），本程序还不能读');
  if (engine !== 'Standard Jet DB') throw new AccessFault('不是 Access 数据库');
  if (bytes[0x14] === 0) throw new AccessFault('是 Access 97 及更早的格式，文字编码不能确定');
  if (bytes[0x14] !== 1) throw new AccessFault('是不认识的 Access 格式');
  if (bytes.length % PAGE !== 0 || bytes.length < 3 * PAGE) throw damaged('长度不是整页');
}

function pageOf(bytes: Buffer, page: number, type: number, what: string): Buffer {
  const found = bytes.subarray(page * PAGE, (page + 1) * PAGE);
  if (found.length !== PAGE) throw damaged(`没有第 ${page} 页`);
  if (found[0] !== type) throw new AccessFault(`第 ${page} 页不是${what}：数据库加了密、已损坏或正在写入`);
  return found;
}

/** The definition of a table ends, and returns to no page where it was. */
export function assertDefinition(bytes: Buffer, firstPage: number): void {
  const seen = new Set<number>();
  for (let page = firstPage; page > 0; page = pageOf(bytes, page, DEFINITION_PAGE, '表定义').readUInt32LE(4)) {
    if (seen.has(page) || seen.size === mostDefinitionPages) throw damaged('表定义没有尽头');
    seen.add(page);
  }
}

/** Start and end of what a slot of a data page holds; the first row lies at the end of the page. */
function rowAt(page: Buffer, slot: number): { flags: number; start: number; end: number } {
  const count = page.readUInt16LE(12);
  if (slot >= count || 14 + count * 2 > PAGE) throw damaged('行号');
  const at = page.readUInt16LE(14 + slot * 2);
  const start = at & OFFSET;
  const end = slot === 0 ? PAGE : page.readUInt16LE(12 + slot * 2) & OFFSET;
  if (start > end || start < 14 + count * 2 || end > PAGE) throw damaged('行的位置');
  return { flags: at & GONE, start, end };
}

const bitsOf = (bitmap: Buffer, from: number): number[] =>
  [...bitmap].flatMap((byte, index) =>
    [0, 1, 2, 3, 4, 5, 6, 7].flatMap((bit) => ((byte & (1 << bit)) === 0 ? [] : [from + index * 8 + bit])),
  );

/** The pages that hold the table's rows, by its usage map: an owner's mark alone stands on abandoned pages too. */
function dataPages(bytes: Buffer, definition: Buffer): number[] {
  const pointer = definition.readUInt32LE(0x37);
  const page = pageOf(bytes, pointer >>> 8, DATA_PAGE, '数据页');
  const { start, end } = rowAt(page, pointer & 0xff);
  const map = page.subarray(start, end);
  if (map[0] === 0 && map.length > 5) return bitsOf(map.subarray(5), map.readUInt32LE(1));
  if (map[0] !== 1) throw damaged('页面表');
  const pages: number[] = [];
  for (let index = 0; 1 + index * 4 + 4 <= map.length; index += 1) {
    const next = map.readUInt32LE(1 + index * 4);
    if (next !== 0) pages.push(...bitsOf(pageOf(bytes, next, MAP_PAGE, '页面表').subarray(4), index * (PAGE - 4) * 8));
  }
  return pages;
}

/** A row is of the table's present shape, and its columns of varying length lie one behind the other inside it. */
function assertRow(row: Buffer, columns: number, varying: number): void {
  const had = row.length < 2 ? -1 : row.readUInt16LE(0);
  if (had !== columns) throw new AccessFault('表的列改过，有按旧的列写下的行');
  if (varying === 0) return;
  const tail = row.length - Math.ceil(columns / 8) - 2;
  if (tail < 4 || row.readUInt16LE(tail) !== varying) throw damaged('行的列数');
  const ends = Array.from({ length: varying + 1 }, (_, index) => tail - 2 - index * 2);
  if (ends.some((at) => at < 2)) throw damaged('行的长度');
  const offsets = ends.map((at) => row.readUInt16LE(at));
  if (offsets.some((offset, index) => offset < (offsets[index - 1] ?? 2) || offset > ends.at(-1)!))
    throw damaged('列的位置');
}

/**
 * How many rows the table has, by its definition and by its pages. Every row that moved to another page is found from
 * where it was and from nowhere else; otherwise a deleted row could come back or one could be missing.
 */
export function countRows(bytes: Buffer, firstPage: number): number {
  assertDefinition(bytes, firstPage);
  const definition = pageOf(bytes, firstPage, DEFINITION_PAGE, '表定义');
  const columns = definition.readUInt16LE(0x29);
  const varying = definition.readUInt16LE(0x2b);
  const sentTo: string[] = [];
  const arrived: string[] = [];
  let rows = 0;
  for (const number of dataPages(bytes, definition)) {
    const page = pageOf(bytes, number, DATA_PAGE, '数据页');
    if (page.readUInt32LE(4) !== firstPage) throw damaged('数据页属于另一个表');
    for (let slot = 0; slot < page.readUInt16LE(12); slot += 1) {
      const { flags, start, end } = rowAt(page, slot);
      if (flags === GONE) continue;
      if (flags === MOVED_AWAY) {
        if (end - start < 4) throw damaged('移走的行');
        const pointer = page.readUInt32LE(start);
        sentTo.push(`${pointer >>> 8}/${pointer & 0xff}`);
        continue;
      }
      if (flags === MOVED_HERE) arrived.push(`${number}/${slot}`);
      assertRow(page.subarray(start, end), columns, varying);
      rows += 1;
    }
  }
  if (sentTo.sort().join() !== arrived.sort().join()) throw damaged('移走的行和移来的行对不上');
  if (rows !== definition.readUInt32LE(16)) throw damaged('行数');
  return rows;
}

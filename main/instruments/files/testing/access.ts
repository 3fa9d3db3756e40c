// A database that Access itself wrote (tests/fixtures), and places inside it, so that tests can change single bytes of it:
// table Users with UserId (long), UserName, UserSex (text), UserBirthday (date), UserMarried (yes/no), three rows.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

export const accessFile = (): Buffer =>
  gunzipSync(readFileSync(new URL('../../../../tests/fixtures/access-2000.mdb.gz', import.meta.url)));

export const usersPage = 25;
const PAGE = 4096;
const definition = usersPage * PAGE;

/** Where the type of a column stands in the definition, by its place. */
export const typeAt = (file: Buffer, column: number): number =>
  definition + 63 + file.readInt32LE(definition + 51) * 12 + column * 25;

/** Where the table's rows lie. */
export function dataPageOf(file: Buffer): number {
  for (let at = 0; at < file.length; at += PAGE)
    if (file[at] === 1 && file.readUInt32LE(at + 4) === usersPage) return at;
  throw new Error('no data page');
}

export const slotAt = (file: Buffer, slot: number): number => dataPageOf(file) + 14 + slot * 2;

export const rowCountAt = definition + 16;

/** The last row deleted, as Access does it. */
export function withoutLastRow(file: Buffer): Buffer {
  const copy = Buffer.from(file);
  copy.writeUInt16LE(copy.readUInt16LE(slotAt(copy, 2)) | 0xc000, slotAt(copy, 2));
  copy.writeUInt32LE(2, rowCountAt);
  return copy;
}

// Who signed the records of a report, or its later revision: as the paper prints it, and with the persons behind the names.
import type { PrintedSignature } from '../../../shared/reports/report-parts.ts';
import { textOf as text } from '../../store/cells.ts';
import type { SignatureAgain } from '../afterIssue/signAgain.ts';
import type { Signer } from '../images/imageAt.ts';
import { signaturesOf, type RecordFacts } from '../records/recordRows.ts';
import type { Reader } from '../records/runRows.ts';

/** The valid signatures on the records, record by record. */
const signedOn = (reader: Reader, facts: readonly RecordFacts[]) =>
  facts.flatMap(({ row, digest }) =>
    signaturesOf(reader, 'record', text(row['recordNo']), digest).filter(({ valid }) => valid),
  );

/** Who signed what stands on the paper before the approval. */
export const signersOf = (reader: Reader, facts: readonly RecordFacts[], again: readonly SignatureAgain[]): Signer[] =>
  (again.length > 0 ? again.filter(({ valid }) => valid) : signedOn(reader, facts)).map(
    ({ meaning, personId, personName: name, at }) => ({ meaning, personId, name, at }),
  );

/** 检测 and 校核 as they stand on the records: each person once per meaning. */
export function recordSignatures(reader: Reader, facts: readonly RecordFacts[]): PrintedSignature[] {
  const seen = new Set<string>();
  return signedOn(reader, facts).flatMap(({ meaning, personId, personName, at, digest }) => {
    const key = `${meaning}${personId}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ meaning, name: personName, at, digestShort: digest.slice(0, 12) }];
  });
}

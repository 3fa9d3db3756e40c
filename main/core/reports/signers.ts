// Who signed the records of a report, or its later revision: as the paper prints it, and with the persons behind the names.
import type { PrintedSignature } from '../../../shared/reports/report-parts.ts';
import { textOf as text } from '../../store/cells.ts';
import type { SignatureAgain } from '../afterIssue/signAgain.ts';
import type { Context } from '../context.ts';
import type { Signer } from '../images/imageAt.ts';
import { signaturesOf, type RecordFacts } from '../records/recordRows.ts';
import type { Reader } from '../records/runRows.ts';

/** Who signed what stands on the paper before the approval. */
export function signersOf(reader: Reader, facts: readonly RecordFacts[], again: readonly SignatureAgain[]): Signer[] {
  if (again.length > 0)
    return again.filter(({ valid }) => valid).map(({ personName: name, ...one }) => ({ ...one, name }));
  return facts.flatMap(({ row, digest }) =>
    signaturesOf(reader, 'record', text(row['recordNo']), digest)
      .filter(({ valid }) => valid)
      .map(({ meaning, personId, personName: name, at }) => ({ meaning, personId, name, at })),
  );
}

/** 检测 and 校核 as they stand on the records: each person once per meaning. */
export function recordSignatures(context: Context, facts: readonly RecordFacts[]): PrintedSignature[] {
  const found = facts.flatMap(({ row, digest }) =>
    signaturesOf(context.store, 'record', text(row['recordNo']), digest).filter((signature) => signature.valid),
  );
  const seen = new Set<string>();
  return found.flatMap(({ meaning, personId, personName, at, digest }) => {
    const key = `${meaning}${personId}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ meaning, name: personName, at, digestShort: digest.slice(0, 12) }];
  });
}

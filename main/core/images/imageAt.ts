// Which image was in force when something was signed: confirmed before that moment, begun by its day, not withdrawn before it.
// So that a paper made again always shows what it showed the first time.
import type { PaperImages, PrintedImage } from '../../../shared/reports/report-parts.ts';
import { sealModes } from '../../../shared/images/calls.ts';
import { nullableText, textOf as text } from '../../store/cells.ts';
import type { Value } from '../../store/tables.ts';
import type { Reader } from '../records/runRows.ts';

/** `personId` null: the seal. */
export function imageAt(reader: Reader, personId: string | null, at: string): PrintedImage | null {
  const row = reader.first(
    `SELECT paperImage.sha256, paperImage.format FROM paperImage JOIN paperImageAct AS yes ON yes.imageId = paperImage.imageId AND yes.act = 'confirmed'
       WHERE kind = ? AND personId IS ? AND julianday(yes.at) <= julianday(?) AND validFrom <= substr(?, 1, 10)
         AND NOT EXISTS (SELECT 1 FROM paperImageAct AS no WHERE no.imageId = paperImage.imageId AND no.act = 'withdrawn' AND julianday(no.at) <= julianday(?))
       ORDER BY julianday(yes.at) DESC, paperImage.imageId DESC LIMIT 1`,
    personId === null ? 'seal' : 'signature',
    personId,
    at,
    at,
    at,
  );
  return row ? { sha256: text(row['sha256']), format: text(row['format']) as PrintedImage['format'] } : null;
}

export type SealMode = (typeof sealModes)[number];
export function sealModeOf(reader: Reader): SealMode {
  const found: Value | undefined = reader.get('setting', 'sealMode')?.['value'];
  return nullableText(found ?? null) === 'print' ? 'print' : 'blank';
}

export interface Signer {
  meaning: PaperImages['signatures'][number]['meaning'];
  personId: string;
  name: string;
  at: string;
}

/** Images beside these signatures, and the seal of an approval; nothing where there is none of them. */
export function imagesFor(
  reader: Reader,
  signers: readonly Signer[],
  sealedAt: string | null,
): { images: PaperImages } | Record<string, never> {
  const signatures = signers.flatMap(({ meaning, personId, name, at }) => {
    const image = imageAt(reader, personId, at);
    return image === null ? [] : [{ meaning, name, at, ...image }];
  });
  const seal = sealedAt !== null && sealModeOf(reader) === 'print' ? imageAt(reader, null, sealedAt) : null;
  return signatures.length === 0 && seal === null ? {} : { images: { signatures, seal } };
}

// What watched folders and databases have new, those that name this record's sample first; and what is wrong with one.
import type { TestRecord } from '../../../shared/entities/record.ts';
import type { WatchedSource } from '../../../shared/instrument-files/calls.ts';

export function Offers({
  record,
  sources,
  onChoose,
}: {
  record: TestRecord;
  sources: readonly WatchedSource[];
  onChoose: (source: WatchedSource, fileName: string) => void;
}) {
  const { sampleNo, sampleCode } = record.sample;
  const isOwn = (samples: readonly string[]): boolean => samples.includes(sampleNo) || samples.includes(sampleCode);
  const offers = sources
    .flatMap((source) => source.offers.map((offer) => ({ source, offer })))
    .toSorted((a, b) => Number(isOwn(b.offer.samples)) - Number(isOwn(a.offer.samples)));
  const troubles = sources.filter(({ trouble }) => trouble !== null);
  if (offers.length === 0 && troubles.length === 0) return null;
  return (
    <section className="jt-ifile-offers" aria-label="监视的位置" data-testid="file-offers">
      {troubles.map(({ sourceId, trouble }) => (
        <p key={sourceId} className="jt-tone-warn">
          ▲ {sourceId}：{trouble}
        </p>
      ))}
      <ul>
        {offers.map(({ source, offer }) => (
          <li key={`${source.sourceId}/${offer.fileName}`}>
            {offer.trouble === null ? (
              <button
                type="button"
                className="jt-link"
                onClick={() => onChoose(source, offer.fileName)}
                data-testid="file-offer"
              >
                {source.equipmentId} {offer.fileName}
              </button>
            ) : (
              <span>
                {source.equipmentId} {offer.fileName}
              </span>
            )}{' '}
            {offer.trouble === null ? (
              <span className={isOwn(offer.samples) ? 'jt-tone-good' : 'jt-soft'}>
                {isOwn(offer.samples) ? '✓ 有本样品，' : ''}
                {offer.newRows ?? 0} 行{offer.samples.length > 0 && `，样品 ${offer.samples.slice(0, 4).join('、')}`}
              </span>
            ) : (
              <span className="jt-tone-bad">✕ {offer.trouble}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

// The rooms side by side in figures that are read across the laboratory; the chosen one is looked at below.
import { bandText } from '../../shared/climate/band.ts';
import type { ClimatePlace } from '../../shared/climate/calls.ts';
import { StateTag } from '../design/StateTag.tsx';
import type { Nows } from './useClimate.ts';
import { conditionWords } from './words.ts';

export function RoomCards({
  rooms,
  nows,
  current,
  onCurrent,
}: {
  rooms: readonly ClimatePlace[];
  nows: Nows;
  current: string | null;
  onCurrent: (placeId: string) => void;
}) {
  return (
    <div className="jt-rooms" role="radiogroup" aria-label="处所">
      {rooms.map(({ placeId, name, band }) => {
        const now = nows.get(placeId);
        return (
          <button
            key={placeId}
            type="button"
            role="radio"
            aria-checked={placeId === current}
            className={`jt-room jt-room-${now?.condition ?? 'none'}`}
            onClick={() => onCurrent(placeId)}
            data-testid={`climate-room-${placeId}`}
            data-condition={now?.condition ?? 'none'}
          >
            <span className="jt-room-head">
              <b>{name}</b>
              <StateTag state={conditionWords[now?.condition ?? 'none']} />
            </span>
            <span className="jt-room-figures">
              <span>
                <b data-testid={`climate-temperature-${placeId}`}>{now?.temperatureC ?? '—'}</b> ℃
              </span>
              <span>
                <b data-testid={`climate-humidity-${placeId}`}>{now?.humidityPercent ?? '—'}</b> %
              </span>
            </span>
            <span className="jt-soft">允许 {bandText(band)}</span>
            <span className={now?.condition === 'outside' ? 'jt-tone-bad' : 'jt-soft'}>
              {now?.words ?? '正在查询…'}
            </span>
            {now?.alarm != null && <span className="jt-tone-bad">■ 报警：{now.alarm}</span>}
          </button>
        );
      })}
    </div>
  );
}

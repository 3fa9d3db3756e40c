// The rooms in one small line, for the bench.
import { StateTag } from '../design/StateTag.tsx';
import { useClimateList, useClimateNow } from './useClimate.ts';
import { conditionWords } from './words.ts';

export function RoomNow() {
  const { data } = useClimateList();
  const nows = useClimateNow();
  const rooms = (data?.places ?? []).flatMap(({ placeId, name }) => {
    const now = nows.get(placeId);
    return now === undefined || now.condition === 'none' ? [] : [{ ...now, name }];
  });
  if (rooms.length === 0) return null;
  return (
    <span className="jt-room-now" data-testid="bench-rooms">
      {rooms.map(({ placeId, name, temperatureC, humidityPercent, condition, words }) => (
        <span key={placeId} title={words}>
          {name} <b>{temperatureC ?? '—'}</b> ℃ <b>{humidityPercent ?? '—'}</b> %{' '}
          <StateTag state={conditionWords[condition]} />
        </span>
      ))}
    </span>
  );
}

// What the rooms are now: asked once, then told by events; asked again when the connection comes back.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ClimateNow } from '../../shared/climate/calls.ts';
import { useClient } from '../client.ts';

export type Nows = ReadonlyMap<string, ClimateNow>;

export function useClimateNow(): Nows {
  const client = useClient();
  const [nows, setNows] = useState<Nows>(new Map());
  useEffect(() => {
    let gone = false;
    const ask = (): void => {
      client.call('climate.now', {}).then(
        ({ places }) => {
          if (!gone) setNows(new Map(places.map((now) => [now.placeId, now])));
        },
        () => undefined,
      );
    };
    const stop = client.subscribe((event) => {
      if (event.type === 'climate') setNows((last) => new Map(last).set(event.now.placeId, event.now));
    });
    ask();
    const stopLink = client.watchLink((connected) => {
      if (connected) ask();
      // A figure that is no longer fed must not stand there as if it were.
      else setNows(new Map());
    });
    return () => {
      gone = true;
      stop();
      stopLink();
    };
  }, [client]);
  return nows;
}

/** Rooms and profiles; they change seldom. */
export function useClimateList() {
  const client = useClient();
  return useQuery({ queryKey: ['climate', 'list'], queryFn: () => client.call('climate.list', {}) });
}

// What a machine is doing right now, as the core tells it; and its live curve.
import { useEffect, useMemo, useState } from 'react';
import type { BenchState } from '../../shared/contract/answers.ts';
import { useClient } from '../client.ts';
import { LiveCurve } from './liveCurve.ts';

export interface Machine {
  state: BenchState | null;
  curve: LiveCurve;
}

function cutOff(last: BenchState): BenchState {
  return {
    ...last,
    channel: 'closed',
    channelReason: '与检台程序的连接断了，读数已停；连上后自动继续。',
    phase: 'idle',
    runId: null,
    loadText: '—',
    peakText: null,
    loadingRateKnPerS: null,
  };
}

export function useMachine(equipmentId: string | null, onRun: (recordNo: string) => void): Machine {
  const client = useClient();
  const curve = useMemo(() => new LiveCurve(), []);
  const [state, setState] = useState<BenchState | null>(null);
  useEffect(() => {
    curve.reset();
    if (equipmentId === null) return undefined;
    let gone = false;
    let told = false;
    const stop = client.subscribe((event) => {
      switch (event.type) {
        case 'bench.state':
          if (event.state.equipmentId !== equipmentId) return;
          told = true;
          setState(event.state);
          break;
        case 'bench.samples':
          if (event.equipmentId === equipmentId) curve.append(event);
          break;
        case 'bench.run':
          if (event.equipmentId === equipmentId) onRun(event.recordNo);
          break;
      }
    });
    const ask = (): void => {
      client.call('bench.state', { equipmentId }).then(
        (answer) => {
          // An event that came meanwhile is newer than this answer.
          if (!gone && !told) setState(answer);
        },
        () => undefined,
      );
    };
    ask();
    const stopLink = client.watchLink((connected) => {
      told = false;
      if (connected) ask();
      // A figure that is no longer fed must not stand there as if it were.
      else setState((last) => last && cutOff(last));
    });
    return () => {
      gone = true;
      stop();
      stopLink();
    };
  }, [client, equipmentId, curve, onRun]);
  // What the machine chosen before was doing is no news of this one.
  return { state: state?.equipmentId === equipmentId ? state : null, curve };
}

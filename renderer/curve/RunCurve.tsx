// The stored curve of a run, checked against its seal by the far side; opens the replay.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useClient } from '../client.ts';
import { StateTag } from '../design/StateTag.tsx';
import { ReplayDialog } from '../replay/ReplayDialog.tsx';
import { CurvePlot } from './CurvePlot.tsx';

const none = { timeS: [], loadKn: [] };

export function RunCurve({ runId, title }: { runId: string; title: string }) {
  const client = useClient();
  const query = useQuery({
    queryKey: ['runs.curve', runId],
    queryFn: () => client.call('runs.curve', { runId, points: 1200 }),
    // A sealed run never changes.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [replaying, setReplaying] = useState(false);
  const curve = query.data ?? none;
  const peak = curve.loadKn.reduce((most, load) => Math.max(most, load), 0);
  return (
    <figure className="jt-run-curve">
      <figcaption>
        {title}{' '}
        {query.data !== undefined && (
          <StateTag
            state={
              query.data.verified
                ? { word: '原始数据校验一致', tone: 'good', shape: '✓' }
                : { word: '原始数据校验不一致', tone: 'bad', shape: '✕' }
            }
          />
        )}
        {query.isError && <span className="jt-tone-bad">✕ 曲线读不出来</span>}
        <button type="button" className="jt-link" onClick={() => setReplaying(true)} data-testid="run-replay">
          回放
        </button>
      </figcaption>
      <CurvePlot
        read={() => curve}
        leastLoadKn={peak > 0 ? peak * 1.02 : 100}
        leastTimeS={curve.timeS.at(-1) ?? 30}
        label={`${title} 的荷载时间曲线`}
      />
      {replaying && <ReplayDialog runId={runId} title={title} onClose={() => setReplaying(false)} />}
    </figure>
  );
}

// The figures of a run three times: as sealed in the file, as they stand in the record, as the bytes give them today.
import type { RunReplay } from '../../shared/contract/replay.ts';
import { StateTag } from '../design/StateTag.tsx';
import type { StateWord } from '../design/words.ts';

export const verdictStates: Record<RunReplay['verdict']['state'], Pick<StateWord, 'tone' | 'shape'>> = {
  same: { tone: 'good', shape: '✓' },
  different: { tone: 'bad', shape: '✕' },
  otherVersion: { tone: 'warn', shape: '▲' },
  unsealed: { tone: 'warn', shape: '▲' },
  unreadable: { tone: 'bad', shape: '✕' },
};

const agreed: StateWord = { word: '一致', tone: 'good', shape: '✓' };
const differs: StateWord = { word: '不一致', tone: 'bad', shape: '✕' };

export function Verdict({ verdict }: { verdict: RunReplay['verdict'] }) {
  const { tone, shape } = verdictStates[verdict.state];
  return (
    <div
      className={`jt-replay-verdict jt-tone-${tone}`}
      role={tone === 'bad' ? 'alert' : 'status'}
      data-testid="replay-verdict"
      data-state={verdict.state}
    >
      <b>
        {shape} {verdict.words}
      </b>
      {verdict.faults.map((fault) => (
        <p key={fault}>{fault}</p>
      ))}
    </div>
  );
}

export function Figures({ figures }: { figures: RunReplay['figures'] }) {
  return (
    <table className="jt-table jt-table-tight" data-testid="replay-figures">
      <thead>
        <tr>
          <th>数值</th>
          <th className="jt-right">封存</th>
          <th className="jt-right">记录</th>
          <th className="jt-right">重新计算</th>
          <th>核对</th>
        </tr>
      </thead>
      <tbody>
        {figures.map(({ name, unit, sealed, recorded, recomputed, same }) => (
          <tr key={name}>
            <td>
              {name} {unit}
            </td>
            <td className="jt-right jt-figure">{sealed ?? '—'}</td>
            <td className="jt-right jt-figure">{recorded ?? '—'}</td>
            <td className="jt-right jt-figure">{recomputed ?? '—'}</td>
            <td>
              <StateTag state={same ? agreed : differs} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

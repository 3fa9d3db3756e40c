// 探测: tries the usual settings and proposes; or the person sets them by hand.
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import type { LineSettings, ProbeCandidate, ProbeResult } from '../../../shared/contract/instruments.ts';
import { useClient } from '../../client.ts';
import { ErrorBlock } from '../../design/ErrorBlock.tsx';
import { useCommand } from '../../design/useCommand.ts';
import { LineFields } from './LineFields.tsx';
import { sayLine } from './wizardDraft.ts';

interface Progress {
  done: number;
  total: number;
  line: LineSettings;
}

export function ProbeStep({
  equipmentId,
  path,
  line,
  driverId,
  onLine,
  onTake,
}: {
  equipmentId: string;
  path: string;
  line: LineSettings;
  driverId: string;
  onLine: (line: LineSettings) => void;
  onTake: (candidate: ProbeCandidate) => void;
}) {
  const client = useClient();
  const [result, setResult] = useState<ProbeResult | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  useEffect(
    () =>
      client.subscribe((event) => {
        if (event.type === 'instrument.probe' && event.path === path) setProgress(event);
      }),
    [client, path],
  );
  const probe = useCommand(async () => {
    setResult(null);
    setProgress(null);
    setResult(await client.call('instruments.probe', { equipmentId, path }));
  });
  // Who leaves the step does not wait for the rest of the search.
  useEffect(
    () => () => {
      client.call('instruments.cancelProbe', { path }).catch(() => undefined);
    },
    [client, path],
  );
  const isTaken = (each: ProbeCandidate): boolean => each.driverId === driverId && sayLine(each.line) === sayLine(line);
  return (
    <div className="jt-step" data-testid="step-probe">
      <div className="jt-probe-bar">
        {probe.busy ? (
          <Button onClick={() => void client.call('instruments.cancelProbe', { path }).catch(() => undefined)}>
            停止探测
          </Button>
        ) : (
          <Button type="primary" onClick={() => void probe.run()} data-testid="probe-start">
            开始探测
          </Button>
        )}
        <span className="jt-soft" aria-live="polite">
          {probe.busy
            ? progress === null
              ? '正在打开端口…'
              : `正在试 ${sayLine(progress.line)}（${progress.done + 1}/${progress.total}）`
            : '逐个试常用的线路设置，只发送读数命令，不清零、不去皮；不超过 20 秒。知道设置的可以直接填写。'}
        </span>
      </div>
      <ErrorBlock error={probe.error} onRetry={() => void probe.run()} />
      {result?.trouble && (
        <div className="jt-note jt-tone-warn" role="alert" data-testid="probe-trouble" data-code={result.trouble.code}>
          <p>▲ {result.trouble.message}</p>
          <p>
            <strong>怎么办：</strong>
            {result.trouble.next}
          </p>
        </div>
      )}
      {result !== null && result.candidates.length > 0 && (
        <table className="jt-table" data-testid="probe-candidates">
          <thead>
            <tr>
              <th>把握</th>
              <th>协议</th>
              <th>线路设置</th>
              <th>最近的数据</th>
              <th>依据</th>
              <th aria-label="采用" />
            </tr>
          </thead>
          <tbody>
            {result.candidates.slice(0, 6).map((each) => (
              <tr key={`${each.driverId}${sayLine(each.line)}`}>
                <td className="jt-right">
                  <b>{each.score}</b>
                </td>
                <td>{each.title}</td>
                <td>{sayLine(each.line)}</td>
                <td className="jt-wrap">{each.sample}</td>
                <td className="jt-wrap">{each.words}</td>
                <td>
                  <Button
                    size="small"
                    type={isTaken(each) ? 'primary' : 'default'}
                    onClick={() => onTake(each)}
                    data-testid="probe-take"
                  >
                    {isTaken(each) ? '✓ 已采用' : '采用'}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {result !== null && (
        <details className="jt-probe-lines" open={result.candidates.length === 0}>
          <summary>
            试过 {result.lines.length} 种设置，用时 {Math.ceil(result.tookMs / 1000)} 秒
            {result.cancelled ? '（中途停止）' : result.conclusive ? '（已经确定，其余没有再试）' : ''}
          </summary>
          <ul>
            {result.lines.map((each) => (
              <li key={sayLine(each.line)}>
                <b>{sayLine(each.line)}</b> {each.words} {each.hex !== '' && <code>{each.hex.slice(0, 32)}</code>}
              </li>
            ))}
          </ul>
        </details>
      )}
      <h4>线路设置</h4>
      <LineFields line={line} onChange={onLine} />
    </div>
  );
}

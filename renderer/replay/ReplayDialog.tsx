// 回放: a stored run as it was, sample by sample, with what was found in it and the bytes it came from. Nothing here
// changes the run; where the bench allows it, a point of the curve is taken over as a reading, with a reason.
import { Button } from 'antd';
import { useCallback, useState } from 'react';
import type { SampleAt } from '../../shared/contract/replay.ts';
import { Chart } from '../curve/chart/Chart.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { useHotkeys } from '../design/hotkeys.ts';
import { ReasonDialog } from '../design/ReasonDialog.tsx';
import { showTime } from '../design/time.ts';
import { Figures, Verdict } from './Figures.tsx';
import { axesOfReplay, nearestPlace, pictureOf, replayAxes, type ReplayAxis } from './picture.ts';
import { RawBytes } from './RawBytes.tsx';
import { useReplay, type Replay } from './useReplay.ts';

/** Taking a point of the curve over as a reading of the record. */
export interface PickPoint {
  /** 拉伸试件 1 下屈服力 */
  label: string;
  /** What stands there now, in words. */
  now: string;
  onPick: (sample: SampleAt, reason: string) => Promise<void>;
}

const pickReasons = [
  '自动判定的点是瞬时效应，对照曲线重新选取',
  '曲线上有假下降，对照曲线重新选取',
  '自动判定没有给出屈服点，按曲线选取',
];
const farStep = 50;

function Readout({ sample }: { sample: SampleAt | null }) {
  if (sample === null) return <p className="jt-soft">正在读取……</p>;
  return (
    <dl className="jt-replay-cursor" data-testid="replay-cursor" data-index={sample.index}>
      <dt>第 {sample.index + 1} 点</dt>
      <dd>{sample.timeS.toFixed(3)} s</dd>
      <dt>发送的力值</dt>
      <dd>
        <b className="jt-figure" data-testid="replay-load">
          {sample.text}
        </b>{' '}
        kN
      </dd>
      {sample.displacementMm !== null && (
        <>
          <dt>位移</dt>
          <dd>{sample.displacementMm} mm</dd>
        </>
      )}
      {sample.extensionMm !== null && (
        <>
          <dt>变形</dt>
          <dd>{sample.extensionMm} mm</dd>
        </>
      )}
      {(sample.gapBefore || sample.spike) && (
        <dd className="jt-tone-warn">▲ {sample.gapBefore ? '此点之前缺数据' : '毛刺，不计入峰值'}</dd>
      )}
    </dl>
  );
}

function Body({ replay, pick }: { replay: Replay; pick: PickPoint | undefined }) {
  const { data, range, cursor, sample, playing, speed } = replay;
  const [wanted, setWanted] = useState<ReplayAxis>('time');
  const [picking, setPicking] = useState<SampleAt | null>(null);
  const axes = data === null ? (['time'] as ReplayAxis[]) : axesOfReplay(data.samples);
  const axis = axes.includes(wanted) ? wanted : 'time';
  const turn = (): void => setWanted(axes[(axes.indexOf(axis) + 1) % axes.length] ?? 'time');
  const exact = sample !== null && sample.index === cursor && !playing;
  useHotkeys('回放', [
    { keys: 'P', name: '播放、暂停', run: replay.toggle },
    { keys: 'S', name: '换速度：1×、5×、20×', run: replay.turnSpeed },
    { keys: 'ArrowRight', name: '下一点', run: () => replay.step(1) },
    { keys: 'ArrowLeft', name: '上一点', run: () => replay.step(-1) },
    { keys: 'Shift+ArrowRight', name: `后 ${farStep} 点`, run: () => replay.step(farStep) },
    { keys: 'Shift+ArrowLeft', name: `前 ${farStep} 点`, run: () => replay.step(-farStep) },
    { keys: 'PageDown', name: '到下一个标记', run: () => replay.toMark(1) },
    { keys: 'PageUp', name: '到上一个标记', run: () => replay.toMark(-1) },
    { keys: 'ArrowUp', name: '放大游标处', run: () => replay.zoom(0.5) },
    { keys: 'ArrowDown', name: '缩小', run: () => replay.zoom(2) },
    { keys: 'Home', name: '看整条曲线', run: replay.whole },
    { keys: 'Alt+X', name: '换横轴：时间、位移、变形', run: turn, disabled: axes.length < 2 },
    ...(pick === undefined
      ? []
      : [{ keys: 'F8', name: `取游标处为${pick.label}`, run: () => setPicking(sample), disabled: !exact }]),
  ]);
  const { subscribe } = replay;
  // One subscription for the life of the window; what it draws is read anew each time.
  const [stableSubscribe] = useState(() => subscribe);
  const onPoint = useCallback(
    (x: number, y: number) => {
      if (data === null) return;
      const picture = pictureOf(data, { axis, range, cursor: null, until: null });
      const place = nearestPlace(picture, x, axis === 'time' ? null : y);
      const index = data.samples.index[place];
      if (index !== undefined) replay.goTo(index);
    },
    [data, axis, range, replay],
  );
  if (data === null) return <ErrorBlock error={replay.error} />;
  return (
    <div className="jt-replay" data-testid="replay" data-run={data.runId}>
      <ErrorBlock error={replay.error} />
      <Verdict verdict={data.verdict} />
      <div className="jt-replay-main">
        <div className="jt-replay-left">
          <div className="jt-replay-chart">
            <Chart
              read={() => {
                const played = replay.played();
                return pictureOf(data, { axis, range, cursor: played ?? cursor, until: played });
              }}
              subscribe={stableSubscribe}
              label={`${data.runNo} 的荷载曲线`}
              testId="replay-chart"
              onPoint={onPoint}
            />
          </div>
          <div className="jt-replay-bar">
            <Button onClick={replay.toggle} data-testid="replay-play" data-playing={playing}>
              {playing ? '暂停' : '播放'} <kbd className="jt-key">P</kbd>
            </Button>
            <Button onClick={replay.turnSpeed} data-testid="replay-speed">
              {speed}× <kbd className="jt-key">S</kbd>
            </Button>
            <Button onClick={() => replay.step(-1)} aria-label="上一点">
              ‹ <kbd className="jt-key">←</kbd>
            </Button>
            <Button onClick={() => replay.step(1)} aria-label="下一点">
              › <kbd className="jt-key">→</kbd>
            </Button>
            <Button onClick={() => replay.zoom(0.5)} aria-label="放大" data-testid="replay-zoom">
              放大 <kbd className="jt-key">↑</kbd>
            </Button>
            <Button onClick={() => replay.zoom(2)} aria-label="缩小">
              缩小 <kbd className="jt-key">↓</kbd>
            </Button>
            <Button onClick={turn} disabled={axes.length < 2} data-testid="replay-axis">
              {replayAxes[axis]} <kbd className="jt-key">Alt+X</kbd>
            </Button>
            <span className="jt-soft" data-testid="replay-shown">
              {data.samples.complete
                ? `画出 ${data.samples.index.length} 点，一点不漏`
                : `每列取首末和最大最小，共 ${data.sampleCount} 点；放大可见每一点`}
            </span>
          </div>
        </div>
        <div className="jt-replay-side">
          <Readout sample={sample} />
          {pick !== undefined && (
            <div className="jt-replay-pick">
              <p className="jt-soft">
                {pick.label}：现为 {pick.now}
              </p>
              <Button type="primary" disabled={!exact} onClick={() => setPicking(sample)} data-testid="replay-pick">
                取游标处 {exact ? `${sample.text} kN` : '……'} <kbd className="jt-key">F8</kbd>
              </Button>
            </div>
          )}
          <Figures figures={data.figures} />
          <ul className="jt-replay-marks" data-testid="replay-marks">
            {data.marks.map((mark) => (
              <li key={`${mark.kind}${mark.index}`} data-kind={mark.kind}>
                <button type="button" className="jt-link" onClick={() => replay.goTo(mark.index)}>
                  {mark.timeS.toFixed(3)} s {mark.text}
                </button>
              </li>
            ))}
            {data.moreMarks > 0 && <li className="jt-soft">另有 {data.moreMarks} 处缺口或毛刺没有列出。</li>}
          </ul>
          {data.remarks.map((remark) => (
            <p key={remark} className="jt-tone-warn">
              ▲ {remark}
            </p>
          ))}
        </div>
      </div>
      <RawBytes pieces={sample?.pieces ?? []} />
      <p className="jt-soft jt-replay-foot">
        {showTime(data.startedAt, true)} · {data.operatorName} · {data.equipmentId} · {data.driver} · {data.algorithm} ·{' '}
        {data.sampleRateHz} Hz · SHA-256 <code>{data.rawDigest}</code>
      </p>
      {picking !== null && pick !== undefined && (
        <ReasonDialog
          title={`${pick.label}：${pick.now} → ${picking.text} kN`}
          usual={pickReasons}
          confirmText="取此点"
          maxLength={140}
          onClose={() => setPicking(null)}
          onConfirm={async (reason) => {
            await pick.onPick(picking, reason);
            setPicking(null);
          }}
        >
          <p>
            取曲线第 {picking.index + 1} 点（{picking.timeS.toFixed(3)}{' '}
            s）发送的力值。原来的值保留在记录中，和原因一起可查；采集数据不变。
          </p>
        </ReasonDialog>
      )}
    </div>
  );
}

function Inside({ runId, pick }: { runId: string; pick: PickPoint | undefined }) {
  return <Body replay={useReplay(runId, pick === undefined ? ['peak'] : ['FeL', 'FeH', 'start'])} pick={pick} />;
}

export function ReplayDialog({
  runId,
  title,
  pick,
  onClose,
}: {
  runId: string;
  title: string;
  pick?: PickPoint;
  onClose: () => void;
}) {
  const width = Math.min(1500, globalThis.innerWidth - 40);
  return (
    <Dialog title={`回放 ${title}`} onClose={onClose} width={width}>
      <Inside runId={runId} pick={pick} />
    </Dialog>
  );
}

// What a person has to know about a run beside its figures: a machine that sends too seldom, a controller that found
// another maximum, a wall clock that was moved. Computed from the file only, so a recomputation says the same.
import { Exact } from '../drivers/numbers.ts';
import type { DetectorResult } from '../detectors/detector.ts';
import { wallAt } from './clock.ts';
import type { ClockAnchor } from './clock.ts';
import type { ClockEvent, DeviceFigure } from './run-types.ts';

/** A remark that begins so asks a person to look before anybody signs. */
export const LOOK = '须核对：';

/** Readings per second below which a curve under-reads peak and yield. */
const LEAST_RATE_HZ: Record<string, string> = { compression: '20', tension: '50' };
/** A machine of 20 Hz that is measured as 19.7 sends as it should. */
const RATE_TOLERANCE = '0.98';
const APART = '0.005';
const STEP_MS = 1000;

const FIGURE_NAMES: Record<DeviceFigure['name'], string> = { Fm: '最大力', FeH: '上屈服力', FeL: '下屈服力' };

function rateRemark(algorithmId: string, rateHz: string, device: readonly DeviceFigure[]): string[] {
  const least = Object.hasOwn(LEAST_RATE_HZ, algorithmId) ? LEAST_RATE_HZ[algorithmId] : undefined;
  if (least === undefined || !new Exact(rateHz).lt(new Exact(least).times(RATE_TOLERANCE))) return [];
  const own = device.find(({ name }) => name === 'Fm');
  const beside = own ? `控制器自己的峰值 ${own.value} kN 一并保存` : '控制器没有给出自己的峰值';
  return [`采样频率 ${rateHz} Hz 低于 ${least} Hz，曲线的峰值和屈服可能低于实际值，曲线仅作佐证；${beside}。`];
}

function apartRemarks(result: DetectorResult, device: readonly DeviceFigure[]): string[] {
  return device.flatMap(({ name, value }) => {
    const own = name === 'Fm' ? result.peak : result.derived.find((each) => each.name === name)?.value;
    if (own === null || own === undefined) return [];
    const apart = new Exact(value).minus(own).abs();
    if (!apart.gt(new Exact(own).abs().times(APART))) return [];
    return [`${LOOK}控制器给出的${FIGURE_NAMES[name]} ${value} kN 与曲线得出的 ${own} kN 相差超过 0.5 %。`];
  });
}

function clockRemarks(clocks: readonly ClockEvent[], anchor: ClockAnchor | null): string[] {
  if (!anchor) return [];
  const steps = clocks.map(({ wallMs, monoNs }) => wallMs - wallAt(anchor, BigInt(monoNs)));
  const step = steps.find((each) => Math.abs(each) > STEP_MS);
  if (step === undefined) return [];
  const size = `${step > 0 ? '+' : '-'}${Math.round(Math.abs(step) / 1000)}`;
  return [`采集期间计算机时钟被调整（${size} s）；曲线时间由单调时钟给出，不受影响。`];
}

export function runRemarks(run: {
  algorithmId: string;
  rateHz: string;
  result: DetectorResult;
  device: readonly DeviceFigure[];
  clocks: readonly ClockEvent[];
  anchor: ClockAnchor | null;
}): string[] {
  return [
    ...run.result.remarks,
    ...rateRemark(run.algorithmId, run.rateHz, run.device),
    ...apartRemarks(run.result, run.device),
    ...clockRemarks(run.clocks, run.anchor),
  ];
}

// The summary of a run: one function for the seal and for recomputation, fed only with what is in the file.
import { Decimal } from 'decimal.js';
import { TIME_SCALE } from './sample.ts';
import { READINGS_ID } from '../detectors/readings.ts';
import { toBeijingTime, wallAt } from './clock.ts';
import type { RunDecoder } from './run-decoder.ts';
import { LOOK, runRemarks } from './run-remarks.ts';
import type { RunChannelInfo, RunEnding, RunHeader, RunValidity, SealedSummary } from './run-types.ts';

const END_REASONS: Record<RunEnding['cause'], string> = {
  complete: '',
  'port-lost': '试验过程中串口断开，之后的数据没有收到，本次试验作废，已收到的字节全部保留。',
  silence: '加载中超过规定时间没有收到数据，本次试验作废，已收到的字节全部保留。',
  stopped: '试验在检出破坏之前被人工停止。',
  disarmed: '试验在检出破坏之前被取消。',
  shutdown: '程序在试验过程中退出，本次试验中断，已收到的字节全部保留。',
  interrupted: '采集进程在试验过程中被终止，文件没有封存，读到最后一个完整数据块为止。',
  disk: '原始数据写盘失败，本次试验作废。',
  'too-long': '试验时间超过上限仍未检出破坏，本次试验作废。',
};

/** File name of a run inside the runs folder. */
export function runFileName(runId: string): string {
  return `${runId}.run`;
}

/** A log of readings has nothing to wait for: it is whole when a person or the clock ended it. */
function judgeLog(ending: RunEnding): [RunValidity, string?] {
  if (ending.cause === 'complete' || ending.cause === 'stopped') return ['valid'];
  const validity = ending.cause === 'interrupted' || ending.cause === 'shutdown' ? 'interrupted' : 'invalid';
  return [validity, ending.reason ?? END_REASONS[ending.cause]];
}

function judge(decoder: RunDecoder, ending: RunEnding, fault: string | null, phase: string): [RunValidity, string?] {
  if (ending.cause === 'interrupted' || ending.cause === 'shutdown') {
    return ['interrupted', ending.reason ?? END_REASONS[ending.cause]];
  }
  if (ending.cause === 'disk') return ['invalid', ending.reason ?? END_REASONS.disk];
  if (fault !== null) return ['invalid', fault];
  // A confirmed break keeps its peak even when the port goes during the tail.
  if (phase === 'broken' || phase === 'done') return ['valid'];
  const reason = ending.reason ?? END_REASONS[ending.cause];
  return ['invalid', reason || '没有检出破坏。'];
}

export function summarise(header: RunHeader, decoder: RunDecoder, ending: RunEnding): SealedSummary {
  const { detector, arrivals } = decoder;
  const { samples } = detector;
  const result = detector.result();
  const isLog = detector.stamp.id === READINGS_ID;
  const anchor = decoder.anchor ?? { wallMs: header.anchor.wallMs, monoNs: BigInt(header.anchor.monoNs) };
  const wallOf = (index: number): string => {
    const arrival = arrivals[Math.max(0, Math.min(index, arrivals.length - 1))];
    return toBeijingTime(arrival === undefined ? anchor.wallMs : wallAt(anchor, arrival));
  };
  const first = samples[0];
  const last = samples[samples.length - 1];
  const span_us = first && last ? last.t_us - first.t_us : 0;
  const quantity: RunChannelInfo = isLog
    ? { name: 'reading', unit: decoder.readings?.[0]?.unit ?? '' }
    : { name: 'load', unit: 'kN' };
  const channels: RunChannelInfo[] = [{ name: 'time', unit: 's' }, quantity];
  if (first && !Number.isNaN(first.displacement)) channels.push({ name: 'displacement', unit: 'mm' });
  if (first && !Number.isNaN(first.extension)) channels.push({ name: 'extension', unit: 'mm' });
  const [validity, reason] = isLog ? judgeLog(ending) : judge(decoder, ending, result.fault, result.phase);
  const rateHz =
    span_us > 0 ? new Decimal(samples.length - 1).times(TIME_SCALE).div(span_us).toDecimalPlaces(2).toFixed() : '0';
  const { device, clocks, identity, readingsDigest } = decoder;
  const remarks =
    samples.length === 0
      ? []
      : runRemarks({ algorithmId: detector.stamp.id, rateHz, result, device, clocks, anchor: decoder.anchor });
  const timeSync = clocks.find(({ at }) => at === 'start')?.sync;
  return {
    runId: header.runId,
    file: runFileName(header.runId),
    context: header.context,
    startedAt: wallOf(result.startIndex < 0 ? 0 : result.startIndex),
    endedAt: wallOf(samples.length - 1),
    sampleRateHz: rateHz,
    sampleCount: samples.length,
    channels,
    peak: result.peak,
    peakAt_s: result.peakAt_s,
    loadingRate_kN_per_s: result.loadingRate_kN_per_s,
    zero_kN: result.zero_kN,
    spikes: result.spikes,
    rejectedBytes: decoder.rejectedBytes,
    gaps: decoder.gaps,
    timeSource: decoder.timeSource,
    previousDigest: header.previousDigest,
    algorithm: detector.stamp,
    validity,
    ...(reason === undefined ? {} : { reason }),
    ...(result.derived.length > 0 ? { derived: result.derived } : {}),
    ...(remarks.length > 0 ? { remarks } : {}),
    ...(device.length > 0 ? { device } : {}),
    ...(remarks.some((remark) => remark.startsWith(LOOK)) ? { needsLook: true } : {}),
    ...(timeSync === undefined ? {} : { timeSync }),
    ...(identity === null ? {} : { identity }),
    ...(readingsDigest === null ? {} : { readings: readingsDigest }),
  };
}

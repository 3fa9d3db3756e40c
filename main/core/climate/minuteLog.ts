// Samples into minutes, for one room. A minute ends once, when the clock has left it: with the middle of its samples, or
// as a gap with the reason. Minutes that nobody watched (sleep, a clock put forward) are gaps; after a clock put back
// its minutes are offered again, and the writer keeps what it has. No clock, no disk, no port in here.
import { medianOf } from './median.ts';
import { addMinutes, minuteMs, minuteOf } from './minutes.ts';

export interface Sample {
  temperatureC: string | null;
  humidityPercent: string | null;
  /** The replies in hex. */
  raw: string;
}
export type Ended =
  | { kind: 'reading'; minute: string; temperatureC: string | null; humidityPercent: string | null; raw: string }
  | { kind: 'gap'; from: string; to: string; reason: string };

export interface Instant {
  /** Wall clock, ms. */
  wall: number;
  /** A clock that nobody sets, ms. */
  steady: number;
}

interface Open {
  minute: string;
  samples: (Sample & { second: string })[];
  fault: string | null;
}

export const gapReasons = {
  silent: '记录仪没有应答',
  asleep: '电脑休眠或时间被调快',
  busy: '程序没有来得及记录',
  off: '程序未运行',
  stopped: '该处停用',
} as const;

/** A wall clock that runs ahead of the steady one by more than this was set, or the computer slept. */
const jumpMs = 30_000;

export class MinuteLog {
  #open: Open | null = null;
  #last: Instant | null = null;

  /** Minutes that are over; call it at least every few seconds. */
  tick(now: Instant): Ended[] {
    const minute = minuteOf(now.wall);
    const last = this.#last;
    this.#last = now;
    const open = this.#open;
    if (open?.minute === minute) return [];
    this.#open = { minute, samples: [], fault: null };
    if (open === null) return [];
    const next = addMinutes(open.minute, 1);
    if (minute <= next) return [close(open)];
    const jumped = last !== null && now.wall - last.wall - (now.steady - last.steady) > jumpMs;
    const slept = last !== null && now.steady - last.steady > minuteMs;
    const reason = jumped || slept ? gapReasons.asleep : gapReasons.busy;
    return [close(open), { kind: 'gap', from: next, to: addMinutes(minute, -1), reason }];
  }

  sample(now: Instant, sample: Sample): Ended[] {
    const ended = this.tick(now);
    const second = String(Math.floor((now.wall % minuteMs) / 1000)).padStart(2, '0');
    this.#open?.samples.push({ ...sample, second });
    return ended;
  }

  fault(now: Instant, reason: string): Ended[] {
    const ended = this.tick(now);
    if (this.#open) this.#open.fault = reason;
    return ended;
  }

  /** The minute under way, when the program ends: what it has is kept; a minute with nothing is left to the next start. */
  end(): Ended[] {
    const open = this.#open;
    this.#open = null;
    this.#last = null;
    return open !== null && (open.samples.length > 0 || open.fault !== null) ? [close(open)] : [];
  }
}

function close({ minute, samples, fault }: Open): Ended {
  if (samples.length === 0) return { kind: 'gap', from: minute, to: minute, reason: fault ?? gapReasons.silent };
  return {
    kind: 'reading',
    minute,
    temperatureC: medianOf(samples.flatMap(({ temperatureC }) => temperatureC ?? [])),
    humidityPercent: medianOf(samples.flatMap(({ humidityPercent }) => humidityPercent ?? [])),
    raw: samples.map(({ second, raw }) => `${second}:${raw}`).join(' '),
  };
}

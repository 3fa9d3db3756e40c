// What the rooms of the training lab are at a time: a daily course, the breathing of the controller, once a day an
// excursion and once a day a meter that does not answer. A function of the time alone, so that a restart goes on with it.

export interface RoomClimate {
  /** Tenths of a degree and of a per cent, as the meter's registers hold them. */
  temperature: number;
  humidity: number;
}

const dayMs = 86_400_000;
const eightHours = 8 * 3_600_000;
const minuteOfDay = (ms: number): number => ((ms + eightHours) % dayMs) / 60_000;
const wave = (minute: number, period: number, shift = 0): number => Math.sin((2 * Math.PI * (minute - shift)) / period);
const at = (hour: number, minute: number): number => hour * 60 + minute;
const within = (minute: number, from: number, to: number): boolean => minute >= from && minute < to;
/** Up and down again between two minutes. */
const hill = (minute: number, from: number, to: number): number =>
  within(minute, from, to) ? Math.sin((Math.PI * (minute - from)) / (to - from)) : 0;

const tenths = (temperature: number, humidity: number): RoomClimate => ({
  temperature: Math.round(temperature * 10),
  humidity: Math.min(999, Math.round(humidity * 10)),
});

/** The door stands open while specimens are carried in. */
function curing(minute: number): RoomClimate | null {
  if (within(minute, at(3, 10), at(3, 22))) return null;
  const door = hill(minute, at(10, 18), at(10, 46));
  return tenths(
    20 + 0.4 * wave(minute, 1440, at(9, 0)) + 0.3 * wave(minute, 43) + 3.2 * door,
    97.3 + 0.7 * wave(minute, 31) + 0.3 * wave(minute, 190) - 7 * door,
  );
}

/** A hot early afternoon, until somebody notices. */
function laboratory(minute: number): RoomClimate | null {
  if (within(minute, at(12, 40), at(12, 44))) return null;
  const heat = hill(minute, at(14, 2), at(14, 34));
  return tenths(
    21.2 + 1.9 * wave(minute, 1440, at(9, 0)) + 0.2 * wave(minute, 27) + 3.1 * heat,
    54 - 7 * wave(minute, 1440, at(9, 0)) + 0.8 * wave(minute, 37),
  );
}

/** Null while the meter does not answer. */
export function roomAt(kind: 'curing' | 'laboratory', ms: number): RoomClimate | null {
  return kind === 'curing' ? curing(minuteOfDay(ms)) : laboratory(minuteOfDay(ms));
}

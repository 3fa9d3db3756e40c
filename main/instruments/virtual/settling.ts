// A quantity that a display follows: what is put on swings into place, trembles in the last digit until it is quiet,
// and its zero may drift. Everything is counted in whole steps of the last digit.
import { countOf, countText } from './digits.ts';

export interface SettlingOptions {
  decimals: number;
  /** Steps of the last digit. */
  division: number;
  /** Beyond it the display shows no number; in the display's unit. */
  capacity: number;
  /** How long a change swings, s. */
  tau_s: number;
  /** How long it must be quiet before it counts as stable, s. */
  quiet_s: number;
  random: () => number;
}

const SWINGS_PER_S = 1.4;
/** Share of a division within which the swinging is over. */
const STILL = 0.3;

export class Settling {
  readonly #options: SettlingOptions;
  #from = 0;
  #to = 0;
  #age_s = 1e9;
  #quiet_s = 1e9;
  #zero = 0;
  #drift = 0;
  #tare = 0;
  #tremble = 0;
  #forced: 'overload' | 'underload' | null = null;

  constructor(options: SettlingOptions) {
    this.#options = options;
  }

  get decimals(): number {
    return this.#options.decimals;
  }

  put(value: number): void {
    this.#from = this.#load;
    this.#to = value;
    this.#age_s = this.#quiet_s = 0;
  }

  force(state: 'overload' | 'underload' | null): void {
    this.#forced = state;
    this.#quiet_s = 0;
  }

  set driftPerSecond(rate: number) {
    this.#drift = rate;
  }

  /** What stands on it now is zero; answers the tare. */
  tare(): string {
    this.#tare = this.#counts();
    return countText(this.#tare, this.decimals);
  }

  reset(): void {
    this.#tare = 0;
    this.#zero = 0;
    this.#quiet_s = 0;
  }

  step(dt_s: number): void {
    const { random, division, decimals, quiet_s } = this.#options;
    this.#age_s += dt_s;
    this.#zero += this.#drift * dt_s;
    const one = division / 10 ** decimals;
    const moving = Math.abs(this.#load - this.#to) > STILL * one || Math.abs(this.#drift) * quiet_s > one;
    this.#quiet_s = moving ? 0 : this.#quiet_s + dt_s;
    this.#tremble = moving ? Math.round((random() - 0.5) * 2) : 0;
  }

  get stable(): boolean {
    return this.#quiet_s >= this.#options.quiet_s && this.state === null;
  }

  get state(): 'overload' | 'underload' | null {
    if (this.#forced) return this.#forced;
    const { capacity } = this.#options;
    const load = this.#load + this.#zero;
    return load > capacity ? 'overload' : load < -capacity ? 'underload' : null;
  }

  /** Steps of the last digit on the display. */
  get count(): number {
    return this.#counts() - this.#tare;
  }

  get gross(): string {
    return countText(this.#counts(), this.decimals);
  }

  get tareText(): string {
    return countText(this.#tare, this.decimals);
  }

  get text(): string {
    return countText(this.count, this.decimals);
  }

  get #load(): number {
    const away = this.#from - this.#to;
    const left = Math.exp(-this.#age_s / this.#options.tau_s);
    return this.#to + away * left * Math.cos(2 * Math.PI * SWINGS_PER_S * Math.min(this.#age_s, 100));
  }

  #counts(): number {
    const { division, decimals } = this.#options;
    const steps = Math.round(countOf(this.#load + this.#zero, decimals) / division) + this.#tremble;
    return steps * division || 0;
  }
}

// Physics of a training compression machine: the platen seats, the first load closes the gaps (toe), load rises at
// a constant stress rate, the machine softens a little, the cube bursts, and the indicator shows noise and a
// drifting zero all the while. The same seed gives the same stream.
export interface ModelOptions {
  seed: number;
  /** Side of the cube, mm. */
  side_mm: number;
  /** MPa/s of the linear part. */
  rate_MPa_per_s: number;
  range_kN: number;
  /** Digits after the point of the load column. */
  loadDigits: 1 | 2;
  /** Standard deviation of the indicator noise, kN. */
  noise_kN: number;
}

export interface Reading {
  load_kN: string;
  displacement_mm: string;
}

/** The same as numbers. */
export interface Felt {
  load_kN: number;
  displacement_mm: number;
}

/** What is felt of a bar that is pulled; its strain is what an extensometer on it follows. */
export interface FeltBar extends Felt {
  strain: number;
}

type Stage =
  | { name: 'idle' }
  | { name: 'approach'; left_s: number; strength_MPa: number }
  | { name: 'load'; target_kN: number; load_kN: number }
  | { name: 'burst'; age_s: number; peak_kN: number };

const APPROACH_S = 1.2;
/** Fraction of the breaking load within which the toe closes. */
const TOE = 0.08;
/** From here on the specimen yields and the pump gains less. */
const SOFTENING = 0.94;
const BURST_S = 2.5;

export class CompressionModel {
  readonly #options: ModelOptions;
  readonly #random: () => number;
  #stage: Stage = { name: 'idle' };
  #displacement_mm = 0;
  #zero_kN = 0;
  #rate_MPa_per_s: number;

  constructor(options: ModelOptions) {
    this.#options = options;
    this.#rate_MPa_per_s = options.rate_MPa_per_s;
    this.#random = mulberry32(options.seed);
  }

  get idle(): boolean {
    return this.#stage.name === 'idle';
  }

  /** True while the specimen carries load or has just burst. */
  get loading(): boolean {
    return this.#stage.name === 'load';
  }

  startSpecimen(strength_MPa: number, rate_MPa_per_s: number = this.#options.rate_MPa_per_s): void {
    this.#rate_MPa_per_s = rate_MPa_per_s;
    this.#displacement_mm = 0;
    this.#stage = { name: 'approach', left_s: APPROACH_S, strength_MPa };
  }

  step(dt_s: number): Reading {
    const { load_kN, displacement_mm } = this.feel(dt_s);
    return { load_kN: fixed(load_kN, this.#options.loadDigits), displacement_mm: fixed(displacement_mm, 3) };
  }

  /** What the sensors feel, before a display rounds it. */
  feel(dt_s: number): Felt {
    const load = this.#advance(dt_s);
    // The zero wanders slowly and comes back: an indicator without a load is never quite still.
    const drift_kN = (0.02 * this.#options.range_kN) / 2000;
    this.#zero_kN += -this.#zero_kN * 0.02 * dt_s + this.#gauss() * drift_kN * Math.sqrt(dt_s);
    const shown = load + this.#zero_kN + this.#gauss() * this.#options.noise_kN;
    return { load_kN: shown, displacement_mm: this.#displacement_mm + this.#gauss() * 0.0006 };
  }

  #advance(dt_s: number): number {
    const stage = this.#stage;
    if (stage.name === 'load') return this.#load(stage, dt_s);
    if (stage.name === 'burst') return this.#burst(stage, dt_s);
    if (stage.name === 'approach') {
      stage.left_s -= dt_s;
      this.#displacement_mm += 0.25 * dt_s;
      if (stage.left_s <= 0) {
        const target_kN = (stage.strength_MPa * this.#options.side_mm ** 2) / 1000;
        this.#stage = { name: 'load', target_kN, load_kN: 0.2 };
      }
    }
    return 0;
  }

  #load(stage: Extract<Stage, { name: 'load' }>, dt_s: number): number {
    const share = stage.load_kN / stage.target_kN;
    const rate = (this.#rate_MPa_per_s * this.#options.side_mm ** 2) / 1000;
    const toe = share < TOE ? 0.25 + (0.75 * share) / TOE : 1;
    const soft = share > SOFTENING ? 1 - (0.6 * (share - SOFTENING)) / (1 - SOFTENING) : 1;
    stage.load_kN = Math.min(stage.target_kN, stage.load_kN + rate * toe * soft * dt_s);
    // Stiffness grows while the toe closes and falls as the specimen yields.
    const strain = share < TOE ? 0.35 * Math.sqrt(share / TOE) : 0.35 + (share - TOE) * 0.8;
    this.#displacement_mm = 0.3 + strain + (share > SOFTENING ? (share - SOFTENING) ** 2 * 12 : 0);
    if (stage.load_kN >= stage.target_kN) this.#stage = { name: 'burst', age_s: 0, peak_kN: stage.target_kN };
    return stage.load_kN;
  }

  #burst(stage: Extract<Stage, { name: 'burst' }>, dt_s: number): number {
    stage.age_s += dt_s;
    this.#displacement_mm += Math.exp(-stage.age_s / 0.05) * 6 * dt_s;
    if (stage.age_s > BURST_S) this.#stage = { name: 'idle' };
    // Most of the load goes within a tenth of a second, the rubble holds some until the pump lets go.
    const rubble = stage.age_s < 1 ? 0.12 : 0.12 * Math.exp(-(stage.age_s - 1) / 0.15);
    return stage.peak_kN * (0.88 * Math.exp(-stage.age_s / 0.03) + rubble);
  }

  #gauss(): number {
    const u = Math.max(this.#random(), 1e-12);
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * this.#random());
  }
}

export function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return /^-0\.?0*$/.test(text) ? text.slice(1) : text;
}

/** Small seeded generator: training data must be repeatable, not unpredictable. */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

// A Yudian AI controller on a furnace: the temperature creeps towards its set point; read commands are answered with
// process value, set point, output, alarm, parameter and the sum that includes the address.
import { bytesPiece, NOTHING } from '../device.ts';
import type { Device, Meant, Piece } from '../device.ts';
import { countOf, countText, littleEndian, Requests } from '../digits.ts';

const READ = 0x52;
/** A broken sensor. */
const BROKEN = 32000;

export interface FurnaceOptions {
  address: number;
  decimals: number;
  setPoint: string;
  load: string;
  tau_s: number;
}

export class FurnaceController implements Device {
  readonly #options: FurnaceOptions;
  readonly #requests: Requests;
  #temperature: number;
  #setPoint: number;
  #drift = 0;
  #isBroken = false;

  constructor(options: FurnaceOptions) {
    this.#options = options;
    this.#temperature = Number(options.load);
    this.#setPoint = Number(options.setPoint);
    const head = options.address + 0x80;
    this.#requests = new Requests([[head, head, READ, 0, 0, 0, ...littleEndian(READ + options.address, 2)]]);
  }

  step(dt_s: number): Piece[] {
    this.#temperature += (this.#setPoint - this.#temperature) * Math.min(1, dt_s / this.#options.tau_s);
    this.#setPoint += this.#drift * dt_s;
    return NOTHING;
  }

  hear(bytes: Uint8Array): Piece[] {
    return this.#requests.take(bytes).map(() => this.#reply());
  }

  restart(): Piece[] {
    return NOTHING;
  }

  put(value: string): void {
    this.#setPoint = Number(value);
  }

  overload(on: boolean): void {
    this.#isBroken = on;
  }

  drift(perSecond: number): void {
    this.#drift = perSecond;
  }

  #reply(): Piece {
    const { decimals, address } = this.#options;
    const process = this.#isBroken ? BROKEN : countOf(this.#temperature, decimals);
    const setPoint = countOf(this.#setPoint, decimals);
    const output = Math.max(0, Math.min(100, Math.round((this.#setPoint - this.#temperature) * 2)));
    const parameter = setPoint;
    const words = [process, setPoint, output, parameter];
    const sum = (words.reduce((total, word) => total + (word & 0xffff), 0) + address) & 0xffff;
    const meant: Meant = this.#isBroken
      ? { value: null, unit: '', state: 'overload' }
      : { value: countText(process, decimals), unit: '℃' };
    return bytesPiece([...words.flatMap((word) => littleEndian(word, 2)), ...littleEndian(sum, 2)], meant);
  }
}

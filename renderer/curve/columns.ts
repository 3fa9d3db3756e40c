// Samples as columns of doubles that grow: an hour at 1 kHz is 3.6 million of them, so nothing is an object here.

const firstRoom = 4096;

export class CurveColumns {
  length = 0;
  time = new Float64Array(firstRoom);
  load = new Float64Array(firstRoom);
  /** NaN where the sample had none. */
  displacement = new Float64Array(firstRoom);
  extension = new Float64Array(firstRoom);

  push(time: number, load: number, displacement: number, extension: number): void {
    if (this.length === this.time.length) this.#grow();
    const at = this.length;
    this.time[at] = time;
    this.load[at] = load;
    this.displacement[at] = displacement;
    this.extension[at] = extension;
    this.length += 1;
  }

  /** Forgets what is older than so many seconds before the newest; moved only when much is to be forgotten. */
  keepLast(seconds: number): void {
    const oldest = (this.time[this.length - 1] ?? 0) - seconds;
    let from = 0;
    while (from < this.length && this.time[from]! < oldest) from += 1;
    if (from < this.length / 2) return;
    for (const column of [this.time, this.load, this.displacement, this.extension])
      column.copyWithin(0, from, this.length);
    this.length -= from;
  }

  /** First sample that is not older than this moment. */
  since(time: number): number {
    let [low, high] = [0, this.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.time[middle]! < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #grow(): void {
    const grown = (column: Float64Array): Float64Array<ArrayBuffer> => {
      const next = new Float64Array(column.length * 2);
      next.set(column);
      return next;
    };
    this.time = grown(this.time);
    this.load = grown(this.load);
    this.displacement = grown(this.displacement);
    this.extension = grown(this.extension);
  }
}

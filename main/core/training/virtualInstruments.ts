// The virtual instruments that stand in the training lab: each a process with a port, listed like an adapter that was
// plugged in. An adapter has a number of its own, so a machine that was set to it finds it again after a restart.
import { AppError } from '../../../shared/errors/appError.ts';
import type { VirtualInstrumentFacts } from '../../../shared/contract/training.ts';
import type { PortInfo } from '../../instruments/protocol.ts';
import { instrumentOptionsSchema, kindIds, kindOf, startVirtualInstrument } from '../../instruments/virtual/index.ts';
import type { InstrumentOrder, KindId, VirtualInstrument } from '../../instruments/virtual/index.ts';

/** A refusal comes back from the instrument's process; nobody waits longer for it. */
const REFUSAL_MS = 150;
const MOST = 24;

interface Standing {
  instrument: VirtualInstrument;
  equipmentId: string | null;
  plugged: boolean;
  refusal: string | null;
}

export class VirtualInstruments {
  readonly #standing = new Map<string, Standing>();
  readonly #arriving = new Set<string>();
  readonly #seed: number;

  constructor(seed = (Date.now() % 2_000_000_000) + 1) {
    this.#seed = seed;
  }

  async plugIn(options: {
    kind: string;
    equipmentId?: string | undefined;
    range_kN?: number | undefined;
    variant?: string | undefined;
  }): Promise<VirtualInstrumentFacts> {
    const kind = kindNamed(options.kind);
    const { variants = [] } = kindOf(kind);
    if (options.variant !== undefined && !variants.includes(options.variant)) throw variantUnknown(variants);
    if (this.#standing.size + this.#arriving.size >= MOST) throw tooMany();
    const instrumentId = this.#freeId(kind);
    this.#arriving.add(instrumentId);
    try {
      const instrument = await startVirtualInstrument(
        instrumentOptionsSchema.parse({
          kind,
          seed: this.#seed + this.#standing.size,
          ...(options.range_kN === undefined ? {} : { range_kN: options.range_kN }),
          ...(options.variant === undefined ? {} : { variant: options.variant }),
        }),
      );
      const standing: Standing = {
        instrument,
        equipmentId: options.equipmentId ?? null,
        plugged: true,
        refusal: null,
      };
      instrument.on((event) => {
        if (event.event === 'refused') standing.refusal = event.reason;
        else if (event.event === 'pulled') standing.plugged = false;
        else if (event.event === 'plugged') standing.plugged = true;
      });
      this.#standing.set(instrumentId, standing);
      return this.facts(instrumentId);
    } finally {
      this.#arriving.delete(instrumentId);
    }
  }

  list(): VirtualInstrumentFacts[] {
    return [...this.#standing.keys()].map((instrumentId) => this.facts(instrumentId));
  }

  facts(instrumentId: string): VirtualInstrumentFacts {
    const { instrument, equipmentId, plugged, refusal } = this.#get(instrumentId);
    const { kind, title, path, driver, line } = instrument;
    return {
      instrumentId,
      kind,
      name: title,
      path,
      plugged,
      equipmentId,
      driverId: driver.id,
      line,
      profile: driver.profile === undefined ? null : JSON.stringify(driver.profile),
      isMachine: kindOf(kind).isMachine,
      refusal,
    };
  }

  /** As the system would list them; a pulled one is not there. */
  ports(): PortInfo[] {
    return [...this.#standing].flatMap(([instrumentId, { instrument, plugged }]) =>
      plugged ? [{ path: instrument.path, manufacturer: instrument.title, serialNumber: instrumentId }] : [],
    );
  }

  /** The testing machine behind an adapter, where it is one of ours. */
  machineAt(adapter: string | null): VirtualInstrument | null {
    const instrument = adapter === null ? undefined : this.#standing.get(adapter)?.instrument;
    return instrument && kindOf(instrument.kind).isMachine ? instrument : null;
  }

  /** What the instrument cannot do comes back as a refusal in words. */
  async obey(instrumentId: string, order: InstrumentOrder): Promise<VirtualInstrumentFacts> {
    const standing = this.#get(instrumentId);
    standing.refusal = null;
    const moves = order.command === 'pull' || order.command === 'plug';
    standing.instrument.obey(order);
    for (const end = Date.now() + (moves ? 2000 : REFUSAL_MS); Date.now() < end && standing.refusal === null;) {
      if (moves && standing.plugged === (order.command === 'plug')) break;
      // oxlint-disable-next-line no-await-in-loop -- a short look at what comes back
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    if (standing.refusal !== null) {
      throw new AppError({
        code: 'TRAINING_UNABLE',
        message: standing.refusal,
        meaning: '什么也没有执行。',
        next: '请换一种操作，或换一种虚拟仪器。',
      });
    }
    return this.facts(instrumentId);
  }

  async takeAway(instrumentId: string): Promise<void> {
    const { instrument } = this.#get(instrumentId);
    this.#standing.delete(instrumentId);
    await instrument.stop();
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#standing.keys()].map((instrumentId) => this.takeAway(instrumentId)));
  }

  #get(instrumentId: string): Standing {
    const standing = this.#standing.get(instrumentId);
    if (standing) return standing;
    throw new AppError({
      code: 'TRAINING_NOT_THERE',
      message: `没有插着虚拟仪器 ${instrumentId}。`,
      meaning: '什么也没有执行；虚拟仪器随程序一起结束，重新打开程序后要重新插上。',
      next: '请在“虚拟仪器”里重新插上一台。',
    });
  }

  /** The lowest free number of its kind: the same kind gets the same adapter again after a restart of the program. */
  #freeId(kind: KindId): string {
    for (let number = 1; ; number += 1) {
      const id = `VIRTUAL-${kind}-${number}`;
      if (!this.#standing.has(id) && !this.#arriving.has(id)) return id;
    }
  }
}

function kindNamed(id: string): KindId {
  const kind = kindIds.find((each) => each === id);
  if (kind) return kind;
  throw new AppError({
    code: 'TRAINING_KIND_UNKNOWN',
    message: `没有“${id}”这种虚拟仪器。`,
    meaning: '没有插上任何仪器。',
    next: `可用的种类：${kindIds.join('、')}。`,
  });
}

function variantUnknown(variants: readonly string[]): AppError {
  return new AppError({
    code: 'TRAINING_VARIANT_UNKNOWN',
    message: '这种虚拟仪器没有这个变型。',
    meaning: '没有插上任何仪器。',
    next: variants.length === 0 ? '这种仪器没有变型，请不填。' : `可用的变型：${variants.join('、')}。`,
  });
}

function tooMany(): AppError {
  return new AppError({
    code: 'TRAINING_TOO_MANY',
    message: `已经插着 ${MOST} 台虚拟仪器。`,
    meaning: '没有插上新的。',
    next: '请先拿走不用的。',
  });
}

// The port process's side of looking at a line: one probe a port, raw views by name. A port that a channel holds, or
// that is looked at already, is refused: it must never be read twice.
import { AppError } from '../../../shared/errors/appError.ts';
import type { EventMessage } from '../protocol.ts';
import type { ProbeRequest, ProbeResult, RawViewRequest } from '../inspect/types.ts';
import { heldError, Probe } from './probe.ts';
import { RawView } from './raw-view.ts';

export class Inspections {
  readonly #emit: (message: EventMessage) => void;
  readonly #channelOn: (path: string) => string | undefined;
  readonly #probes = new Map<string, Probe>();
  readonly #views = new Map<string, RawView>();

  constructor(emit: (message: EventMessage) => void, channelOn: (path: string) => string | undefined) {
    this.#emit = emit;
    this.#channelOn = channelOn;
  }

  async probe(request: ProbeRequest): Promise<ProbeResult> {
    this.#refuseHeld(request.path);
    const probe = new Probe(request, (event) => this.#emit({ kind: 'event', name: 'probe', event }));
    this.#probes.set(request.path, probe);
    try {
      return await probe.run();
    } finally {
      this.#probes.delete(request.path);
    }
  }

  cancel(path: string): void {
    this.#probes.get(path)?.cancel();
  }

  async openView(request: RawViewRequest): Promise<void> {
    await this.closeView(request.viewId);
    if (request.path !== undefined) this.#refuseHeld(request.path);
    if (request.path === undefined && request.channelId === undefined) {
      throw new AppError({ code: 'instrument.view-unknown', message: '没有说明要看哪个端口的数据。' });
    }
    const view = new RawView(request, this.#emit);
    this.#views.set(request.viewId, view);
    try {
      await view.open();
    } catch (error) {
      this.#views.delete(request.viewId);
      throw error;
    }
  }

  async closeView(viewId: string): Promise<void> {
    const view = this.#views.get(viewId);
    this.#views.delete(viewId);
    await view?.close();
  }

  async closeAll(): Promise<void> {
    for (const probe of this.#probes.values()) probe.cancel();
    await Promise.allSettled([...this.#views.keys()].map((viewId) => this.closeView(viewId)));
  }

  /** Whoever looks at this path, in words; for the channel that wants to open it. */
  #refuseHeld(path: string): void {
    const channelId = this.#channelOn(path);
    if (channelId !== undefined) throw heldError(path, `设备 ${channelId} 的连接`);
    if (this.#probes.has(path)) throw heldError(path, '另一次探测');
    for (const view of this.#views.values()) {
      if (view.request.path === path) throw heldError(path, '另一个仪器向导');
    }
  }
}

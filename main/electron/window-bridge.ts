// Joins windows to the core: one connection per window, calls up, events down. Everything Electron is handed in, so
// the rules hold in tests as well: only the top frame of our own page in a window we opened may call.
import type { IpcMainInvokeEvent, WebContents } from 'electron';
import { isCallName } from '../../shared/contract/calls.ts';
import type { Reply } from '../../shared/contract/call.ts';
import type { Connection, Core } from '../core/interface.ts';
import { refusal, refusals } from '../server/refusals.ts';
import { eventChannel } from './channels.ts';
import { isTrustedFrame } from './policy.ts';

type Contents = Pick<WebContents, 'id' | 'isDestroyed' | 'send'>;
type InvokeEvent = Pick<IpcMainInvokeEvent, 'senderFrame'> & { readonly sender: Pick<WebContents, 'id'> };

export class WindowBridge {
  private readonly connections = new Map<number, Connection>();
  private readonly core: Core;

  constructor(core: Core) {
    this.core = core;
  }

  open(contents: Contents, workstation: string): void {
    const connection = this.core.connect((event) => {
      // An event can race with the window's closing; sending to a destroyed window throws.
      if (!contents.isDestroyed()) contents.send(eventChannel, event);
    }, workstation);
    this.connections.set(contents.id, connection);
  }

  close(contentsId: number): void {
    this.connections.get(contentsId)?.close();
    this.connections.delete(contentsId);
  }

  async call(event: InvokeEvent, name: unknown, input: unknown): Promise<Reply> {
    const connection = this.connections.get(event.sender.id);
    if (!connection || !isTrustedFrame(event.senderFrame)) return refusal(refusals.originRefused);
    if (typeof name !== 'string' || !isCallName(name)) return refusal(refusals.callUnknown);
    try {
      return await connection.call(name, input ?? {});
    } catch {
      return refusal(refusals.internal);
    }
  }
}

// The typed face of the contract that windows use. Any transport that carries (name, input) to a far side and a
// reply back makes one: the Electron preload, the bench server's HTTP and WebSocket, or a function call in tests.
import { AppError } from '../errors/appError.ts';
import { calls, type CallInput, type CallName, type CallOutput } from './calls.ts';
import type { Reply } from './call.ts';
import { coreEventSchema, type CoreEvent } from './events.ts';

export interface Transport {
  send(name: CallName, input: unknown): Promise<Reply>;
  /** Returns a function that ends the subscription. */
  subscribe(listener: (event: unknown) => void): () => void;
}

export interface ContractClient {
  /** Resolves with the answer; throws AppError with the far side's refusal. */
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  subscribe(listener: (event: CoreEvent) => void): () => void;
}

export function createClient(transport: Transport): ContractClient {
  return {
    async call(name, input) {
      const reply = await transport.send(name, input);
      if (!reply.ok) throw new AppError(reply.error);
      return calls[name].output.parse(reply.value) as never;
    },
    subscribe(listener) {
      return transport.subscribe((event) => {
        const parsed = coreEventSchema.safeParse(event);
        if (parsed.success) listener(parsed.data);
      });
    },
  };
}

// The window's own client of the contract, handed to the screens through React's context so that a test can give
// another. A refusal that concerns the session is told to whoever keeps the session before it reaches the screen.
import { createContext, useContext } from 'react';
import { createClient, type ContractClient } from '../shared/contract/client.ts';
import { AppError, type ErrorInfo } from '../shared/errors/appError.ts';
import type { WindowTransport } from './transport.ts';

export interface WindowClient extends ContractClient {
  watchLink(listener: (connected: boolean) => void): () => void;
}

/** True for refusals that say the session is gone or locked, whatever the call was. */
export function concernsSession(info: ErrorInfo): boolean {
  return info.code.startsWith('SESSION_');
}

export function createWindowClient(transport: WindowTransport, onSessionRefused: () => void): WindowClient {
  const client = createClient(transport);
  return {
    async call(name, input) {
      try {
        return await client.call(name, input);
      } catch (error) {
        if (error instanceof AppError && concernsSession(error.info) && !name.startsWith('session.'))
          onSessionRefused();
        throw error;
      }
    },
    subscribe: (listener) => client.subscribe(listener),
    watchLink: (listener) => transport.watchLink(listener),
  };
}

const ClientContext = createContext<WindowClient | null>(null);
export const ClientProvider = ClientContext.Provider;

export function useClient(): WindowClient {
  const client = useContext(ClientContext);
  if (client === null) throw new Error('ClientProvider is missing above this component');
  return client;
}

/** Any thrown value as the refusal a person reads; an unexpected fault is named as such, never shown as a bare code. */
export function toErrorInfo(error: unknown): ErrorInfo {
  if (error instanceof AppError) return error.info;
  return {
    code: 'WINDOW_FAULT',
    message: '界面程序出现意外情况，这一步没有完成。',
    meaning: error instanceof Error ? error.message : String(error),
    next: '已保存的数据不受影响。请再试一次；仍出现时把这段文字告诉系统管理员。',
  };
}

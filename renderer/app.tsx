// The window from top to bottom: providers, who is signed in, and the working set that lives as long as they are.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { ClientProvider, createWindowClient, toErrorInfo, type WindowClient } from './client.ts';
import { overlayRoot } from './design/Dialog.tsx';
import { ErrorBlock } from './design/ErrorBlock.tsx';
import { theme } from './design/theme.ts';
import { keepWorkingSet, type KeptWorkingSet } from './live/keepWorkingSet.ts';
import { LiveProvider } from './live/useLive.tsx';
import { RecoveryPage, useRecovery } from './recovery/RecoveryPage.tsx';
import { Shell } from './shell/Shell.tsx';
import { SignInPage } from './sign-in/SignInPage.tsx';
import { useSession } from './state/session.ts';
import { useUi } from './state/ui.ts';
import type { WindowTransport } from './transport.ts';
import type { ErrorInfo } from '../shared/errors/appError.ts';

/** Asks the far side who is signed in and applies the answer. */
function refreshSession(client: Pick<WindowClient, 'call'>): Promise<void> {
  return client.call('session.current', {}).then((session) => useSession.getState().apply(session));
}

function useSessionKeeper(client: WindowClient): { linked: boolean; error: ErrorInfo | null; retry: () => void } {
  const [linked, setLinked] = useState(true);
  const [error, setError] = useState<ErrorInfo | null>(null);
  const refresh = useCallback((): void => {
    refreshSession(client).then(
      () => setError(null),
      (cause: unknown) => setError(toErrorInfo(cause)),
    );
  }, [client]);
  useEffect(() => {
    refresh();
    const stopEvents = client.subscribe((event) => {
      if (event.type === 'session') useSession.getState().apply(event.session);
    });
    let first = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stopLink = client.watchLink((connected) => {
      clearTimeout(timer);
      if (connected) {
        setLinked(true);
        if (!first) refresh();
      } else {
        // The first connection and a short blink are no news.
        timer = setTimeout(() => setLinked(false), 1_500);
      }
      first = false;
    });
    return () => {
      clearTimeout(timer);
      stopEvents();
      stopLink();
    };
  }, [client, refresh]);
  return { linked, error, retry: refresh };
}

function useWorkingSet(client: WindowClient): KeptWorkingSet | null {
  const userId = useSession((state) => state.keeper?.userId ?? null);
  const open = useSession((state) => state.session?.state === 'open');
  const [kept, setKept] = useState<KeptWorkingSet | null>(null);
  const [connected, setConnected] = useState(true);
  useEffect(() => {
    if (userId === null) return undefined;
    let set: KeptWorkingSet | null = null;
    let gone = false;
    // One set at a time: the one of the user before must be closed first.
    const opening = closing.then(() => {
      if (gone) return;
      set = keepWorkingSet({ client });
      setKept(set);
    });
    return () => {
      gone = true;
      setKept(null);
      closing = opening.then(() => set?.close());
    };
  }, [client, userId]);
  useEffect(() => client.watchLink(setConnected), [client]);
  // Locked or cut off, pulling is pointless; the set wakes up and catches up by itself.
  useEffect(() => kept?.setSuspended(!open || !connected), [kept, open, connected]);
  return kept;
}

let closing: Promise<void> = Promise.resolve();

function Content({ client }: { client: WindowClient }) {
  const { linked, error, retry } = useSessionKeeper(client);
  const workingSet = useWorkingSet(client);
  const session = useSession((state) => state.session);
  const recovery = useRecovery(client, error !== null);
  const keeper = useSession((state) => state.keeper);
  const userId = keeper?.userId;
  useEffect(() => {
    if (userId === undefined && session !== null) useUi.getState().reset();
  }, [userId, session]);
  if (recovery.state !== null) {
    // The working set of before the fall is another store's: the window begins anew.
    const done = (): void => window.location.reload();
    return <RecoveryPage client={client} state={recovery.state} read={recovery.read} onDone={done} />;
  }
  if (session === null) {
    return (
      <main className="jt-sign-in">
        <div className="jt-sign-in-card">
          {error === null ? <p>正在连接检台程序…</p> : <ErrorBlock error={error} onRetry={retry} />}
        </div>
      </main>
    );
  }
  if (keeper === null) return <SignInPage />;
  return (
    <LiveProvider workingSet={workingSet}>
      <Shell key={keeper.userId} linked={linked} />
    </LiveProvider>
  );
}

export function Application({ transport, nonce }: { transport: WindowTransport; nonce: string }) {
  const client = useMemo(() => {
    const made: WindowClient = createWindowClient(transport, () => void refreshSession(made).catch(() => undefined));
    return made;
  }, [transport]);
  const queries = useMemo(
    () =>
      new QueryClient({
        // The far side is this PC: "offline" as the browser means it says nothing about it.
        defaultOptions: {
          queries: { networkMode: 'always', retry: false, refetchOnWindowFocus: false },
          mutations: { networkMode: 'always' },
        },
      }),
    [],
  );
  return (
    <ConfigProvider
      locale={zhCN}
      theme={theme}
      csp={{ nonce }}
      getPopupContainer={overlayRoot}
      button={{ autoInsertSpace: false }}
    >
      <AntApp message={{ maxCount: 3, duration: 6, getContainer: overlayRoot }}>
        <QueryClientProvider client={queries}>
          <ClientProvider value={client}>
            <Content client={client} />
          </ClientProvider>
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}

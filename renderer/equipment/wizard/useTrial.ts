// The connection that is tried while the wizard is on a step that reads: opened with the choices as they are, opened
// anew a moment after they changed, kept while somebody looks, ended with the wizard.
import { useEffect, useRef, useState } from 'react';
import type { LineSettings, Trial } from '../../../shared/contract/instruments.ts';
import type { ErrorInfo } from '../../../shared/errors/appError.ts';
import { toErrorInfo, useClient } from '../../client.ts';

export interface RawLine {
  no: number;
  at: number;
  out: boolean;
  hex: string;
}

export interface TrialView {
  trial: Trial | null;
  error: ErrorInfo | null;
  raw: readonly RawLine[];
  dropped: number;
  /** A later answer of the core, after a comparison. */
  take(trial: Trial): void;
  again(): void;
}

export interface TrialChoice {
  path: string;
  line: LineSettings;
  driver: { id: string; profile: string | null } | null;
}

const settleMs = 350;
const keepMs = 5_000;
const mostLines = 300;

export function useTrial(equipmentId: string, choice: TrialChoice | null): TrialView {
  const client = useClient();
  const [trial, setTrial] = useState<Trial | null>(null);
  const [error, setError] = useState<ErrorInfo | null>(null);
  const [raw, setRaw] = useState<readonly RawLine[]>([]);
  const [dropped, setDropped] = useState(0);
  const [turn, setTurn] = useState(0);
  const next = useRef(0);
  const wish = choice === null ? null : JSON.stringify(choice);

  useEffect(
    () =>
      client.subscribe((event) => {
        if (event.type !== 'instrument.trial' || event.trial.equipmentId !== equipmentId) return;
        setTrial(event.trial);
        setDropped((before) => before + event.dropped);
        if (event.pieces.length === 0) return;
        const lines = event.pieces.map((piece) => ({ ...piece, no: (next.current += 1) }));
        setRaw((before) => [...before, ...lines].slice(-mostLines));
      }),
    [client, equipmentId],
  );

  useEffect(() => {
    if (wish === null) return undefined;
    let gone = false;
    let keeper: ReturnType<typeof setInterval> | null = null;
    const open = async (): Promise<void> => {
      try {
        const opened = await client.call('instruments.try', { equipmentId, ...(JSON.parse(wish) as TrialChoice) });
        if (gone) return;
        setTrial(opened);
        setError(null);
      } catch (cause) {
        if (gone) return;
        setTrial(null);
        setError(toErrorInfo(cause));
      }
      if (gone) return;
      keeper = setInterval(() => {
        client.call('instruments.keepTrial', { equipmentId }).then(
          (kept) => {
            // It ended on the other side (another window, a restart): it is opened again.
            if (!gone && kept === null) setTurn((before) => before + 1);
          },
          () => undefined,
        );
      }, keepMs);
    };
    const timer = setTimeout(() => void open(), settleMs);
    return () => {
      gone = true;
      clearTimeout(timer);
      if (keeper !== null) clearInterval(keeper);
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps, react/exhaustive-effect-dependencies -- `turn` opens it again
  }, [client, equipmentId, wish, turn]);

  const isOpen = wish !== null;
  useEffect(() => {
    if (!isOpen) return undefined;
    return () => {
      setTrial(null);
      setError(null);
      setRaw([]);
      setDropped(0);
      client.call('instruments.endTrial', { equipmentId }).catch(() => undefined);
    };
  }, [client, equipmentId, isOpen]);

  return { trial, error, raw, dropped, take: setTrial, again: () => setTurn((before) => before + 1) };
}

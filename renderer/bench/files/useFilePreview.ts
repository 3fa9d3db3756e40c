// The preview of a file for a record: asked again with every choice, the newest answer alone is shown.
import { useEffect, useRef, useState } from 'react';
import type { CallInput } from '../../../shared/contract/calls.ts';
import { AppError, type ErrorInfo } from '../../../shared/errors/appError.ts';
import type { FilePreview } from '../../../shared/instrument-files/calls.ts';
import { toErrorInfo, useClient } from '../../client.ts';
import { base64Of } from '../../design/files.ts';

type From = CallInput<'instrumentFiles.preview'>['from'];

export interface FileChoice {
  recordNo: string;
  profileId: string;
  sample: string | null;
  fields: Record<string, string>;
}

/** As the core has it: a larger file would not even be sent. */
const mostBytes = 20 * 1024 * 1024;

export async function fromPicked(file: File): Promise<From> {
  if (file.size > mostBytes) {
    throw new AppError({
      code: 'INSTRUMENT_FILE_UNREADABLE',
      message: `${file.name}：有 ${Math.ceil(file.size / 1024 / 1024)} MB，最多取入 20 MB。`,
      meaning: '没有取入任何读数。',
      next: '请在仪器或厂家软件里只导出要用的部分。',
    });
  }
  return { fileName: file.name, bytesBase64: await base64Of(file) };
}

export interface PreviewState {
  preview: FilePreview | null;
  error: ErrorInfo | null;
  busy: boolean;
  /** Looks at a file; a failure is shown like one of the preview. */
  look: (from: Promise<From> | From) => void;
  again: () => void;
}

export function useFilePreview(choice: FileChoice): PreviewState {
  const client = useClient();
  const [from, setFrom] = useState<From | null>(null);
  const [preview, setPreview] = useState<FilePreview | null>(null);
  const [error, setError] = useState<ErrorInfo | null>(null);
  const [busy, setBusy] = useState(false);
  const [turn, setTurn] = useState(0);
  const known = useRef<string | null>(null);
  const key = JSON.stringify(choice);
  useEffect(() => {
    if (from === null || choice.profileId === '') return undefined;
    let gone = false;
    setBusy(true);
    setError(null);
    const { sample, ...rest } = choice;
    client
      .call('instrumentFiles.preview', {
        ...rest,
        ...(sample === null ? {} : { sample }),
        from: known.current === null ? from : { sha256: known.current },
      })
      .then(
        (answer) => {
          if (gone) return;
          known.current = answer.sha256;
          setPreview(answer);
        },
        (cause: unknown) => {
          if (gone) return;
          setPreview(null);
          setError(toErrorInfo(cause));
        },
      )
      .finally(() => {
        if (!gone) setBusy(false);
      });
    return () => {
      gone = true;
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the choice is compared by content
  }, [client, from, key, turn]);
  return {
    preview,
    error,
    busy,
    look: (next) => {
      setPreview(null);
      setError(null);
      known.current = null;
      Promise.resolve(next).then(setFrom, (cause: unknown) => setError(toErrorInfo(cause)));
    },
    again: () => setTurn((before) => before + 1),
  };
}

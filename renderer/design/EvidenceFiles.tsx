// 证明材料: files that a person brings as proof, picked by key, listed with their size, taken off again.
import { Button } from 'antd';
import { useRef } from 'react';
import { evidenceTypes, mostEvidenceBytes } from '../../shared/entities/evidence.ts';
import { base64Of } from './files.ts';
import { useHotkeys } from './hotkeys.ts';

const mostFiles = 10;

/** As the contract carries them. */
export const broughtFiles = (files: readonly File[]): Promise<{ fileName: string; bytesBase64: string }[]> =>
  Promise.all(files.map(async (file) => ({ fileName: file.name, bytesBase64: await base64Of(file) })));

export interface EvidenceFilesProps {
  files: readonly File[];
  onChange: (files: readonly File[]) => void;
  /** Files that were left out because they are too large. */
  onTooLarge?: (files: readonly File[]) => void;
  hint: string;
  testId: string;
}

export function EvidenceFiles({ files, onChange, onTooLarge, hint, testId }: EvidenceFilesProps) {
  const picker = useRef<HTMLInputElement>(null);
  useHotkeys('证明材料', [{ keys: 'F6', name: '附证明材料', run: () => picker.current?.click() }]);
  const add = (list: FileList | null): void => {
    const names = new Set(files.map(({ name }) => name));
    const fresh = Array.from(list ?? []).filter(({ name }) => !names.has(name));
    onTooLarge?.(fresh.filter(({ size }) => size > mostEvidenceBytes));
    onChange([...files, ...fresh.filter(({ size }) => size <= mostEvidenceBytes)].slice(0, mostFiles));
  };
  return (
    <>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label="证明材料"
        accept={Object.keys(evidenceTypes)
          .map((extension) => `.${extension}`)
          .join(',')}
        onChange={(event) => {
          add(event.target.files);
          event.target.value = '';
        }}
        data-testid={testId}
      />
      <Button onClick={() => picker.current?.click()}>
        附证明材料 <kbd className="jt-key">F6</kbd>
      </Button>
      {files.length === 0 && <span className="jt-soft">{hint}</span>}
      {files.map((file) => (
        <span key={file.name}>
          {file.name}（{Math.ceil(file.size / 1024)} kB）
          <button
            type="button"
            className="jt-link"
            onClick={() => onChange(files.filter((other) => other !== file))}
            aria-label={`去掉 ${file.name}`}
          >
            去掉
          </button>
        </span>
      ))}
    </>
  );
}

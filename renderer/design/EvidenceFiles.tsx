// 证明材料: files that a person brings as proof, picked by key, listed with their size, taken off again.
import { Button } from 'antd';
import { useRef, useState } from 'react';
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
  hint: string;
  testId: string;
}

/** Why picked files are not among those that go along; null when all of them are. */
function whyLeftOut(large: readonly File[], beyond: readonly File[]): string | null {
  const named = (some: readonly File[]): string => some.map(({ name }) => `“${name}”`).join('、');
  const said = [
    large.length > 0 ? `${named(large)}超过 10 MB，没有附上；请压缩或分成几份。` : '',
    beyond.length > 0 ? `最多附 ${mostFiles} 份，${named(beyond)}没有附上；请先去掉别的，或合成一份。` : '',
  ].join('');
  return said === '' ? null : said;
}

export function EvidenceFiles({ files, onChange, hint, testId }: EvidenceFilesProps) {
  const [leftOut, setLeftOut] = useState<string | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  useHotkeys('证明材料', [{ keys: 'F6', name: '附证明材料', run: () => picker.current?.click() }]);
  const add = (list: FileList | null): void => {
    const names = new Set(files.map(({ name }) => name));
    const fresh = Array.from(list ?? []).filter(({ name }) => !names.has(name));
    const large = fresh.filter(({ size }) => size > mostEvidenceBytes);
    const all = [...files, ...fresh.filter((file) => !large.includes(file))];
    setLeftOut(whyLeftOut(large, all.slice(mostFiles)));
    onChange(all.slice(0, mostFiles));
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
      {leftOut !== null && (
        <em className="jt-field-problem" role="alert" data-testid={`${testId}-left-out`}>
          {leftOut}
        </em>
      )}
      {files.length === 0 && <span className="jt-soft">{hint}</span>}
      {files.map((file) => (
        <span key={file.name}>
          {file.name}（{Math.ceil(file.size / 1024)} kB）
          <button
            type="button"
            className="jt-link"
            onClick={() => {
              setLeftOut(null);
              onChange(files.filter((other) => other !== file));
            }}
            aria-label={`去掉 ${file.name}`}
          >
            去掉
          </button>
        </span>
      ))}
    </>
  );
}

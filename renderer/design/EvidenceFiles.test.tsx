// @vitest-environment jsdom
// What cannot go along as proof is named, with what to do; nothing is dropped without a word.
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { mostEvidenceBytes } from '../../shared/entities/evidence.ts';
import { EvidenceFiles } from './EvidenceFiles.tsx';

afterEach(cleanup);

function Picked() {
  const [files, setFiles] = useState<readonly File[]>([]);
  return (
    <>
      <output>{files.map(({ name }) => name).join(' ')}</output>
      <EvidenceFiles files={files} onChange={setFiles} hint="每份不超过 10 MB" testId="proof" />
    </>
  );
}
const file = (name: string, bytes = 10): File => Object.defineProperty(new File(['x'], name), 'size', { value: bytes });
const pick = (...files: File[]): void => {
  fireEvent.change(screen.getByTestId('proof'), { target: { files } });
};
const kept = (): string => screen.getByRole('status').textContent ?? '';

test('a file that is too large is named and the others are kept', () => {
  render(<Picked />);
  pick(file('申请.pdf'), file('现场.jpg', mostEvidenceBytes + 1), file('同意书.pdf', mostEvidenceBytes));
  expect(kept()).toBe('申请.pdf 同意书.pdf');
  expect(screen.getByRole('alert').textContent).toBe('“现场.jpg”超过 10 MB，没有附上；请压缩或分成几份。');
  fireEvent.click(screen.getByLabelText('去掉 同意书.pdf'));
  expect(screen.queryByRole('alert')).toBeNull();
});

test('more than ten are named, and one of the same name is there once', () => {
  render(<Picked />);
  pick(...Array.from({ length: 9 }, (_, index) => file(`${index}.pdf`)));
  pick(file('0.pdf'), file('9.pdf'), file('十.pdf'), file('十一.pdf'));
  expect(kept().split(' ')).toHaveLength(10);
  expect(screen.getByRole('alert').textContent).toBe(
    '最多附 10 份，“十.pdf”、“十一.pdf”没有附上；请先去掉别的，或合成一份。',
  );
});

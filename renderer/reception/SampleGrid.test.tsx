// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useEffect, useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { methodById } from '../../shared/methods/index.ts';
import { emptySample, type SampleForm } from './sampleForm.ts';
import { SampleGrid } from './SampleGrid.tsx';
import { sampleColumns } from './sampleColumns.ts';

afterEach(cleanup);

const item = {
  id: 'CON-CUBE',
  seq: 1,
  name: '混凝土立方体抗压强度',
  parameters: [],
  methods: [],
  acquisition: 'auto',
  inScope: true,
  methodId: 'concrete-cube',
};

const shown: { samples: SampleForm[] } = { samples: [] };
const now = (): SampleForm[] => shown.samples;
function Sheet({ problems = new Map<string, string>() }: { problems?: ReadonlyMap<string, string> }) {
  const [rows, setRows] = useState<SampleForm[]>([emptySample('CON-CUBE', methodById('concrete-cube'))]);
  const [current, setCurrent] = useState({ row: 0, column: 0 });
  useEffect(() => {
    shown.samples = rows;
  });
  return (
    <SampleGrid
      samples={rows}
      columns={sampleColumns(rows, [item])}
      items={[item]}
      problems={problems}
      strict={false}
      current={current}
      onCurrent={setCurrent}
      onChange={setRows}
    />
  );
}

const cell = (row: number, field: string): HTMLInputElement => screen.getByTestId(`sample-${row}-${field}`);

test('Enter walks through the row and begins a copy of it after the last cell', () => {
  render(<Sheet />);
  fireEvent.change(cell(0, 'structurePart'), { target: { value: '三层柱' } });
  cell(0, 'itemCode').focus();
  for (let index = 1; index < sampleColumns(now(), [item]).length; index += 1)
    fireEvent.keyDown(document.activeElement!, { key: 'Enter' });
  expect(now()).toHaveLength(1);
  fireEvent.keyDown(document.activeElement!, { key: 'Enter' });
  expect(now()).toHaveLength(2);
  expect(now()[1]!.structurePart).toBe('三层柱');
  expect(document.activeElement).toBe(cell(1, 'itemCode'));
});

test('a copied row does not take over the unique code', () => {
  render(<Sheet />);
  fireEvent.change(cell(0, 'sampleCode'), { target: { value: 'QR-1' } });
  fireEvent.keyDown(cell(0, 'sampleCode'), { key: 'd', code: 'KeyD', ctrlKey: true });
  expect(now().map((sample) => sample.sampleCode)).toEqual(['QR-1', '']);
  expect(document.activeElement).toBe(cell(1, 'sampleCode'));
});

test('arrows move between rows; the last row cannot be taken away', () => {
  render(<Sheet />);
  fireEvent.keyDown(cell(0, 'designGrade'), { key: 'd', code: 'KeyD', ctrlKey: true });
  fireEvent.keyDown(cell(1, 'designGrade'), { key: 'ArrowUp' });
  expect(document.activeElement).toBe(cell(0, 'designGrade'));
  fireEvent.keyDown(cell(0, 'designGrade'), { key: 'Delete', ctrlKey: true });
  expect(now()).toHaveLength(1);
  fireEvent.keyDown(cell(0, 'designGrade'), { key: 'Delete', ctrlKey: true });
  expect(now()).toHaveLength(1);
});

test('a day and a grade typed in short become whole when the cell is left', () => {
  render(<Sheet />);
  const made = cell(0, 'madeOn');
  fireEvent.change(made, { target: { value: '2026.9.3' } });
  fireEvent.blur(made);
  expect(now()[0]).toMatchObject({ madeOn: '2026-09-03', sampledOn: '2026-09-03' });
  const grade = cell(0, 'designGrade');
  fireEvent.change(grade, { target: { value: '30' } });
  fireEvent.blur(grade);
  expect(now()[0]!.properties['designGrade']).toBe('C30');
});

test('a wrong cell says so to everyone, an empty one only after the try to register', () => {
  render(
    <Sheet
      problems={
        new Map([
          ['samples.0.properties.designGrade', '设计强度等级应为 C10 至 C100'],
          ['samples.0.madeOn', '应为日期'],
        ])
      }
    />,
  );
  expect(cell(0, 'designGrade').getAttribute('aria-invalid')).toBe('false');
  fireEvent.change(cell(0, 'designGrade'), { target: { value: 'C17' } });
  expect(cell(0, 'designGrade').getAttribute('aria-invalid')).toBe('true');
  expect(cell(0, 'designGrade').title).toBe('设计强度等级应为 C10 至 C100');
});

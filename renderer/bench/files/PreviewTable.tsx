// Every line that a file would bring: where it goes, what stands there, and why it cannot be taken.
import { useState } from 'react';
import type { FilePreview, PreviewLine } from '../../../shared/instrument-files/calls.ts';
import { DataGrid, type Column } from '../../design/DataGrid.tsx';
import { StateTag } from '../../design/StateTag.tsx';
import type { StateWord } from '../../design/words.ts';

const words: Record<PreviewLine['state'], StateWord> = {
  new: { word: '取入', tone: 'good', shape: '✓' },
  same: { word: '已有', tone: 'quiet', shape: '＝' },
  replace: { word: '更正', tone: 'warn', shape: '▲' },
  fault: { word: '不取', tone: 'bad', shape: '✕' },
  other: { word: '别的样品', tone: 'quiet', shape: '–' },
};

function Value({ line }: { line: PreviewLine }) {
  const unit = line.unit === '' ? '' : ` ${line.unit}`;
  return (
    <span title={line.inFile === null ? undefined : `文件里是 ${line.inFile}`}>
      {line.values}
      {unit}
      {line.inFile !== null && <span className="jt-soft">（文件 {line.inFile}）</span>}
    </span>
  );
}

const columns: readonly Column<PreviewLine>[] = [
  { key: 'row', title: '行号', width: '56px', align: 'right', render: (line) => line.row },
  { key: 'state', title: '处理', width: '92px', render: (line) => <StateTag state={words[line.state]} /> },
  { key: 'sample', title: '样品', width: '132px', render: (line) => line.sample ?? '—' },
  { key: 'place', title: '去向', width: '150px', render: (line) => line.place || line.label },
  { key: 'values', title: '读数', width: 'minmax(300px, 500px)', render: (line) => <Value line={line} /> },
  {
    key: 'message',
    title: '问题或现有的读数',
    width: 'minmax(200px, 1fr)',
    render: (line) =>
      line.message !== null ? (
        <span title={line.message}>✕ {line.message}</span>
      ) : (
        line.old !== null && <span title={`现有 ${line.old}`}>▲ 现有 {line.old}，更正后划去</span>
      ),
  },
];

export function PreviewTable({ preview }: { preview: FilePreview }) {
  const [current, setCurrent] = useState<string | null>(null);
  // What needs a person's eye stands first; rows of other samples last.
  const order: Record<PreviewLine['state'], number> = { fault: 0, replace: 1, new: 2, same: 3, other: 4 };
  const lines = preview.lines.toSorted((a, b) => order[a.state] - order[b.state] || a.row - b.row);
  return (
    <div className="jt-ifile-lines">
      <DataGrid
        label="文件里的读数"
        columns={columns}
        rows={lines}
        rowKey={({ key }) => key}
        current={current}
        onCurrent={setCurrent}
        empty="没有行。"
        rowTestId="file-line"
        rowTone={({ state }) => (state === 'fault' ? 'bad' : state === 'replace' ? 'warn' : undefined)}
        testId="file-lines"
      />
    </div>
  );
}

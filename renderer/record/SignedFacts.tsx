// Exactly what a signature under a record stands for, as it is signed.
import type { TestRecord } from '../../shared/entities/record.ts';
import { methodById } from '../../shared/methods/index.ts';
import { Facts } from '../design/Facts.tsx';
import { verdictWords } from '../design/words.ts';
import { environmentText } from './environment.ts';
import { sampleNumbers, whatOf } from './sampleFacts.ts';
import { acquisitionOf, previewOf } from './strength.ts';

/** The machine's readings that count, each with what it means. */
function acquired(record: TestRecord): [string, string, 'wide'][] {
  const { acquisitions, fields } = methodById(record.methodId);
  return acquisitions.flatMap(({ field: name }): [string, string, 'wide'][] => {
    const field = fields.find((candidate) => candidate.name === name);
    const values = record.readings.filter((reading) => reading.current && reading.field === name);
    if (field === undefined || values.length === 0) return [];
    const unit = field.kind === 'decimal' ? field.unit : '';
    const acquisition = acquisitionOf(record, name);
    const words = values.map(({ value }) => {
      const meaning = previewOf(record, acquisition, value);
      return `${value ?? '—'} ${unit}${meaning === null ? '' : `（${meaning} ${acquisition?.preview?.unit ?? ''}）`}`;
    });
    return [[field.label, words.join('　'), 'wide']];
  });
}

export function SignedFacts({ record }: { record: TestRecord }) {
  const { sample, result } = record;
  const notCounted = record.runs.filter((run) => run.validity !== 'valid').length;
  const corrected = record.readings.filter((reading) => reading.runNo === null && !reading.current).length;
  const ofFiles = record.readings.filter((reading) => reading.source === 'file' && reading.current).length;
  const typed = record.readings.filter((reading) => reading.source === 'keyboard' && reading.current).length;
  return (
    <Facts
      columns={2}
      facts={[
        ['记录编号', record.recordNo],
        ['样品编号', sampleNumbers(sample)],
        ['工程', record.projectName, 'wide'],
        ['工程部位', sample.structurePart],
        ['样品', whatOf(record)],
        ['方法', [record.methodStandard, record.judgementStandard].filter(Boolean).join('；')],
        ['设备', record.equipmentName ?? ''],
        ...acquired(record),
        ...(typed > 0 ? [['键盘录入', `${typed} 个读数，更正 ${corrected} 次`] satisfies [string, string]] : []),
        ...(ofFiles > 0 ? [['文件取入', `${ofFiles} 个读数`] satisfies [string, string]] : []),
        ...(result?.parameters ?? []).map((parameter): [string, string] => [
          parameter.name,
          `${parameter.value ?? '试验结果无效'} ${parameter.value === null ? '' : parameter.unit} ${parameter.requirement === null ? '' : `（${parameter.requirement}，${verdictWords[parameter.verdict].word}）`}`.trim(),
        ]),
        ['检测环境', environmentText(record)],
        ['结论', result?.conclusionText ?? '', 'wide'],
        ['不计入的采集', notCounted === 0 ? '无' : `${notCounted} 次，均保留在记录中`, 'wide'],
      ]}
    />
  );
}

// What the head of a report says of all its samples together. Where that is more than its line holds nothing is left out:
// the head refers to the samples, and each sample says it for itself.
import type { TestReportContent } from '../../../shared/reports/test-report.ts';
import type { PrintedFact } from '../../../shared/reports/test-report.ts';
import { textOf as text } from '../../store/cells.ts';
import type { RecordFacts } from '../records/recordRows.ts';

type HeadList = 'structurePart' | 'sampleState' | 'representedQuantity' | 'environment';

const lists: Readonly<Record<HeadList, { label: string; most: number; of(record: RecordFacts): string }>> = {
  structurePart: { label: '工程部位', most: 200, of: ({ sample }) => sample.structurePart },
  sampleState: { label: '样品状态', most: 200, of: ({ sample }) => sample.state },
  representedQuantity: { label: '代表数量', most: 200, of: ({ sample }) => sample.representedQuantity },
  environment: {
    label: '检测环境',
    most: 100,
    of: ({ row }) => `温度 ${text(row['temperatureC'])} ℃，相对湿度 ${text(row['humidityPercent'])} %`,
  },
};
const names = Object.keys(lists) as HeadList[];

export function headLists(facts: readonly RecordFacts[]): {
  inHead(name: HeadList): TestReportContent['head'][HeadList];
  apart(record: RecordFacts): PrintedFact[];
} {
  const whole = (name: HeadList): string =>
    [...new Set(facts.map((record) => lists[name].of(record)).filter((value) => value !== ''))].join('、');
  const tooLong = (name: HeadList): boolean => whole(name).length > lists[name].most;
  return {
    inHead: (name) => (tooLong(name) ? '各样品不同，见下表' : whole(name)),
    apart: (record) => names.filter(tooLong).map((name) => [lists[name].label, lists[name].of(record)]),
  };
}

// The overview as a table for other programs: figures, days, turn-around, machines and people, one under the other.
import type { Duration, Overview } from '../../../shared/overview/calls.ts';
import { figureIds, figures } from '../../../shared/overview/figures.ts';
import { printedTime } from '../../../shared/entities/scalars.ts';
import { csvText } from '../files/csv.ts';

const shown = (value: number | null): string => (value === null ? '' : String(value));
const duration = ({ count, median, p90, longest }: Duration): string[] => [count, median, p90, longest].map(shown);

export function overviewCsv(overview: Overview): string {
  return csvText([
    ['一览', `${printedTime(overview.at)} 统计`, `统计期 ${overview.from} 至 ${overview.to}`],
    [],
    ['现在', '数量', '口径'],
    ...figureIds.map((id) => [figures[id].name, String(overview.figures[id]), figures[id].meaning]),
    [],
    ['日期', '收样', '检测完成', '取得标识码'],
    ...overview.days.map(({ day, received, tested, coded }) => [day, String(received), String(tested), String(coded)]),
    [],
    [
      '检测项目',
      '报告数',
      '收样到取码中位数（h）',
      '收样到取码 P90（h）',
      '收样到取码最长（h）',
      '有检测时间的报告数',
      '检测到取码中位数（h）',
      '检测到取码 P90（h）',
      '检测到取码最长（h）',
    ],
    ...overview.turnaround.map(({ itemName, fromReceipt, fromTest }) => [
      itemName,
      ...duration(fromReceipt),
      ...duration(fromTest),
    ]),
    [],
    ['设备', '名称', '试验次数', '其中不计入', '使用天数', '加载时间（min）'],
    ...machineRows(overview),
    [],
    ['人员', '检测记录', '校核记录', '批准报告', '退回后重签'],
    ...overview.people.map(({ name, tested, checked, approved, returned }) => [
      name,
      ...[tested, checked, approved, returned].map(String),
    ]),
  ]);
}

const machineRows = ({ machines }: Overview): string[][] =>
  machines.map(({ equipmentId, name, runs, notCounting, days, minutes }) => [
    equipmentId,
    name,
    ...[runs, notCounting, days, minutes].map(String),
  ]);

// The list of tasks as a table for other programs, in the words of the screen.
import { printedTime } from '../../../shared/entities/scalars.ts';
import { standingNames, taskStateNames } from '../../../shared/tasks/words.ts';
import type { TaskRow } from '../../../shared/tasks/calls.ts';
import { csvText } from '../files/csv.ts';

const head = [
  '应检日期',
  '可检时段自',
  '可检时段至',
  '到期情况',
  '样品编号',
  '样品名称',
  '检测项目',
  '龄期（d）',
  '等效养护龄期',
  '设计等级',
  '工程名称',
  '工程部位',
  '任务状态',
  '记录编号',
  '分配给',
  '分配时间',
  '分配人',
  '分配说明',
];

const time = (at: string | null): string => (at === null ? '' : printedTime(at));

export const tasksCsv = (rows: readonly TaskRow[]): string =>
  csvText([
    head,
    ...rows.map((row) => [
      row.dueOn,
      time(row.opensAt),
      time(row.closesAt),
      standingNames[row.standing],
      row.sampleNo,
      row.sampleName,
      row.itemName,
      row.ageDays === null ? '' : String(row.ageDays),
      row.ageNote ?? '',
      row.grade,
      row.projectName,
      row.structurePart,
      taskStateNames[row.state],
      row.recordNo ?? '',
      row.assigneeName ?? '未分配',
      time(row.assignedAt),
      row.assignedByName ?? '',
      row.assignedReason ?? '',
    ]),
  ]);

// Words of the tasks that screens and exported tables share.
import type { TaskRange, TaskRow, TaskScope } from './calls.ts';
import type { AgeGroup, Standing } from './due.ts';

export const standingNames: Readonly<Record<Standing, string>> = {
  late: '窗口已过',
  today: '今天到期',
  open: '窗口内',
  early: '未到期',
  done: '已检测',
};
/** What has no age has no window that could be over. */
export const lateName = (ageDays: number | null): string => (ageDays === null ? '已逾期' : standingNames.late);

export const taskStateNames: Readonly<Record<TaskRow['state'], string>> = {
  waiting: '待检',
  testing: '检测中',
  tested: '已检测',
  checked: '已校核',
  approved: '已批准',
  void: '已作废',
};
export const scopeNames: Readonly<Record<TaskScope, string>> = { mine: '我的', all: '全部', unassigned: '未分配' };
export const rangeNames: Readonly<Record<TaskRange, string>> = {
  now: '今日',
  week: '7 天内',
  open: '全部未检',
  day: '某一天',
};
export const ageGroupNames: Readonly<Record<AgeGroup, string>> = {
  '3': '3 d',
  '7': '7 d',
  '28': '28 d',
  '56': '56 d',
  '60': '60 d',
  other: '其他龄期',
  none: '无龄期',
};

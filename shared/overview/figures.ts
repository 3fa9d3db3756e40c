// The figures of the morning: what waits, what is late, what runs out. Each opens the list of what it counts.
export const figureIds = [
  'tasksOverdue',
  'tasksToday',
  'tasksSoon',
  'recordsToCheck',
  'recordsReturned',
  'reportsToApprove',
  'reportsWithoutCode',
  'reportsRefused',
  'unqualifiedOverdue',
  'unqualifiedOpen',
  'equipmentExpired',
  'equipmentSoon',
  'qualificationsExpired',
  'qualificationsSoon',
  'plannedOverdue',
  'plannedSoon',
] as const;
export type FigureId = (typeof figureIds)[number];

export interface Figure {
  readonly name: string;
  /** What is counted, for whoever asks where the number comes from. */
  readonly meaning: string;
  readonly tone: 'bad' | 'warn' | 'plain';
}

/** Days ahead that are called soon, for tasks, for calibrations (warned of from a month before) and for qualifications. */
export const SOON_DAYS = { tasks: 7, equipment: 30, qualifications: 60, planned: 30 } as const;

export const figures: Readonly<Record<FigureId, Figure>> = {
  tasksOverdue: {
    name: '检测逾期',
    meaning: '龄期允许偏差的时段已过（没有龄期或允许偏差的，应检日期已过）、检测员还没有签名的任务',
    tone: 'bad',
  },
  tasksToday: {
    name: '今天应检',
    meaning: '应检日期是今天，或正在龄期允许偏差的时段内，检测员还没有签名的任务',
    tone: 'warn',
  },
  tasksSoon: {
    name: `${SOON_DAYS.tasks} 天内应检`,
    meaning: `应检日期在明天起 ${SOON_DAYS.tasks} 天内、还没有到可检时段的任务`,
    tone: 'plain',
  },
  recordsToCheck: {
    name: '待校核',
    meaning: '检测员已签名、还没有校核的原始记录',
    tone: 'warn',
  },
  recordsReturned: {
    name: '退回未改',
    meaning: '被退回、还没有重新签名的原始记录',
    tone: 'bad',
  },
  reportsToApprove: {
    name: '待批准',
    meaning: '全部记录已校核、还没有批准的报告',
    tone: 'warn',
  },
  reportsWithoutCode: {
    name: '待防伪监管标识码',
    meaning: '已批准、监管平台还没有给出标识码的报告',
    tone: 'warn',
  },
  reportsRefused: {
    name: '平台退回',
    meaning: '监管平台不接收的报告',
    tone: 'bad',
  },
  unqualifiedOverdue: {
    name: '不合格超时未上报',
    meaning: '超过上报时限、监管平台还没有回执的不合格结果',
    tone: 'bad',
  },
  unqualifiedOpen: {
    name: '不合格未办结',
    meaning: '不合格台账中还没有办结的结果',
    tone: 'warn',
  },
  equipmentExpired: {
    name: '设备已过期',
    meaning: '在用设备中检定或校准有效期已过的',
    tone: 'bad',
  },
  equipmentSoon: {
    name: `设备 ${SOON_DAYS.equipment} 天内到期`,
    meaning: `在用设备中检定或校准有效期在 ${SOON_DAYS.equipment} 天内届满的`,
    tone: 'warn',
  },
  qualificationsExpired: {
    name: '人员资格已过期',
    meaning: '在岗人员的检测项目资格中有效期已过、没有更晚一份的',
    tone: 'bad',
  },
  qualificationsSoon: {
    name: `人员资格 ${SOON_DAYS.qualifications} 天内到期`,
    meaning: `在岗人员的检测项目资格中 ${SOON_DAYS.qualifications} 天内届满、没有更晚一份的`,
    tone: 'warn',
  },
  plannedOverdue: {
    name: '核查和培训逾期',
    meaning: '档案里下次日期已过的期间核查、维护、校准、培训、监督、能力确认和授权，停用的设备和离岗的人员除外',
    tone: 'bad',
  },
  plannedSoon: {
    name: `核查和培训 ${SOON_DAYS.planned} 天内`,
    meaning: `档案里下次日期在 ${SOON_DAYS.planned} 天内的期间核查、维护、校准、培训、监督、能力确认和授权`,
    tone: 'warn',
  },
};

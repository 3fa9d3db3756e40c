// The optional log of penetrations must tell the same story as the setting times: times rise, the first reading that
// reaches the state is at the stated time, and readings near it are close enough together.
import { Exact, refusal } from '../../foundation/decimal.ts';
import type { MethodWarning } from '../../method.ts';
import { CLAUSE_SETTING, INTERVALS, NEEDLE } from './data.ts';

export interface SettingLog {
  which: 'initial' | 'final';
  label: '初凝' | '终凝';
  timesField: string;
  readingsField: string;
  times: readonly string[] | undefined;
  readings: readonly string[] | undefined;
  /** The stated setting time. */
  stated: string;
}

const NEXT = '请核对测试记录与凝结时间。';

/** A reading has arrived at the state, or gone past it. */
function reached(which: SettingLog['which'], reading: string): boolean {
  return which === 'final' ? reading === 'none' : new Exact(reading).greaterThanOrEqualTo(NEEDLE.min);
}

function checkComplete({ times, readings, timesField, readingsField, label }: SettingLog): void {
  if ((times === undefined) === (readings === undefined)) return;
  const field = times === undefined ? timesField : readingsField;
  throw refusal('METHOD_MISSING', `${label}测试记录的时间与读数应同时录入。`, field, CLAUSE_SETTING, NEXT);
}

function checkRising({ label, timesField }: SettingLog, times: readonly string[]): void {
  for (const [index, time] of times.entries()) {
    const before = times[index - 1];
    if (before === undefined || new Exact(time).greaterThan(before)) continue;
    const message = `${label}测试 ${index + 1} 的时间 ${time} min 不晚于上一次的 ${before} min。`;
    throw refusal('METHOD_CONFLICT', message, `${timesField}.${index}`, CLAUSE_SETTING, NEXT);
  }
}

/** Refuses a log that contradicts the stated time; warns where the last interval was too long. */
export function checkLog(log: SettingLog): MethodWarning[] {
  const { which, label, times, readings, stated, timesField, readingsField } = log;
  checkComplete(log);
  if (times === undefined || readings === undefined) return [];
  checkRising(log, times);
  const first = readings.findIndex((reading) => reached(which, reading));
  const time = times[first];
  if (time === undefined || !new Exact(time).equals(stated)) {
    const found = time === undefined ? `没有达到${label}的读数` : `首次达到${label}的读数在 ${time} min`;
    const message = `测试记录中${found}，与${label}时间 ${stated} min 不一致。`;
    throw refusal('METHOD_CONFLICT', message, `${which}Setting_min`, CLAUSE_SETTING, NEXT);
  }
  const reading = readings[first] ?? '';
  if (which === 'initial' && new Exact(reading).greaterThan(NEEDLE.max)) {
    const message = `${time} min 时试针距底板 ${reading} mm，已超过 4 mm±1 mm，初凝时间在两次测试之间而未测得。`;
    throw refusal('METHOD_SETTING_MISSED', message, `${readingsField}.${first}`, CLAUSE_SETTING, '请重新试验。');
  }
  const before = times[first - 1];
  if (before === undefined || new Exact(time).minus(before).lessThanOrEqualTo(INTERVALS[which])) return [];
  return [
    {
      code: 'CEMENT_SETTING_INTERVAL',
      message: `${label}前的测试间隔为 ${before}～${time} min，超过 ${INTERVALS[which]} min。`,
      meaning: `临近${label}时应每隔 ${INTERVALS[which]} min（或更短时间）测定一次，间隔过长会使${label}时间偏大。`,
      next: '请在原始记录中说明；必要时重新试验。',
      field: `${timesField}.${first}`,
      clause: CLAUSE_SETTING,
    },
  ];
}

// 龄期: the specimen is tested at the age that was asked for, inside the method's tolerance. With the instant of making
// known, hours are compared; with only the day known, calendar days are (one day off is 24 h off).
import { toWallTime } from '../entities/scalars.ts';
import { addDays, dayOf, daysBetween, instantOf, isDay, sayDay, sayDuration, sayInstant } from './calendar.ts';
import type { Answer, Fault } from './decision.ts';
import type { GateQuestion } from './question.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** Deviation from the required age in milliseconds; negative means too early. */
export function ageDeviation(madeOn: string, testedAt: string, requiredAgeDays: number): number {
  if (isDay(madeOn)) return (daysBetween(madeOn, dayOf(testedAt)) - requiredAgeDays) * DAY;
  return instantOf(testedAt) - instantOf(madeOn) - requiredAgeDays * DAY;
}

/**
 * First and last moment at which a specimen has the age asked for, both inclusive, as wall time: whole days where only the
 * day of making is known. `askAge` refuses before and after, and nothing between.
 */
export function ageWindow(
  madeOn: string,
  requiredAgeDays: number,
  toleranceHours: number,
): { opensAt: string; closesAt: string } {
  if (isDay(madeOn)) {
    const days = Math.floor((toleranceHours * HOUR) / DAY);
    const due = addDays(madeOn, requiredAgeDays);
    return {
      opensAt: `${addDays(due, -days)}T00:00:00.000+08:00`,
      closesAt: `${addDays(due, days)}T23:59:59.999+08:00`,
    };
  }
  const due = instantOf(madeOn) + requiredAgeDays * DAY;
  return { opensAt: toWallTime(due - toleranceHours * HOUR), closesAt: toWallTime(due + toleranceHours * HOUR) };
}

export function askAge(question: GateQuestion): Answer {
  const { specimen } = question;
  const noSource = '委托约定的龄期';
  if (specimen === null) return { faults: [], pass: '委托没有龄期要求。', source: noSource };
  const { name, madeOn, requiredAgeDays: days, tolerance } = specimen;
  const source = tolerance?.clause ?? noSource;
  const build = (
    code: string,
    message: string,
    meaning: string,
    next: string,
    severity: Fault['severity'] = 'fault',
  ) => ({
    faults: [{ code, message, meaning, next, source, severity, release: 'never' as const }],
    pass: '',
    source,
  });

  if (madeOn === null) {
    const message = `${name}没有登记成型日期，无法确认龄期是否为 ${days} 天。`;
    return build('GATE_AGE_UNKNOWN', message, '龄期不明的结果不能使用。', '请核对委托单并补充成型日期。');
  }
  const testedAt = question.testedAt ?? question.at;
  const deviation = ageDeviation(madeOn, testedAt, days);
  const byDay = isDay(madeOn);
  const made = byDay ? sayDay(madeOn) : sayInstant(madeOn);
  const off = `${deviation < 0 ? '早' : '晚'} ${sayDuration(deviation)}`;
  const due = byDay
    ? sayDay(addDays(madeOn, days))
    : sayInstant(new Date(instantOf(madeOn) + days * DAY).toISOString());
  if (tolerance === null) {
    if (deviation === 0) return { faults: [], pass: `${name}龄期正好 ${days} 天。`, source };
    const message = `${name}于 ${made} 成型，比要求的 ${days} 天龄期${off}；标准表中没有该龄期的允许偏差。`;
    return build(
      'GATE_AGE_NO_TOLERANCE',
      message,
      '能否使用需要人工判定。',
      '请技术负责人判定，并在原始记录中说明。',
      'notice',
    );
  }
  const allowed = tolerance.hours * HOUR;
  const range = `允许偏差 ±${tolerance.hours} 小时${byDay ? '，只登记了成型日期，按日历天计算' : ''}`;
  if (deviation < -allowed) {
    const message = `${name}于 ${made} 成型，要求龄期 ${days} 天（${due}），检测时${off}（${range}）。`;
    return build('GATE_AGE_EARLY', message, '未到龄期，结果不能代表要求的龄期。', `请在 ${due} 前后允许偏差内试验。`);
  }
  if (deviation > allowed) {
    const message = `${name}于 ${made} 成型，要求龄期 ${days} 天（${due}），检测时${off}（${range}）。`;
    const next = '请联系委托方确认：变更要求的龄期须另行办理，否则该组试件不能按此龄期检测。';
    return build('GATE_AGE_LATE', message, '已超过龄期，结果不能代表要求的龄期。', next);
  }
  return {
    faults: [],
    pass: `${name}于 ${made} 成型，龄期 ${days} 天，在允许偏差 ±${tolerance.hours} 小时内。`,
    source,
  };
}

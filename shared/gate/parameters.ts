// 人员资格 by parameter: where the lab keeps a person's item parameter by parameter, each parameter of the work must be
// covered on the day. It narrows what the platform's qualification for the item allows and never stands in its place.
// Entries that were withdrawn keep the item narrowed, so that taking back an expired one opens nothing.
import { dayOf, sayDay } from './calendar.ts';
import type { Fault } from './decision.ts';
import type { GateQuestion } from './question.ts';
import { sayItem } from './scope.ts';
import { SOURCE } from './sources.ts';

function uncovered(code: string, message: string, next: string): Fault {
  return {
    code,
    message,
    meaning: '本机构按参数登记了这个人的资格，没有登记或不在有效期内的参数不能由他检测和签字。',
    next,
    source: SOURCE.personnel,
    severity: 'fault',
    release: 'by-override',
  };
}

export function askParameters(question: GateQuestion): Fault[] {
  const { person, itemCode, parameterCodes } = question;
  const kept = person?.parameters?.filter((row) => row.itemCode === itemCode) ?? [];
  if (person === null || kept.length === 0) return [];
  const today = dayOf(question.at);
  const next = '请改由持有该参数有效资格的人员完成；资格已更新的，请在“人员”里登记证书和有效期。';
  const reasons = new Map<string, { code: string; parameters: string[]; why: string }>();
  for (const parameter of parameterCodes) {
    const rows = kept.filter((row) => !row.withdrawn && ['', parameter].includes(row.parameterCode));
    if (rows.some((row) => row.validFrom <= today && today <= row.validTo)) continue;
    const past = rows.filter((row) => row.validTo < today).map((row) => row.validTo);
    const coming = rows.filter((row) => row.validFrom > today).map((row) => row.validFrom);
    const last = past.toSorted().at(-1);
    const first = coming.toSorted()[0];
    const [code, why] =
      first !== undefined
        ? ['GATE_PERSON_PARAMETER_EARLY', `的资格自 ${sayDay(first)}起才有效`]
        : last !== undefined
          ? ['GATE_PERSON_PARAMETER_EXPIRED', `的资格有效期至 ${sayDay(last)}，${sayDay(today)}已过期`]
          : ['GATE_PERSON_PARAMETER', '没有登记资格'];
    const found = reasons.get(code + why) ?? { code, parameters: [], why };
    found.parameters.push(parameter);
    reasons.set(code + why, found);
  }
  return [...reasons.values()].map(({ code, parameters, why }) =>
    uncovered(code, `${person.name}的检测项目${sayItem(question)}，参数 ${parameters.join('、')} ${why}。`, next),
  );
}

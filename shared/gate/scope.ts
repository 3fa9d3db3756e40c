// 检测范围: item and parameters must lie inside the institution's valid qualification. validTo is inclusive.
import { dayOf, sayDay } from './calendar.ts';
import type { Answer, Fault } from './decision.ts';
import type { GateQuestion } from './question.ts';
import { SOURCE } from './sources.ts';

const MEANING = '超出资质范围出具的检测报告无效。';
const NEXT = '请不要受理该项目，或在资质扩项、延续并经监管平台更新后同步参考数据再试。';

function fault(code: string, message: string): Fault {
  return {
    code,
    message,
    meaning: MEANING,
    next: NEXT,
    source: SOURCE.scope,
    severity: 'fault',
    release: 'by-override',
  };
}

/** `“混凝土立方体抗压强度（HNT-KY）”`. */
export function sayItem(question: GateQuestion): string {
  return question.itemName === undefined ? `“${question.itemCode}”` : `“${question.itemName}（${question.itemCode}）”`;
}

export function askScope(question: GateQuestion): Answer {
  const today = dayOf(question.at);
  const { institution, parameterCodes } = question;
  const item = sayItem(question);
  const faults: Fault[] = [];

  const certificates = institution.qualifications;
  if (certificates !== undefined && !certificates.some((row) => row.validFrom <= today && today <= row.validTo)) {
    const latest = certificates.toSorted((a, b) => a.validTo.localeCompare(b.validTo)).at(-1);
    const detail =
      latest === undefined
        ? '没有登记任何资质证书'
        : `没有在有效期内的资质证书（最近一张 ${latest.certificateNo} 有效期 ${sayDay(latest.validFrom)} 至 ${sayDay(latest.validTo)}）`;
    faults.push(fault('GATE_CERTIFICATE_EXPIRED', `${institution.name}在 ${sayDay(today)}${detail}。`));
  }

  const rows = institution.scope.filter((row) => row.itemCode === question.itemCode);
  const inDate = rows.filter((row) => today <= row.validTo);
  const valid = inDate.filter((row) => row.state === 'active');
  if (rows.length === 0) {
    faults.push(fault('GATE_SCOPE_ITEM_NOT_COVERED', `检测项目${item}不在${institution.name}的资质范围内。`));
  } else if (inDate.length === 0) {
    const last =
      rows
        .map((row) => row.validTo)
        .toSorted()
        .at(-1) ?? today;
    faults.push(fault('GATE_SCOPE_EXPIRED', `检测项目${item}的资质有效期至 ${sayDay(last)}，${sayDay(today)}已过期。`));
  } else if (valid.length === 0) {
    faults.push(fault('GATE_SCOPE_SUSPENDED', `检测项目${item}的资质已被监管平台暂停。`));
  } else {
    const outside = parameterCodes.filter(
      (code) => !valid.some((row) => row.parameterCodes === undefined || row.parameterCodes.includes(code)),
    );
    if (outside.length > 0) {
      const list = outside.join('、');
      faults.push(fault('GATE_SCOPE_PARAMETER_NOT_COVERED', `检测项目${item}的参数 ${list} 不在有效的资质范围内。`));
    }
  }
  return { faults, pass: `检测项目${item}及所列参数在资质范围和有效期内。`, source: SOURCE.scope };
}

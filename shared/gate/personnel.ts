// 人员: the person is known, active, holds the role the act needs, and a valid qualification for the item (validTo is
// inclusive). Role and activity are the lab's own rules, which no supervisor's switch lifts.
import { dayOf, sayDay } from './calendar.ts';
import type { Answer, Fault } from './decision.ts';
import type { GateQuestion } from './question.ts';
import { askParameters } from './parameters.ts';
import { sayItem } from './scope.ts';
import { SOURCE } from './sources.ts';

const UNAPPROVED = '未经平台批准的人员所做的检测和签字不被监管平台认可。';

function own(code: string, message: string, next: string): Fault {
  const meaning = '不能确认由有权的人员完成这一步。';
  return { code, message, meaning, next, source: SOURCE.role, severity: 'fault', release: 'never' };
}

/** Entered here and not approved by the platform: nobody it knows. */
function unapproved(name: string, state: string, reason: string | null | undefined): Fault | null {
  if (state === 'pending') {
    const message = `${name}的登记已提交，监管平台还没有批准。`;
    const next = '请等平台批准后再试，或改由其他有资格的人员完成。';
    return { ...own('GATE_PERSON_PENDING', message, next), meaning: UNAPPROVED };
  }
  if (state !== 'rejected') return null;
  const message = `${name}的登记被监管平台退回：${reason ?? '平台没有说明原因'}。`;
  const next = '请在“人员”里按平台的意见更正后重新提交，或改由其他有资格的人员完成。';
  return { ...own('GATE_PERSON_REJECTED', message, next), meaning: UNAPPROVED };
}

function unqualified(code: string, message: string): Fault {
  return {
    code,
    message,
    meaning: '无有效资格的人员所做的检测和签字不被监管平台认可。',
    next: '请改由持有该项目有效资格的人员完成，或在资格更新并同步参考数据后再试。',
    source: SOURCE.personnel,
    severity: 'fault',
    release: 'by-override',
  };
}

export function askPersonnel(question: GateQuestion): Answer {
  const { person, roleNeeded, purpose } = question;
  const today = dayOf(question.at);
  const item = sayItem(question);
  if (person === null) {
    const faults = [own('GATE_PERSON_MISSING', '没有确定由谁完成这一步。', '请登录或选择人员后再试。')];
    return { faults, pass: '', source: SOURCE.personnel };
  }
  const faults: Fault[] = [];
  const registration = unapproved(person.name, person.state, person.stateReason);
  if (registration !== null) faults.push(registration);
  else if (person.state !== 'active') {
    const message = `${person.name}当前不是在岗状态（${person.state}）。`;
    faults.push(own('GATE_PERSON_INACTIVE', message, '请改由在岗人员完成，或由管理员核实人员状态。'));
  }
  if (roleNeeded !== null && !person.roles.includes(roleNeeded.role)) {
    const message = `${person.name}没有“${roleNeeded.name}”岗位授权。`;
    faults.push(own('GATE_PERSON_ROLE', message, `请改由有“${roleNeeded.name}”授权的人员完成，或由管理员授权。`));
  }
  // Calibrating or checking a machine is not a test of the item; a QC run is.
  if (purpose === 'sample' || purpose === 'qc') {
    const held = person.qualifications.filter((row) => row.itemCode === question.itemCode);
    const last = held
      .map((row) => row.validTo)
      .toSorted()
      .at(-1);
    if (last === undefined) {
      faults.push(unqualified('GATE_PERSON_NOT_QUALIFIED', `${person.name}没有检测项目${item}的人员资格。`));
    } else if (last < today) {
      const message = `${person.name}的检测项目${item}资格有效期至 ${sayDay(last)}，${sayDay(today)}已过期。`;
      faults.push(unqualified('GATE_PERSON_EXPIRED', message));
    }
    faults.push(...askParameters(question));
  }
  return { faults, pass: `${person.name}在岗，具备这一步所需的岗位和资格。`, source: SOURCE.personnel };
}

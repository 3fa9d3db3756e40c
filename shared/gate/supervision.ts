// 监管状态: a commission the supervisor locked or voided goes nowhere, at any moment; no switch and no person lifts that.
import type { Answer, Fault } from './decision.ts';
import type { GateQuestion } from './question.ts';
import { SOURCE } from './sources.ts';

function fault(code: string, message: string, meaning: string, next: string): Fault {
  return { code, message, meaning, next, source: SOURCE.supervision, severity: 'fault', release: 'never' };
}

export function askSupervision(question: GateQuestion): Answer {
  const { commission, moment } = question;
  const faults: Fault[] = [];
  // At reception and on import the commission may be the very thing that is being made.
  if (commission === null && moment !== 'reception' && moment !== 'import') {
    const meaning = '没有委托单就无法确认样品来源和监管状态。';
    faults.push(fault('GATE_COMMISSION_MISSING', '没有找到样品所属的委托单。', meaning, '请先完成收样登记，再继续。'));
  }
  if (commission?.state === 'locked') {
    const meaning = '锁定期间不得检测、签字或出具报告；已有数据保持不变。';
    const next = '请联系监管部门了解原因；解锁后同步参考数据再继续。';
    faults.push(fault('GATE_COMMISSION_LOCKED', `委托单 ${commission.commissionNo} 已被监管平台锁定。`, meaning, next));
  }
  if (commission?.state === 'voided') {
    const meaning = '作废的委托单保留编号，不再继续；已有数据保持不变。';
    faults.push(
      fault(
        'GATE_COMMISSION_VOIDED',
        `委托单 ${commission.commissionNo} 已作废。`,
        meaning,
        '如确需检测，请重新办理委托。',
      ),
    );
  }
  const pass =
    commission === null ? '委托单登记中，没有监管限制。' : `委托单 ${commission.commissionNo} 未被锁定或作废。`;
  return { faults, pass, source: SOURCE.supervision };
}

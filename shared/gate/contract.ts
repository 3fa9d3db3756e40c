// 工程与合同: the project is active, and an active contract of this project covers the item.
import type { Answer, Fault } from './decision.ts';
import type { GateQuestion } from './question.ts';
import { sayItem } from './scope.ts';
import { SOURCE } from './sources.ts';

function fault(code: string, message: string, next: string, release: Fault['release']): Fault {
  const meaning = '监管平台要求先有有效的工程和合同，才能受理委托。';
  return { code, message, meaning, next, source: SOURCE.contract, severity: 'fault', release };
}

const stateWords: Readonly<Record<string, string>> = {
  closed: '已结束',
  suspended: '已暂停',
  stopped: '已停用',
  deleted: '已撤销',
  expired: '已到期',
};

/** The platform's word in Chinese where it is a known one, else as it came. */
const sayState = (state: string): string => stateWords[state] ?? state;

export function askContract(question: GateQuestion): Answer {
  const { project, contract } = question;
  const item = sayItem(question);
  const faults: Fault[] = [];
  if (project === null) {
    faults.push(fault('GATE_PROJECT_MISSING', '委托单没有选择工程。', '请选择已在监管平台登记的工程。', 'freely'));
  } else if (project.state !== 'active') {
    const message = `工程“${project.name}”当前不是有效状态（${sayState(project.state)}）。`;
    faults.push(
      fault('GATE_PROJECT_INACTIVE', message, '请向委托方和监管部门核实工程状态，更新后同步参考数据。', 'by-override'),
    );
  }
  if (contract === null) {
    faults.push(
      fault('GATE_CONTRACT_MISSING', '委托单没有关联检测合同。', '请关联检测合同，或先在监管平台备案合同。', 'freely'),
    );
    return { faults, pass: '', source: SOURCE.contract };
  }
  const name = `合同 ${contract.contractNo}`;
  if (contract.state !== 'active') {
    const message = `${name} 当前不是有效状态（${sayState(contract.state)}）。`;
    faults.push(
      fault('GATE_CONTRACT_INACTIVE', message, '请改用有效的合同，或在监管平台办理续签后同步参考数据。', 'by-override'),
    );
  }
  if (project !== null && contract.projectId !== project.id) {
    const message = `${name} 不属于工程“${project.name}”。`;
    faults.push(fault('GATE_CONTRACT_OTHER_PROJECT', message, '请核对工程与合同，选择同一工程的合同。', 'by-override'));
  }
  if (!contract.itemCodes.includes(question.itemCode)) {
    const message = `${name} 不包含检测项目${item}。`;
    faults.push(
      fault('GATE_CONTRACT_ITEM', message, '请签订补充合同并在监管平台备案，或改用包含该项目的合同。', 'by-override'),
    );
  }
  return { faults, pass: `工程“${project?.name ?? ''}”有效，${name} 包含检测项目${item}。`, source: SOURCE.contract };
}

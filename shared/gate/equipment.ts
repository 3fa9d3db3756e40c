// 设备: registered for the item, in service, and calibrated on the day of the test. The day of the test counts, not the
// day of the signature; a machine stopped after the test does not undo it. Calibration, intermediate checks and QC runs
// may use a machine that the gate refuses for samples: that exception must exist, or a repaired machine never returns.
import { dayOf, instantOf, sayDay, sayInstant } from './calendar.ts';
import { calibrationValidThrough, calibrationWarnFrom } from './calibration.ts';
import type { Answer, Fault } from './decision.ts';
import type { GateEquipment, GateQuestion } from './question.ts';
import { sayItem } from './scope.ts';
import { SOURCE } from './sources.ts';

const UNAPPROVED = '未经平台批准的设备做出的检测数据不被监管平台认可。';
const MEANING = '使用未经检定校准或停用的设备检测，数据会被认定为不实数据。';

function fault(code: string, message: string, next: string, meaning = MEANING): Fault {
  return { code, message, meaning, next, source: SOURCE.equipment, severity: 'fault', release: 'by-override' };
}

/** `active` is the platform's word, `inUse` the store's. */
const IN_SERVICE = ['active', 'inUse'];
const STATE_NAME: Readonly<Record<string, string>> = { stopped: '停用', repair: '维修', scrapped: '报废' };

function stateFaults(machine: GateEquipment, name: string, usedAt: string): Fault[] {
  if (IN_SERVICE.includes(machine.state)) return [];
  const state = STATE_NAME[machine.state] ?? machine.state;
  if (machine.state === 'scrapped') {
    return [{ ...fault('GATE_EQUIPMENT_SCRAPPED', `${name}已报废。`, '请改用在用的设备。'), release: 'never' }];
  }
  if (machine.state === 'pending') {
    const message = `${name}的登记已提交，监管平台还没有批准。`;
    const next = '请等平台批准后再试，或改用其他设备。';
    return [{ ...fault('GATE_EQUIPMENT_PENDING', message, next, UNAPPROVED), release: 'never' }];
  }
  if (machine.state === 'rejected') {
    const message = `${name}的登记被监管平台退回：${machine.stateReason ?? '平台没有说明原因'}。`;
    const next = '请在“设备”里按平台的意见更正后重新提交，或改用其他设备。';
    return [{ ...fault('GATE_EQUIPMENT_REJECTED', message, next, UNAPPROVED), release: 'never' }];
  }
  const since = machine.stateSince;
  if (since !== undefined && since !== null && instantOf(since) > instantOf(usedAt)) {
    const message = `${name}在检测之后于 ${sayInstant(since)} 转为${state}状态。`;
    const next = '请确认停用原因不影响这次检测的结果，并在原始记录中说明。';
    return [{ ...fault('GATE_EQUIPMENT_STOPPED_LATER', message, next, '检测当时设备在用。'), severity: 'notice' }];
  }
  return [
    fault('GATE_EQUIPMENT_STOPPED', `${name}处于${state}状态。`, '请改用在用的设备，或由设备管理员核查后恢复使用。'),
  ];
}

function calibrationFaults(machine: GateEquipment, name: string, usedOn: string, warn: boolean): Fault[] {
  if (machine.calibratedOn === null || machine.validMonths === null) {
    const next = '请由设备管理员录入检定或校准证书，或改用其他设备。';
    return [fault('GATE_EQUIPMENT_NOT_CALIBRATED', `${name}没有有效的检定或校准记录。`, next)];
  }
  if (machine.calibratedOn > usedOn) {
    const message = `${name}的校准日期 ${sayDay(machine.calibratedOn)} 晚于检测日期 ${sayDay(usedOn)}。`;
    return [fault('GATE_EQUIPMENT_CALIBRATED_LATER', message, '请核对校准日期和检测日期；检测时设备须已校准。')];
  }
  const through = calibrationValidThrough(machine.calibratedOn, machine.validMonths);
  if (usedOn > through) {
    const message = `${name}的校准有效期至 ${sayDay(through)}，检测日期 ${sayDay(usedOn)} 已超期。`;
    return [fault('GATE_EQUIPMENT_EXPIRED', message, '请送检并录入新的校准证书，或改用其他设备。')];
  }
  if (!warn || usedOn < calibrationWarnFrom(through)) return [];
  const message = `${name}的校准有效期至 ${sayDay(through)}，不足一个月。`;
  const soon = fault(
    'GATE_EQUIPMENT_EXPIRES_SOON',
    message,
    '请设备管理员尽快安排检定或校准。',
    '现在可以使用，到期后将不能用于样品检测。',
  );
  return [{ ...soon, severity: 'notice' }];
}

function commissioningFaults(machine: GateEquipment, name: string): Fault[] {
  if (machine.commissioning !== 'unconfirmed') return [];
  const found = fault(
    'GATE_EQUIPMENT_UNCONFIRMED',
    `${name}的串口设置没有核对过示值，或核对之后又改动过（未确认）。`,
    '请设备管理员用“连接向导”核对示值、零点，并写下确认记录。',
    '读数的小数点、单位或通道可能不对；现在可以采集，记录中写明未确认。',
  );
  return [{ ...found, severity: 'notice', source: SOURCE.commissioning }];
}

function machineFaults(question: GateQuestion, machine: GateEquipment): Fault[] {
  const usedAt = question.testedAt ?? question.at;
  const name = `设备“${machine.name}（${machine.id}）”`;
  const warn = question.moment === 'run-start' || question.moment === 'import';
  const faults = [...stateFaults(machine, name, usedAt), ...calibrationFaults(machine, name, dayOf(usedAt), warn)];
  if (question.moment === 'run-start') faults.push(...commissioningFaults(machine, name));
  if (!machine.itemCodes.includes(question.itemCode)) {
    const message = `${name}没有登记用于检测项目${sayItem(question)}。`;
    faults.push(fault('GATE_EQUIPMENT_ITEM', message, '请选用登记了该项目的设备，或由设备管理员补充登记。'));
  }
  if (question.purpose === 'sample') return faults;
  return faults.map((found) =>
    found.severity === 'notice' || found.release === 'never'
      ? found
      : {
          ...found,
          severity: 'notice' as const,
          meaning: '本次为校准、期间核查或质量控制，允许使用；结果不得用于样品检测。',
          source: SOURCE.exception,
        },
  );
}

export function askEquipment(question: GateQuestion): Answer {
  const { equipment } = question;
  const machines = equipment === null ? [] : Array.isArray(equipment) ? equipment : [equipment];
  if (machines.length === 0) {
    const missing = fault(
      'GATE_EQUIPMENT_MISSING',
      '没有选择检测设备。',
      '请选择所用的设备后再试。',
      '无法确认设备在校准有效期内。',
    );
    return { faults: [{ ...missing, release: 'never' }], pass: '', source: SOURCE.equipment };
  }
  const names = machines.map((machine) => `“${machine.name}（${machine.id}）”`).join('、');
  return {
    faults: machines.flatMap((machine) => machineFaults(question, machine)),
    pass: `设备${names}在用，且在校准有效期内。`,
    source: SOURCE.equipment,
  };
}

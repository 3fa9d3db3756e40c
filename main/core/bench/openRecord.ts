// Opens the original record of a task at a machine: asks the gate, draws the record number on the first opening, and
// keeps the edition and the policies the work was begun under.
import type { User } from '../../../shared/contract/answers.ts';
import { editionOf, resolvePolicies } from '../../../shared/methods/index.ts';
import { toCalendarDay, toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import type { AuditActor } from '../../store/audit.ts';
import { requireRow } from '../../store/store.ts';
import { catalogueMethod, methodParameters, requireMethod } from '../catalogue.ts';
import { fillEnvironment } from '../climate/environment.ts';
import type { Context } from '../context.ts';
import { askGate, refuseUnlessAllowed, type GateAnswer } from '../gate/ask.ts';
import { keepDecision } from '../gate/decisions.ts';
import { sampleOf } from '../records/sampleRow.ts';
import { sampleForTask } from '../retests/supplementRows.ts';
import { chosenPolicies } from '../sessions/policies.ts';
import { extensometerFor, refuseAsMachine } from './extensometers.ts';

/** Of the machine and of the extensometer that goes on its bars: the one chosen there, or another that is asked about. */
export function askRunStart(
  context: Context,
  taskId: string,
  equipmentId: string,
  user: User,
  asked?: { extensometerId: string | null },
): GateAnswer {
  const task = requireRow(context.store.get('task', taskId), '检测任务', taskId);
  const received = requireRow(context.store.get('sample', task['sampleNo'] ?? ''), '样品', task['sampleNo'] ?? '');
  const sample = sampleForTask(context.store, sampleOf(received), taskId);
  const extensometerId =
    asked === undefined
      ? extensometerFor(context.store, equipmentId, catalogueMethod(context.store, sample.itemCode))
      : asked.extensometerId;
  return askGate(context, {
    moment: 'run-start',
    itemCode: sample.itemCode,
    parameterCodes: sample.parameterCodes,
    commissionNo: String(task['commissionNo']),
    personId: user.personId,
    role: 'technician',
    equipmentIds: extensometerId === null ? [equipmentId] : [equipmentId, extensometerId],
    sampleNo: sample.sampleNo,
    taskId,
  });
}

export function openRecord(
  context: Context,
  actor: AuditActor,
  user: User,
  taskId: string,
  equipmentId: string,
): string {
  const { store } = context;
  const task = requireRow(store.get('task', taskId), '检测任务', taskId);
  refuseAsMachine(requireRow(store.get('equipment', equipmentId), '设备', equipmentId), equipmentId);
  const known = task['recordNo'] === null ? undefined : store.get('testRecord', task['recordNo'] ?? '');
  if (known && known['state'] !== 'testing') {
    throw new AppError({
      code: 'RECORD_SIGNED',
      message: `原始记录 ${known['recordNo']} 已经签名，不能再采集。`,
      meaning: '已签名的记录不能改动。',
      next: '如需重做，请由校核员退回后再打开。',
    });
  }
  const gate = askRunStart(context, taskId, equipmentId, user);
  refuseUnlessAllowed(gate, '没有开始检测。');
  if (known) {
    const recordNo = String(known['recordNo']);
    const used = store.first(
      'SELECT count(*) AS n FROM run WHERE recordNo = ? AND equipmentId <> ?',
      recordNo,
      equipmentId,
    );
    if (Number(used?.['n']) > 0) {
      throw new AppError({
        code: 'RECORD_OTHER_MACHINE',
        message: `原始记录 ${recordNo} 已在另一台设备上采集过。`,
        meaning: '一组试件须在同一台设备上完成。',
        next: '请回到原来的设备继续。',
      });
    }
    store.transact(actor, (tx) => {
      tx.update('testRecord', recordNo, { equipmentId, gateJson: JSON.stringify(gate) });
      keepDecision(tx, context.now(), gate, { entity: 'record', key: recordNo });
      fillEnvironment(tx, recordNo, context.now().getTime());
    });
    return recordNo;
  }
  return store.transact(actor, (tx) => {
    const received = requireRow(tx.get('sample', task['sampleNo'] ?? ''), '样品', task['sampleNo'] ?? '');
    const sample = sampleForTask(tx, sampleOf(received), taskId);
    const method = requireMethod(tx, sample.itemCode);
    const edition = editionOf(method, sample.edition);
    const parameters = methodParameters(tx, method, sample.itemCode, sample.parameterCodes);
    const now = context.now();
    const recordNo = tx.number('record', toCalendarDay(now), 'testRecord');
    keepDecision(tx, now, gate, { entity: 'record', key: recordNo });
    tx.insert('testRecord', {
      recordNo,
      taskId,
      commissionNo: task['commissionNo'] ?? '',
      sampleNo: sample.sampleNo,
      itemCode: sample.itemCode,
      methodId: method.id,
      edition: edition.id,
      methodStandard: edition.test,
      judgementStandard: edition.judgement,
      policiesJson: JSON.stringify(resolvePolicies(method.policies, chosenPolicies(context.store, method))),
      parametersJson: JSON.stringify(parameters.filter((code) => code !== null)),
      state: 'testing',
      contentRevision: 1,
      equipmentId,
      temperatureC: null,
      humidityPercent: null,
      resultJson: null,
      testedAt: null,
      testerId: null,
      testerName: null,
      checkedAt: null,
      checkerId: null,
      checkerName: null,
      reportKey: null,
      returnedReason: null,
      gateJson: JSON.stringify(gate),
      createdAt: toWallTime(now),
    });
    tx.update('task', taskId, { state: 'testing', recordNo });
    fillEnvironment(tx, recordNo, now.getTime());
    return recordNo;
  });
}

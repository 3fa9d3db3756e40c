// 收样: registers a commission with its samples, draws their numbers, makes one task per sample and queues the
// commission for the platform, all in one transaction. The gate is asked first; a refusal says why in words.
import { monotonicFactory } from 'ulid';
import type { Commission, CommissionInput, SampleInput } from '../../../shared/entities/commission.ts';
import { toCalendarDay, toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { numberSeries } from '../../store/numbers.ts';
import { requireRow } from '../../store/store.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { Caller, Context } from '../context.ts';
import { askGate, refuseUnlessAllowed, type GateAnswer } from '../gate/ask.ts';
import { keepDecision } from '../gate/decisions.ts';
import { catalogueMethod, methodParameters, requireMethod } from '../catalogue.ts';
import { blindNumberPattern, drawForCommission, withBlindNo } from '../blind/numbers.ts';
import { queue } from '../provincial/outbox.ts';
import { sampleOf } from '../records/sampleRow.ts';
import { descriptionProblems, editionFor, tasksOf } from './description.ts';

export interface SampleProblem {
  /** Place of the sample in the list. */
  index: number;
  field: string;
  message: string;
  rule?: string;
}

/** A code in the form of the lab's own numbers would one day be drawn for another sample. */
const ownNumber = new RegExp(
  `^(${Object.values(numberSeries)
    .map(({ prefix }) => prefix)
    .join('|')})\\d{4}-\\d+$`,
  'i',
);

/** Samples of one commission are due together: lists show their tasks in the order in which they were received. */
export const nextTaskId = monotonicFactory();

/**
 * What no gate row need be asked for: days that cannot be, a code that is already on another sample. `placeOf` names a
 * sample in words; an import names rows of the file.
 */
export function sampleProblems(
  reader: Pick<Transaction, 'first' | 'get'>,
  samples: readonly SampleInput[],
  today: string,
  placeOf: (index: number) => string = (index) => `第 ${index + 1} 个样品`,
): SampleProblem[] {
  const problems: SampleProblem[] = [];
  const seen = new Map<string, number>();
  samples.forEach((sample, index) => {
    const add = (field: string, message: string, rule?: string) =>
      problems.push({ index, field, message, ...(rule ? { rule } : {}) });
    const { madeOn, sampledOn, sampleCode } = sample;
    if (madeOn && madeOn > today) add('madeOn', `成型日期 ${madeOn} 在今天之后`);
    if (sampledOn > today) add('sampledOn', `取样日期 ${sampledOn} 在今天之后`);
    if (madeOn && sampledOn < madeOn) add('sampledOn', `取样日期 ${sampledOn} 早于成型日期 ${madeOn}`);
    const method = catalogueMethod(reader, sample.itemCode);
    if (method) problems.push(...descriptionProblems(reader, method, sample, today).map((one) => ({ index, ...one })));
    if (!sampleCode) return;
    if (ownNumber.test(sampleCode) || blindNumberPattern.test(sampleCode.toUpperCase()))
      add('sampleCode', `唯一性标识 ${sampleCode} 与本机构的编号同形，请留空或改用样品上的标识`);
    const twin = seen.get(sampleCode);
    if (twin !== undefined) add('sampleCode', `唯一性标识 ${sampleCode} 与${placeOf(twin)}重复`);
    seen.set(sampleCode, index);
    const other = reader.first('SELECT sampleNo FROM sample WHERE sampleCode = ?', sampleCode);
    if (other) add('sampleCode', `唯一性标识 ${sampleCode} 已属于样品 ${other['sampleNo']}`);
  });
  return problems;
}

function refuseProblems(problems: readonly SampleProblem[]): void {
  if (problems.length === 0) return;
  throw new AppError({
    code: 'COMMISSION_INVALID',
    message: '委托单有填写错误，没有登记。',
    meaning: `共 ${problems.length} 处；已填写的内容都还在。`,
    next: '请按提示更正后再登记。',
    details: problems.map(({ index, field, message, rule }) => ({
      field: `samples.${index}.${field}`,
      message,
      ...(rule ? { rule } : {}),
    })),
  });
}

/** What cannot be tested here is not received here: the sample would have no way on. */
function noMethod(context: Context, itemCode: string, parameterCodes: readonly string[]): GateAnswer['findings'] {
  const method = catalogueMethod(context.store, itemCode);
  const name = String(context.store.get('item', itemCode)?.['name'] ?? itemCode);
  if (method) {
    const own = methodParameters(context.store, method, itemCode, parameterCodes);
    return parameterCodes
      .filter((_, index) => own[index] === null)
      .map((code) => ({
        question: 'scope',
        outcome: 'refuse' as const,
        code: 'PARAMETER_NOT_BUILT_IN',
        message: `检测项目“${name}”的参数 ${code} 还没有内置。`,
        meaning: '收下之后无法检测，也不会用别的参数代替。',
        next: '请去掉该参数，或按原有方式受理。',
        source: '本程序的检测方法目录',
      }));
  }
  return [
    {
      question: 'scope',
      outcome: 'refuse',
      code: 'METHOD_NOT_BUILT_IN',
      message: `检测项目“${name}（${itemCode}）”的检测方法还没有内置。`,
      meaning: '收下之后无法检测，也不会用别的方法代替计算。',
      next: '请按原有方式受理该项目，或等程序更新。',
      source: '本程序的检测方法目录',
    },
  ];
}

export function askReception(
  context: Context,
  facts: {
    projectId: string;
    contractNo: string | undefined;
    itemCodes: readonly string[];
    /** Parameters asked for, by item. */
    parametersOf?: (itemCode: string) => readonly string[];
  },
): GateAnswer {
  const answers = [...new Set(facts.itemCodes)].map((itemCode) => ({
    itemCode,
    ...askGate(context, {
      moment: 'reception',
      itemCode,
      parameterCodes: facts.parametersOf?.(itemCode) ?? [],
      projectId: facts.projectId,
      contractNo: facts.contractNo ?? null,
    }),
  }));
  const untestable = answers.flatMap(({ itemCode, allowed }) =>
    allowed ? noMethod(context, itemCode, facts.parametersOf?.(itemCode) ?? []) : [],
  );
  return {
    allowed: untestable.length === 0 && answers.every((answer) => answer.allowed),
    findings: [
      // The age of the reference data is said once, however many items were asked about.
      ...answers.flatMap((answer, at) =>
        answer.findings.filter(({ question }) => at === 0 || question !== 'reference'),
      ),
      ...untestable,
    ],
    snapshot: answers[0]?.snapshot ?? null,
    snapshotFetchedAt: answers[0]?.snapshotFetchedAt ?? null,
    referenceAge: answers[0]?.referenceAge ?? '',
    asked: {
      ...(answers[0]?.asked ?? { moment: 'reception', itemCode: '' }),
      itemCode: answers.map(({ itemCode }) => itemCode).join(' '),
      projectId: facts.projectId,
    },
  };
}

/** Registers inside a running transaction, so that an import can register many or none. */
export function registerCommission(tx: Transaction, context: Context, caller: Caller, input: CommissionInput): string {
  const now = context.now();
  const today = toCalendarDay(now);
  const project = requireRow(tx.get('project', input.projectId), '工程', input.projectId);
  refuseProblems(sampleProblems(tx, input.samples, today));
  const gate = askReception(context, {
    projectId: input.projectId,
    contractNo: input.contractNo,
    itemCodes: input.samples.map((sample) => sample.itemCode),
    parametersOf: (itemCode) => [
      ...new Set(
        input.samples.filter((sample) => sample.itemCode === itemCode).flatMap((sample) => sample.parameterCodes),
      ),
    ],
  });
  refuseUnlessAllowed(gate, '委托单没有登记。');

  const commissionNo = tx.number('commission', today, 'commission');
  const { samples, contractNo, remarks, commissionedByOwner, ...plain } = input;
  keepDecision(tx, now, gate, { entity: 'commission', key: commissionNo });
  tx.insert('commission', {
    ...plain,
    commissionNo,
    contractNo: contractNo ?? null,
    remarks: remarks ?? null,
    commissionedByOwner: commissionedByOwner ? 1 : 0,
    projectName: project['name'] ?? '',
    supervisionCode: project['supervisionCode'] ?? '',
    receivedAt: toWallTime(now),
    receiverId: caller.user.personId,
    receiverName: caller.user.name,
    platformState: 'active',
    platformReason: null,
    gateJson: JSON.stringify(gate),
  });
  for (const sample of samples) insertSample(tx, commissionNo, sample, today);
  drawForCommission(tx, commissionNo, now);
  queue(tx, { kind: 'commission', commissionNo, key: commissionNo, payload: commissionPayload(tx, commissionNo) });
  return commissionNo;
}

function insertSample(tx: Transaction, commissionNo: string, sample: SampleInput, today: string): void {
  const method = requireMethod(tx, sample.itemCode);
  const sampleNo = tx.number('sample', today, 'sample');
  const { parameterCodes, properties, edition, sampleCode, madeOn, madeAt, requiredAgeDays, maker, batchNo, ...plain } =
    sample;
  tx.insert('sample', {
    ...plain,
    sampleNo,
    commissionNo,
    sampleCode: sampleCode || sampleNo,
    parameterCodesJson: JSON.stringify(parameterCodes),
    edition: editionFor(method, edition, today).id,
    propertiesJson: JSON.stringify(properties),
    ...method.describe(properties),
    madeOn: madeOn ?? null,
    madeAt: madeAt ?? null,
    requiredAgeDays: requiredAgeDays ?? null,
    maker: maker ?? null,
    batchNo: batchNo ?? null,
  });
  for (const task of tasksOf(method, sample, today)) {
    tx.insert('task', {
      taskId: nextTaskId(),
      commissionNo,
      sampleNo,
      itemCode: sample.itemCode,
      ...task,
      state: 'waiting',
      recordNo: null,
    });
  }
}

export function commissionOf(reader: Pick<Transaction, 'get' | 'all'>, commissionNo: string): Commission {
  const row = requireRow(reader.get('commission', commissionNo), '委托单', commissionNo);
  const text = (column: string) => String(row[column] ?? '');
  return {
    commissionNo,
    projectId: text('projectId'),
    projectName: text('projectName'),
    supervisionCode: text('supervisionCode'),
    ...(row['contractNo'] ? { contractNo: text('contractNo') } : {}),
    clientUnit: text('clientUnit'),
    ownerUnit: text('ownerUnit'),
    contractorUnit: text('contractorUnit'),
    supervisorUnit: text('supervisorUnit'),
    witnessUnit: text('witnessUnit'),
    witnessName: text('witnessName'),
    witnessCertNo: text('witnessCertNo'),
    samplerName: text('samplerName'),
    commissionedByOwner: row['commissionedByOwner'] === 1,
    testCategory: text('testCategory') as Commission['testCategory'],
    siteAddress: text('siteAddress'),
    ...(row['remarks'] ? { remarks: text('remarks') } : {}),
    receivedAt: text('receivedAt'),
    receiverId: text('receiverId'),
    receiverName: text('receiverName'),
    platformState: text('platformState') as Commission['platformState'],
    platformReason: row['platformReason'] === null ? null : text('platformReason'),
    samples: reader
      .all('SELECT * FROM sample WHERE commissionNo = ? ORDER BY sampleNo', commissionNo)
      .map((sampleRow) => withBlindNo(reader, sampleOf(sampleRow))),
  };
}

/** The commission as the reference profile's payload. */
export function commissionPayload(tx: Transaction, commissionNo: string): Record<string, unknown> {
  const commission = commissionOf(tx, commissionNo);
  return {
    commissionNo,
    ...(commission.contractNo ? { contractNo: commission.contractNo } : {}),
    projectId: commission.projectId,
    projectName: commission.projectName,
    supervisionCode: commission.supervisionCode,
    clientUnit: commission.clientUnit,
    ownerUnit: commission.ownerUnit,
    contractorUnit: commission.contractorUnit,
    supervisorUnit: commission.supervisorUnit,
    witnessUnit: commission.witnessUnit,
    witnessName: commission.witnessName,
    witnessCertNo: commission.witnessCertNo,
    samplerName: commission.samplerName,
    commissionedByOwner: commission.commissionedByOwner,
    receivedAt: commission.receivedAt,
    samples: commission.samples.map((sample) => ({
      sampleNo: sample.sampleNo,
      sampleCode: sample.sampleCode,
      itemCode: sample.itemCode,
      name: sample.name,
      spec: sample.spec,
      grade: sample.grade,
      ...(sample.maker ? { maker: sample.maker } : {}),
      ...(sample.batchNo ? { batchNo: sample.batchNo } : {}),
      representedQuantity: sample.representedQuantity,
      structurePart: sample.structurePart,
      sampledOn: sample.sampledOn,
      ...(sample.madeOn ? { madeOn: sample.madeOn } : {}),
      state: sample.state,
      requestedParameters: sample.parameterCodes,
    })),
  };
}

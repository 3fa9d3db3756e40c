// Begins a retest: a new commission with everything of the first taken over, its sample described as that of a retest, and the
// link to the first result, in one transaction. Where no rule of the standard provides for it, a person decides with a reason.
import { retestProperties } from '../../../shared/methods/index.ts';
import { permits } from '../../../shared/entities/roles.ts';
import type { Commission, CommissionInput, SampleInput } from '../../../shared/entities/commission.ts';
import { commissionInputSchema } from '../../../shared/entities/commission.ts';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import type { retestInputSchema, RetestParameter } from '../../../shared/retests/calls.ts';
import type { z } from 'zod';
import { textOf as text } from '../../store/cells.ts';
import type { Caller, Context } from '../context.ts';
import { refuse } from '../afterIssue/refusals.ts';
import { commissionOf, registerCommission } from '../reception/register.ts';
import { firstOf, retestParameters, retestRefusal, type First } from './first.ts';
import { countsOf, quantityText, WITNESSED } from './form.ts';

type Given = z.output<typeof retestInputSchema>;

export function beginRetest(context: Context, caller: Caller, given: Given): Commission {
  const commissionNo = context.store.transact(caller.actor, (tx) => {
    const first = firstOf(tx, given.recordNo);
    refuse(retestRefusal(tx, first));
    const chosen = chosenParameters(retestParameters(tx, first), given.parameterCodes);
    const byRule = chosen.every(({ standing }) => standing === 'rule');
    if (!byRule) refuseUndecided(caller, chosen, given.reason);
    refuseUnwitnessed(first, given);
    const registered = registerCommission(tx, context, caller, commissionInput(first, given, byRule));
    const sample = tx.first('SELECT sampleNo FROM sample WHERE commissionNo = ?', registered);
    tx.insert(
      'retest',
      {
        sampleNo: text(sample?.['sampleNo']),
        commissionNo: registered,
        firstRecordNo: given.recordNo,
        firstReportNo: first.reportNo,
        parameterCodesJson: JSON.stringify(given.parameterCodes),
        basis: byRule ? 'rule' : 'decision',
        clause: [...new Set(chosen.flatMap(({ clause }) => clause ?? []))].join('、') || null,
        says: [...new Set(chosen.map(({ says }) => says))].join(''),
        quantity: byRule ? quantityText(countsOf(tx, first, given.parameterCodes)) : '',
        reason: byRule ? null : (given.reason ?? null),
        begunById: caller.user.personId,
        begunBy: caller.user.name,
        begunAt: toWallTime(context.now()),
      },
      given.reason ?? undefined,
    );
    return registered;
  });
  return commissionOf(context.store, commissionNo);
}

/** One round of specimens is either a retest by the rule or none: the two do not go into one commission. */
function chosenParameters(parameters: readonly RetestParameter[], codes: readonly string[]): RetestParameter[] {
  const chosen = parameters.filter(({ code }) => codes.includes(code));
  const strange = codes.filter((code) => !parameters.some((one) => one.code === code));
  const good = chosen.filter(({ verdict }) => verdict === 'qualified');
  if (strange.length > 0 || good.length > 0 || chosen.length === 0) {
    const names = [...strange, ...good.map(({ name }) => name)].join('、');
    throw new AppError({
      code: 'RETEST_PARAMETER',
      message: `${names || '所选参数'}不是首次不合格的参数，不能复检。`,
      meaning: '复检只重做不合格、应复验或没有判定的参数；合格的结果不重做。',
      next: '请只选不合格的参数。',
    });
  }
  const ruled = chosen.filter(({ standing }) => standing === 'rule');
  if (ruled.length === 0 || ruled.length === chosen.length) return chosen;
  throw new AppError({
    code: 'RETEST_MIXED',
    message: `${ruled.map(({ name }) => name).join('、')}按标准复检，${chosen
      .filter(({ standing }) => standing !== 'rule')
      .map(({ name }) => name)
      .join('、')}标准没有规定复检，不能在一份委托里。`,
    meaning: '两者的试件数量和判定方法不同。',
    next: '请只选标准规定复检的参数。',
  });
}

function refuseUndecided(caller: Caller, chosen: readonly RetestParameter[], reason: string | undefined): void {
  const says = chosen.map(({ name, says: sentence }) => `${name}：${sentence}`).join(' ');
  if (!permits(caller.user.roles, 'unqualified.handle')) {
    throw new AppError({
      code: 'RETEST_NEEDS_DECISION',
      message: says,
      meaning: '标准没有规定的复检，由质量负责人写明理由决定。',
      next: '请由质量负责人办理；首次的结果照样有效。',
    });
  }
  if (reason !== undefined && reason !== '') return;
  throw new AppError({
    code: 'RETEST_REASON',
    message: `${says}决定复检须写明理由。`,
    meaning: '理由印在复检报告上，进入审计记录。',
    next: '请填写理由（如监督机构、设计单位的意见及文号）。',
    details: [{ field: 'reason', message: '必填' }],
  });
}

function refuseUnwitnessed({ commission }: First, given: Given): void {
  if (commission['testCategory'] !== WITNESSED) return;
  const missing = (
    [
      ['witnessUnit', '见证单位'],
      ['witnessName', '见证人'],
      ['witnessCertNo', '见证证书编号'],
    ] as const
  ).filter(([field]) => (given[field] ?? '') === '');
  if (missing.length === 0) return;
  throw new AppError({
    code: 'RETEST_WITNESS',
    message: `首次是见证取样，复检取样也须见证，还缺：${missing.map(([, name]) => name).join('、')}。`,
    meaning: '没有见证的复检不能代替见证取样的结果；见证人须是这一次取样的见证人，不沿用首次的。',
    next: '请填写这一次取样的见证人后再办理。',
    details: missing.map(([field, name]) => ({ field, message: `缺少${name}` })),
  });
}

function commissionInput({ facts, commission }: First, given: Given, byRule: boolean): CommissionInput {
  const { sample, method, row } = facts;
  const own = (column: string): string => text(commission[column]);
  const contractNo = given.contractNo || own('contractNo');
  const retested: SampleInput = {
    itemCode: sample.itemCode,
    parameterCodes: given.parameterCodes,
    name: sample.name,
    edition: sample.edition,
    // A retest that no standard provides for is tested as any other sample: its verdict rests on no rule of a retest.
    properties: {
      ...(byRule ? retestProperties(method, sample.properties, text(row['recordNo'])) : sample.properties),
    },
    sampledOn: given.sampledOn,
    structurePart: sample.structurePart,
    representedQuantity: sample.representedQuantity,
    state: given.sampleState,
    ...(given.sampleCode ? { sampleCode: given.sampleCode } : {}),
    ...((given.madeOn ?? sample.madeOn) ? { madeOn: given.madeOn ?? sample.madeOn } : {}),
    ...(given.madeOn === undefined && sample.madeAt ? { madeAt: sample.madeAt } : {}),
    ...((given.requiredAgeDays ?? sample.requiredAgeDays)
      ? { requiredAgeDays: given.requiredAgeDays ?? sample.requiredAgeDays }
      : {}),
    ...(sample.maker ? { maker: sample.maker } : {}),
    ...(sample.batchNo ? { batchNo: sample.batchNo } : {}),
  };
  return commissionInputSchema.parse({
    projectId: own('projectId'),
    ...(contractNo === '' ? {} : { contractNo }),
    clientUnit: own('clientUnit'),
    ownerUnit: own('ownerUnit'),
    contractorUnit: own('contractorUnit'),
    supervisorUnit: own('supervisorUnit'),
    witnessUnit: given.witnessUnit || own('witnessUnit'),
    witnessName: given.witnessName || own('witnessName'),
    witnessCertNo: given.witnessCertNo || own('witnessCertNo'),
    samplerName: given.samplerName,
    commissionedByOwner: commission['commissionedByOwner'] === 1,
    testCategory: own('testCategory'),
    siteAddress: own('siteAddress'),
    remarks: `复检：首次委托 ${own('commissionNo')}，样品 ${sample.sampleNo}，记录 ${text(row['recordNo'])}`,
    samples: [retested],
  });
}

// What a person is shown before a retest is begun: the first result, the standard's rule for each parameter, and the numbers
// of specimens that the rule asks for.
import { retestCounts } from '../../../shared/methods/index.ts';
import { permits } from '../../../shared/entities/roles.ts';
import type { RetestForm } from '../../../shared/retests/calls.ts';
import { textOf as text } from '../../store/cells.ts';
import type { Caller, Context } from '../context.ts';
import { methodParameters } from '../catalogue.ts';
import { profileInForce } from '../provincial/profileInForce.ts';
import type { Reader } from '../records/runRows.ts';
import { firstOf, retestParameters, retestRefusal, type First } from './first.ts';

export const WITNESSED = '见证取样';

/** The platform's contract has no field that joins a retest or a supplement to the first test. */
export function platformSays(reader: Reader, what: '复检' | '补充检测'): string {
  const { title } = profileInForce(reader);
  const how =
    what === '复检'
      ? '复检按一份新的委托、记录和报告上传，取得自己的标识码；与首次报告的关系写在报告标题和报告正文里'
      : '平台上的委托保持原样，增加的参数只在新的检测记录和补充报告里，补充报告取得自己的标识码；与首次报告的关系写在报告标题和报告正文里';
  return `现用的平台规约“${title}”没有${what}的字段：${how}。`;
}

/** Specimens of the sets that the given parameters need, in words. */
export function countsOf(reader: Reader, { facts }: First, parameterCodes: readonly string[]) {
  const { method, sample, row } = facts;
  const own = methodParameters(reader, method, sample.itemCode, parameterCodes).filter((code) => code !== null);
  return retestCounts(method, sample.properties, own, text(row['recordNo']));
}

export const quantityText = (counts: readonly { label: string; first: number; again: number }[]): string =>
  counts.map(({ label, first, again }) => `${label} ${again} 个（首次 ${first} 个）`).join('，');

export function retestForm(context: Context, caller: Caller, recordNo: string): RetestForm {
  const { store } = context;
  const first = firstOf(store, recordNo);
  const { facts, commission, reportNo } = first;
  const { sample, method } = facts;
  const parameters = retestParameters(store, first);
  const byRule = parameters.filter(({ standing }) => standing === 'rule').map(({ code }) => code);
  return {
    recordNo,
    reportNo,
    commissionNo: text(commission['commissionNo']),
    sampleNo: sample.sampleNo,
    projectName: text(commission['projectName']),
    clientUnit: text(commission['clientUnit']),
    itemName: text(store.get('item', sample.itemCode)?.['name'] ?? method.name),
    sampleName: sample.name,
    grade: sample.grade,
    spec: sample.spec,
    structurePart: sample.structurePart,
    batchNo: sample.batchNo ?? '',
    representedQuantity: sample.representedQuantity,
    contractNo: text(commission['contractNo']),
    testCategory: text(commission['testCategory']),
    witnessed: commission['testCategory'] === WITNESSED,
    witnessUnit: text(commission['witnessUnit']),
    samplerName: text(commission['samplerName']),
    sampleState: sample.state,
    aged: method.timing.kind !== 'prompt',
    madeOn: sample.madeOn ?? null,
    requiredAgeDays: sample.requiredAgeDays ?? null,
    parameters,
    counts: countsOf(store, first, byRule),
    platformSays: platformSays(store, '复检'),
    mayDecide: permits(caller.user.roles, 'unqualified.handle'),
    refusal: retestRefusal(store, first),
  };
}

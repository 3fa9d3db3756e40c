// The training lab's usual work: a commission of one group of C30 cubes that are 28 days old today. The headless main
// job receives it, and tests change what they are about.
import type { CommissionInput, SampleInput } from '../../../shared/entities/commission.ts';
import { addDays, toCalendarDay } from '../../../shared/entities/scalars.ts';

/** `designGrade` stands for the property of that name, which is what most tests change. */
export function exampleSample({
  designGrade = 'C30',
  properties,
  ...changes
}: Partial<SampleInput> & { designGrade?: string } = {}): SampleInput {
  const madeOn = addDays(toCalendarDay(Date.now()), -28);
  return {
    itemCode: 'HNT-KY',
    parameterCodes: ['KY'],
    name: '混凝土试块',
    properties: { designGrade, side_mm: '150', curing: '标准养护', ...properties },
    madeOn,
    requiredAgeDays: 28,
    sampledOn: madeOn,
    structurePart: '三层梁板 1-8/A-F 轴',
    representedQuantity: '100 m³',
    state: '外观完好，尺寸符合要求',
    ...changes,
  };
}

export function exampleCommission(changes: Partial<CommissionInput> = {}): CommissionInput {
  return {
    projectId: 'G001',
    contractNo: `HT${toCalendarDay(Date.now()).slice(0, 4)}-001`,
    clientUnit: '云岭置业发展有限公司',
    ownerUnit: '云岭置业发展有限公司',
    contractorUnit: '云岭第三建筑工程有限公司',
    supervisorUnit: '云岭工程监理有限公司',
    witnessUnit: '云岭工程监理有限公司',
    witnessName: '苏明',
    witnessCertNo: 'JZ-2025-0331',
    samplerName: '周立',
    commissionedByOwner: true,
    testCategory: '见证取样',
    siteAddress: '云岭市云岭区花园路 1 号',
    samples: [exampleSample()],
    ...changes,
  };
}

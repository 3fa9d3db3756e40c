// Commissions as the training lab receives them, one by one and as a file of many rows.
import type { CallInput } from '../../../shared/contract/calls.ts';
import { addDays, toCalendarDay } from '../../../shared/entities/scalars.ts';
import { importColumns } from '../../../main/core/reception/imports/columns.ts';

/** One cube group of today's age; `mark` stands on the sample and in the client's name, so that both can be found. */
export function commissionInput(mark: string): CallInput<'commissions.register'> {
  const today = toCalendarDay(Date.now());
  const madeOn = addDays(today, -28);
  return {
    projectId: 'G001',
    contractNo: `HT${today.slice(0, 4)}-001`,
    clientUnit: `云岭置业发展有限公司 ${mark}`,
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
    samples: [
      {
        sampleCode: mark,
        itemCode: 'HNT-KY',
        parameterCodes: ['KY'],
        name: '混凝土试块',
        grade: 'C30',
        sideMm: '150',
        curing: '标准养护',
        madeOn,
        requiredAgeDays: 28,
        sampledOn: madeOn,
        structurePart: '三层梁板 1-8/A-F 轴',
        representedQuantity: '100 m³',
        state: '外观完好，尺寸符合要求',
      },
    ],
  };
}

/** A CSV file of so many rows, three samples to a commission, as `imports.preview` takes it. */
export function importFile(mark: string, rows: number): string {
  const today = toCalendarDay(Date.now());
  const madeOn = addDays(today, -28);
  const own: Record<string, (row: number) => string> = {
    group: (row) => `${mark}-${Math.floor(row / 3)}`,
    'commission.contractNo': () => `HT${today.slice(0, 4)}-001`,
    'commission.clientUnit': (row) => `云岭置业发展有限公司 ${mark}-I${Math.floor(row / 3)}`,
    'sample.madeOn': () => madeOn,
    'sample.sampledOn': () => madeOn,
    'sample.sampleCode': (row) => `${mark}-I-${row}`,
  };
  const lines = [importColumns.map(({ heading }) => heading)];
  for (let row = 0; row < rows; row += 1) {
    lines.push(importColumns.map(({ target, example }) => own[target]?.(row) ?? example));
  }
  const text = lines.map((cells) => cells.map((cell) => `"${cell}"`).join(',')).join('\r\n');
  return Buffer.from(text, 'utf8').toString('base64');
}

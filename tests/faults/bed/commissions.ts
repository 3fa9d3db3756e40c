// Commissions as the training lab receives them, one by one and as a file of many rows.
import type { CallInput } from '../../../shared/contract/calls.ts';
import { addDays, toCalendarDay } from '../../../shared/entities/scalars.ts';
import { exampleCommission, exampleSample } from '../../../main/core/training/example.ts';
import { importColumns } from '../../../main/core/reception/imports/columns.ts';

/** One cube group of today's age; `mark` stands on the sample and in the client's name, so that both can be found. */
export function commissionInput(mark: string): CallInput<'commissions.register'> {
  return exampleCommission({
    clientUnit: `云岭置业发展有限公司 ${mark}`,
    samples: [exampleSample({ sampleCode: mark })],
  });
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

// What the machine is to deliver next: the first reading, in the method's order, of the first specimen without one.
import type { RateWindow } from '../../../shared/methods/index.ts';
import { isAskedOf } from '../../../shared/methods/index.ts';
import { specimenCount } from '../records/recordInputs.ts';
import type { RecordFacts } from '../records/recordRows.ts';
import { validRunOf } from '../records/runRows.ts';

export interface NextAcquisition {
  field: string;
  specimenNo: number;
  rateWindow: RateWindow | null;
}

export function nextAcquisition(
  facts: Pick<RecordFacts, 'method' | 'sample' | 'runs' | 'readings' | 'parameters'>,
): NextAcquisition | null {
  const { method, sample, runs, readings, parameters } = facts;
  const first = method.acquisitions[0]?.field ?? '';
  for (const acquisition of method.acquisitions) {
    const field = method.fields.find(({ name }) => name === acquisition.field);
    if (field?.set === undefined || !isAskedOf(parameters, field.parameters)) continue;
    const count = specimenCount({ method, readings }, field.set);
    for (let specimenNo = 1; specimenNo <= count; specimenNo += 1) {
      const typed = readings.some(
        (reading) =>
          reading.current &&
          reading.value !== null &&
          reading.field === field.name &&
          reading.specimenNo === specimenNo,
      );
      if (typed || validRunOf(runs, specimenNo, field.name, first)) continue;
      return {
        field: field.name,
        specimenNo,
        rateWindow: acquisition.rateWindow?.(sample.properties) ?? null,
      };
    }
  }
  return null;
}

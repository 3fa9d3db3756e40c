// What the machine is still to deliver: every reading without a value, in the method's order, specimen by specimen.
import type { Acquisition, RateWindow } from '../../../shared/methods/index.ts';
import { fieldNamed, isAskedOf } from '../../../shared/methods/index.ts';
import { countOf } from '../records/recordInputs.ts';
import type { RecordFacts } from '../records/recordRows.ts';
import { validRunOf } from '../records/runRows.ts';

export interface OpenAcquisition {
  acquisition: Acquisition;
  specimenNo: number;
  rateWindow: RateWindow | null;
}

export function openAcquisitions(
  facts: Pick<RecordFacts, 'method' | 'sample' | 'runs' | 'readings' | 'parameters'>,
): OpenAcquisition[] {
  const { method, sample, runs, readings, parameters } = facts;
  return method.acquisitions.flatMap((acquisition) => {
    const field = fieldNamed(method, acquisition.field);
    if (field?.set === undefined || !isAskedOf(parameters, field.parameters)) return [];
    const isTyped = (specimenNo: number) =>
      readings.some(
        (reading) =>
          reading.current &&
          reading.value !== null &&
          reading.field === field.name &&
          reading.specimenNo === specimenNo,
      );
    const rateWindow = acquisition.rateWindow?.(sample.properties) ?? null;
    return Array.from({ length: countOf(facts, field.set) }, (_, index) => index + 1)
      .filter((specimenNo) => !isTyped(specimenNo) && !validRunOf(method, runs, specimenNo, field.name))
      .map((specimenNo) => ({ acquisition, specimenNo, rateWindow }));
  });
}

// What lies in front of the training machine: a specimen for each reading that is still open, breaking near what a usual
// one of its kind reaches.
import { isAskedOf } from '../../../shared/methods/index.ts';
import type { VirtualSpecimen } from './virtualBench.ts';
import { specimenCount } from '../records/recordInputs.ts';
import type { RecordFacts } from '../records/recordRows.ts';
import { validRunOf } from '../records/runRows.ts';

/** Where a method does not say what its specimens reach, kN. */
const anyLoad = 300;

/** In the order in which the bench arms; loaded in the middle of the standard's window. */
export function virtualSpecimens({ method, sample, runs, readings, parameters }: RecordFacts): VirtualSpecimen[] {
  const first = method.acquisitions[0]?.field ?? '';
  return method.acquisitions.flatMap((acquisition) => {
    const field = method.fields.find(({ name }) => name === acquisition.field);
    if (field?.set === undefined || !isAskedOf(parameters, field.parameters)) return [];
    const count = specimenCount({ method, readings }, field.set);
    const window = acquisition.rateWindow?.(sample.properties) ?? null;
    const rate_kN_s = window === null ? null : (Number(window.min_kN_s) + Number(window.max_kN_s)) / 2;
    const load_kN = Number(acquisition.usualLoad_kN?.(sample.properties) ?? anyLoad);
    return Array.from({ length: count }, (_, index) => index + 1)
      .filter((specimenNo) => !validRunOf(runs, specimenNo, field.name, first))
      .map(() => ({ load_kN, rate_kN_s }));
  });
}

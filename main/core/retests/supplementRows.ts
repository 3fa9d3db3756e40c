// Which parameters a task is about: those of its sample, or those that were added later and are tested in a supplement.
import type { Sample } from '../../../shared/entities/commission.ts';
import { jsonOf } from '../../store/cells.ts';
import type { Value } from '../../store/tables.ts';
import type { Reader } from '../records/runRows.ts';

export function supplementOfTask(reader: Reader, taskId: Value | undefined): string[] | null {
  const row = reader.get('supplement', taskId ?? '');
  return row === undefined ? null : jsonOf<string[]>(row['parameterCodesJson']);
}

/** The sample as a task tests it. */
export function sampleForTask(reader: Reader, sample: Sample, taskId: Value | undefined): Sample {
  const added = supplementOfTask(reader, taskId);
  return added === null ? sample : { ...sample, parameterCodes: added };
}

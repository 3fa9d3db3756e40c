// Live previews with the same method file that core computes with; the record holds what core computed.
import { fieldNamed, isAskedOf, methodById, peakInUnit } from '../../shared/methods/index.ts';
import type { Acquisition } from '../../shared/methods/index.ts';
import type { TestRecord } from '../../shared/entities/record.ts';

/** The acquisition of a field, or the first one. */
export function acquisitionOf(record: TestRecord, field: string | null): Acquisition | undefined {
  const { acquisitions } = methodById(record.methodId);
  return acquisitions.find((acquisition) => acquisition.field === field) ?? acquisitions[0];
}

/** What a machine delivers of the parameters that are asked for. */
export function acquisitionsOf(record: TestRecord): Acquisition[] {
  const method = methodById(record.methodId);
  return method.acquisitions.filter(({ field }) => isAskedOf(record.parameters, fieldNamed(method, field)?.parameters));
}

/** A machine's load (kN) in the unit of the field that takes it. */
export function inFieldUnit(
  record: TestRecord,
  acquisition: Acquisition | undefined,
  loadKn: string | null,
): string | null {
  if (loadKn === null || acquisition === undefined || !/^\d+(\.\d+)?$/.test(loadKn)) return loadKn;
  return peakInUnit(loadKn, fieldNamed(methodById(record.methodId), acquisition.field));
}

/** What a load, in its field's unit, means (a single strength), or null where there is no usable load yet or nothing to say. */
export function previewOf(
  record: TestRecord,
  acquisition: Acquisition | undefined,
  load: string | null,
): string | null {
  if (load === null || acquisition?.preview === undefined || !/^\d+(\.\d+)?$/.test(load)) return null;
  try {
    return acquisition.preview.value(record.sample.properties, load);
  } catch {
    return null;
  }
}

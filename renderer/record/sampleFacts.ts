// What a sample is, in the words of its method: for the record's sheet and for what a signature stands for.
import type { TestRecord } from '../../shared/entities/record.ts';
import { methodById } from '../../shared/methods/index.ts';

export function propertyFacts({ methodId, sample }: TestRecord): [string, string][] {
  return methodById(methodId).fields.flatMap((field): [string, string][] => {
    const value = sample.properties[field.name];
    if (field.at !== 'reception' || value === undefined) return [];
    if (field.kind === 'choice')
      return [[field.label, field.options.find((option) => option.value === value)?.label ?? value]];
    return [[field.label, field.kind === 'decimal' && field.unit !== '' ? `${value} ${field.unit}` : value]];
  });
}

/** Grade, size and age in one line. */
export const whatOf = ({ sample, ageDays }: TestRecord): string =>
  [sample.grade, sample.spec, ageOf(sample.requiredAgeDays ?? ageDays)].filter(Boolean).join(' · ');

const ageOf = (days: number | null | undefined): string => (days == null ? '' : `${days} d`);

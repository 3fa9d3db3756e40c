// What a sample is, in the words of its method: for the record's sheet and for what a signature stands for.
import type { TestRecord } from '../../shared/entities/record.ts';
import { describeProperties, methodById } from '../../shared/methods/index.ts';

export const propertyFacts = ({ methodId, sample }: TestRecord): [string, string][] =>
  describeProperties(methodById(methodId), sample.properties);

/** Grade, size and age in one line. */
export const whatOf = ({ sample, ageDays }: TestRecord): string =>
  [sample.grade, sample.spec, ageOf(sample.requiredAgeDays ?? ageDays)].filter(Boolean).join(' · ');

const ageOf = (days: number | null | undefined): string => (days == null ? '' : `${days} d`);

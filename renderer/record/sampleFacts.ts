// What a sample is, in the words of its method: for the record's sheet and for what a signature stands for.
import type { TestRecord } from '../../shared/entities/record.ts';
import { describeProperties, methodById } from '../../shared/methods/index.ts';

export const propertyFacts = ({ methodId, sample }: TestRecord): [string, string][] =>
  describeProperties(methodById(methodId), sample.properties);

/** Grade, size and age in one line. */
export const whatOf = ({ sample, ageDays }: TestRecord): string =>
  [sample.grade, sample.spec, ageOf(sample.requiredAgeDays ?? ageDays)].filter(Boolean).join(' · ');

const ageOf = (days: number | null | undefined): string => (days == null ? '' : `${days} d`);

/** Its number and, where it is tested blind, the one it goes by; the tester knows it by that one alone. */
export const sampleNumbers = ({ sampleNo, blindNo }: TestRecord['sample']): string =>
  blindNo === undefined ? sampleNo : blindNo === sampleNo ? `盲样 ${blindNo}` : `${sampleNo}（盲样 ${blindNo}）`;

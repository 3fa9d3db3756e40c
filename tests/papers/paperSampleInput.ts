// A described sample as reception registers it.
import { addDays, toCalendarDay } from '../../shared/entities/scalars.ts';
import type { TestMethod } from '../../shared/methods/index.ts';
import { sampleInput, type SampleInput } from '../support/mainJob.ts';
import { propertiesOf } from './readings.ts';
import type { MethodSamples, PaperSample } from './samples/index.ts';

export function sampleInputOf(
  method: TestMethod,
  { about, ageDays }: Pick<MethodSamples, 'about' | 'ageDays'>,
  sample: PaperSample,
): SampleInput {
  const {
    madeOn: _madeOn,
    requiredAgeDays: _age,
    sampledOn: _sampledOn,
    properties: _properties,
    ...usual
  } = sampleInput();
  const today = toCalendarDay(Date.now());
  const madeOn = ageDays === undefined ? undefined : addDays(today, -ageDays);
  return {
    ...usual,
    itemCode: method.itemCode ?? '',
    parameterCodes: method.parameters.map(({ code }) => code),
    name: method.sampleName,
    state: '样品完好，满足检测要求',
    sampledOn: madeOn ?? today,
    ...(madeOn === undefined ? {} : { madeOn }),
    ...(method.timing.kind === 'age' && ageDays !== undefined ? { requiredAgeDays: ageDays } : {}),
    ...about,
    ...sample.about,
    properties: propertiesOf(method, sample.inputs),
  };
}

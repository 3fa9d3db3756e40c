// Test help: sound bar samples to change from, and short questions about their answers.
import plain from '../steel/rebar-plain.method.ts';
import ribbed from '../steel/rebar-ribbed.method.ts';
import straightened from '../steel/rebar-straightened.method.ts';
import type { RebarOutputs } from '../steel/rebar/evaluate.ts';
import type { ComputeSettings, MethodComputation, TestMethod } from '../method.ts';

/** φ20 HRB400, passing everything. L0 = 100 mm. */
export const ribbedBase = {
  grade: 'HRB400',
  nominalDiameter_mm: '20',
  round: 'initial',
  FeL_kN: ['138.2', '139.0'],
  Fm_kN: ['185.3', '186.1'],
  Lu_mm: ['125.25', '126.00'],
  fractureDistance_mm: ['45', '50'],
  agtGauge_mm: '100',
  agtFinal_mm: ['112.1', '111.3'],
  bendFindings: ['no-crack', 'no-crack'],
  reverseBendFindings: ['no-crack'],
  lengths_mm: ['510', '512', '508', '511', '509'],
  totalMass_g: '6200',
};

/** φ8 HPB300, passing everything. L0 = 40 mm. */
export const plainBase = {
  grade: 'HPB300',
  nominalDiameter_mm: '8',
  round: 'initial',
  FeL_kN: ['18.5', '18.8'],
  Fm_kN: ['28.3', '28.6'],
  Lu_mm: ['53.50', '53.00'],
  fractureDistance_mm: ['18', '20'],
  agtGauge_mm: '100',
  agtFinal_mm: ['115.0', '116.2'],
  bendFindings: ['no-crack', 'no-crack'],
  lengths_mm: ['500', '501', '502', '500', '500'],
  totalMass_g: '980',
};

/** φ8 HRB400 after straightening, passing everything. */
export const straightenedBase = {
  grade: 'HRB400',
  nominalDiameter_mm: '8',
  FeL_kN: ['22.5', '22.8'],
  Fm_kN: ['30.1', '30.5'],
  Lu_mm: ['47.00', '47.50'],
  fractureDistance_mm: ['18', '20'],
  lengths_mm: ['500', '500', '500'],
  totalMass_g: '570',
};

type Change = Record<string, unknown>;
type Answer = MethodComputation<RebarOutputs>;
type Run = (change?: Change, settings?: ComputeSettings) => Answer;

const confirm = (method: Pick<TestMethod, 'limits'>): Record<string, string> =>
  Object.fromEntries(method.limits.map(({ standard }) => [`limits ${standard}`, 'confirmed']));

const without = (base: Change, change: Change): Change =>
  Object.fromEntries(Object.entries({ ...base, ...change }).filter(([, value]) => value !== undefined));

const drafts =
  (method: { compute(inputs: unknown, settings?: ComputeSettings): Answer }, base: Change): Run =>
  (change = {}, settings = {}) =>
    method.compute(without(base, change), settings);

/** As drafts, with the limits of every standard confirmed by the lab. */
const judged =
  (
    method: Pick<TestMethod, 'limits'> & { compute(inputs: unknown, settings?: ComputeSettings): Answer },
    base: Change,
  ): Run =>
  (change = {}, settings = {}) =>
    method.compute(without(base, change), { ...settings, policies: { ...confirm(method), ...settings.policies } });

export const ribbedDraft = drafts(ribbed, ribbedBase);
export const ribbedJudged = judged(ribbed, ribbedBase);
export const plainDraft = drafts(plain, plainBase);
export const plainJudged = judged(plain, plainBase);
export const straightenedDraft = drafts(straightened, straightenedBase);
export const straightenedJudged = judged(straightened, straightenedBase);

/** Only these readings, under confirmed limits. */
export const ribbedOnly = judged(ribbed, { grade: 'HRB400', nominalDiameter_mm: '20', round: 'initial' });

export function item(answer: Answer, code: string) {
  const found = answer.result.parameters.find(({ parameterCode }) => parameterCode === code);
  if (found === undefined) throw new Error(`no parameter ${code}`);
  return found;
}
export const verdicts = (answer: Answer): Record<string, string> =>
  Object.fromEntries(answer.result.parameters.map(({ parameterCode, verdict }) => [parameterCode, verdict]));
export const stopCodes = (answer: Answer): string[] => answer.stops.map(({ code }) => code);
export const warningCodes = (answer: Answer): string[] => answer.warnings.map(({ code }) => code);
/** Everything that is shown of an answer, as one text. */
export const everything = ({ outputs, trace, result, record, report, warnings, stops }: Answer): string =>
  JSON.stringify([outputs, trace, result, record, report, warnings, stops]);

// Vector methods of the foundation (rounding, limit comparison, three-value rule), which belong to no single test.
import { parseDecimal, refusal } from './decimal.ts';
import { meetsFullValue, meetsRoundedValue } from './limits.ts';
import { decimal } from '../field.ts';
import { parseFields } from '../inputs.ts';
import type { VectorComputer } from '../method.ts';
import { parseStep, round, roundReported } from './rounding.ts';
import type { ReportedFlag } from './rounding.ts';
import { threeValueRule } from './threeValueRule.ts';

type Inputs = Readonly<Record<string, unknown>>;

function onlyFields(inputs: Inputs, known: readonly string[]): void {
  const stranger = Object.keys(inputs).find((key) => !known.includes(key));
  if (stranger !== undefined) throw refusal('METHOD_UNKNOWN_FIELD', `不认识的字段：${stranger}。`, stranger);
}

/** Checks under the vector's own field name, so that the refusal names what the caller wrote. */
function decimalField(inputs: Inputs, field: string, label: string): string {
  parseDecimal(inputs[field], field, label, 'GB/T 8170-2008');
  return inputs[field] as string;
}

function flagOf(raw: unknown): ReportedFlag {
  return raw === undefined || raw === null || raw === '' ? undefined : (raw as ReportedFlag);
}

const rounding: VectorComputer = (inputs) => {
  onlyFields(inputs, ['value', 'interval']);
  return { rounded: round(decimalField(inputs, 'value', '待修约数值'), parseStep(inputs['interval'], 'interval')) };
};

const roundingOfReportedValue: VectorComputer = (inputs) => {
  onlyFields(inputs, ['reported', 'flag', 'interval']);
  const reported = decimalField(inputs, 'reported', '报出值');
  return { rounded: roundReported(reported, flagOf(inputs['flag']), parseStep(inputs['interval'], 'interval')) };
};

const limitComparison: VectorComputer = (inputs) => {
  onlyFields(inputs, ['requirement', 'min', 'max', 'measured', 'limitInterval', 'flag']);
  const measured = decimalField(inputs, 'measured', '测定值');
  const step = parseStep(inputs['limitInterval'], 'limitInterval');
  const limits = { min: inputs['min'] as string | null | undefined, max: inputs['max'] as string | null | undefined };
  const flag = flagOf(inputs['flag']);
  const rounded = meetsRoundedValue(measured, limits, step, flag);
  return {
    fullValueMethod: meetsFullValue(measured, limits, flag),
    roundedValue: rounded.roundedValue,
    roundedValueMethod: rounded.meets,
  };
};

const VALUES = [
  decimal({
    name: 'values',
    label: '测值',
    at: 'bench',
    set: 'specimen',
    unit: '',
    resolution: '',
    instrument: '',
    max: '1000000',
    maxReason: '超过可能的测值',
    clause: 'GB/T 50081-2019 5.0.5',
  }),
] as const;

function finestStep(values: readonly string[]): string {
  const places = Math.max(...values.map((value) => (value.split('.')[1] ?? '').length));
  return places === 0 ? '1' : `0.${'0'.repeat(places - 1)}1`;
}

const threeValueRuleVector: VectorComputer = (inputs) => {
  const { interval, ...rest } = inputs;
  const { values } = parseFields(rest, VALUES, [{ id: 'specimen', label: '试件', count: 3 }]);
  // Without a step, the finest one written among the three values.
  const step = interval === undefined ? finestStep(values) : parseStep(interval, 'interval');
  const result = threeValueRule(values, step, '', 'GB/T 50081-2019 5.0.5');
  return { rule: result.rule, value: result.value };
};

export const foundationVectors: Readonly<Record<string, VectorComputer>> = {
  rounding,
  'rounding-of-reported-value': roundingOfReportedValue,
  'limit-comparison': limitComparison,
  'three-value-rule': threeValueRuleVector,
};

// Takes what tells of a hidden sample out of any answer: fields by their names wherever they stand beside a hidden number,
// whole rows of commissions and reports, and the words themselves out of every other text.
import { hiddenText } from '../../../shared/blind/calls.ts';
import type { Hidden, HiddenSample } from './hiding.ts';

export type Plain = Record<string, unknown>;
export const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A field as text; empty where it is something else. */
export const textIn = (value: Plain, field: string): string => {
  const text = value[field];
  return typeof text === 'string' ? text : '';
};

/** Fields that tell whose sample it is, wherever one of a hidden sample stands. */
const telling: ReadonlySet<string> = new Set([
  'commissionNo', 'contractNo', 'projectId', 'projectName', 'supervisionCode', 'clientUnit', 'ownerUnit', 'contractorUnit',
  'supervisorUnit', 'witnessUnit', 'witnessName', 'witnessCertNo', 'samplerName', 'siteAddress', 'remarks', 'structurePart',
  'maker', 'batchNo', 'authority', 'reportNo', 'reportKey',
]); // prettier-ignore
const ofSample: ReadonlySet<string> = new Set(['sampleNo', 'sampleCode']);

type RecordOf = (recordNo: unknown) => HiddenSample | null;

/** The hidden sample that an object is about; `true` where only its commission is known. */
function about(value: Plain, hidden: Hidden, ofRecord: RecordOf): HiddenSample | true | null {
  const sample = hidden.samples.get(textIn(value, 'sampleNo'));
  if (sample !== undefined) return sample;
  const named = typeof value['recordNo'] === 'string' ? ofRecord(value['recordNo']) : null;
  if (named !== null) return named;
  return hidden.commissions.has(textIn(value, 'commissionNo')) ? true : null;
}

/** A commission or a report by itself: nothing of it is left that could be shown. */
const isWhole = (value: Plain): boolean =>
  !['sampleNo', 'recordNo', 'taskId', 'runNo'].some((key) => typeof value[key] === 'string');

export function coverTree(root: unknown, hidden: Hidden, ofRecord: RecordOf): unknown {
  const walk = (value: unknown, within: HiddenSample | true | null): unknown => {
    if (typeof value === 'string') return hidden.mask(value);
    if (Array.isArray(value)) {
      // Curves are long and hold no words.
      if (value.every((one) => typeof one === 'number' || one === null)) return value;
      return value
        .filter((one) => !(isPlain(one) && isWhole(one) && about(one, hidden, ofRecord) === true))
        .map((one) => walk(one, within));
    }
    if (!isPlain(value)) return value;
    const subject = about(value, hidden, ofRecord) ?? within;
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => {
        if (key.endsWith('Base64')) return [key, one];
        if (subject !== null && typeof one === 'string') {
          if (telling.has(key)) return [key, one === '' ? one : hiddenText];
          if (ofSample.has(key)) return [key, subject === true ? hidden.mask(one) : subject.blindNo];
        }
        return [key, walk(one, subject)];
      }),
    );
  };
  return walk(root, null);
}

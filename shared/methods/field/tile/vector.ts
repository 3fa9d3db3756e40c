// Answers lines of a vector file for tile bond: three single strengths of one first group, and, for tiles of a precast
// panel, `precast`.
import { decimal } from '../../field.ts';
import { quoteRaw, refusal, roundRatio, Exact } from '../../foundation/decimal.ts';
import { parseFields } from '../../inputs.ts';
import { vectorPolicies } from '../../vectorPolicies.ts';
import { GROUP_SIZE, STANDARD, STRENGTH_STEP, SUBJECT_RULE } from './data.ts';
import { MAX_STRENGTH } from './fields.ts';
import { judgeTiles, thresholdsOf, tileGroup } from './judge.ts';

const CLAUSE = `${STANDARD} ${SUBJECT_RULE}`;

const SINGLES = decimal({
  name: 'single_MPa',
  label: '粘结强度',
  symbol: 'R',
  at: 'bench',
  set: 'piece',
  unit: 'MPa',
  resolution: '0.1',
  instrument: '粘结强度检测仪',
  // A weak piece is 0.0 MPa after rounding.
  zero: true,
  max: MAX_STRENGTH,
  maxReason: `超过饰面砖可能的粘结强度 ${MAX_STRENGTH} MPa`,
  clause: CLAUSE,
});

export function tileBondVector(raw: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { precast = false, ...rest } = vectorPolicies([], raw).readings;
  if (typeof precast !== 'boolean') {
    throw refusal(
      'METHOD_INPUT_INVALID',
      `“precast”只能是 true 或 false，收到 ${quoteRaw(precast)}。`,
      'precast',
      CLAUSE,
    );
  }
  const { single_MPa: singles } = parseFields(rest, [SINGLES], [{ id: 'piece', label: '试样', count: GROUP_SIZE }]);
  const rounded = singles.map((single) => roundRatio(new Exact(single), new Exact(1), STRENGTH_STEP));
  const group = tileGroup(rounded, thresholdsOf(STANDARD, precast ? '带饰面砖的预制构件' : '现场粘贴'));
  return {
    mean: group.mean_MPa,
    meanOk: group.meanOk,
    singleOk: group.singleOk,
    verdict: judgeTiles([group], false),
  };
}

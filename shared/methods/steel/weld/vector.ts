// Answers lines of a vector file for tension tests of welds. A line names the tensile standard value and strengths, not
// a bar and loads, and says with `retest` that its six specimens are the retest.
import { refusal } from '../../foundation/decimal.ts';
import { decimal } from '../../field.ts';
import { parseFields, valueFault } from '../../inputs.ts';
import { vectorPolicies } from '../../vectorPolicies.ts';
import { requireCount } from '../joint/fields.ts';
import { MAX_STRENGTH } from '../joint/strength.ts';
import { booleanOf, specimenList, wordOf } from '../joint/vectorLines.ts';
import { roundStrengthValue } from '../steelRounding.ts';
import { CLAUSE_TENSION_RULE, TEST_STANDARD, THREE_BRITTLE } from './data.ts';
import { MODES, PLACES, judgeTension } from './tension.ts';
import type { Mode, Place, TensionSpecimen, ThreeBrittle } from './tension.ts';

const STANDARD_VALUE = decimal({
  name: 'tensileStandard_MPa',
  label: '钢筋母材抗拉强度标准值',
  at: 'reception',
  unit: 'MPa',
  resolution: '1',
  instrument: '委托单',
  max: MAX_STRENGTH,
  maxReason: `超过钢筋可能的强度 ${MAX_STRENGTH} MPa`,
  clause: CLAUSE_TENSION_RULE,
});

export function weldTensileVector(raw: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { policies, readings } = vectorPolicies([THREE_BRITTLE], raw);
  const { specimens: list, retest, ...rest } = readings;
  const { tensileStandard_MPa: standard } = parseFields(rest, [STANDARD_VALUE]);
  const round = booleanOf(retest, 'retest', CLAUSE_TENSION_RULE) ? 'retest' : 'initial';
  const specimens = specimenList(list, ['R', 'where', 'mode'], CLAUSE_TENSION_RULE).map(
    (specimen, index): TensionSpecimen => {
      const at = `specimens.${index}`;
      const fault = valueFault({ ...STANDARD_VALUE, label: `试件 ${index + 1} 抗拉强度` }, specimen['R']);
      if (fault !== null) throw refusal(fault.code, fault.message, `${at}.R`, CLAUSE_TENSION_RULE);
      return {
        strength_MPa: roundStrengthValue(specimen['R'] as string, TEST_STANDARD),
        place: wordOf<Place>(PLACES, specimen['where'], `${at}.where`, '断裂位置', CLAUSE_TENSION_RULE),
        mode: wordOf<Mode>(MODES, specimen['mode'], `${at}.mode`, '断裂形式', CLAUSE_TENSION_RULE),
      };
    },
  );
  requireCount(specimens, round, 'specimens', '试件', CLAUSE_TENSION_RULE);
  return { verdict: judgeTension(specimens, standard, round, policies['threeBrittleBreaks'] as ThreeBrittle).outcome };
}

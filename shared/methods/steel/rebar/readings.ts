// The sets of specimens, and the readings of any of the three methods as the arithmetic takes them.
import { dueInRetest } from '../../field.ts';
import type { SpecimenSet } from '../../field.ts';
import { COUNTS } from './data.ts';
import type { BendFinding } from './findings.ts';

const TENSION_CODES = ['QF', 'KL', 'SC', 'ZL', 'QQB', 'QBB'];
const set = (
  id: string,
  label: string,
  [min, max, usual]: readonly [number, number, number],
  parameters: readonly string[],
): SpecimenSet => ({ id, label, count: { min, max, usual }, parameters });

/** Two bars, in the re-test four; the round decides which, in checks.ts. */
export const tensionSet = (parameters: readonly string[] = TENSION_CODES, most = 4): SpecimenSet => ({
  ...set('tension', '拉伸试件', [2, most, 2], parameters),
  due: dueInRetest(Math.min(most, COUNTS.tension.retest)),
});
export const BEND_SET: SpecimenSet = {
  ...set('bend', '弯曲试件', [2, 4, 2], ['WQ']),
  due: dueInRetest(COUNTS.bend.retest),
};
export const REVERSE_SET: SpecimenSet = {
  ...set('reverseBend', '反向弯曲试件', [1, 2, 1], ['FW']),
  due: dueInRetest(COUNTS.reverseBend.retest),
};
export const MASS_SET = set('mass', '重量偏差试件', [5, 20, 5], ['ZLPC']);

/** The readings of any of the three methods, as the arithmetic takes them. */
export interface RebarReadings {
  readonly grade: string;
  readonly nominalDiameter_mm: string;
  readonly round?: 'initial' | 'retest' | undefined;
  readonly initialRecordNo?: string | undefined;
  readonly seismicByDesign?: 'yes' | 'no' | undefined;
  readonly sampleState?: string | undefined;
  readonly machineRange_kN?: string | undefined;
  readonly FeL_kN?: readonly (string | null)[] | undefined;
  readonly Fp02_kN?: readonly (string | null)[] | undefined;
  readonly Fm_kN?: readonly string[] | undefined;
  readonly Lu_mm?: readonly string[] | undefined;
  readonly fractureDistance_mm?: readonly string[] | undefined;
  readonly fractureTypes?: readonly ('ductile' | 'brittle' | null)[] | undefined;
  readonly agtGauge_mm?: string | undefined;
  readonly agtFinal_mm?: readonly (string | null)[] | undefined;
  readonly agtExtension_percent?: readonly (string | null)[] | undefined;
  readonly extensometerGauge_mm?: readonly (string | null)[] | undefined;
  readonly extensometerClass?: readonly (string | null)[] | undefined;
  readonly agtToFracture_mm?: readonly string[] | undefined;
  readonly agtToGrip_mm?: readonly string[] | undefined;
  readonly bendFindings?: readonly BendFinding[] | undefined;
  readonly reverseBendFindings?: readonly BendFinding[] | undefined;
  readonly lengths_mm?: readonly string[] | undefined;
  readonly totalMass_g?: string | undefined;
}

// Answers lines of a vector file for cement. Vectors mostly give single strengths without loads, and judge both ages of
// one cement at once, which a record never does; that is why this stands beside the method and not inside it.
import { Exact, refusal, roundRatio } from '../../foundation/decimal.ts';
import { choice, decimal } from '../../field.ts';
import type { SpecimenSet } from '../../field.ts';
import { parseFields } from '../../inputs.ts';
import { meets, requireLimit } from '../../judge.ts';
import { vectorPolicies } from '../../vectorPolicies.ts';
import { checkGrade, grade, GB175_2007, GB175_2023, kind } from '../kinds.ts';
import { COMPRESSION, FLEXURE, STRENGTH_LIMITS, limitKey } from './data.ts';
import type { Age } from './data.ts';
import { compressionLoads, flexureLoads } from './fields.ts';
import { compressiveStrength, flexuralStrength, MEAN_FOR_OUTLIERS } from './outliers.ts';
import type { OutlierMean } from './outliers.ts';
import { FORMULAS, STRENGTH_STEP, singleStrength } from './singles.ts';
import type { StrengthKind } from './singles.ts';

type Raw = Readonly<Record<string, unknown>>;

const specimens = (count: number): readonly SpecimenSet[] => [{ id: 'specimen', label: '试体', count }];

const singleField = decimal({
  name: 'single_MPa',
  label: '单个强度',
  at: 'bench',
  optional: true,
  set: 'specimen',
  unit: 'MPa',
  resolution: '0.1',
  instrument: '试验机',
  min: '0.1',
  max: '187.5',
  maxReason: '超过水泥胶砂可能的强度 187.5 MPa',
  clause: FORMULAS.compression.clause,
});

const FLEXURE_FIELDS = [
  { ...flexureLoads, name: 'loads_N', set: 'specimen', optional: true },
  {
    ...singleField,
    max: '18.8',
    maxReason: '超过水泥胶砂可能的抗折强度 18.8 MPa',
    clause: FORMULAS.flexure.clause,
  },
] as const;
const COMPRESSION_FIELDS = [
  { ...compressionLoads, name: 'loads_kN', set: 'specimen', optional: true },
  singleField,
] as const;

/** Singles from loads, from given strengths, or from both where they agree. */
function singlesOf(
  what: StrengthKind,
  loads: readonly string[] | undefined,
  given: readonly string[] | undefined,
): string[] {
  const { clause, unit, label } = FORMULAS[what];
  if (loads === undefined) {
    if (given === undefined) throw refusal('METHOD_MISSING', '缺少“单个强度”或荷载。', 'single_MPa', clause);
    return given.map((value) => roundRatio(new Exact(value), new Exact(1), STRENGTH_STEP));
  }
  const singles = loads.map((load) => singleStrength(what, load));
  for (const [index, stated] of (given ?? []).entries()) {
    const calculated = singles[index] ?? '';
    if (new Exact(stated).equals(calculated)) continue;
    const from = `由荷载 ${loads[index]} ${unit} 算得的 ${calculated} MPa`;
    const message = `试体 ${index + 1} 给出的${label} ${stated} MPa 与${from} 不一致。`;
    throw refusal('METHOD_CONFLICT', message, `single_MPa.${index}`, clause, '请核对荷载及其单位。');
  }
  return singles;
}

/** The singles stand in the answer only where the line did not give them itself. */
const own = (given: readonly string[] | undefined, singles: string[]): { single_MPa?: string[] } =>
  given === undefined ? { single_MPa: singles } : {};

export function cementFlexuralVector(raw: Raw): Record<string, unknown> {
  const { policies, readings } = vectorPolicies([MEAN_FOR_OUTLIERS], raw);
  const inputs = parseFields(readings, FLEXURE_FIELDS, specimens(3));
  const singles = singlesOf('flexure', inputs.loads_N, inputs.single_MPa);
  const { rule, result_MPa } = flexuralStrength(singles, policies['meanForOutliers'] as OutlierMean);
  return { ...own(inputs.single_MPa, singles), rule, result_MPa };
}

export function cementCompressiveVector(raw: Raw): Record<string, unknown> {
  const { policies, readings } = vectorPolicies([MEAN_FOR_OUTLIERS], raw);
  const inputs = parseFields(readings, COMPRESSION_FIELDS, specimens(6));
  const singles = singlesOf('compression', inputs.loads_kN, inputs.single_MPa);
  const { rule, result_MPa } = compressiveStrength(singles, policies['meanForOutliers'] as OutlierMean);
  return { ...own(inputs.single_MPa, singles), rule, result_MPa };
}

const mean = { at: 'bench', unit: 'MPa', resolution: '0.1', instrument: '试验机', min: '0.1' } as const;
const compressive = { ...mean, max: '187.5', maxReason: '超过水泥胶砂可能的抗压强度 187.5 MPa' } as const;
const flexural = { ...mean, max: '18.8', maxReason: '超过水泥胶砂可能的抗折强度 18.8 MPa' } as const;

const GRADE_FIELDS = [
  grade,
  { ...kind, optional: true },
  choice({
    name: 'standard',
    label: '判定标准',
    at: 'reception',
    optional: true,
    instrument: '委托单',
    clause: 'GB 175',
    options: [
      { value: GB175_2023, label: GB175_2023 },
      { value: GB175_2007, label: GB175_2007 },
    ],
  }),
  decimal({ ...compressive, name: 'c3', label: '3 d 抗压强度', clause: FORMULAS.compression.clause }),
  decimal({ ...compressive, name: 'c28', label: '28 d 抗压强度', clause: FORMULAS.compression.clause }),
  decimal({ ...flexural, name: 'f3', label: '3 d 抗折强度', clause: FORMULAS.flexure.clause }),
  decimal({ ...flexural, name: 'f28', label: '28 d 抗折强度', clause: FORMULAS.flexure.clause }),
] as const;

/** The four limits of a grade and whether all four results meet them: arithmetic only, not a verdict. */
export function cementGradeVector(raw: Raw): Record<string, unknown> {
  const { policies: _none, readings } = vectorPolicies([], raw);
  const inputs = parseFields(readings, GRADE_FIELDS);
  const standard = inputs.standard ?? GB175_2023;
  if (inputs.kind !== undefined) checkGrade(inputs.kind, inputs.grade, standard);
  else if (standard === GB175_2007) {
    throw refusal('METHOD_MISSING', `${GB175_2007} 的限值随品种而异，缺少“水泥品种”。`, 'kind', GB175_2007);
  }
  const asked: readonly (readonly [string, Age, string])[] = [
    [COMPRESSION, '3', inputs.c3],
    [COMPRESSION, '28', inputs.c28],
    [FLEXURE, '3', inputs.f3],
    [FLEXURE, '28', inputs.f28],
  ];
  const compared = asked.map(([code, age, result]) => {
    const key = limitKey(standard, inputs.kind, inputs.grade, age);
    const limit = requireLimit(STRENGTH_LIMITS, standard, code, key, 'grade');
    return { limit: limit.min, ok: meets(result, limit) };
  });
  return { limits: compared.map(({ limit }) => limit), ok: compared.every(({ ok }) => ok) };
}

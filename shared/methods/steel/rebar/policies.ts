// The places where bar standards can be read two ways, or where two standards answer differently. The lab fixes one
// reading by name; every one of them can change a verdict.
import type { Policies, PolicyDeclaration } from '../../method.ts';
import type { ElongationRounding, StrengthRounding } from '../steelRounding.ts';
import { ACCEPTANCE, CLAUSE_AGT, CLAUSE_ELONGATION, RIBBED_2024, ROUNDING, TENSILE, TEST } from './data.ts';

export const STRENGTH_ROUNDING = {
  name: 'strengthRounding',
  label: '强度的修约间隔',
  clause: ROUNDING,
  options: [
    { value: 'YB/T 081-2013', label: 'YB/T 081-2013：≤200 为 1，＞200～1000 为 5，＞1000 为 10 MPa' },
    { value: 'GB/T 228.1-2021', label: 'GB/T 228.1-2021：1 MPa' },
  ],
  default: 'YB/T 081-2013',
} as const satisfies PolicyDeclaration;

export const ELONGATION_STEP = {
  name: 'elongationStep',
  label: '断后伸长率的修约间隔',
  clause: CLAUSE_ELONGATION,
  options: [
    { value: 'YB/T 081-2013', label: 'YB/T 081-2013：＞10 % 为 1 %，其余 0.5 %' },
    { value: 'GB/T 228.1-2021', label: 'GB/T 228.1-2021：0.5 %' },
  ],
  default: 'YB/T 081-2013',
} as const satisfies PolicyDeclaration;

/** GB 50204 does not name YB/T 081; the step of the test standard is the stricter one. */
export const ELONGATION_STEP_STRAIGHTENED: PolicyDeclaration = { ...ELONGATION_STEP, default: 'GB/T 228.1-2021' };

export const AGT_STEP: PolicyDeclaration = {
  name: 'agtStep',
  label: '最大力总延伸率的修约间隔',
  clause: CLAUSE_AGT,
  options: [
    { value: '0.1', label: `${TEST}：0.1 %` },
    { value: '0.5', label: `${TENSILE}：0.5 %` },
  ],
  default: '0.1',
};

export const AGT_STRENGTH: PolicyDeclaration = {
  name: 'agtStrengthBasis',
  label: '最大力总延伸率公式中的抗拉强度',
  clause: CLAUSE_AGT,
  options: [
    { value: 'unrounded', label: '用未修约的抗拉强度' },
    { value: 'rounded', label: '用修约后的抗拉强度' },
  ],
  default: 'unrounded',
};

export const RATIO_BASIS: PolicyDeclaration = {
  name: 'ratioBasis',
  label: '强屈比、屈标比所用的强度',
  clause: `${RIBBED_2024} 力学性能`,
  options: [
    { value: 'unrounded', label: '用未修约的强度（不连续修约）' },
    { value: 'rounded', label: '用修约后的强度' },
  ],
  default: 'unrounded',
};

export const STRAIGHTENED_MASS: PolicyDeclaration = {
  name: 'massComparison',
  label: '调直后重量偏差的比较方法',
  clause: `${ACCEPTANCE} 5.3.4`,
  options: [
    { value: 'full-value', label: '全数值比较法（标准未规定时，GB/T 8170-2008 4.3.1）' },
    { value: 'rounded-value', label: '修约值比较法（修约至 1 %）' },
  ],
  default: 'full-value',
};

export const STRAIGHTENED_PIECES: PolicyDeclaration = {
  name: 'tensionPieces',
  label: '调直钢筋拉伸试件的数量',
  clause: `${ACCEPTANCE} 5.3.4`,
  options: [
    { value: '2', label: '3 个试件测重量偏差后，取其中 2 个拉伸' },
    { value: '3', label: '3 个试件全部拉伸' },
  ],
  default: '2',
};

export interface RebarChoices {
  strengthRounding: StrengthRounding;
  elongationStep: ElongationRounding;
  agtStep: string;
  agtFromRounded: boolean;
  ratiosFromRounded: boolean;
  fullValueMass: boolean;
}

export const choicesOf = (policies: Policies): RebarChoices => ({
  strengthRounding: policies[STRENGTH_ROUNDING.name] as StrengthRounding,
  elongationStep: policies[ELONGATION_STEP.name] as ElongationRounding,
  agtStep: policies[AGT_STEP.name] ?? AGT_STEP.default,
  agtFromRounded: policies[AGT_STRENGTH.name] === 'rounded',
  ratiosFromRounded: policies[RATIO_BASIS.name] === 'rounded',
  fullValueMass: policies[STRAIGHTENED_MASS.name] === 'full-value',
});

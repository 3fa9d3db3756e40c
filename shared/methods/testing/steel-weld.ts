// Test help: one sound group of welded joints to change from, and short questions about its answer.
import type { MethodComputation } from '../method.ts';
import weldJoint from '../steel/weld-joint.method.ts';
import type { WeldJointOutputs } from '../steel/weld-joint.method.ts';

export const CONFIRMED = { 'limits JGJ 18-2012': 'confirmed' };

export const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

/** φ20 (314.2 mm²), fk 540 MPa: 169.668 kN is exactly 540. */
export const base = {
  weldType: '闪光对焊',
  grade: 'HRB400',
  nominalDiameter_mm: '20',
  round: 'initial',
  loads_kN: ['182.0', '184.0', '170.0'],
  fracturePlaces: ['母材', '母材', '焊缝'],
  fractureModes: ['延性', '延性', '脆性'],
};
export const bend = { bendFindings: times(3, '无裂纹'), bendFormer_mm: '100' };
export const inBar = { fracturePlaces: times(3, '母材'), fractureModes: times(3, '延性') };

/** As it arrives: a key without a value is no key. */
export const sent = (inputs: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined));

export const compute = (
  change: Record<string, unknown>,
  policies: Record<string, string> = CONFIRMED,
  parameters?: string[],
): MethodComputation<WeldJointOutputs> =>
  weldJoint.compute(sent({ ...base, ...change }), { policies, ...(parameters === undefined ? {} : { parameters }) });

export const codes = (found: readonly { code: string }[]): string[] => found.map(({ code }) => code);

/** Six specimens of a retest. */
export const retest = (loads: string[], places: string[], modes: string[]) => ({
  round: 'retest',
  initialRecordNo: 'JL-1',
  loads_kN: loads,
  fracturePlaces: places,
  fractureModes: modes,
});

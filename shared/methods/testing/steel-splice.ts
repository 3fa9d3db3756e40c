// Test help: one sound group of mechanical splices to change from.
import type { MethodComputation } from '../method.ts';
import mechanicalSplice from '../steel/mechanical-splice.method.ts';
import type { MechanicalSpliceOutputs } from '../steel/mechanical-splice.method.ts';
import { sent, times } from './steel-weld.ts';

export const CONFIRMED_107 = { 'limits JGJ 107-2016': 'confirmed' };

/** φ20 (314.2 mm²), HRB400: 169.668 kN is exactly 540 MPa, 186.6348 kN exactly 594. */
export const spliceBase = {
  spliceType: '剥肋滚轧直螺纹接头',
  spliceLevel: 'Ⅰ',
  grade: 'HRB400',
  nominalDiameter_mm: '20',
  inspection: '验收检验',
  round: 'initial',
  loads_kN: ['182.0', '184.0', '190.0'],
  breaks: ['断于钢筋母材', '断于套筒外钢筋丝头', '钢筋从套筒中拔出'],
};

export const computeSplice = (
  change: Record<string, unknown>,
  policies: Record<string, string> = CONFIRMED_107,
  parameters?: string[],
): MethodComputation<MechanicalSpliceOutputs> =>
  mechanicalSplice.compute(sent({ ...spliceBase, ...change }), {
    policies,
    ...(parameters === undefined ? {} : { parameters }),
  });

/** Six specimens of a retest. */
export const spliceRetest = (loads: string[], breaks: string[]) => ({
  round: 'retest',
  initialRecordNo: 'JL-7',
  loads_kN: loads,
  breaks,
});

export const allPulledOut = times(3, '钢筋从套筒中拔出');

// A cube in the compression machine: how fast, how far, and what its load means. Cubes of any curing are pressed alike.
import { Exact } from '../../foundation/decimal.ts';
import type { Acquisition, TestMethod } from '../../method.ts';
import { strengthOf } from '../grade.ts';
import { cubeRateWindow } from './checks.ts';
import { areaOf, singleStrength } from './singles.ts';

/** `usualShare`: what a usual specimen reaches, as a share of its grade. */
export const cubeAcquisition = (usualShare: string): Acquisition => ({
  field: 'loads_kN',
  rateField: 'loadingRates_kN_s',
  rateWindow: ({ designGrade, side_mm: side }) => cubeRateWindow(designGrade, side),
  usualLoad_kN: ({ designGrade, side_mm: side }) =>
    designGrade === undefined || side === undefined
      ? null
      : new Exact(strengthOf(designGrade)).times(usualShare).times(areaOf(side)).div(1000).toFixed(),
  preview: {
    label: '抗压强度',
    unit: 'MPa',
    value: ({ side_mm: side }, load) => (side === undefined ? null : singleStrength(load, side)),
  },
});

export const describeCube: TestMethod['describe'] = ({ designGrade = '', side_mm: side = '' }) => ({
  grade: designGrade,
  spec: side === '' ? '' : `${side}×${side}×${side} mm`,
});

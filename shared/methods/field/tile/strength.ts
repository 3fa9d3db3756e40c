// Single bond strengths of facing tiles: force over the cut section, R = X / S × 1000, to 0.1 MPa.
import { Exact, refusal, roundRatio } from '../../foundation/decimal.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import { STRENGTH_STEP } from './data.ts';
import { MAX_STRENGTH } from './fields.ts';
import type { TileInputs } from './fields.ts';

export interface TilePiece {
  area_mm2: string;
  strength_MPa: string;
}

export function tilePieces(inputs: TileInputs, clause: string): TilePiece[] {
  return inputs.forces_kN.map((force, index) => {
    const area = new Exact(inputs.lengths_mm[index] ?? '').times(inputs.widths_mm[index] ?? '');
    const newtons = new Exact(force).times(1000);
    const strength = roundRatio(newtons, area, STRENGTH_STEP);
    if (newtons.greaterThan(area.times(MAX_STRENGTH))) {
      const message = `试样 ${index + 1} 由粘结力 ${force} kN 算得的粘结强度为 ${strength} MPa，超过可能的 ${MAX_STRENGTH} MPa。`;
      const next = '请核对粘结力的单位（应为 kN）和试样断面尺寸（mm）。';
      throw refusal('METHOD_OUT_OF_RANGE', message, `forces_kN.${index}`, clause, next);
    }
    return { area_mm2: area.toFixed(), strength_MPa: strength };
  });
}

export function pieceTrace(inputs: TileInputs, pieces: readonly TilePiece[], clause: string): TraceStep[] {
  return pieces.flatMap((piece, index): TraceStep[] => [
    {
      name: `试样 ${index + 1} 断面面积`,
      symbol: 'S',
      formula: '长 × 宽',
      substituted: `${inputs.lengths_mm[index]} × ${inputs.widths_mm[index]}`,
      value: piece.area_mm2,
      unit: 'mm²',
      rule: '不修约',
      clause,
    },
    {
      name: `试样 ${index + 1} 粘结强度`,
      symbol: 'R',
      formula: 'X / S × 10³',
      substituted: `${inputs.forces_kN[index]} / ${piece.area_mm2} × 1000`,
      value: piece.strength_MPa,
      unit: 'MPa',
      rule: `修约至 ${STRENGTH_STEP} MPa`,
      clause,
    },
  ]);
}

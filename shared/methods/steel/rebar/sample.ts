// All figures of one sample that its readings allow, whether or not they were commissioned: the record shows every
// reading, and the stops look at all of them.
import { Exact } from '../../foundation/decimal.ts';
import { nominalArea, nominalMass } from '../nominal.ts';
import { agtReadings, yieldForces } from './extension.ts';
import {
  asRatio,
  elongation,
  extensionFigure,
  massDeviation,
  strength,
  strengthRatio,
  totalExtension,
} from './figures.ts';
import type { Figure, MassFigure } from './figures.ts';
import type { Ratio } from './ratio.ts';
import type { RebarReadings } from './readings.ts';
import { characteristicYield } from './limits.ts';
import type { RebarChoices } from './policies.ts';

export interface SampleFigures {
  area_mm2: string;
  /** Original gauge length L0 = 5d, mm. */
  gauge_mm: string;
  characteristicYield_MPa: string;
  QF: Figure[] | null;
  KL: Figure[] | null;
  SC: Figure[] | null;
  ZL: Figure[] | null;
  QQB: Figure[] | null;
  QBB: Figure[] | null;
  ZLPC: MassFigure | null;
  mass_kg_m: string | null;
}

export const areaOf = (diameter_mm: string): string => nominalArea(diameter_mm);
export const gaugeOf = (diameter_mm: string): string => new Exact(diameter_mm).times(5).toFixed();

/** What a strength was formed of is known of the ratios with it. */
const byOf = ({ by }: Figure): Pick<Figure, 'by'> => (by === undefined ? {} : { by });

function ratios(
  yields: Figure[] | null,
  tensiles: Figure[] | null,
  characteristic: string,
  fromRounded: boolean,
): Pick<SampleFigures, 'QQB' | 'QBB'> {
  if (yields === null) return { QQB: null, QBB: null };
  const exactOf = (one: Figure) => (fromRounded ? asRatio(one.value) : one.exact);
  const textOf = (one: Figure) => (fromRounded ? one.value : `(${one.substituted})`);
  return {
    QQB:
      tensiles === null
        ? null
        : yields.flatMap((yielding, index): Figure[] => {
            const tensile = tensiles[index];
            if (tensile === undefined) return [];
            const of = strengthRatio(exactOf(tensile), exactOf(yielding), [textOf(tensile), textOf(yielding)]);
            return [{ ...of, ...byOf(yielding) }];
          }),
    QBB: yields.map((one) => ({
      ...strengthRatio(exactOf(one), asRatio(characteristic), [textOf(one), characteristic]),
      ...byOf(one),
    })),
  };
}

/** `massStep` is the rounding of the mass deviation; asked for only where there is one. */
export function figuresOf(
  readings: RebarReadings,
  choices: RebarChoices,
  massStep: (exact: Ratio) => string,
): SampleFigures {
  const { nominalDiameter_mm: diameter, agtGauge_mm: agtGauge, lengths_mm: lengths, totalMass_g: mass } = readings;
  const area = areaOf(diameter);
  const gauge = gaugeOf(diameter);
  const characteristic = characteristicYield(readings.grade);
  const strengths = (forces: readonly string[] | undefined) =>
    forces?.map((force) => strength(force, area, choices.strengthRounding)) ?? null;
  const KL = strengths(readings.Fm_kN);
  const QF =
    yieldForces(readings)?.map(({ force, proof }): Figure => {
      const one = strength(force, area, choices.strengthRounding);
      return proof ? { ...one, by: 'proof' } : one;
    }) ?? null;
  const ZL = agtReadings(readings)?.flatMap((reading, index) => {
    if (reading.by === 'gauge') return [extensionFigure(reading.percent, choices.agtStep)];
    const final = reading.final_mm;
    const tensile = KL?.[index];
    if (tensile === undefined || agtGauge === undefined) return [];
    const used = choices.agtFromRounded
      ? { exact: asRatio(tensile.value), text: tensile.value }
      : { exact: tensile.exact, text: `(${tensile.substituted})` };
    return [totalExtension(agtGauge, final, used, choices.agtStep)];
  });
  const weighed =
    lengths !== undefined && mass !== undefined ? { lengths, mass, perMetre: nominalMass(diameter) } : null;
  return {
    area_mm2: area,
    gauge_mm: gauge,
    characteristicYield_MPa: characteristic,
    QF,
    KL,
    SC: readings.Lu_mm?.map((final) => elongation(gauge, final, choices.elongationStep)) ?? null,
    ZL: ZL ?? null,
    ...ratios(QF, KL, characteristic, choices.ratiosFromRounded),
    ZLPC: weighed === null ? null : massDeviation(weighed.lengths, weighed.mass, weighed.perMetre, massStep),
    mass_kg_m: weighed?.perMetre ?? null,
  };
}

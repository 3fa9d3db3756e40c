// Bars that are joined: yield and tensile standard values of each grade (GB 1499.1, GB 1499.2). Welded and mechanical
// joints are judged by the standard value of their bar, so both methods take it from here; the tables of limits that
// are made of it stay `draft` until somebody has compared them with the printed standards.
import { Exact, roundRatio } from '../../foundation/decimal.ts';
import { nominalArea } from '../nominal.ts';

export interface Bar {
  /** 屈服强度标准值. */
  fyk_MPa: string;
  /** 抗拉强度标准值（fk, fstk）. */
  fstk_MPa: string;
}

const CLASS_300: Bar = { fyk_MPa: '300', fstk_MPa: '420' };
const CLASS_400: Bar = { fyk_MPa: '400', fstk_MPa: '540' };
const CLASS_500: Bar = { fyk_MPa: '500', fstk_MPa: '630' };
const CLASS_600: Bar = { fyk_MPa: '600', fstk_MPa: '730' };

const BARS: Readonly<Record<string, Bar>> = {
  HPB300: CLASS_300,
  HRB400: CLASS_400,
  HRB400E: CLASS_400,
  HRBF400: CLASS_400,
  HRBF400E: CLASS_400,
  HRB500: CLASS_500,
  HRB500E: CLASS_500,
  HRBF500: CLASS_500,
  HRBF500E: CLASS_500,
  HRB600: CLASS_600,
};

export const BAR_GRADES: readonly string[] = Object.keys(BARS);

/** Standard values of a grade that the inputs schema has already accepted. */
export function barOf(grade: string): Bar {
  const bar = BARS[grade];
  if (bar === undefined) throw new RangeError(`no bar grade ${grade}`);
  return bar;
}

/** A usual bar is so much stronger than the standard value of its grade. */
const USUAL_SHARE = '1.12';

/** What a usual bar of the described grade and size reaches, kN, joined or not: a sound joint breaks in the bar. */
export function usualBarLoad({ grade, nominalDiameter_mm: diameter }: Readonly<Record<string, string>>): string | null {
  const bar = grade === undefined || !Object.hasOwn(BARS, grade) ? undefined : BARS[grade];
  if (bar === undefined || diameter === undefined) return null;
  const force = new Exact(bar.fstk_MPa).times(USUAL_SHARE).times(nominalArea(diameter));
  return roundRatio(force, new Exact(1000), '0.1');
}

// Data of JGJ/T 70-2009 for mortar cubes. Before 2009 there were six cubes, a 20 % rule and no factor of 1.35; those
// records are not computed here. The loading rate is a draft: nobody has compared it with the printed standard.
import type { RateWindow } from '../../method.ts';

export const STANDARD = 'JGJ/T 70-2009';
export const CLAUSE_RESULT = `${STANDARD} 9.0.6`;
export const CLAUSE_LOADING = `${STANDARD} 9.0.5`;
export const CLAUSE_SIZE = `${STANDARD} 9.0.5`;
export const CLAUSE_MACHINE = `${STANDARD} 9.0.2`;

export const SPECIMENS = 3;
export const SIDE_MM = '70.7';
/** 70.7². */
export const AREA_MM2 = '4998.49';
export const K = '1.35';
export const STRENGTH_STEP = '0.1';

/** No mortar in use breaks above this: a larger figure is a slip of the keyboard or of the unit. */
export const MAX_STRENGTH = '100';

/** Up to this strength the rate is best at the lower end of the window. */
export const SLOW_UP_TO = '2.5';
export const RATE: RateWindow = { min_kN_s: '0.25', max_kN_s: '1.5', clause: CLAUSE_LOADING };

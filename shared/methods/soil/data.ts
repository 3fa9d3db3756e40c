// What the soil methods share of GB/T 50123-2019: clauses, steps of rounding, and the allowed difference of two moisture
// tins. Nobody here has seen the printed standard, so the rows are drafts and clauses are named by their subject.
import type { DataStatus, Edition } from '../method.ts';

export const STANDARD = 'GB/T 50123-2019';
export const CLAUSE_MOISTURE = `${STANDARD} 含水率试验 烘干法`;
export const CLAUSE_COMPACTION = `${STANDARD} 击实试验`;
export const CLAUSE_RING = `${STANDARD} 密度试验 环刀法`;
export const CLAUSE_SAND = `${STANDARD} 原位密度试验 灌砂法`;

export const DENSITY_UNIT = 'g/cm³';
export const DENSITY_STEP = '0.01';
export const MOISTURE_STEP = '0.1';

/** Two parallel readings of moisture may differ by so much, in percent of moisture; `below_percent` is exclusive. */
export interface MoistureDifference {
  /** Mean moisture below this. */
  below_percent: string | null;
  /** … or equal to it. */
  inclusive: boolean;
  allowed_percent: string;
  status: DataStatus;
}

export const MOISTURE_DIFFERENCES: readonly MoistureDifference[] = [
  { below_percent: '10', inclusive: false, allowed_percent: '0.5', status: 'draft' },
  { below_percent: '40', inclusive: true, allowed_percent: '1.0', status: 'draft' },
  { below_percent: null, inclusive: false, allowed_percent: '2.0', status: 'draft' },
];

/** Two parallel rings. */
export const RING_DIFFERENCE = '0.03';

export const SOIL_EDITION: Edition = {
  id: STANDARD,
  test: STANDARD,
  judgement: null,
  rounding: 'GB/T 8170-2008',
  title: '土工试验方法标准',
  inForceFrom: '2019-10-01',
  inForceUntil: null,
};

// Editions of the bar standards: test, judgement and rounding standard, and the days on which all three were in force
// together. Work from before the test standard of 2022 is not computed by this program.
import type { Edition } from '../../method.ts';
import { ROUNDING, TEST } from './data.ts';

const PRODUCT_CHANGE = { lastOld: '2024-09-24', firstNew: '2024-09-25' } as const;
/** First day of GB/T 28900-2022. */
const TEST_FROM = '2022-10-12';

type Named = Pick<Edition, 'id' | 'title'> & { judgement: string };

/** The edition in force and the one before the product standards changed, newest first. */
export const editionPair = (current: Named, former: Named): readonly Edition[] => [
  { ...current, test: TEST, rounding: ROUNDING, inForceFrom: PRODUCT_CHANGE.firstNew, inForceUntil: null },
  { ...former, test: TEST, rounding: ROUNDING, inForceFrom: TEST_FROM, inForceUntil: PRODUCT_CHANGE.lastOld },
];

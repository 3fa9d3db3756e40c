// A block or brick whose strength is hardly possible beside the others: from 0.3 times to twice the mean passes.
import { describe, expect, test } from 'vitest';
import { strengthStops } from './face.ts';

const at = { field: 'loads_kN', clause: 'GB/T 5101-2017', designGrade: undefined };
const stopped = (singles: readonly string[], mean = '10.0') =>
  strengthStops(singles, mean, at).map(({ field }) => field);

describe('a single strength beside a mean of 10.0 MPa', () => {
  test('both edges pass, a hundredth outside waits for a person', () => {
    expect(stopped(['3.00', '10.00', '20.00'])).toEqual([]);
    expect(stopped(['2.99', '10.00', '20.01'])).toEqual(['loads_kN.0', 'loads_kN.2']);
  });
});

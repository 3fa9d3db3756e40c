// What all testing-machine controllers share: a load in kN as exact decimal text, and the measuring range, beyond
// which there is no number.
import { z } from 'zod';
import { understood } from '../driver.ts';
import type { Decoded, Driver } from '../driver.ts';
import { Exact } from '../numbers.ts';
import { decimalText } from '../profile.ts';

/** No testing machine for building materials reaches this; a misread frame easily does. */
const LARGEST_MACHINE_KN = '10000';

export const rangeField = { range_kN: decimalText.optional() };
export const machineProfile = z.strictObject(rangeField);

/** All drivers of this family use Parity.None, 8, One; the baud rate is set per site. */
export const machineLine: Driver['defaultLine'] = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 };

export function loadEvent(load_kN: string, range_kN: string | undefined, fields?: Record<string, string>): Decoded {
  const size = new Exact(load_kN).abs();
  if (range_kN === undefined ? size.gte(LARGEST_MACHINE_KN) : size.gt(range_kN)) {
    return understood({ kind: 'state', state: load_kN.startsWith('-') ? 'underload' : 'overload' });
  }
  return understood({ kind: 'value', value: load_kN, unit: 'kN', ...(fields ? { fields } : {}) });
}

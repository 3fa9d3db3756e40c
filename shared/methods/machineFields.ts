// What the program itself knows of a testing machine and fills in: its range, and the mean loading rate of each run.
import { decimal } from './field.ts';

/** Greatest range known of a kind of machine; more is a slip in the equipment list. */
const MACHINES = {
  press: { max: '20000', maxReason: '超过已知压力试验机的量程' },
  universal: { max: '10000', maxReason: '超过已知万能试验机的量程' },
} as const;

export const machineRangeField = (clause: string, machine: keyof typeof MACHINES = 'press') =>
  decimal({
    name: 'machineRange_kN',
    label: '试验机量程',
    at: 'bench',
    optional: true,
    source: 'range',
    unit: 'kN',
    resolution: '1',
    instrument: '设备台账',
    ...MACHINES[machine],
    clause,
  });

export const loadingRatesField = <const S extends string>(set: S, clause: string) =>
  decimal({
    name: 'loadingRates_kN_s',
    label: '加荷速度',
    at: 'bench',
    optional: true,
    set,
    source: 'rate',
    unit: 'kN/s',
    resolution: '0.01',
    instrument: '压力试验机',
    max: '1000',
    maxReason: '不可能的加荷速度',
    clause,
  });

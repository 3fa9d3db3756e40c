// What a place whose density is measured on site is described by, for every method of field density.
import { decimal, text } from '../../field.ts';
import { DENSITY_UNIT, STANDARD } from '../data.ts';

const CLAUSE = `${STANDARD} 压实度`;

export const COMPACTION_DEGREE = 'YS';
export const COMPACTION_COEFFICIENT = 'XS';
export const DRY_DENSITY = 'GM';
export const WET_DENSITY = 'SM';
export const MOISTURE = 'HS';

const reception = { at: 'reception', instrument: '委托单', clause: CLAUSE } as const;

export const PLACE_FIELDS = [
  text({ ...reception, name: 'soilKind', label: '土样种类', optional: true, maxLength: 40 }),
  text({ ...reception, name: 'layer', label: '层次', optional: true, maxLength: 40, hint: '如第 3 层、-1.20 m' }),
  decimal({
    ...reception,
    name: 'maxDryDensity_g_cm3',
    label: '最大干密度',
    symbol: 'ρdmax',
    parameters: [COMPACTION_DEGREE, COMPACTION_COEFFICIENT],
    unit: DENSITY_UNIT,
    resolution: '0.01',
    min: '1.00',
    max: '3.00',
    maxReason: '超过土可能的最大干密度 3.00 g/cm³',
    hint: '按击实试验报告',
  }),
  text({
    ...reception,
    name: 'compactionReport',
    label: '击实试验报告编号',
    optional: true,
    rare: true,
    maxLength: 40,
  }),
  decimal({
    ...reception,
    name: 'designCompaction_percent',
    label: '设计压实度',
    optional: true,
    unit: '%',
    resolution: '0.1',
    min: '50',
    max: '110',
    maxReason: '超过可能的设计压实度 110%',
    hint: '不填则不作判定',
  }),
  decimal({
    ...reception,
    name: 'designCoefficient',
    label: '设计压实系数',
    optional: true,
    rare: true,
    unit: '',
    resolution: '0.01',
    min: '0.5',
    max: '1.1',
    maxReason: '超过可能的设计压实系数 1.1；以百分数表示的填入设计压实度',
    hint: '设计以压实系数表示时填写',
  }),
] as const;

export interface PlaceDescription {
  readonly soilKind?: string | undefined;
  readonly layer?: string | undefined;
  readonly maxDryDensity_g_cm3?: string | undefined;
  readonly compactionReport?: string | undefined;
  readonly designCompaction_percent?: string | undefined;
  readonly designCoefficient?: string | undefined;
}

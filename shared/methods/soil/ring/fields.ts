// What is read of two parallel rings cut from one place (GB/T 50123-2019 环刀法).
import { choice, decimal } from '../../field.ts';
import type { InputsOf, SpecimenSet } from '../../field.ts';
import { CLAUSE_RING } from '../data.ts';
import { PLACE_FIELDS } from '../density/fields.ts';
import { TIN_FIELDS } from '../moisture.ts';

export const RING_SETS: readonly SpecimenSet[] = [{ id: 'ring', label: '环刀', count: 2 }];

const mass = {
  at: 'bench',
  set: 'ring',
  unit: 'g',
  resolution: '0.01',
  instrument: '电子天平',
  max: '2000',
  maxReason: '超过环刀法可能的质量 2000 g',
  clause: CLAUSE_RING,
} as const;

export const RING_FIELDS = [
  ...PLACE_FIELDS,
  choice({
    name: 'ringVolume_cm3',
    label: '环刀容积',
    symbol: 'V',
    at: 'bench',
    instrument: '环刀',
    clause: CLAUSE_RING,
    options: [
      { value: '60', label: '60 cm³' },
      { value: '100', label: '100 cm³' },
      { value: '200', label: '200 cm³' },
    ],
    usual: '200',
    refusalCode: 'METHOD_SIZE_UNKNOWN',
  }),
  decimal({ ...mass, name: 'ring_g', label: '环刀质量' }),
  decimal({ ...mass, name: 'ringAndSoil_g', label: '环刀加湿土质量' }),
  { ...TIN_FIELDS.tin, set: 'ring' },
  { ...TIN_FIELDS.wet, set: 'ring' },
  { ...TIN_FIELDS.dry, set: 'ring' },
] as const;

export type RingInputs = InputsOf<typeof RING_FIELDS>;

// What a check of cover is described by and what is read: for every bar its member and three readings, and the same for
// the second sampling where there is one.
import { choice, decimal, text } from '../../field.ts';
import type { InputsOf, SpecimenSet } from '../../field.ts';
import { CLAUSE_INSTRUMENT, CLAUSE_RATE, CLAUSE_READING, CLAUSE_TOLERANCE, READINGS } from './data.ts';

export const COVER_SETS: readonly SpecimenSet[] = [
  { id: 'bar', label: '测点', count: { min: 1, max: 300, usual: 6 } },
  { id: 'again', label: '再次抽样测点', count: { min: 1, max: 300, usual: 6 } },
];

const design = {
  unit: 'mm',
  resolution: '1',
  whole: true,
  min: '5',
  max: '150',
  maxReason: '超过可能的设计保护层厚度 150 mm',
  clause: CLAUSE_TOLERANCE,
} as const;

const member = { at: 'bench', instrument: '现场', maxLength: 40, clause: CLAUSE_RATE } as const;

const readings = {
  label: '保护层厚度',
  at: 'bench',
  values: READINGS,
  unit: 'mm',
  resolution: '1',
  instrument: '钢筋探测仪',
  zero: true,
  max: '200',
  maxReason: '超过钢筋探测仪的测量范围 200 mm',
  clause: CLAUSE_READING,
} as const;

const ownDesign = {
  ...design,
  label: '该点设计保护层厚度',
  at: 'bench',
  optional: true,
  sparse: true,
  rare: true,
  instrument: '设计文件',
  hint: '与委托单不同时填写',
} as const;

const again = { set: 'again', optional: true, rare: true } as const;

export const COVER_FIELDS = [
  choice({
    name: 'memberKind',
    label: '构件类别',
    at: 'reception',
    instrument: '委托单',
    clause: CLAUSE_TOLERANCE,
    options: [
      { value: 'beam', label: '梁类构件' },
      { value: 'slab', label: '板类构件' },
    ],
    usual: 'beam',
    refusalCode: 'METHOD_KIND_UNKNOWN',
  }),
  decimal({ ...design, name: 'designCover_mm', label: '设计保护层厚度', at: 'reception', instrument: '委托单' }),
  decimal({
    name: 'instrumentError_mm',
    label: '仪器校准误差',
    at: 'bench',
    optional: true,
    unit: 'mm',
    resolution: '0.1',
    instrument: '校准试块',
    negative: true,
    zero: true,
    min: '-20',
    max: '20',
    maxReason: '不可能的仪器误差',
    clause: CLAUSE_INSTRUMENT,
    hint: '检测前在校准试块上的误差',
  }),
  text({ ...member, name: 'members', label: '构件', set: 'bar', hint: '构件名称和轴线，如 3 层梁 2/A-B' }),
  decimal({ ...readings, name: 'readings_mm', set: 'bar' }),
  decimal({ ...ownDesign, name: 'barDesign_mm', set: 'bar' }),
  text({ ...member, ...again, name: 'againMembers', label: '构件（再次抽样）' }),
  decimal({ ...readings, ...again, name: 'againReadings_mm', label: '保护层厚度（再次抽样）' }),
  decimal({ ...ownDesign, ...again, name: 'againDesign_mm', label: '该点设计保护层厚度（再次抽样）' }),
] as const;

export type CoverInputs = InputsOf<typeof COVER_FIELDS>;

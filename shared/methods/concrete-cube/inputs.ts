// Readings of the concrete cube test and their bounds (GB/T 50081-2019). Strict by intent: see readings.ts.
import { z } from 'zod';
import { CLAUSE_LOADING, CLAUSE_MACHINE, CLAUSE_RESULT, CLAUSE_SIZE, GRADE_PATTERN, SIDES } from './data.ts';
import type { Side } from './data.ts';
import { positiveReading, specimenReadings } from '../readings.ts';
import type { ReadingDeclaration } from '../readings.ts';

export const SPECIMENS = 3;

/** No cube of any grade in use breaks above this: a larger figure is a slip of the keyboard or of the unit. */
export const MAX_STRENGTH = '250';
/** 250 MPa on a 200 mm cube. */
const MAX_LOAD = '10000';

const declaration = (fields: Omit<ReadingDeclaration, 'perSpecimen' | 'optional'> & Partial<ReadingDeclaration>) => ({
  perSpecimen: false,
  optional: false,
  ...fields,
});

export const READINGS = {
  side: declaration({
    name: 'side_mm',
    label: '公称边长',
    symbol: 'a',
    unit: 'mm',
    resolution: '1',
    instrument: '委托单',
    clause: CLAUSE_SIZE,
  }),
  load: declaration({
    name: 'loads_kN',
    label: '破坏荷载',
    symbol: 'F',
    unit: 'kN',
    resolution: '0.1',
    instrument: '压力试验机',
    perSpecimen: true,
    clause: CLAUSE_RESULT,
  }),
  single: declaration({
    name: 'single_MPa',
    label: '单块抗压强度',
    symbol: 'fcc',
    unit: 'MPa',
    resolution: '0.1',
    instrument: '压力试验机',
    perSpecimen: true,
    optional: true,
    clause: CLAUSE_RESULT,
  }),
  range: declaration({
    name: 'machineRange_kN',
    label: '试验机量程',
    unit: 'kN',
    resolution: '1',
    instrument: '设备台账',
    optional: true,
    clause: CLAUSE_MACHINE,
  }),
  rate: declaration({
    name: 'loadingRates_kN_s',
    label: '加荷速度',
    unit: 'kN/s',
    resolution: '0.01',
    instrument: '压力试验机',
    perSpecimen: true,
    optional: true,
    clause: CLAUSE_LOADING,
  }),
  measured: declaration({
    name: 'measuredSides_mm',
    label: '实测边长',
    unit: 'mm',
    resolution: '0.1',
    instrument: '游标卡尺',
    perSpecimen: true,
    optional: true,
    clause: CLAUSE_SIZE,
  }),
  factor: declaration({
    name: 'testedSizeFactor.value',
    label: '尺寸换算系数',
    unit: '',
    resolution: '0.01',
    instrument: '对比试验',
    optional: true,
    clause: CLAUSE_RESULT,
  }),
} as const;

const optional = <T>(schema: z.ZodType<T>) => schema.nullish().transform((value) => value ?? undefined);

export const FACTOR_BOUNDS = { max: '1.5', maxReason: '不可能的换算系数' };
const loadBounds = { max: MAX_LOAD, maxReason: `超过任何立方体试件可能的荷载 ${MAX_LOAD} kN` };
const strengthBounds = { max: MAX_STRENGTH, maxReason: `超过混凝土可能的强度 ${MAX_STRENGTH} MPa` };

const sideSchema = z.unknown().transform((raw, ctx): Side => {
  const side = SIDES.find((candidate) => candidate === raw);
  if (side !== undefined) return side;
  const missing = raw === undefined || raw === null || raw === '';
  const message = missing ? '缺少“公称边长”。' : `“公称边长”只能是 100、150 或 200 mm，收到 ${JSON.stringify(raw)}。`;
  ctx.addIssue({
    code: 'custom',
    message,
    params: { code: missing ? 'METHOD_MISSING' : 'METHOD_SIZE_UNKNOWN', rule: CLAUSE_SIZE },
  });
  return z.NEVER;
});

const gradeSchema = z.unknown().transform((raw, ctx): string => {
  if (typeof raw === 'string' && GRADE_PATTERN.test(raw)) return raw;
  const message = `设计强度等级 ${JSON.stringify(raw)} 不认识，应写作 C10、C15、C20 … C120。`;
  ctx.addIssue({ code: 'custom', message, params: { code: 'METHOD_GRADE_UNKNOWN', rule: 'GB/T 50107-2010 3.0.1' } });
  return z.NEVER;
});

export const concreteCubeInputs = z.strictObject({
  side_mm: optional(sideSchema),
  loads_kN: optional(specimenReadings(READINGS.load, SPECIMENS, loadBounds)),
  /** Given instead of loads where only strengths are known; with loads, they must agree. */
  single_MPa: optional(specimenReadings(READINGS.single, SPECIMENS, strengthBounds)),
  designGrade: optional(gradeSchema),
  machineRange_kN: optional(positiveReading(READINGS.range, { max: '20000', maxReason: '超过已知压力试验机的量程' })),
  loadingRates_kN_s: optional(
    specimenReadings(READINGS.rate, SPECIMENS, { max: '1000', maxReason: '不可能的加荷速度' }),
  ),
  /** Two measured sides of the loaded face, flattened: a1, b1, a2, b2, a3, b3. */
  measuredSides_mm: optional(
    specimenReadings(READINGS.measured, SPECIMENS * 2, { max: '250', maxReason: '超过任何立方体试件的边长' }),
  ),
  /** A factor found by comparison tests; overrides the table and is printed with its evidence. */
  testedSizeFactor: optional(
    z.strictObject({
      value: positiveReading(READINGS.factor, FACTOR_BOUNDS),
      evidence: z.string().trim().min(1, '请写明尺寸换算系数的试验依据（报告编号）。'),
    }),
  ),
  /** True only where the client's commission asks for a judgement of this single group. */
  judgeAgainstGrade: optional(z.boolean()),
});
export type ConcreteCubeInputs = z.infer<typeof concreteCubeInputs>;

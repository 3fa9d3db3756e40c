// What ten fired bricks are described by and what is read of them.
import { choice, decimal } from '../../field.ts';
import type { InputsOf, SpecimenSet } from '../../field.ts';
import { loadingRatesField, machineRangeField } from '../../machineFields.ts';
import { lengths, loads, widths } from '../fields.ts';
import { BRICK_GRADES, CLAUSE_TEST, CURRENT, SPECIMENS } from './data.ts';

export const BRICK_SETS: readonly SpecimenSet[] = [{ id: 'specimen', label: '试样', count: SPECIMENS }];

/** No fired brick breaks above this: a larger figure is a slip of unit or size. */
export const MAX_STRENGTH = '150';

const brickLoads = loads(CLAUSE_TEST, '3000');

export const BRICK_FIELDS = [
  choice({
    name: 'designGrade',
    label: '强度等级',
    at: 'reception',
    optional: true,
    instrument: '委托单',
    clause: `${CURRENT} ${BRICK_GRADES.clause}`,
    options: BRICK_GRADES.rows.map(([grade]) => ({ value: grade, label: grade })),
    refusalCode: 'METHOD_GRADE_UNKNOWN',
    hint: '未填写时只给出检测结果，不作判定',
  }),
  choice({
    name: 'preparation',
    label: '试样制备方法',
    at: 'bench',
    instrument: '制样记录',
    clause: CLAUSE_TEST,
    options: [
      { value: '一次成型', label: '一次成型制样' },
      { value: '二次成型', label: '二次成型制样' },
      { value: '非成型', label: '非成型制样' },
    ],
  }),
  lengths({ clause: CLAUSE_TEST, min: '50', max: '260' }),
  widths({ clause: CLAUSE_TEST, min: '50', max: '200' }),
  brickLoads,
  machineRangeField(CLAUSE_TEST),
  loadingRatesField('specimen', CLAUSE_TEST),
] as const;

export type BrickInputs = InputsOf<typeof BRICK_FIELDS>;

/** Vector files give one area for all ten, or strengths without loads. With both, they must agree. */
export const BRICK_VECTOR_FIELDS = [
  { ...brickLoads, optional: true },
  decimal({
    name: 'area_mm2',
    label: '受压面面积',
    symbol: 'A',
    at: 'bench',
    optional: true,
    unit: 'mm²',
    resolution: '1',
    instrument: '钢直尺或砖用卡尺',
    min: '2500',
    max: '52000',
    maxReason: '超过烧结普通砖受压面可能的面积',
    clause: CLAUSE_TEST,
  }),
  decimal({
    name: 'single_MPa',
    label: '单块抗压强度',
    symbol: 'f',
    at: 'bench',
    optional: true,
    set: 'specimen',
    unit: 'MPa',
    resolution: '0.01',
    instrument: '压力试验机',
    max: MAX_STRENGTH,
    maxReason: `超过烧结普通砖可能的强度 ${MAX_STRENGTH} MPa`,
    clause: CLAUSE_TEST,
  }),
] as const;

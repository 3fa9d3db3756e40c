// What five concrete blocks are described by and what is read of them.
import { choice, text } from '../../field.ts';
import type { InputsOf, SpecimenSet } from '../../field.ts';
import { loadingRatesField, machineRangeField } from '../../machineFields.ts';
import { lengths, loads, widths } from '../fields.ts';
import { BLOCK_GRADES, CLAUSE_TEST, PRODUCT, SPECIMENS } from './data.ts';

export const BLOCK_SETS: readonly SpecimenSet[] = [{ id: 'specimen', label: '试样', count: SPECIMENS }];

export const BLOCK_FIELDS = [
  choice({
    name: 'designGrade',
    label: '强度等级',
    at: 'reception',
    optional: true,
    instrument: '委托单',
    clause: `${PRODUCT} ${BLOCK_GRADES.clause}`,
    options: BLOCK_GRADES.rows.map(([grade]) => ({ value: grade, label: grade })),
    refusalCode: 'METHOD_GRADE_UNKNOWN',
    hint: '未填写时只给出检测结果，不作判定',
  }),
  text({
    name: 'nominalSize',
    label: '规格尺寸',
    at: 'reception',
    optional: true,
    instrument: '委托单',
    maxLength: 30,
    clause: `${PRODUCT} 规格`,
    hint: '例如 390×190×190 mm',
  }),
  lengths({ clause: CLAUSE_TEST, min: '80', max: '600' }),
  widths({ clause: CLAUSE_TEST, min: '50', max: '400' }),
  loads(CLAUSE_TEST, '10000'),
  machineRangeField(CLAUSE_TEST),
  loadingRatesField('specimen', CLAUSE_TEST),
] as const;

export type BlockInputs = InputsOf<typeof BLOCK_FIELDS>;

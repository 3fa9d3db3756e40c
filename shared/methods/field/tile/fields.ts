// What a group of tile pull-off tests is described by and what is read of each piece on site: force, sides of the cut
// section, where it came apart, and the place on the wall.
import { choice, decimal, dueInRetest, text } from '../../field.ts';
import type { InputsOf, SpecimenSet } from '../../field.ts';
import {
  CONSTRUCTIONS,
  GROUP_SIZE,
  RETEST_GROUPS,
  STANDARD,
  SUBJECT_RULE,
  SUBJECT_STATE,
  SUBJECT_STRENGTH,
} from './data.ts';

/** No tile bond in use reaches this: a larger figure is a slip of the unit or of the section. */
export const MAX_STRENGTH = '10';
const MAX_FORCE = '50';

export const TILE_SETS: readonly SpecimenSet[] = [
  {
    id: 'piece',
    label: '试样',
    count: { min: GROUP_SIZE, max: GROUP_SIZE * RETEST_GROUPS, usual: GROUP_SIZE },
    due: dueInRetest(GROUP_SIZE * RETEST_GROUPS),
  },
];

/** Break in the glue of the test block or in the tile: the bond itself was not reached. */
export const NOT_THE_BOND = ['胶粘剂与饰面砖界面断开', '饰面砖为主断开'] as const;

export const STATES = [
  ...NOT_THE_BOND,
  '饰面砖与粘结层界面为主断开',
  '粘结层为主断开',
  '粘结层与找平层界面为主断开',
  '找平层为主断开',
  '找平层与基体界面为主断开',
  '基体断开',
  '粘结层与保温抹面层界面为主断开',
  '保温抹面层为主断开',
] as const;
export type State = (typeof STATES)[number];

const side = <const N extends string>(name: N, label: string) =>
  decimal({
    name,
    label,
    at: 'bench',
    set: 'piece',
    unit: 'mm',
    resolution: '1',
    instrument: '钢直尺',
    min: '20',
    max: '200',
    maxReason: '超过粘结强度试样的边长 200 mm',
    clause: `${STANDARD} ${SUBJECT_STRENGTH}`,
  });

const described = <const N extends string>(name: N, label: string, maxLength: number) =>
  text({ name, label, at: 'reception', optional: true, instrument: '委托单', maxLength, clause: STANDARD });

export const TILE_FIELDS = [
  choice({
    name: 'construction',
    label: '粘贴方式',
    at: 'reception',
    instrument: '委托单',
    clause: `${STANDARD} ${SUBJECT_RULE}`,
    options: CONSTRUCTIONS.map((value) => ({ value, label: value })),
    usual: '现场粘贴',
  }),
  described('tileKind', '饰面砖品种及规格', 60),
  described('bondingMaterial', '粘贴材料', 60),
  decimal({
    name: 'bondAge_d',
    label: '粘贴龄期',
    at: 'reception',
    optional: true,
    unit: 'd',
    resolution: '1',
    whole: true,
    instrument: '委托单',
    max: '36500',
    maxReason: '超过 100 年',
    clause: STANDARD,
  }),
  choice({
    name: 'round',
    label: '试验轮次',
    at: 'reception',
    instrument: '委托单',
    clause: `${STANDARD} ${SUBJECT_RULE}`,
    options: [
      { value: 'initial', label: '初验（1 组 3 个试样）' },
      { value: 'retest', label: '复验（原取样区域内 2 组 6 个试样）' },
    ],
    usual: 'initial',
  }),
  text({
    name: 'initialRecordNo',
    label: '初验记录编号',
    at: 'reception',
    optional: true,
    instrument: '委托单',
    maxLength: 60,
    clause: `${STANDARD} ${SUBJECT_RULE}`,
    hint: '复验时必填',
  }),
  text({
    name: 'locations',
    label: '抽样部位',
    at: 'bench',
    optional: true,
    set: 'piece',
    instrument: '现场记录',
    maxLength: 60,
    clause: STANDARD,
  }),
  decimal({
    name: 'forces_kN',
    label: '粘结力',
    symbol: 'X',
    at: 'bench',
    set: 'piece',
    unit: 'kN',
    resolution: '0.01',
    instrument: '粘结强度检测仪',
    max: MAX_FORCE,
    maxReason: `超过粘结强度检测仪的量程 ${MAX_FORCE} kN`,
    clause: `${STANDARD} ${SUBJECT_STRENGTH}`,
    hint: '复验时第 1～3 个为第 1 组，第 4～6 个为第 2 组',
  }),
  side('lengths_mm', '试样断面长度'),
  side('widths_mm', '试样断面宽度'),
  choice({
    name: 'states',
    label: '断开状态',
    at: 'bench',
    set: 'piece',
    instrument: '目测',
    clause: `${STANDARD} ${SUBJECT_STATE}`,
    options: STATES.map((value) => ({ value, label: value })),
  }),
] as const;

export type TileInputs = InputsOf<typeof TILE_FIELDS>;

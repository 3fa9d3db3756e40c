// Tests of the structure itself: rebound, cores, cover, bond of facing tiles.
import { times, type MethodSamples } from './paperSample.ts';

const rebounds = '35,38,37,38,46,37,31,37,37,40,37,39,34,38,36,37'.split(',');
const rebound = {
  designGrade: 'C30',
  placing: 'pumped',
  scope: 'member',
  hammerNo: 'HT225-1931',
  anvilBefore_R: '80',
  anvilAfter_R: '81',
  members: times(10, '三层柱 3/C 轴'),
  angle_deg: [...times(8, '0'), '90', '-90'],
  face: [...times(8, 'side'), 'bottom', 'top'],
  rebound_R: Array.from({ length: 10 }, (_, zone) => rebounds.map((value) => String(Number(value) + (zone % 4)))),
  carbonation_mm: times(10, ['1.00', '1.25', '1.00']),
};
const cores = {
  designGrade: 'C35',
  assessment: 'entity',
  nominalDiameter_mm: '100',
  loads_kN: ['262.30', '270.10', '255.80'],
  diameters_mm: [
    ['100.0', '100.2'],
    ['99.8', '100.0'],
    ['100.2', '100.4'],
  ],
  heights_mm: ['101', '100', '102'],
  condition: '自然干燥',
};
const cover = {
  memberKind: 'beam',
  designCover_mm: '25',
  instrumentError_mm: '0.5',
  members: ['KL-1', 'KL-1', 'KL-2', 'KL-2', 'KL-3', 'KL-3'],
  readings_mm: [
    ['24', '25', '26'],
    ['27', '28', '28'],
    ['22', '23', '22'],
    ['30', '29', '31'],
    ['25', '25', '24'],
    ['33', '33', '34'],
  ],
};
const tile = {
  construction: '现场粘贴',
  tileKind: '通体砖 45×95 mm',
  bondingMaterial: '水泥基胶粘剂 C1',
  bondAge_d: '28',
  round: 'initial',
  locations: ['南立面 3 层 2-3 轴', '南立面 5 层 4-5 轴', '东立面 4 层 A-B 轴'],
  forces_kN: ['2.57', '3.00', '2.14'],
  lengths_mm: times(3, '95'),
  widths_mm: times(3, '45'),
  states: ['粘结层为主断开', '粘结层与找平层界面为主断开', '粘结层为主断开'],
};

export const siteSamples: Record<string, MethodSamples> = {
  rebound: {
    about: {
      name: '混凝土构件',
      representedQuantity: '1 个构件',
      structurePart: '三层柱 3/C 轴',
      state: '表面干燥、平整',
    },
    sound: [{ inputs: rebound }],
    failing: [
      {
        inputs: {
          ...rebound,
          designGrade: 'C45',
          members: undefined,
          angle_deg: times(10, '0'),
          face: times(10, 'side'),
        },
      },
    ],
  },
  'core-strength': {
    about: { name: '混凝土芯样', representedQuantity: '1 个检验批', structurePart: '二层剪力墙' },
    sound: [{ inputs: cores }, { inputs: { ...cores, assessment: 'member' } }],
    failing: [{ inputs: { ...cores, loads_kN: ['223.80', '243.50', '251.30'] } }],
  },
  'rebar-cover': {
    equipmentId: 'E009',
    about: { name: '梁类构件', representedQuantity: '5 个构件', structurePart: '三层梁 KL-1～KL-3' },
    sound: [
      { inputs: cover },
      {
        inputs: {
          ...cover,
          memberKind: 'slab',
          designCover_mm: '15',
          readings_mm: times(6, ['15', '16', '17']),
          members: times(6, 'LB-1'),
        },
      },
    ],
    failing: [
      { inputs: { ...cover, readings_mm: [['24', '25', '26'], ['42', '43', '43'], ...times(4, ['25', '25', '25'])] } },
      {
        inputs: {
          ...cover,
          members: times(10, 'KL-5'),
          readings_mm: [...times(8, ['24', '25', '25']), ['37', '37', '36'], ['36', '36', '37']],
        },
      },
    ],
  },
  'tile-bond': {
    about: { name: '外墙饰面砖', representedQuantity: '500 m²', structurePart: '外墙', state: '表面平整，断缝至基体' },
    sound: [
      { inputs: tile },
      { inputs: { ...tile, construction: '带饰面砖的预制构件', forces_kN: ['3.57', '3.00', '3.14'] } },
    ],
    failing: [
      { inputs: { ...tile, forces_kN: ['1.07', '1.20', '0.94'] } },
      {
        inputs: {
          ...tile,
          round: 'retest',
          initialRecordNo: 'JL2026-00031',
          locations: undefined,
          forces_kN: ['2.57', '3.00', '2.14', '1.57', '0.80', '2.14'],
          lengths_mm: times(6, '95'),
          widths_mm: times(6, '45'),
          states: times(6, '粘结层为主断开'),
        },
      },
    ],
  },
};

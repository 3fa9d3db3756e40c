// Bars and their joints.
import { times, type MethodSamples } from './paperSample.ts';

const bar = {
  name: '热轧带肋钢筋',
  maker: '云岭钢铁股份有限公司',
  batchNo: '26B1-03127',
  representedQuantity: '58.6 t',
  structurePart: '三层梁板',
  state: '无锈蚀，无油污',
};
const ribbed = {
  grade: 'HRB400E',
  nominalDiameter_mm: '20',
  round: 'initial',
  FeL_kN: ['138.2', '139.0'],
  Fm_kN: ['185.3', '186.1'],
  Lu_mm: ['125.25', '126.00'],
  fractureDistance_mm: ['45', '50'],
  fractureTypes: ['ductile', 'ductile'],
  agtGauge_mm: '100',
  agtFinal_mm: ['112.1', '111.3'],
  agtToFracture_mm: ['60', '65'],
  agtToGrip_mm: ['40', '45'],
  bendFindings: ['no-crack', 'no-crack'],
  reverseBendFindings: ['no-crack'],
  lengths_mm: ['510', '512', '508', '511', '509'],
  totalMass_g: '6200',
};
const retest = {
  ...ribbed,
  grade: 'HRB400',
  round: 'retest',
  initialRecordNo: 'JL2026-00012',
  FeL_kN: ['138.2', '139.0', '137.5', '122.1'],
  Fm_kN: ['185.3', '186.1', '184.4', '162.0'],
  Lu_mm: ['125.25', '126.00', '124.75', '127.50'],
  fractureDistance_mm: ['45', '50', '40', '60'],
  fractureTypes: times(4, 'ductile'),
  agtFinal_mm: ['112.1', '111.3', '112.0', '111.8'],
  agtToFracture_mm: undefined,
  agtToGrip_mm: undefined,
  bendFindings: times(4, 'no-crack'),
  reverseBendFindings: times(2, 'no-crack'),
  lengths_mm: undefined,
  totalMass_g: undefined,
};
const withoutMass = ['QF', 'KL', 'SC', 'ZL', 'WQ', 'FW'];
const plain = {
  grade: 'HPB300',
  nominalDiameter_mm: '8',
  round: 'initial',
  FeL_kN: ['18.5', '18.8'],
  Fm_kN: ['28.3', '28.6'],
  Lu_mm: ['53.50', '53.00'],
  fractureDistance_mm: ['18', '20'],
  agtGauge_mm: '100',
  agtFinal_mm: ['115.0', '116.2'],
  bendFindings: ['no-crack', 'no-crack'],
  lengths_mm: ['500', '501', '502', '500', '500'],
  totalMass_g: '980',
};
const straightened = {
  grade: 'HRB400',
  nominalDiameter_mm: '8',
  FeL_kN: ['22.5', '22.8'],
  Fm_kN: ['30.1', '30.5'],
  Lu_mm: ['47.00', '47.50'],
  fractureDistance_mm: ['18', '20'],
  lengths_mm: ['500', '500', '500'],
  totalMass_g: '570',
};
const weld = {
  weldType: '闪光对焊',
  grade: 'HRB400',
  nominalDiameter_mm: '20',
  round: 'initial',
  welder: '罗伟强（焊工证 T4406-2024-118）',
  loads_kN: ['182.0', '184.0', '171.2'],
  fracturePlaces: ['母材', '母材', '焊缝'],
  fractureModes: ['延性', '延性', '脆性'],
  fractureDistances_mm: ['68', '75', '0'],
  bendFindings: times(3, '无裂纹'),
  bendFormer_mm: '100',
};
const splice = {
  spliceType: '剥肋滚轧直螺纹接头',
  spliceLevel: 'Ⅰ',
  grade: 'HRB400',
  nominalDiameter_mm: '20',
  inspection: '工艺检验',
  round: 'initial',
  loads_kN: ['182.0', '184.0', '190.0'],
  breaks: ['断于钢筋母材', '断于套筒外钢筋丝头', '钢筋从套筒中拔出'],
  residualDeformations_mm: ['0.062', '0.071', '0.083'],
};

export const steelSamples: Record<string, MethodSamples> = {
  'rebar-ribbed': {
    about: bar,
    sound: [
      { inputs: ribbed },
      {
        inputs: {
          ...ribbed,
          grade: 'HRB400',
          FeL_kN: ['139.4', '140.2'],
          agtToFracture_mm: undefined,
          agtToGrip_mm: undefined,
        },
      },
    ],
    failing: [
      { inputs: { ...ribbed, grade: 'HRB400', FeL_kN: ['118.0', '139.0'], bendFindings: ['no-crack', 'crack'] } },
      { inputs: retest, about: { parameterCodes: withoutMass } },
    ],
  },
  'rebar-plain': {
    about: { ...bar, name: '热轧光圆钢筋', batchNo: '26G2-00411' },
    sound: [{ inputs: plain }, { inputs: { ...plain, totalMass_g: '985' } }],
    failing: [
      { inputs: { ...plain, totalMass_g: '920' } },
      { inputs: { ...plain, FeL_kN: ['14.6', '18.8'], fractureTypes: ['brittle', 'ductile'] } },
    ],
  },
  'rebar-straightened': {
    about: { ...bar, name: '调直后钢筋', batchNo: '26T3-00921' },
    sound: [
      { inputs: straightened },
      {
        inputs: {
          ...straightened,
          grade: 'HPB300',
          FeL_kN: ['18.5', '18.6'],
          Fm_kN: ['28.3', '28.6'],
          Lu_mm: ['52.00', '52.25'],
        },
      },
    ],
    failing: [{ inputs: { ...straightened, totalMass_g: '530', Lu_mm: ['45.25', '47.50'] } }],
  },
  'weld-joint': {
    about: { ...bar, name: '钢筋闪光对焊接头', representedQuantity: '300 个' },
    sound: [
      { inputs: weld },
      {
        inputs: {
          ...weld,
          weldType: '电渣压力焊',
          fracturePlaces: times(3, '母材'),
          fractureModes: times(3, '延性'),
          bendFindings: undefined,
          bendFormer_mm: undefined,
        },
        about: { name: '钢筋电渣压力焊接头', parameterCodes: ['KL'] },
      },
    ],
    failing: [
      { inputs: { ...weld, loads_kN: ['182.0', '184.0', '165.2'] } },
      {
        inputs: {
          ...weld,
          round: 'retest',
          initialRecordNo: 'JL2026-00021',
          loads_kN: ['182.0', '184.0', '165.2', '181.0', '183.5', '180.2'],
          fracturePlaces: ['母材', '母材', '焊缝', '母材', '母材', '母材'],
          fractureModes: ['延性', '延性', '脆性', '延性', '延性', '延性'],
          fractureDistances_mm: undefined,
          bendFindings: ['无裂纹', '有裂纹', '无裂纹', '断裂', '有裂纹', '无裂纹'],
          crackWidths_mm: [null, '0.60', null, null, '0.75', null],
        },
      },
    ],
  },
  'mechanical-splice': {
    about: { ...bar, name: '钢筋机械连接接头', representedQuantity: '500 个' },
    sound: [
      { inputs: splice },
      {
        inputs: { ...splice, inspection: '验收检验', residualDeformations_mm: undefined },
        about: { parameterCodes: ['KL'] },
      },
    ],
    failing: [
      {
        inputs: {
          ...splice,
          loads_kN: ['182.0', '184.0', '180.0'],
          residualDeformations_mm: ['0.105', '0.121', '0.118'],
        },
      },
    ],
  },
};

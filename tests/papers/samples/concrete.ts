// Concrete and mortar that is made into specimens and pressed.
import { times, type MethodSamples } from './paperSample.ts';

const cube = { designGrade: 'C30', side_mm: '150', curing: '标准养护' };
const concrete = { name: '混凝土试块', representedQuantity: '100 m³', state: '外观完好，尺寸符合要求' };
const mortar = { designGrade: 'M10', kind: '水泥砂浆', curing: '标准养护' };
const structural = { designGrade: 'C30', side_mm: '150', maturity_Cd: '612.4' };

export const concreteSamples: Record<string, MethodSamples> = {
  'concrete-cube': {
    about: concrete,
    ageDays: 28,
    sound: [
      {
        inputs: {
          ...cube,
          loads_kN: ['765.00', '772.40', '780.20'],
          measuredSides_mm: [
            ['150.2', '149.8'],
            ['150.0', '150.1'],
            ['149.9', '150.3'],
          ],
        },
        about: { structurePart: '三层梁板 1-8/A-F 轴' },
      },
      {
        inputs: { designGrade: 'C35', side_mm: '100', curing: '标准养护', loads_kN: ['420.00', '450.00', '452.60'] },
        about: { structurePart: '地下一层剪力墙 Q3 ~ Q7（后浇带以西）' },
      },
    ],
    failing: [
      {
        inputs: { ...cube, judgeAgainstGrade: 'yes', loads_kN: ['612.00', '633.40', '640.80'] },
        about: { structurePart: '二层柱 3/C 轴' },
      },
      {
        inputs: { ...cube, loads_kN: ['506.00', '636.00', '759.00'] },
        about: { structurePart: '屋面板 1-4/A-C 轴' },
      },
    ],
  },
  'concrete-splitting': {
    about: concrete,
    ageDays: 28,
    sound: [
      { inputs: { ...cube, loads_kN: ['149.47', '150.24', '125.45'] } },
      {
        inputs: {
          ...cube,
          requiredStrength_MPa: '2.8',
          judgeAgainstRequirement: 'yes',
          loads_kN: ['106.20', '110.44', '108.36'],
        },
      },
    ],
    failing: [
      {
        inputs: {
          ...cube,
          requiredStrength_MPa: '4.0',
          judgeAgainstRequirement: 'yes',
          loads_kN: ['106.20', '110.44', '108.36'],
        },
      },
      { inputs: { ...cube, loads_kN: ['90.00', '120.00', '150.00'] } },
    ],
  },
  'concrete-flexural': {
    about: { ...concrete, structurePart: '市政道路面层 K0+120～K0+260' },
    ageDays: 28,
    sound: [
      {
        inputs: {
          designGrade: 'C35',
          size_mm: '150×150×550',
          curing: '标准养护',
          requiredStrength_MPa: '4.5',
          judgeAgainstRequirement: 'yes',
          loads_kN: ['37.50', '38.20', '39.40'],
          breakPositions: times(3, 'between'),
          measuredSides_mm: [
            ['150.1', '149.8'],
            ['150.0', '150.2'],
            ['149.9', '150.0'],
          ],
        },
      },
      {
        inputs: {
          designGrade: 'C30',
          size_mm: '100×100×400',
          curing: '标准养护',
          loads_kN: ['14.20', '15.00', '15.40'],
          breakPositions: ['between', 'outside', 'between'],
        },
      },
    ],
    failing: [
      {
        inputs: {
          designGrade: 'C35',
          size_mm: '150×150×550',
          curing: '标准养护',
          requiredStrength_MPa: '5.0',
          judgeAgainstRequirement: 'yes',
          loads_kN: ['33.10', '34.20', '34.60'],
          breakPositions: times(3, 'between'),
        },
      },
      {
        inputs: {
          designGrade: 'C35',
          size_mm: '150×150×550',
          curing: '标准养护',
          loads_kN: ['37.50', '38.20', '39.40'],
          breakPositions: ['between', 'outside', 'outside'],
        },
      },
    ],
  },
  'concrete-same-condition': {
    about: concrete,
    ageDays: 45,
    sound: [
      { inputs: { ...structural, loads_kN: ['643.50', '655.20', '660.80'] }, about: { structurePart: '五层梁板' } },
      {
        inputs: { ...structural, side_mm: '100', loads_kN: ['301.00', '312.40', '306.60'] },
        about: { structurePart: '五层柱 1-6 轴' },
      },
    ],
    failing: [
      {
        inputs: { ...structural, judgeAgainstGrade: 'yes', loads_kN: ['540.00', '551.20', '560.80'] },
        about: { structurePart: '六层梁板' },
      },
      { inputs: { ...structural, loads_kN: ['506.00', '636.00', '759.00'] }, about: { structurePart: '六层柱' } },
    ],
  },
  'mortar-cube': {
    about: { name: '砂浆试块', representedQuantity: '250 m³', structurePart: '四层填充墙' },
    ageDays: 28,
    sound: [
      { inputs: { ...mortar, loads_kN: ['42.0', '44.5', '43.0'] } },
      { inputs: { ...mortar, designGrade: 'Mb10', kind: '干混砌筑砂浆', loads_kN: ['39.0', '41.5', '48.6'] } },
    ],
    failing: [
      { inputs: { ...mortar, judgeAgainstGrade: 'yes', loads_kN: ['30.0', '31.5', '29.0'] } },
      { inputs: { ...mortar, loads_kN: ['30.0', '36.0', '24.0'] } },
    ],
  },
};

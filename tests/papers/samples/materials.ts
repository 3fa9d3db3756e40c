// Cement, sand and stone, bricks and blocks, soil.
import { times, type MethodSamples } from './paperSample.ts';

const strength = {
  kind: 'P·O',
  grade: '42.5',
  flexureLoads_N: ['2770', '2820', '2890'],
  compressionLoads_kN: ['72.4', '73.6', '74.4', '75.2', '73.0', '76.0'],
  waterContactAt: '09:30',
  cement_g: '450',
  sand_g: '1350',
  water_mL: '225',
  roomTemperature_C: '20.5',
  curingTemperature_C: '20.1',
  brokenAt: '09:40',
};
const consistency = {
  kind: 'P·O',
  grade: '42.5',
  trialWater_mL: ['130', '137'],
  plungerDistance_mm: ['3', '6'],
  waterContactAt: '09:12',
  initialSetting_min: '185',
  finalSetting_min: '245',
  initialLogTime_min: ['150', '170', '180', '185'],
  initialLogDistance_mm: ['0.5', '1.5', '2.5', '4'],
  finalLogTime_min: ['215', '230', '245'],
  finalLogMark: ['mark', 'mark', 'none'],
  soundnessRound: 'initial',
  needleA_mm: ['10.5', '11.0'],
  needleC_mm: ['12.0', '12.5'],
};
const sandMud = {
  sandKind: '天然砂',
  gradeClass: 'C55～C30',
  mudBefore_g: ['400.0', '400.0'],
  mudAfter_g: ['391.2', '390.0'],
  clumpBefore_g: ['200.0', '200.0'],
  clumpAfter_g: ['198.8', '199.0'],
};
const stoneMud = {
  stoneKind: '碎石',
  nominalSize: '5～31.5 mm',
  gradeClass: 'C55～C30',
  mudBefore_g: ['10000', '10000'],
  mudAfter_g: ['9940', '9920'],
  clumpBefore_g: ['8000', '8000'],
  clumpAfter_g: ['7976', '7968'],
};
const stoneCrushing = {
  rock: '沉积岩',
  nominalSize: '5～25 mm',
  crushingGradeClass: 'C60～C40',
  crushedBefore_g: ['3000', '2994', '3006'],
  crushedRetained_g: ['2730', '2718', '2742'],
  loadingTime_s: ['205', '212', '198'],
};
const sieves = ['5000', '2500', '1250', '630', '315', '160'].map((sieve) => `retained${sieve}_g`);
const sieved = (portions: readonly (readonly string[])[], more: Record<string, string> = {}) => ({
  sandKind: '天然砂',
  ...more,
  sampleMass_g: ['500', '500'],
  ...Object.fromEntries([...sieves, 'pan_g'].map((name, at) => [name, portions.map((portion) => portion[at])])),
});
const brick = {
  designGrade: 'MU15',
  preparation: '二次成型',
  length_mm: times(10, ['120', '120']),
  width_mm: times(10, ['115', '115']),
  loads_kN: ['254', '270', '218', '233', '238', '259', '251', '280', '220', '254'],
};
const block = {
  designGrade: 'MU10',
  nominalSize: '390×190×190 mm',
  length_mm: times(5, ['390', '391']),
  width_mm: times(5, ['190', '190']),
  loads_kN: ['780.0', '815.5', '802.0', '760.0', '795.0'],
};
const point = (moisture: string) => times(2, moisture);
const compaction = {
  soilKind: '粉质黏土',
  compactionType: 'heavy',
  mouldVolume_cm3: '997.0',
  mould_g: '4000',
  mouldAndWetSoil_g: ['5920', '6030', '6100', '6080', '6030'],
  tin_g: times(5, ['20.12', '20.35']),
  tinAndWet_g: [point('130.20'), point('132.10'), point('134.00'), point('136.10'), point('138.00')],
  tinAndDry_g: times(5, ['120.05', '120.30']),
};
const ring = {
  soilKind: '粉质黏土',
  layer: '第 3 层 -1.20 m 2# 点',
  maxDryDensity_g_cm3: '1.84',
  compactionReport: 'BG2026-00017',
  designCompaction_percent: '95',
  ringVolume_cm3: '200',
  ring_g: ['150.20', '151.05'],
  ringAndSoil_g: ['550.40', '552.10'],
  tin_g: times(2, ['20.12', '20.35']),
  tinAndWet_g: times(2, ['134.05', '134.30']),
  tinAndDry_g: times(2, ['120.05', '120.30']),
};
const sandCone = {
  soilKind: '级配砂砾',
  layer: 'K0+160 左 3.5 m 第 2 层',
  maxDryDensity_g_cm3: '1.89',
  compactionReport: 'BG2026-00017',
  designCompaction_percent: '95',
  designCoefficient: '0.95',
  sandDensity_g_cm3: '1.50',
  sandBefore_g: '8000',
  sandAfter_g: '4009',
  sandInCone_g: '1000',
  wetSoil_g: '4266',
  tin_g: ['20.12', '20.35'],
  tinAndWet_g: ['139.10', '139.20'],
  tinAndDry_g: ['120.05', '120.30'],
};

export const materialSamples: Record<string, MethodSamples> = {
  'cement-strength': {
    about: {
      name: '普通硅酸盐水泥',
      maker: '云岭水泥有限公司',
      batchNo: '26-P-0417',
      representedQuantity: '200 t',
      structurePart: '主体结构',
      state: '无受潮，无结块',
    },
    ageDays: 28,
    sound: [{ inputs: strength }, { inputs: { ...strength, flexureLoads_N: ['3070', '3200', '3800'] } }],
    failing: [
      { inputs: { ...strength, compressionLoads_kN: ['62.4', '63.6', '64.4', '65.2', '63.0', '66.0'] } },
      { inputs: { ...strength, compressionLoads_kN: ['64.0', '74.8', '73.8', '66.0', '76.4', '77.4'] } },
    ],
  },
  'cement-consistency': {
    about: {
      name: '普通硅酸盐水泥',
      maker: '云岭水泥有限公司',
      batchNo: '26-P-0417',
      representedQuantity: '200 t',
      structurePart: '主体结构',
      state: '无受潮，无结块',
    },
    sound: [{ inputs: consistency }, { inputs: { ...consistency, trialWater_mL: ['138'], plungerDistance_mm: ['6'] } }],
    failing: [
      { inputs: { ...consistency, initialSetting_min: '40', initialLogTime_min: ['30', '35', '38', '40'] } },
      { inputs: { ...consistency, soundnessRound: 'retest', needleC_mm: ['16.5', '17.0'] } },
    ],
  },
  'sand-mud': {
    about: {
      name: '天然砂',
      maker: '西江砂场',
      batchNo: '2026-11',
      representedQuantity: '400 m³',
      structurePart: '主体结构混凝土',
    },
    sound: [{ inputs: sandMud }, { inputs: { ...sandMud, mudAfter_g: ['392.0', '390.0'] } }],
    failing: [
      { inputs: { ...sandMud, mudAfter_g: ['384.0', '384.8'] } },
      { inputs: { ...sandMud, mudAfter_g: ['392.0', '389.6'] } },
    ],
  },
  'stone-mud': {
    about: {
      name: '碎石',
      maker: '石岭采石场',
      batchNo: '2026-11',
      representedQuantity: '400 m³',
      structurePart: '主体结构混凝土',
    },
    sound: [{ inputs: stoneMud }, { inputs: { ...stoneMud, gradeClass: '≤C25' } }],
    failing: [
      { inputs: { ...stoneMud, mudAfter_g: ['9840', '9850'] } },
      { inputs: { ...stoneMud, mudAfter_g: ['9940', '9910'] } },
    ],
  },
  'stone-crushing': {
    about: { name: '碎石', representedQuantity: '400 m³' },
    sound: [
      { inputs: stoneCrushing },
      { inputs: { ...stoneCrushing, rock: '卵石', crushingGradeClass: '≤C35', loadingTime_s: undefined } },
    ],
    failing: [{ inputs: { ...stoneCrushing, crushedRetained_g: ['2690', '2696', '2685'] } }],
  },
  'sand-sieve': {
    about: {
      name: '天然砂',
      maker: '西江砂场',
      batchNo: '2026-11',
      representedQuantity: '400 m³',
      structurePart: '主体结构混凝土',
    },
    sound: [
      {
        inputs: sieved([
          ['22.5', '52.5', '102.4', '122.6', '102.3', '72.7', '25.0'],
          ['25', '50', '100', '125', '100', '75', '25'],
        ]),
      },
      {
        inputs: sieved(
          [
            ['25', '35', '90', '140', '115', '70', '25'],
            ['24', '36', '92', '138', '114', '71', '25'],
          ],
          { requiredClass: '中砂' },
        ),
      },
    ],
    failing: [
      {
        inputs: sieved(
          [
            ['75', '150', '110', '80', '50', '25', '10'],
            ['76', '149', '110', '80', '50', '25', '10'],
          ],
          { requiredClass: '中砂' },
        ),
      },
      {
        inputs: sieved([
          ['25', '50', '100', '125', '100', '75', '25'],
          ['25', '50', '130', '135', '90', '55', '15'],
        ]),
      },
    ],
  },
  'fired-brick': {
    about: {
      name: '烧结普通砖',
      maker: '南屿砖厂',
      batchNo: '2026-10-3',
      representedQuantity: '15 万块',
      structurePart: '围墙砌体',
    },
    sound: [{ inputs: brick }],
    failing: [
      {
        inputs: {
          ...brick,
          loads_kN: ['254', '270', '218', '183', '238', '259', '151', '280', '220', '254'],
          designGrade: 'MU20',
        },
      },
    ],
  },
  'concrete-block': {
    about: {
      name: '普通混凝土小型砌块',
      maker: '云岭建材厂',
      batchNo: '2026-10-3',
      representedQuantity: '500 m³',
      structurePart: '四层填充墙',
    },
    sound: [{ inputs: block }],
    failing: [{ inputs: { ...block, loads_kN: ['580.0', '615.5', '602.0', '560.0', '595.0'] } }],
  },
  compaction: {
    about: { name: '回填土', representedQuantity: '2000 m³', structurePart: '地下室周边回填' },
    sound: [
      { inputs: compaction },
      {
        inputs: {
          ...compaction,
          compactionType: 'light',
          oversize_percent: '12.0',
          oversizeGravity: '2.68',
          oversizeAbsorption_percent: '1.2',
        },
      },
    ],
    failing: [{ inputs: { ...compaction, mouldAndWetSoil_g: ['5720', '5830', '5920', '6020', '6130'] } }],
  },
  'field-density-ring': {
    about: { name: '压实土', representedQuantity: '500 m²', structurePart: '地下室周边回填' },
    sound: [
      { inputs: ring },
      {
        inputs: {
          ...ring,
          layer: '第 3 层 -1.20 m 3# 点',
          designCoefficient: '0.94',
          designCompaction_percent: undefined,
        },
      },
    ],
    failing: [
      { inputs: { ...ring, designCompaction_percent: '97' } },
      { inputs: { ...ring, ringAndSoil_g: ['550.40', '572.10'] } },
    ],
  },
  'field-density-sand-cone': {
    about: { name: '压实土', representedQuantity: '1000 m²', structurePart: '市政道路路基 K0+120～K0+260' },
    sound: [
      { inputs: sandCone },
      { inputs: { ...sandCone, layer: 'K0+200 右 2.0 m 第 2 层', designCoefficient: undefined } },
    ],
    failing: [
      { inputs: { ...sandCone, wetSoil_g: '4066' } },
      { inputs: { ...sandCone, tinAndWet_g: ['139.10', '142.20'] } },
    ],
  },
};

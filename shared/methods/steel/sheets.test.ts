// What is read of bars and joints: every cell, word and step of a few samples against its sheet (see `testing/sheet.ts`).
import { test } from 'vitest';
import { plainBase, ribbedBase, straightenedBase } from '../testing/rebar.ts';
import { answersTo, expectSheet } from '../testing/sheet.ts';
import { spliceBase } from '../testing/steel-splice.ts';
import { base as weldBase, bend, inBar } from '../testing/steel-weld.ts';
import mechanicalSplice from './mechanical-splice.method.ts';
import plain from './rebar-plain.method.ts';
import ribbed from './rebar-ribbed.method.ts';
import straightened from './rebar-straightened.method.ts';
import weldJoint from './weld-joint.method.ts';

/** Of a bar only its forces, as long as nothing else is named. */
const onlyTension = {
  Lu_mm: undefined,
  fractureDistance_mm: undefined,
  agtGauge_mm: undefined,
  agtFinal_mm: undefined,
  bendFindings: undefined,
  reverseBendFindings: undefined,
  lengths_mm: undefined,
  totalMass_g: undefined,
};
const noForces = { FeL_kN: undefined, Fm_kN: undefined };

const fill = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

test('ribbed bars', async () => {
  const retest = {
    round: 'retest',
    initialRecordNo: 'YS-2026-0012',
    FeL_kN: ['138.2', '139.0', '137.5', '140.1'],
    Fm_kN: ['185.3', '186.1', '184.4', '187.0'],
    Lu_mm: ['125.25', '126.00', '124.75', '127.50'],
    fractureDistance_mm: ['45', '50', '40', '60'],
    agtFinal_mm: ['112.1', '111.3', '112.0', '111.8'],
    bendFindings: fill(4, 'no-crack'),
    reverseBendFindings: fill(2, 'no-crack'),
    lengths_mm: undefined,
    totalMass_g: undefined,
  };
  await expectSheet(
    'rebar-ribbed',
    answersTo(ribbed, ribbedBase, {
      合格: { change: { sampleState: '无锈蚀' } },
      未核对: { drafts: true },
      HRB400E: { change: { grade: 'HRB400E', Lu_mm: undefined, fractureDistance_mm: undefined } },
      设计要求抗震: { change: { seismicByDesign: 'yes' } },
      '强度不足，复检': { change: { FeL_kN: ['120.0', '139.0'], Fm_kN: ['160.0', '186.1'] } },
      复检合格: { change: retest },
      复检不合格: { change: { ...retest, FeL_kN: ['120.0', '139.0', '137.5', '140.1'] } },
      重量偏差不合格: { change: { totalMass_g: '5800' } },
      '弯曲有裂纹、断裂': { change: { bendFindings: ['crack', 'broken'], reverseBendFindings: ['crack'] } },
      断口靠近标距端: { change: { Lu_mm: ['110.00', '126.00'], fractureDistance_mm: ['10', '50'] } },
      断口靠近标距端而已达标: { change: { fractureDistance_mm: ['10', '50'] } },
      标距离断口过近: {
        change: { agtToFracture_mm: ['60', '60'], agtToGrip_mm: ['30', '30'], fractureTypes: ['ductile', 'ductile'] },
      },
      可疑: {
        change: {
          FeL_kN: ['60.0', '139.0'],
          Lu_mm: ['190.00', '126.00'],
          machineRange_kN: '1000',
          totalMass_g: '9000',
        },
      },
      只有强度: { settings: { parameters: ['KL'] } },
      旧版: { settings: { edition: 'GB/T 1499.2-2018' } },
      '只有强度，未核对': { drafts: true, settings: { parameters: ['KL'] } },
      'HRB400E，也量了断后伸长率': { change: { grade: 'HRB400E' } },
      'HRB400E，断口靠近标距端': { change: { grade: 'HRB400E', fractureDistance_mm: ['10', '50'] } },
      两根断口都靠近标距端: { change: { Lu_mm: ['110.00', '111.00'], fractureDistance_mm: ['10', '11'] } },
      '未核对，断口靠近标距端': { change: { fractureDistance_mm: ['10', '50'] }, drafts: true },
      断口形貌只记一根: { change: { fractureTypes: ['brittle', null] } },
      'HRB400E，只读了下屈服力': { change: { ...onlyTension, grade: 'HRB400E', Fm_kN: undefined } },
      'HRB400E，只读了最大力': { change: { ...onlyTension, grade: 'HRB400E', FeL_kN: undefined } },
      只委托屈标比: { change: { grade: 'HRB400E' }, settings: { parameters: ['QBB'] } },
      只有弯曲: { change: { ...onlyTension, ...noForces, bendFindings: fill(2, 'no-crack') } },

      '拒绝：复检两根': {
        change: { ...onlyTension, Fm_kN: undefined, round: 'retest', initialRecordNo: 'YS-2026-0012' },
      },
      '拒绝：断后标距超过两倍': { change: { Lu_mm: ['125.25', '200.25'] } },
      '拒绝：该牌号没有抗震要求': { change: { grade: 'HRB600', seismicByDesign: 'yes', ...onlyTension } },
      '拒绝：最大力小于屈服力': { change: { FeL_kN: ['138.2', '187.0'] } },
      '拒绝：力不可能': { change: { Fm_kN: ['185.3', '1900'] } },
      '拒绝：断口位置': { change: { fractureDistance_mm: ['45', '64'] } },
      '拒绝：总重量': { change: { totalMass_g: '620' } },
      '拒绝：标记离断口过近': { change: { agtToFracture_mm: ['49', '60'] } },
      '拒绝：标记离夹具过近': { change: { agtToGrip_mm: ['30', '19'] } },
      '拒绝：初验四根': { change: { ...retest, round: 'initial', initialRecordNo: undefined } },
      '拒绝：复检没有初验编号': { change: { ...retest, initialRecordNo: undefined } },
      '拒绝：复检重量': { change: { ...retest, lengths_mm: ['510', '512', '508', '511', '509'], totalMass_g: '6200' } },
      '拒绝：断后短于标距': { change: { grade: 'HRB600', nominalDiameter_mm: '50', seismicByDesign: 'yes' } },
    }),
  );
});

test('bars without a yield, and Agt of an extensometer', async () => {
  const smooth = {
    grade: 'HRB400E',
    nominalDiameter_mm: '20',
    round: 'initial',
    Fp02_kN: ['140.300', '141.750'],
    Fm_kN: ['186.1', '187.2'],
    agtExtension_percent: ['9.0512', '11.2499'],
    extensometerGauge_mm: ['100', '100'],
    extensometerClass: ['1', '1'],
  };
  const mixed = {
    FeL_kN: ['136.4', null],
    Fp02_kN: [null, '141.750'],
    extensometerGauge_mm: [null, '100'],
    extensometerClass: [null, '0.5'],
    agtGauge_mm: '100',
    agtFinal_mm: ['113.5', null],
    agtExtension_percent: [null, '11.2499'],
  };
  const openRules = { policies: { 'tables GB/T 28900-2022': 'draft' } };
  await expectSheet(
    'rebar-extensometer',
    answersTo(ribbed, smooth, {
      合格: {},
      都未核对: { drafts: true },
      '限值已核对，引伸计法未核对': { settings: openRules },
      '一根有屈服，一根没有': { change: mixed },
      '一根有屈服，一根没有，引伸计法未核对': { change: mixed, settings: openRules },
      只委托强屈比: { change: mixed, settings: { parameters: ['QQB'] } },
      也有手工法读数的以手工法为准: { change: { agtGauge_mm: '100', agtFinal_mm: ['113.5', '113.1'] } },
      手工法没有读数: { change: { agtFinal_mm: [null, null] } },
      没有最大力: { change: { FeL_kN: ['136.4', '137.0'], Fp02_kN: undefined, Fm_kN: undefined } },
      '引伸计太粗，引伸计法未核对': {
        change: { extensometerClass: ['1', '2'], extensometerGauge_mm: ['50', '100'] },
        settings: openRules,
      },
      可疑: { change: { Fp02_kN: ['60.000', '141.750'], agtExtension_percent: ['31.0000', '11.2499'] } },
      '可疑，一根有屈服': { change: { ...mixed, FeL_kN: ['118.0', null] } },

      '拒绝：两种力都有': { change: { FeL_kN: [null, '138.0'] } },
      '拒绝：两种力都没有': { change: { Fp02_kN: ['140.300', null] } },
      '拒绝：没有延伸率': { change: { agtExtension_percent: ['9.1', null] } },
      '拒绝：没有引伸计级别': { change: { extensometerClass: ['1', null] } },
      '拒绝：没有引伸计标距': { change: { extensometerGauge_mm: undefined } },
      '拒绝：第二根没有引伸计标距': { change: { extensometerGauge_mm: ['100', null] } },
      '拒绝：测 Rp0.2 的引伸计太粗': { change: { extensometerClass: ['1', '2'] } },
      '拒绝：测 Agt 的引伸计标距太小': { change: { extensometerGauge_mm: ['100', '50'] } },
      '拒绝：手工法没有原始标距': { change: { ...mixed, agtGauge_mm: undefined } },
      '拒绝：Fp0.2 大于最大力': { change: { Fp02_kN: ['140.300', '190.000'] } },
    }),
  );
});

test('plain bars', async () => {
  await expectSheet(
    'rebar-plain',
    answersTo(plain, plainBase, {
      合格: {},
      未核对: { drafts: true },
      '伸长率不足，复检': { change: { Lu_mm: ['48.00', '53.00'] } },
      重量偏差不合格: { change: { totalMass_g: '900' } },
      旧版: { settings: { edition: 'GB/T 1499.1-2017' } },
    }),
  );
});

test('straightened bars', async () => {
  await expectSheet(
    'rebar-straightened',
    answersTo(straightened, straightenedBase, {
      合格: {},
      未核对: { drafts: true },
      强度不足: { change: { FeL_kN: ['19.0', '22.8'] } },
      重量偏差恰在限值以外: { change: { totalMass_g: '545' } },
      断口靠近标距端: { change: { Lu_mm: ['42.00', '47.50'], fractureDistance_mm: ['2', '20'] } },
      三根拉伸: {
        change: {
          FeL_kN: ['22.5', '22.8', '22.7'],
          Fm_kN: ['30.1', '30.5', '30.3'],
          Lu_mm: ['47.00', '47.50', '47.25'],
          fractureDistance_mm: ['18', '20', '19'],
        },
        settings: { policies: { tensionPieces: '3' } },
      },
      '拒绝：拉伸三根而应为两根': {
        change: { ...onlyTension, Fm_kN: undefined, FeL_kN: ['22.5', '22.8', '22.7'] },
      },
    }),
  );
});

test('welded joints', async () => {
  const brittle = { fracturePlaces: fill(3, '焊缝'), fractureModes: fill(3, '脆性') };
  await expectSheet(
    'weld-joint',
    answersTo(weldJoint, weldBase, {
      合格: { change: { ...bend, welder: '张三', fractureDistances_mm: ['120', '110', '0'] } },
      未核对: { drafts: true },
      全部断于母材: { change: inBar },
      '一个低于标准值，复检': { change: { loads_kN: ['182.0', '184.0', '150.0'] } },
      '三个脆断，复检': { change: { ...brittle, loads_kN: ['182.0', '184.0', '186.0'] } },
      '三个脆断，低于标准值': { change: { ...brittle, loads_kN: ['182.0', '160.0', '150.0'] } },
      '母材脆断，试验无效': { change: { fracturePlaces: fill(3, '母材'), fractureModes: ['延性', '延性', '脆性'] } },
      焊缝延性断裂: { change: { fractureModes: ['延性', '延性', '延性'] } },
      热影响区: {
        change: { fracturePlaces: ['热影响区', '母材', '热影响区'], fractureModes: ['延性', '延性', '脆性'] },
      },
      弯曲一个开裂: {
        change: {
          ...inBar,
          ...bend,
          bendFindings: ['无裂纹', '有裂纹', '无裂纹'],
          crackWidths_mm: [null, '0.60', null],
        },
      },
      弯曲断裂: { change: { ...inBar, ...bend, bendFindings: ['断裂', '断裂', '断裂'] } },
      只有弯曲: { change: bend, settings: { parameters: ['WQ'] } },
      '拒绝：有裂纹而没有宽度': { change: { ...bend, bendFindings: ['无裂纹', '有裂纹', '无裂纹'] } },
      '拒绝：断裂而有裂纹宽度': {
        change: { ...bend, bendFindings: ['无裂纹', '无裂纹', '断裂'], crackWidths_mm: [null, null, '0.40'] },
      },
      弯心不符: { change: { ...inBar, ...bend, bendFormer_mm: '80' } },
      复检合格: {
        change: {
          round: 'retest',
          initialRecordNo: 'JL-1',
          loads_kN: fill(6, '182.0'),
          fracturePlaces: [...fill(4, '母材'), '焊缝', '焊缝'],
          fractureModes: [...fill(4, '延性'), '脆性', '脆性'],
        },
      },
      复检不合格: {
        change: {
          round: 'retest',
          initialRecordNo: 'JL-1',
          loads_kN: [...fill(5, '182.0'), '150.0'],
          fracturePlaces: [...fill(4, '母材'), '焊缝', '焊缝'],
          fractureModes: [...fill(4, '延性'), '脆性', '脆性'],
        },
      },
      'T 形接头': { change: { weldType: '预埋件钢筋T形' } },
      '未核对，T 形接头': { change: { weldType: '预埋件钢筋T形' }, drafts: true },
      '未核对，母材脆断': { change: { fracturePlaces: fill(3, '母材'), fractureModes: fill(3, '脆性') }, drafts: true },
      '三个脆断恰为标准值，标准值以上才复验': {
        change: { ...brittle, loads_kN: fill(3, '169.7') },
        settings: { policies: { threeBrittleBreaks: 'greater' } },
      },
      '三个脆断大于标准值，标准值以上才复验': {
        change: { ...brittle, loads_kN: fill(3, '182.0') },
        settings: { policies: { threeBrittleBreaks: 'greater' } },
      },
      电弧焊做了弯曲: { change: { ...bend, weldType: '电弧焊' } },
      '没有委托，只读了弯曲': {
        change: { ...bend, loads_kN: undefined, fracturePlaces: undefined, fractureModes: undefined },
      },
      弯曲复检: {
        change: {
          ...bend,
          round: 'retest',
          initialRecordNo: 'JL-1',
          loads_kN: undefined,
          fracturePlaces: undefined,
          fractureModes: undefined,
          bendFindings: [...fill(3, '无裂纹'), ...fill(3, '断裂')],
        },
      },
      断于热影响区而距离为零: {
        change: { fracturePlaces: ['母材', '母材', '热影响区'], fractureDistances_mm: ['120', '110', '0'] },
      },
      '量程、远离标准值': { change: { ...inBar, loads_kN: ['60.0', '184.0', '360.0'], machineRange_kN: '400' } },

      断于焊缝而有距离: { change: { fractureDistances_mm: ['120', '110', '5'] } },
      '拒绝：强度不可能': { change: { loads_kN: ['182.0', '184.0', '0.5'] } },
      '拒绝：初验六个': {
        change: { loads_kN: fill(6, '182.0'), fracturePlaces: fill(6, '母材'), fractureModes: fill(6, '延性') },
      },
      '拒绝：复检三个': { change: { round: 'retest', initialRecordNo: 'JL-1' } },
    }),
  );
});

test('mechanical splices', async () => {
  await expectSheet(
    'mechanical-splice',
    answersTo(mechanicalSplice, spliceBase, {
      '合格，含残余变形': { change: { residualDeformations_mm: ['0.05', '0.08', '0.10'], inspection: '工艺检验' } },
      残余变形超出: { change: { residualDeformations_mm: ['0.15', '0.18', '0.10'], inspection: '工艺检验' } },
      未核对: { drafts: true },
      '一个低于 1.10 倍，复检': { change: { loads_kN: ['182.0', '184.0', '180.0'] } },
      '两个低于，不合格': { change: { loads_kN: ['160.0', '184.0', '180.0'] } },
      工艺检验不合格: { change: { inspection: '工艺检验', loads_kN: ['182.0', '184.0', '180.0'] } },
      复检合格: {
        change: {
          round: 'retest',
          initialRecordNo: 'JL-7',
          loads_kN: fill(6, '190.0'),
          breaks: fill(6, '钢筋从套筒中拔出'),
        },
      },
      复检不合格: {
        change: {
          round: 'retest',
          initialRecordNo: 'JL-7',
          loads_kN: [...fill(5, '190.0'), '180.0'],
          breaks: fill(6, '钢筋从套筒中拔出'),
        },
      },
      'Ⅱ 级': { change: { spliceLevel: 'Ⅱ', loads_kN: ['182.0', '168.0', '170.0'] } },
      'Ⅲ 级': { change: { spliceLevel: 'Ⅲ', loads_kN: ['182.0', '150.0', '170.0'] } },
      未修约比较: { settings: { policies: { spliceComparison: 'full-value' } } },
      '未修约比较，含残余变形': {
        change: { residualDeformations_mm: ['0.10', '0.10', '0.11'], inspection: '工艺检验' },
        settings: { policies: { spliceComparison: 'full-value' } },
      },
      '未核对，含残余变形': {
        change: { residualDeformations_mm: ['0.05', '0.08', '0.10'], inspection: '工艺检验' },
        drafts: true,
      },
      '没有委托，只读了残余变形': {
        change: {
          residualDeformations_mm: ['0.05', '0.08', '0.10'],
          inspection: '工艺检验',
          loads_kN: undefined,
          breaks: undefined,
        },
      },
      '拒绝：没有断裂位置': { change: { breaks: undefined } },
      '拒绝：没有最大拉力': { change: { loads_kN: undefined } },
      '量程、远离标准值': { change: { loads_kN: ['60.0', '184.0', '360.0'], machineRange_kN: '400' } },
      '拒绝：复检三个': { change: { round: 'retest', initialRecordNo: 'JL-7' } },
      '拒绝：复检没有初验编号': { change: { round: 'retest' } },
    }),
  );
});

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
      '量程、远离标准值': { change: { loads_kN: ['60.0', '184.0', '360.0'], machineRange_kN: '400' } },
      '拒绝：复检三个': { change: { round: 'retest', initialRecordNo: 'JL-7' } },
      '拒绝：复检没有初验编号': { change: { round: 'retest' } },
    }),
  );
});

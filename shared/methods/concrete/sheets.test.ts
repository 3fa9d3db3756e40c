// What is read of concrete: every cell, word and step of a few samples against its sheet (see `testing/sheet.ts`).
import { test } from 'vitest';
import { base as cube } from '../testing/cube.ts';
import { answersTo, expectSheet } from '../testing/sheet.ts';
import concreteBatch from './concrete-batch-evaluation.method.ts';
import concreteCube from './concrete-cube.method.ts';
import concreteFlexural from './concrete-flexural.method.ts';
import concreteSameCondition from './concrete-same-condition.method.ts';
import concreteSplitting from './concrete-splitting.method.ts';

const three = <T>(value: T): T[] => [value, value, value];

test('cubes', async () => {
  const invalid = { loads_kN: ['600.0', '820.0', '1000.0'] };
  await expectSheet(
    'concrete-cube',
    answersTo(concreteCube, cube, {
      组值取平均值: { change: { curing: '标准养护', measuredSides_mm: three(['150.2', '149.8']) } },
      取中间值: { change: { loads_kN: ['680.0', '820.0', '810.0'], designGrade: undefined } },
      '100 mm，换算系数': { change: { side_mm: '100', loads_kN: ['360.0', '370.0', '352.0'] } },
      '100 mm，先乘系数': {
        change: { side_mm: '100', loads_kN: ['360.0', '370.0', '352.0'] },
        settings: { policies: { factorOrder: 'single-first' } },
      },
      '100 mm，C60': { change: { side_mm: '100', designGrade: 'C60', loads_kN: ['660.0', '670.0', '652.0'] } },
      试验确定的系数: {
        change: {
          side_mm: '100',
          testedSizeFactor: '0.93',
          sizeFactorEvidence: '对比试验 3',
          loads_kN: three('360.0'),
        },
      },
      无效: { change: { ...invalid, judgeAgainstGrade: 'yes' } },
      '100 mm，无效': { change: { side_mm: '100', loads_kN: ['260.0', '360.0', '460.0'] } },
      '委托判定，符合': { change: { judgeAgainstGrade: 'yes' } },
      '委托判定，低于等级': { change: { judgeAgainstGrade: 'yes', loads_kN: three('640.0') } },
      低于等级: { change: { loads_kN: three('640.0') } },
      '量程、速率、远离等级': {
        change: {
          loads_kN: ['200.0', '820.0', '1700.0'],
          machineRange_kN: '2000',
          loadingRates_kN_s: ['11', '12', '20'],
        },
      },

      '拒绝：强度为零': { change: { loads_kN: ['800.0', '0.5', '810.0'] } },
      '拒绝：强度过大': { change: { loads_kN: ['800.0', '9000.0', '810.0'] } },
      '拒绝：标准试件的系数': { change: { testedSizeFactor: '0.98', sizeFactorEvidence: '对比试验' } },
      '拒绝：没有等级的非标准试件': { change: { side_mm: '100', designGrade: undefined } },
      '拒绝：C105 的非标准试件': { change: { side_mm: '100', designGrade: 'C105' } },
      '拒绝：系数没有依据': { change: { side_mm: '100', testedSizeFactor: '0.93' } },
      '拒绝：边长超差': {
        change: {
          measuredSides_mm: [
            ['150', '150'],
            ['150', '151.1'],
            ['150', '150'],
          ],
        },
      },
    }),
  );
});

test('beams', async () => {
  const base = {
    size_mm: '150×150×550',
    loads_kN: ['31.50', '33.00', '34.50'],
    breakPositions: three('between'),
    designGrade: 'C30',
  };
  await expectSheet(
    'concrete-flexural',
    answersTo(concreteFlexural, base, {
      组值取平均值: { change: { measuredSides_mm: three(['150.1', '150.0']) } },
      一根断于加荷点外: { change: { breakPositions: ['between', 'outside', 'between'] } },
      '一根断于外，另两根相差过大': {
        change: { breakPositions: ['between', 'outside', 'between'], loads_kN: ['25.00', '33.00', '34.50'] },
      },
      两根断于外: { change: { breakPositions: ['outside', 'between', 'outside'] } },
      无效: { change: { loads_kN: ['24.00', '33.00', '42.00'] } },
      '小试件，先乘系数，判定符合': {
        change: {
          size_mm: '100×100×400',
          loads_kN: ['15.00', '15.30', '15.60'],
          requiredStrength_MPa: '3.5',
          judgeAgainstRequirement: 'yes',
        },
        settings: { policies: { factorOrder: 'single-first' } },
      },
      '小试件，低于要求': {
        change: {
          size_mm: '100×100×400',
          loads_kN: ['15.00', '15.30', '15.60'],
          requiredStrength_MPa: '4.5',
          judgeAgainstRequirement: 'yes',
        },
      },
      低于要求而不判定: { change: { requiredStrength_MPa: '5.0' } },
      '量程、速率、可疑': {
        change: {
          loads_kN: ['3.00', '33.00', '90.00'],
          machineRange_kN: '100',
          loadingRates_kN_s: ['0.05', '0.25', '0.9'],
        },
      },

      '拒绝：没有要求却要判定': { change: { judgeAgainstRequirement: 'yes' } },
      '拒绝：标准试件的系数': { change: { testedSizeFactor: '0.9', sizeFactorEvidence: '对比试验' } },
      '拒绝：没有等级的小试件': { change: { size_mm: '100×100×400', designGrade: undefined } },
      '拒绝：C60 的小试件': { change: { size_mm: '100×100×400', designGrade: 'C60' } },
      试验确定的系数: {
        change: {
          size_mm: '100×100×400',
          designGrade: 'C60',
          loads_kN: ['15.00', '15.30', '15.60'],
          testedSizeFactor: '0.88',
          sizeFactorEvidence: '对比试验 4',
        },
      },
      '拒绝：强度为零': { change: { loads_kN: ['0.10', '33.00', '34.50'] } },
      '拒绝：强度过大': { change: { loads_kN: ['300', '33.00', '34.50'] } },
      '拒绝：边长超差': {
        change: {
          measuredSides_mm: [
            ['150', '150'],
            ['150', '151.1'],
            ['150', '150'],
          ],
        },
      },
    }),
  );
});

test('splitting', async () => {
  const base = { side_mm: '150', loads_kN: ['105.0', '108.0', '110.0'], designGrade: 'C30' };
  await expectSheet(
    'concrete-splitting',
    answersTo(concreteSplitting, base, {
      组值取平均值: {},
      '100 mm，判定符合': {
        change: {
          side_mm: '100',
          loads_kN: ['48.0', '49.0', '50.0'],
          requiredStrength_MPa: '2.5',
          judgeAgainstRequirement: 'yes',
          curing: '标准养护',
        },
      },
      无效: { change: { loads_kN: ['80.0', '108.0', '140.0'] } },
      低于要求: { change: { requiredStrength_MPa: '4.00', judgeAgainstRequirement: 'yes' } },
      '未填等级，速率、量程': {
        change: { designGrade: undefined, machineRange_kN: '1000', loadingRates_kN_s: three('9') },
      },
    }),
  );
});

test('cubes of the same condition', async () => {
  const base = {
    side_mm: '150',
    loads_kN: ['640.0', '645.0', '650.0'],
    designGrade: 'C30',
    maturity_Cd: '605.5',
    age_d: '32',
  };
  await expectSheet(
    'concrete-same-condition',
    answersTo(concreteSameCondition, base, {
      达到等级: { change: { judgeAgainstGrade: 'yes' } },
      '温度累计不足、龄期过短': { change: { maturity_Cd: '599.9', age_d: '13' } },
      没有温度和龄期: { change: { maturity_Cd: undefined, age_d: undefined, designGrade: undefined } },
      龄期过长: { change: { age_d: '61' } },
      低于等级: { change: { loads_kN: three('560.0'), judgeAgainstGrade: 'yes' } },
      无效: { change: { loads_kN: ['500.0', '645.0', '800.0'] } },
      '100 mm': { change: { side_mm: '100', loads_kN: three('310.0') } },

      '拒绝：没有等级却要判定': { change: { judgeAgainstGrade: 'yes', designGrade: undefined } },
    }),
  );
});

test('batches', async () => {
  const groups = (values: readonly (string | null)[]) => ({
    sampleNos: values.map((_, index) => `HNT-${index + 1}`),
    states: values.map((value) => (value === null ? 'invalid' : 'valid')),
    curings: values.map(() => '标准养护'),
    values_MPa: values,
  });
  const ten = ['36.1', '35.2', '38.4', '33.0', '34.7', '37.5', '36.6', '35.9', '34.1', '38.8'];
  const low = ['29.0', '30.2', '31.4', '28.0', '30.7', '31.5', '29.6', '30.9', '29.1', '30.8'];
  await expectSheet(
    'concrete-batch-evaluation',
    answersTo(
      concreteBatch,
      { designGrade: 'C30', ...groups(ten) },
      {
        统计法: { change: { mix: 'P-30-2', parts: ten.map((_, index) => `${index + 1} 层柱`) } },
        '统计法，不合格': { change: groups(low) },
        '统计法，未核对': { drafts: true },
        '统计法，未修约的平均值': { settings: { policies: { meanComparison: 'raw' } } },
        '非统计法，含无效组': { change: groups(['36.1', null, '35.2', '38.4']) },
        '非统计法，不合格': { change: groups(['31.0', '30.2', '28.4']) },
        已知标准差: {
          change: { ...groups(['36.1', '35.2', '38.4']), sigma0_MPa: '3.10', sigma0Groups: '45', sigma0Period_d: '60' },
        },
        '已知标准差，不合格': {
          change: { ...groups(['31.1', '30.2', '25.4']), sigma0_MPa: '2.10', sigma0Groups: '45', sigma0Period_d: '60' },
        },
        全部无效: { change: groups([null, null]) },
        远离等级: { change: groups(['36.1', '10.0', '98.4']) },

        '拒绝：编号重复': { change: { ...groups(['36.1', '35.2']), sampleNos: ['HNT-1', ' HNT-1'] } },
        '拒绝：无效组有强度': { change: { ...groups(['36.1', '35.2']), states: ['valid', 'invalid'] } },
        '拒绝：未修约的代表值': { change: groups(['36.1', '35.25']) },
        '拒绝：养护条件混合': { change: { ...groups(['36.1', '35.2']), curings: ['标准养护', '同条件养护'] } },
        '拒绝：σ0 未修约': {
          change: {
            ...groups(['36.1', '35.2', '38.4']),
            sigma0_MPa: '3.105',
            sigma0Groups: '45',
            sigma0Period_d: '60',
          },
        },
        '拒绝：σ0 的组数': {
          change: { ...groups(['36.1', '35.2', '38.4']), sigma0_MPa: '3.10', sigma0Groups: '44', sigma0Period_d: '60' },
        },
        '拒绝：σ0 的检验期': {
          change: { ...groups(['36.1', '35.2', '38.4']), sigma0_MPa: '3.10', sigma0Groups: '45', sigma0Period_d: '59' },
        },
        'σ0 的检验期过长': {
          change: { ...groups(['36.1', '35.2', '38.4']), sigma0_MPa: '3.10', sigma0Groups: '45', sigma0Period_d: '91' },
        },
        'σ0 不全': { change: { ...groups(['36.1', '35.2', '38.4']), sigma0_MPa: '3.10' } },
      },
    ),
  );
});

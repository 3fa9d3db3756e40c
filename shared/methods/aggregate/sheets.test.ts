// What is read of sand and stone: every cell, word and step of a few samples against its sheet (see `testing/sheet.ts`).
import { test } from 'vitest';
import { answersTo, expectSheet } from '../testing/sheet.ts';
import sandMud from './sand-mud.method.ts';
import sandSieve from './sand-sieve.method.ts';
import { MASS_FIELDS } from './sieve/fields.ts';
import stoneCrushing from './stone-crushing.method.ts';
import stoneMud from './stone-mud.method.ts';

test('mud and clumps of sand', async () => {
  const base = {
    sandKind: '天然砂',
    gradeClass: 'C55～C30',
    mudBefore_g: ['400', '400'],
    mudAfter_g: ['391.2', '390.0'],
    clumpBefore_g: ['200', '200'],
    clumpAfter_g: ['198.8', '198.4'],
  };
  await expectSheet(
    'sand-mud',
    answersTo(sandMud, base, {
      符合: {},
      未核对: { drafts: true },
      不符合: { change: { mudAfter_g: ['380.0', '381.0'], clumpAfter_g: ['197.0', '197.2'] } },
      '未核对，数值超出': { change: { mudAfter_g: ['380.0', '381.0'] }, drafts: true },
      两次之差过大: { change: { mudAfter_g: ['391.2', '380.0'] } },
      没有强度等级: { change: { gradeClass: undefined } },
      '≤C25，有特殊要求': { change: { gradeClass: '≤C25', specialRequirement: 'yes' } },
      '≤C25': { change: { gradeClass: '≤C25' } },
      人工砂: { change: { sandKind: '人工砂' } },
      只有泥块: { settings: { parameters: ['NK'] } },
      试样质量不足: { change: { mudBefore_g: ['300', '400'], mudAfter_g: ['293.4', '391.2'] } },
      含泥量可疑: { change: { mudAfter_g: ['391.2', '250'] } },
      '拒绝：没有读数': {
        change: { mudBefore_g: undefined, mudAfter_g: undefined, clumpBefore_g: undefined, clumpAfter_g: undefined },
      },
      '拒绝：洗后更重': { change: { mudAfter_g: ['391.2', '401'] } },
    }),
  );
});

test('mud and clumps of stone', async () => {
  const base = {
    stoneKind: '碎石',
    nominalSize: '5～31.5 mm',
    gradeClass: 'C55～C30',
    mudBefore_g: ['10000', '10000'],
    mudAfter_g: ['9940', '9920'],
    clumpBefore_g: ['8000', '8000'],
    clumpAfter_g: ['7976', '7968'],
  };
  await expectSheet(
    'stone-mud',
    answersTo(stoneMud, base, {
      符合: {},
      '未核对，没有公称粒级': { change: { nominalSize: undefined }, drafts: true },
      不符合: { change: { mudAfter_g: ['9850', '9860'], clumpAfter_g: ['7920', '7930'] } },
      两次之差过大: { change: { mudAfter_g: ['9940', '9910'] } },
      '≥C60': { change: { gradeClass: '≥C60' } },
      '≤C25，有特殊要求': { change: { gradeClass: '≤C25', specialRequirement: 'yes', stoneKind: '卵石' } },
    }),
  );
});

test('crushing', async () => {
  const base = {
    rock: '沉积岩',
    nominalSize: '5～25 mm',
    crushingGradeClass: 'C60～C40',
    crushedBefore_g: ['3000', '3000', '3000'],
    crushedRetained_g: ['2730', '2718', '2742'],
    loadingTime_s: ['200', '160', '300'],
  };
  await expectSheet(
    'stone-crushing',
    answersTo(stoneCrushing, base, {
      符合: {},
      未核对: { drafts: true },
      不符合: { change: { crushedRetained_g: ['2430', '2418', '2442'] } },
      没有强度等级: { change: { crushingGradeClass: undefined, nominalSize: undefined } },
      '试样质量、加荷时间、离散': {
        change: {
          rock: '卵石',
          crushedBefore_g: ['2900', '3000', '3000'],
          crushedRetained_g: ['2730', '1200', '2990'],
          loadingTime_s: ['150', '160', '320'],
        },
      },
      '平均值修约至 1%': { settings: { policies: { crushingMeanStep: '1' } } },
      '拒绝：剩留更重': { change: { crushedRetained_g: ['2730', '3001', '2742'] } },
    }),
  );
});

test('sieves', async () => {
  const portions = (lists: readonly (readonly string[])[], samples = ['500', '500']) => ({
    sandKind: '天然砂',
    sampleMass_g: samples,
    ...Object.fromEntries(MASS_FIELDS.map(({ name }, index) => [name, lists.map((list) => list[index])])),
  });
  const one = ['25', '50', '100', '125', '100', '75', '25'];
  const two = ['15', '75', '95', '105', '115', '85', '10'];
  const lost = ['15', '75', '95', '105', '115', '85', '4'];
  const coarse = ['60', '130', '130', '80', '50', '40', '10'];
  const fine = ['0', '10', '20', '60', '190', '180', '40'];
  await expectSheet(
    'sand-sieve',
    answersTo(sandSieve, portions([one, two]), {
      '中砂，Ⅱ 区': { change: { requiredClass: '中砂' } },
      未核对: { drafts: true },
      要求粗砂: { change: { requiredClass: '粗砂' } },
      累计质量计算的累计筛余: { settings: { policies: { cumulativeBasis: 'mass' } } },
      损失过大: { change: portions([one, lost]) },
      模数之差过大: { change: portions([one, coarse]) },
      粗砂: { change: portions([coarse, coarse]) },
      细砂: { change: portions([fine, fine]) },
      '单项：细度模数': { settings: { parameters: ['XD'] } },
      不在任何级配区: {
        change: portions([
          ['0', '0', '10', '40', '300', '130', '20'],
          ['0', '0', '10', '40', '300', '130', '20'],
        ]),
      },
      不属于任何规格: {
        change: portions([
          ['0', '0', '0', '0', '5', '20', '475'],
          ['0', '0', '0', '0', '5', '20', '475'],
        ]),
      },
      '拒绝：没有砂': { change: portions([one, ['500', '0', '0', '0', '0', '0', '0']]) },
    }),
  );
});

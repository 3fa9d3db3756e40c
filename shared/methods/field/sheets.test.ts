// What is read of tests on the building: every cell, word and step of a few samples against its sheet (see `testing/sheet.ts`).
import { test } from 'vitest';
import { coreBase } from '../testing/field-core.ts';
import { deviations } from '../testing/field-cover.ts';
import { answersTo, expectSheet } from '../testing/sheet.ts';
import core from './core-strength.method.ts';
import cover from './rebar-cover.method.ts';
import rebound from './rebound.method.ts';
import tileBond from './tile-bond.method.ts';

const fill = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

test('rebound', async () => {
  const zones = (count: number) => ({
    angle_deg: fill(count, '0'),
    face: fill(count, 'side'),
    rebound_R: Array.from({ length: count }, (_, index) => fill(16, String(36 + (index % 4)))),
    carbonation_mm: fill(count, ['1.0', '1.5', '1.0']),
  });
  const base = { placing: 'pumped', scope: 'member', hammerNo: 'HT-03', anvilBefore_R: '80', ...zones(10) };
  const readings = ['30', '31', '32', '33', '34', '35', '36', '37', '38', '39', '40', '41', '42', '43', '44', '45'];
  const three = { ...zones(3), designGrade: 'C30', carbonation_mm: [['1.0', '1.0', '1.0'], null, null] };
  await expectSheet(
    'rebound',
    answersTo(rebound, base, {
      构件: {
        change: { ...three, angle_deg: ['90', '-45', '0'], face: ['side', 'top', 'bottom'], anvilAfter_R: '81' },
      },
      未核对: { change: zones(3), drafts: true },
      十个测区: { change: { rebound_R: [readings, ...fill(9, readings.toReversed())], age_d: '60' } },
      '强度低于 10': { change: { rebound_R: [fill(16, '15'), ...fill(9, fill(16, '38'))] } },
      '强度低于 10，C10': { change: { designGrade: 'C10', rebound_R: [fill(16, '15'), ...fill(9, fill(16, '38'))] } },
      '强度高于 60，C60': { change: { ...zones(3), designGrade: 'C60', rebound_R: fill(3, fill(16, '58')) } },
      写明构件: { change: { ...zones(3), members: fill(3, 'L1') } },
      '强度高于 60': { change: { ...zones(3), rebound_R: fill(3, fill(16, '58')) } },
      '碳化深、钢砧率定、龄期': {
        change: { ...zones(3), carbonation_mm: fill(3, ['7.0', '6.5', '8.0']), anvilAfter_R: '78', age_d: '2000' },
      },
      批: {
        change: {
          scope: 'batch',
          ...zones(12),
          members: Array.from({ length: 12 }, (_, index) => `L${Math.floor(index / 2) + 1}`),
        },
      },
      '批，离散过大': {
        change: {
          scope: 'batch',
          ...zones(12),
          rebound_R: Array.from({ length: 12 }, (_, index) => fill(16, index % 2 === 0 ? '30' : '45')),
          members: Array.from({ length: 12 }, (_, index) => `L${Math.floor(index / 2) + 1}`),
        },
      },
      '非泵送，查表': {
        change: {
          ...zones(3),
          rebound_R: fill(3, fill(16, '38')),
          carbonation_mm: fill(3, ['1.0', '1.0', '1.0']),
          placing: 'non-pumped',
          tableStrength_MPa: ['34.8', '34.8', '34.8'],
          tableRm: ['38.0', '38.0', '38.0'],
          tableDm_mm: ['1.0', '1.0', '1.0'],
        },
      },

      '拒绝：钢砧率定': { change: { anvilAfter_R: '77' } },
      '拒绝：碳化测区不足': {
        change: { carbonation_mm: [['1.0', '1.0', '1.0'], ['1.0', '1.0', '1.0'], ...fill(8, null)] },
      },
      '拒绝：碳化极差大而未全测': {
        change: {
          carbonation_mm: [['1.0', '1.0', '1.0'], ['3.5', '3.5', '3.5'], ['1.0', '1.0', '1.0'], ...fill(7, null)],
        },
      },
      '拒绝：单个构件填了两个': { change: { members: [...fill(5, 'L1'), ...fill(5, 'L2')] } },
      '拒绝：非泵送没有查表值': { change: { ...zones(3), placing: 'non-pumped' } },
      '拒绝：查表值与记录不符': {
        change: {
          ...zones(3),
          placing: 'non-pumped',
          tableStrength_MPa: ['34.8', '34.8', '34.8'],
          tableRm: ['36.0', '38.0', '38.0'],
          tableDm_mm: ['1.0', '1.0', '1.0'],
        },
      },
      '拒绝：查表值超出表列': {
        change: {
          ...zones(3),
          placing: 'non-pumped',
          tableStrength_MPa: ['61.0', '34.8', '34.8'],
          tableRm: ['36.0', '37.0', '38.0'],
          tableDm_mm: ['1.0', '1.0', '1.0'],
        },
      },
      查表值次序颠倒: {
        change: {
          ...zones(3),
          placing: 'non-pumped',
          tableStrength_MPa: ['34.8', '33.0', '34.9'],
          tableRm: ['36.0', '37.0', '38.0'],
          tableDm_mm: ['1.0', '1.0', '1.0'],
        },
      },
    }),
  );
});

test('cores', async () => {
  await expectSheet(
    'core-strength',
    answersTo(core, coreBase, {
      构件: { change: { condition: '潮湿' } },
      '实体，符合': { change: { assessment: 'entity' } },
      '实体，不符合': { change: { assessment: 'entity', loads_kN: ['210.0', '215.0', '220.0'] } },
      '直径 100.5 mm': { change: { diameters_mm: fill(3, ['100.4', '100.7']) } },
      '实体，只有平均值不足': { change: { assessment: 'entity', loads_kN: ['227.8', '227.8', '235.6'] } },
      '实体，只有最小值不足': { change: { assessment: 'entity', loads_kN: ['212.1', '282.7', '282.7'] } },
      '实体，未核对': { change: { assessment: 'entity', loads_kN: ['210.0', '215.0', '220.0'] }, drafts: true },
      '系数、量程、没有等级': {
        change: {
          designGrade: undefined,
          betaC: '0.98',
          betaCEvidence: '对比试验 2',
          machineRange_kN: '300',
          nominalDiameter_mm: undefined,
        },
      },
      '高径比、远离等级': { change: { heights_mm: ['100', '105', '95'], loads_kN: ['251.3', '60.0', '281.7'] } },

      '拒绝：高径比': { change: { heights_mm: ['100', '106', '99'] } },
      '拒绝：强度为零': { change: { loads_kN: ['251.3', '0.1', '281.7'] } },
      '拒绝：强度过大': { change: { loads_kN: ['251.3', '2600', '281.7'] } },
      '拒绝：按批': { change: { assessment: 'batch' } },
      '拒绝：系数没有依据': { change: { betaC: '0.98' } },
      '拒绝：实体四个芯样': {
        change: {
          assessment: 'entity',
          loads_kN: ['251.3', '260.0', '281.7', '270.0'],
          diameters_mm: fill(4, ['100.0', '100.0']),
          heights_mm: fill(4, '100'),
        },
      },
    }),
  );
});

test('cover', async () => {
  const points = (list: readonly number[]) => {
    const { members, readings } = deviations(list);
    return { members, readings_mm: readings };
  };
  const again = (list: readonly number[]) => {
    const { members, readings } = deviations(list, '另梁');
    return { againMembers: members, againReadings_mm: readings };
  };
  const good = fill(10, 2);
  const some = [...fill(8, 2), 12, -9];
  await expectSheet(
    'rebar-cover',
    answersTo(
      cover,
      { memberKind: 'beam', designCover_mm: '25', ...points(good) },
      {
        合格: { change: { instrumentError_mm: '0.5' } },
        未核对: { change: points(some), drafts: true },
        再次抽样: { change: points(some) },
        '再次抽样，合格': { change: { ...points(some), ...again(fill(10, 1)) } },
        '再次抽样，不合格': { change: { ...points(some), ...again([...fill(8, 1), 13, -9]) } },
        '低于 80%': { change: points([...fill(7, 2), 12, -9, 11]) },
        '超过 1.5 倍': { change: points([...fill(9, 2), 16]) },
        板: { change: { memberKind: 'slab', ...points([...fill(9, 2), -6]), barDesign_mm: [...fill(9, '25'), '30'] } },
        '同一构件、读数相差大': {
          change: { members: fill(10, '梁 1'), readings_mm: [['25', '27', '26'], ...fill(9, ['26', '26', '27'])] },
        },

        '拒绝：仪器误差': { change: { instrumentError_mm: '1.1' } },
        '拒绝：不应再次抽样': { change: again(fill(10, 1)) },
        '拒绝：再次抽样的构件数': { change: { ...points(some), ...again(fill(9, 1)) } },
        '拒绝：再次抽样的构件已检测': {
          change: { ...points(some), ...again(fill(10, 1)), againMembers: deviations(some).members },
        },
      },
    ),
  );
});

test('tiles', async () => {
  const base = {
    construction: '现场粘贴',
    round: 'initial',
    forces_kN: ['2.57', '3.00', '2.14'],
    lengths_mm: fill(3, '95'),
    widths_mm: fill(3, '45'),
    states: fill(3, '粘结层为主断开'),
  };
  const six = {
    round: 'retest',
    initialRecordNo: 'JL-9',
    lengths_mm: fill(6, '95'),
    widths_mm: fill(6, '45'),
    states: fill(6, '粘结层为主断开'),
  };
  await expectSheet(
    'tile-bond',
    answersTo(tileBond, base, {
      合格: {
        change: {
          tileKind: '瓷砖 45×95',
          bondingMaterial: '胶粘剂',
          bondAge_d: '28',
          locations: ['东 1', '东 2', '东 3'],
        },
      },
      未核对: { drafts: true },
      '再抽两组：单个值': { change: { forces_kN: ['2.57', '3.00', '0.86'] } },
      不合格: { change: { forces_kN: ['1.20', '1.50', '1.00'] } },
      '复验，合格': { change: { ...six, forces_kN: ['2.57', '3.00', '2.14', '2.50', '2.00', '2.10'] } },
      '复验，一组不合格': { change: { ...six, forces_kN: ['2.57', '3.00', '2.14', '1.50', '1.20', '1.10'] } },
      预制构件: { change: { construction: '带饰面砖的预制构件' } },
      '断在粘结层以外、粘贴龄期短': {
        change: {
          forces_kN: ['1.20', '3.00', '2.14'],
          states: ['饰面砖为主断开', '粘结层为主断开', '粘结层为主断开'],
          bondAge_d: '10',
        },
      },
      '2008': { settings: { edition: 'JGJ 110-2008' } },

      '拒绝：强度过大': { change: { forces_kN: ['2.57', '50', '2.14'] } },
      '拒绝：初验六个试样': {
        change: { ...six, forces_kN: fill(6, '2.57'), round: 'initial', initialRecordNo: undefined },
      },
      '拒绝：复验三个试样': { change: { round: 'retest', initialRecordNo: 'JL-9' } },
    }),
  );
});

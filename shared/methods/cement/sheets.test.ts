// What is read of cement: every cell, word and step of a few samples against its sheet (see `testing/sheet.ts`).
import { test } from 'vitest';
import { base as sound, compute, OLD } from '../testing/cement-consistency.ts';
import { base as age, compute as strength } from '../testing/cement-strength.ts';
import { answersTo, expectSheet } from '../testing/sheet.ts';
import cementConsistency from './cement-consistency.method.ts';
import cementStrength from './cement-strength.method.ts';

test('consistency, setting, soundness', async () => {
  const logs = {
    initialLogTime_min: ['170', '185'],
    initialLogDistance_mm: ['2.5', '4'],
    finalLogTime_min: ['229', '245'],
    finalLogMark: ['mark', 'none'],
  };
  await expectSheet('cement-consistency', {
    符合: compute({ waterContactAt: '09:10' }),
    测试记录间隔过长: compute(logs),
    '凝结不合格、安定性待复检': compute({
      kind: 'P·Ⅰ',
      grade: undefined,
      initialSetting_min: '19',
      finalSetting_min: '400',
      needleC_mm: ['15.5', '16.5'],
    }),
    '复检不合格、用水量可疑': compute({
      soundnessRound: 'retest',
      needleC_mm: ['15.5', '16.5'],
      finalSetting_min: '190',
      trialWater_mL: ['99'],
      plungerDistance_mm: ['6'],
    }),
    沸煮后变小: compute({ needleC_mm: ['10.5', '10.5'] }),
    未核对: compute({}, { policies: {} }),
    '未核对（2011）': compute({}, { policies: {}, edition: OLD }),
    只有凝结时间: compute({}, { parameters: ['NJ'] }),
    ...answersTo(cementConsistency, sound, {
      测试记录只有一次: { change: { initialLogTime_min: ['185'], initialLogDistance_mm: ['4'] } },
      '拒绝：测试时间不递增': { change: { initialLogTime_min: ['180', '180'], initialLogDistance_mm: ['2', '4'] } },
      '拒绝：记录与初凝时间不符': { change: { initialLogTime_min: ['175', '180'], initialLogDistance_mm: ['2', '4'] } },
      '拒绝：记录没有达到初凝': { change: { initialLogTime_min: ['175', '185'], initialLogDistance_mm: ['1', '2'] } },
      '拒绝：错过初凝': { change: { initialLogTime_min: ['175', '185'], initialLogDistance_mm: ['1', '5.5'] } },
      '拒绝：没有达到终凝': { change: { finalLogTime_min: ['245'], finalLogMark: ['mark'] } },
      '拒绝：只有记录的时间': { change: { finalLogTime_min: ['245'] } },
      '拒绝：终凝早于初凝': { change: { finalSetting_min: '185' } },
      '拒绝：未达到标准稠度': { change: { plungerDistance_mm: ['3', '4.5'] } },
      '拒绝：没有试验次数': { change: { soundnessRound: undefined } },
      '拒绝：只有沸煮前': { change: { needleC_mm: undefined } },
      '拒绝：品种没有的等级': { change: { kind: 'P·C', grade: '32.5' } },
    }),
  });
});

test('strength', async () => {
  const dropped = ['41.1', '45.3', '45.1', '44.2', '45.8', '36'];
  await expectSheet('cement-strength', {
    '3 d，剔除一个': strength({ compressionLoads_kN: dropped, cement_g: '450', water_mL: '225' }),
    '3 d，未修约的平均值、未核对': strength({ compressionLoads_kN: dropped }, { policies: { meanForOutliers: 'raw' } }),
    '3 d，作废': strength({ compressionLoads_kN: ['44', '44', '44', '44', '54', '34'] }),
    '3 d，其余五个再超出': strength({ compressionLoads_kN: ['44', '44', '44', '44', '49.92', '56'] }),
    '3 d，抗折三个均超出': strength({ flexureLoads_N: ['1900', '3000', '3000'] }),
    '3 d，全部无效': strength({
      flexureLoads_N: ['1900', '3000', '3000'],
      compressionLoads_kN: ['44', '44', '44', '44', '54', '34'],
    }),
    '28 d，不符合': strength({ flexureLoads_N: ['1500', '1510', '1800'], age_d: '28' }),
    '28 d，未核对': strength({ age_d: '28' }, { policies: {} }),
    '3 d，远离等级': strength({
      flexureLoads_N: ['7000', '7000', '7000'],
      flexureRates_kN_s: ['0.05', '0.07', '0.05'],
      compressionRange_kN: '300',
      compressionRates_kN_s: ['2.4', '2.4', '2.4', '2.4', '2.4', '2.7'],
    }),
    ...answersTo(cementStrength, age, {
      只有抗折: {
        change: { compressionLoads_kN: undefined, compressionRates_kN_s: ['3', '3', '3', '3', '3', '3'] },
        settings: { parameters: ['KZ'] },
      },
      只有抗压: {
        change: { flexureLoads_N: undefined, flexureRates_kN_s: ['1', '1', '1'], compressionRange_kN: '300' },
        settings: { parameters: ['KY'] },
      },
      '3 d，不到限值的一半': { change: { flexureLoads_N: ['810', '810', '810'] } },
      '拒绝：没有荷载': { change: { flexureLoads_N: undefined, compressionLoads_kN: undefined } },
      '拒绝：品种没有的等级': { change: { kind: 'P·Ⅰ', grade: '32.5' } },
    }),
  });
});

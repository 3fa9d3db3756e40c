// What is read of soil: every cell, word and step of a few samples against its sheet (see `testing/sheet.ts`).
import { test } from 'vitest';
import { answersTo, expectSheet } from '../testing/sheet.ts';
import { compactionBase, compactionSample, ringBase, sandBase, tins } from '../testing/soil-samples.ts';
import compaction from './compaction.method.ts';
import ring from './field-density-ring.method.ts';
import sandCone from './field-density-sand-cone.method.ts';

test('compaction', async () => {
  const apart = compactionBase.tinAndWet_g.map((pair, index) => (index === 2 ? ['134', '136.5'] : pair));
  await expectSheet(
    'compaction',
    answersTo(compaction, compactionBase, {
      抛物线: {},
      三次曲线: { settings: { policies: { curveFitting: 'cubic-least-squares' } } },
      四次曲线: { settings: { policies: { curveFitting: 'quartic-least-squares' } } },
      超粒径校正: {
        change: {
          compactionType: 'light',
          oversize_percent: '12.5',
          oversizeGravity: '2.65',
          oversizeAbsorption_percent: '1.2',
          soilKind: undefined,
        },
      },
      没有峰值: {
        change: compactionSample([
          [1920, '10.2'],
          [1990, '12.1'],
          [2060, '14.0'],
          [2140, '16.1'],
          [2220, '18.0'],
        ]),
      },
      两盒含水率相差过大: { change: { tinAndWet_g: apart } },
      '轻型，可疑': {
        change: {
          ...compactionSample([
            [1520, '10.2'],
            [1630, '12.1'],
            [1700, '14.0'],
            [1680, '16.1'],
            [1630, '18.0'],
          ]),
          compactionType: 'light',
        },
      },

      '拒绝：筒加土不重于筒': { change: { mouldAndWetSoil_g: ['5920', '6030', '4000', '6080', '6030'] } },
      '拒绝：重型的超粒径校正': {
        change: { oversize_percent: '12.5', oversizeGravity: '2.65', oversizeAbsorption_percent: '1.2' },
      },
      '拒绝：超粒径数据不全': { change: { compactionType: 'light', oversize_percent: '12.5' } },
    }),
  );
});

test('rings', async () => {
  await expectSheet(
    'field-density-ring',
    answersTo(ring, ringBase, {
      符合: { change: { layer: '第 3 层', soilKind: '粉质黏土', compactionReport: 'JS-12' } },
      不符合: { change: { designCompaction_percent: '97' } },
      没有设计值: { change: { designCompaction_percent: undefined } },
      设计压实系数: { change: { designCompaction_percent: undefined, designCoefficient: '0.94' } },
      '压实度超过 100%': { change: { maxDryDensity_g_cm3: '1.70' } },
      两环相差过大: { change: { ringAndSoil_g: ['550', '560'] } },
      含水率相差过大: {
        change: {
          tinAndWet_g: [
            ['134', '136'],
            ['134', '134'],
          ],
        },
      },
      只修约结果: {
        change: {
          tinAndWet_g: [
            ['134', '134.123'],
            ['134', '134'],
          ],
        },
        settings: { policies: { intermediateRounding: 'final-only' } },
      },
      没有最大干密度: {
        change: { maxDryDensity_g_cm3: undefined, designCompaction_percent: undefined },
      },
      '拒绝：含水率不可能': {
        change: {
          tinAndWet_g: [
            ['221', '134'],
            ['134', '134'],
          ],
        },
      },
      '压实度修约至 1%、比较修约值': {
        settings: { policies: { compactionDegreeStep: '1', designComparison: 'rounded-value' } },
      },

      '拒绝：环刀加土不重于环刀': { change: { ringAndSoil_g: ['150', '552'] } },
      '拒绝：干土重于湿土': {
        change: {
          tinAndDry_g: [
            ['120', '134'],
            ['120', '120'],
          ],
        },
      },
      '拒绝：空盒重于干土': {
        change: {
          tin_g: [
            ['20', '120'],
            ['20', '20'],
          ],
        },
      },
      两种设计值: { change: { designCoefficient: '0.94' } },
    }),
  );
});

test('sand cone', async () => {
  await expectSheet(
    'field-density-sand-cone',
    answersTo(sandCone, sandBase, {
      符合: {},
      不符合: { change: { designCompaction_percent: '96' } },
      没有设计值: { change: { designCompaction_percent: undefined } },
      含水率相差过大: { change: tins([140, 170]) },
      只修约结果: { settings: { policies: { intermediateRounding: 'final-only' } } },
      可疑: { change: { wetSoil_g: '3000', sandDensity_g_cm3: '1.20' } },
    }),
  );
});

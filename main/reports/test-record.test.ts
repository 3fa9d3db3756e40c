// The original record of any test: readings of machine and keyboard, struck ones too, runs or none, tables, formulas,
// settings, released stops, corrections, signatures.
import { afterAll, describe, expect, test } from 'vitest';
import type { TestRecordContent } from '../../shared/reports/test-record.ts';
import { count, denseOf, expectAllTexts, expectTidy, longest, refusal, sha } from './paper-checks.test-helper.ts';
import { denseText, missingTools, pagesOf } from './pdf-tools.test-helper.ts';
import { createReportRenderer } from './renderer.ts';
import { reboundRecord, sampleTestRecord, sandRecord } from './sample-record.test-helper.ts';

const renderer = createReportRenderer();
afterAll(() => renderer.close());
const denseRecord = async (content: TestRecordContent) => denseText(await renderer.renderRecord(content));

describe.skipIf(missingTools)(`original record (${missingTools ?? 'read with poppler'})`, () => {
  test.each([
    ['cubes', sampleTestRecord()],
    ['sand', sandRecord()],
    ['rebound', reboundRecord()],
  ])('%s: every reading, table, formula and signature stands there, tidily', async (_, record) => {
    const pdf = await renderer.renderRecord(record);
    const dense = denseText(pdf);
    expectAllTexts(dense, record.tables);
    for (const [label, value] of record.sample.facts) expect(dense).toContain(denseOf(label + value));
    for (const { value, unit, origin, hash } of record.readings)
      for (const text of [value + unit, origin, hash]) expect(dense).toContain(denseOf(text));
    for (const run of record.runs) for (const text of [run.runNo, run.rawDigest]) expect(dense).toContain(text);
    for (const { name, symbol = '', formula, substituted = '', value, unit = '', rule, clause } of record.trace)
      for (const text of [name, symbol, formula, substituted, `${value ?? '—'}${unit}`, rule, clause])
        expect(dense).toContain(denseOf(text));
    expect(dense).toContain(denseOf(record.result?.text ?? ''));
    expect(dense).toMatch(/检测陈镕.*校核赵昇/);
    expectTidy(pdf);
    expect(sha(await renderer.renderRecord(record))).toBe(sha(pdf));
    for (const page of pagesOf(pdf)) expect(page).toContain(record.recordNo);
  });

  test('the circumstances of a cube test are all there', async () => {
    const dense = await denseRecord(sampleTestRecord());
    for (const part of [
      'JL-TY-012',
      'LX2025-08-0042',
      '0～2000kN',
      '0.5～0.8MPa/s',
      '温度21.3℃相对湿度56%温湿度计SB-031',
      '2025-11-2309:08:40至2025-11-2309:24:10',
      '压力试验机SB-001仪器采集',
      '陈镕键盘录入',
      '中断采集中断：串口被拔出，试件尚未破坏',
      '812.3×1000/22500',
      '尺寸换算与取值的次序先取组值再乘换算系数GB/T50081-20195.0.5',
      '试件3加荷速度18.40kN/s',
      'STOP_LOADING_RATE破坏前油门回调滞后约1s，曲线其余部分速率正常，读数可用陈镕赵昇2025-11-2309:25:02',
      '试件1边长151.9mm150.1mm卡尺读数抄写错误，复测后更正陈镕2025-11-2309:09:15',
      '三、采集运行',
      '七、更正',
    ])
      expect(dense).toContain(part);
    expect(dense).not.toContain('未取得防伪监管标识码');
    expect(dense).not.toContain('试验结果无效');
  });

  test('without runs, settings, stops and corrections the record says that there are none', async () => {
    const dense = await denseRecord(sandRecord());
    for (const part of [
      '三、采集运行无采集运行。',
      '五、方法设置本方法没有需要选定的设置。',
      '六、异常数据的说明与确认无。',
      '七、更正无更正。',
    ])
      expect(dense).toContain(part);
    for (const part of ['原始文件SHA-256', '加荷速度', '运行编号', '荷载F/kN']) expect(dense).not.toContain(part);
    expect(await denseRecord(reboundRecord())).toContain('环境条件温度18℃晴');
  });

  test('an invalid result is named so whatever the sentence, an unfinished test has none', async () => {
    const invalid = await denseRecord(sampleTestRecord({ result: { valid: false, text: '请另行取样。' } }));
    expect(invalid).toContain('检测结果试验结果无效请另行取样。');
    const open = await denseRecord(sampleTestRecord({ result: null, tables: [], trace: [] }));
    expect(open).toContain('检测结果检测尚未完成，没有结果。');
  });

  test('a step without a number shows a dash; formula marks are read in formulas only', async () => {
    const step = { name: 'f_{cc}', formula: 'f_{cc}^{2} = a_b ^c #panic()', value: null, rule: '无', clause: '' };
    const dense = await denseRecord(sampleTestRecord({ trace: [{ ...step, symbol: '$x$' }], remarks: 'y_{1}' }));
    expect(dense).toContain('f_{cc}$x$f2cc=a_b^c#panic()——无');
    expect(dense).toContain('y_{1}');
  });

  test('three hundred readings repeat the head on every page', async () => {
    const record = sandRecord();
    const readings = Array.from({ length: 300 }, (_, index) => ({
      ...(record.readings[index % 14] ?? record.readings[0]!),
      seq: index + 1,
      value: `${1000 + index}.5`,
    }));
    const pdf = await renderer.renderRecord({ ...record, readings });
    const pages = pagesOf(pdf).filter((page) => /1\d{3}\.5 g/.test(page));
    expect(pages.length).toBeGreaterThan(5);
    for (const page of pages) expect(page).toContain('散列值');
    const dense = denseText(pdf);
    for (const { value } of readings) expect(count(dense, `${value}g`)).toBe(1);
  });

  test.each([
    ['Chinese', '江州市临江新区城市建设投资发展集团有限公司'],
    ['unbroken Latin', 'WMQABCDEFG0123456789'],
  ])('the longest %s texts stay inside the page', async (_, seed) => {
    const record = sampleTestRecord();
    const pdf = await renderer.renderRecord({
      ...record,
      title: longest(60, seed),
      sample: {
        ...record.sample,
        name: longest(50, seed),
        facts: [
          [longest(30, seed), longest(200, seed)],
          ['短', '短'],
        ],
      },
      readings: record.readings.map((reading) => ({
        ...reading,
        specimen: longest(30, seed),
        quantity: longest(60, seed),
        value: longest(200, seed),
        unit: longest(20, seed),
        origin: longest(100, seed),
        hash: longest(64, 'a1'),
      })),
      runs: record.runs.map((run) => ({
        ...run,
        specimen: longest(30, seed),
        driver: longest(60, seed),
        reason: seed,
      })),
      trace: record.trace.map((step) => ({ ...step, formula: longest(300, seed), substituted: longest(600, seed) })),
      policies: [{ name: longest(100, seed), option: longest(160, seed), clause: longest(300, seed) }],
      releases: record.releases.map((release) => ({
        ...release,
        code: longest(60, 'STOP_'),
        message: longest(300, seed),
        by: longest(30, seed),
        secondPerson: longest(30, seed),
      })),
      remarks: longest(2000, seed),
    });
    const dense = denseText(pdf);
    for (const text of [longest(600, seed), longest(300, seed), longest(160, seed)]) expect(dense).toContain(text);
    expectTidy(pdf);
  });
});

test('a record is refused with the place of the fault', async () => {
  const record = sampleTestRecord();
  const broken: TestRecordContent = {
    ...record,
    tables: [{ columns: [{ head: '甲' }, { head: '乙' }], rows: [['1']] }],
    policies: [{ name: '', option: '甲', clause: '' }],
  };
  const error = await refusal(renderer.renderRecord(broken));
  expect(error.info.details?.map(({ field }) => field)).toEqual(['tables.0.rows.0', 'policies.0.name']);
});

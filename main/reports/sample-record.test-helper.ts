// Original records for the tests of this folder: cubes with machine runs, sand with none, rebound with wide tables.
import type { TestRecordContent } from '../../shared/reports/test-record.ts';
import { sampleCurve, sampleReport } from './sample-content.test-helper.ts';
import { cubeComputation, reboundRecordTables } from './sample-tables.test-helper.ts';

export function sampleTestRecord(change: Partial<TestRecordContent> = {}): TestRecordContent {
  const { institution } = sampleReport();
  const runs: TestRecordContent['runs'] = [
    ['R2025-000381', 1, '812.3', 'valid', null],
    ['R2025-000382', 2, '403.1', 'interrupted', '采集中断：串口被拔出，试件尚未破坏'],
    ['R2025-000383', 2, '798.6', 'valid', null],
    ['R2025-000384', 3, '805.0', 'valid', null],
  ].map(([runNo, specimenNo, peakKn, validity, reason], index) => ({
    runNo: String(runNo),
    specimen: `试件 ${specimenNo}`,
    startedAt: `2025-11-23T09:${10 + index * 4}:05.000+08:00`,
    endedAt: `2025-11-23T09:${11 + index * 4}:12.500+08:00`,
    sampleCount: '1350',
    peakKn: String(peakKn),
    loadingRateKnPerS: '13.02',
    driver: 'line-stream 1.0',
    equipmentNo: 'SB-001',
    validity: validity as 'valid' | 'interrupted',
    reason: reason === null ? null : String(reason),
    rawDigest: '9c41e07b5a2d83f6'.repeat(4),
  }));
  const { record, trace, result } = cubeComputation(['812.3', '798.6', '805.0']);
  return {
    kind: 'test-record',
    institution,
    title: '混凝土立方体抗压强度试验原始记录',
    formNo: 'JL-TY-012',
    recordNo: 'JL-HNT-2025-000128',
    commissionNo: 'WT2025-000412',
    sample: {
      sampleNo: 'YP2025-000001',
      name: '混凝土立方体试件',
      facts: [
        ['工程部位', '1 层 1～5 轴 剪力墙'],
        ['设计等级', 'C30'],
        ['公称尺寸', '150×150×150 mm'],
        ['养护条件', '标准养护'],
        ['成型日期', '2025-10-26'],
        ['龄期', '28 d'],
        ['代表数量', '100 m³'],
        ['样品状态', '试件表面平整，棱角完整，无缺损'],
      ],
    },
    basis: ['GB/T 50081-2019《混凝土物理力学性能试验方法标准》'],
    testAddress: '江州市临江区检测路 18 号 3 幢 力学室',
    startedAt: '2025-11-23T09:08:40.000+08:00',
    endedAt: '2025-11-23T09:24:10.000+08:00',
    environment: { temperatureC: '21.3', humidityPercent: '56', note: '温湿度计 SB-031' },
    equipment: [
      {
        name: '微机控制压力试验机',
        model: 'YAW-2000',
        equipmentNo: 'SB-001',
        certificateNo: 'LX2025-08-0042',
        range: '0～2000 kN',
        validTo: '2026-08-14',
        loadingRate: '0.5～0.8 MPa/s',
      },
      {
        name: '数显游标卡尺',
        model: '0～200 mm',
        equipmentNo: 'SB-017',
        certificateNo: 'CD2025-05-0117',
        range: '0～200 mm',
        validTo: '2026-05-30',
        loadingRate: '',
      },
    ],
    readings: [
      {
        seq: 1,
        specimen: '试件 1',
        quantity: '边长',
        value: '151.9',
        unit: 'mm',
        source: 'keyboard',
        origin: '陈镕',
        at: '2025-11-23T09:08:40.000+08:00',
        hash: '71c0a2e95b3d',
        runNo: null,
        struck: true,
      },
      ...runs.map((run, index) => ({
        seq: index + 2,
        specimen: run.specimen,
        quantity: run.validity === 'valid' ? '破坏荷载' : '荷载',
        value: run.peakKn ?? '',
        unit: 'kN',
        source: 'instrument' as const,
        origin: '压力试验机 SB-001',
        at: run.endedAt,
        hash: run.rawDigest.slice(0, 16),
        runNo: run.runNo,
        struck: run.validity !== 'valid',
      })),
    ],
    runs,
    curves: runs.map((run) => ({
      ...sampleCurve('YP2025-000001', Number(run.specimen.slice(-1)), run.runNo, run.peakKn ?? '0'),
      validity: run.validity,
    })),
    tables: [...record],
    trace: [...trace],
    result: { valid: result.valid, text: result.text },
    policies: [{ name: '尺寸换算与取值的次序', option: '先取组值再乘换算系数', clause: 'GB/T 50081-2019 5.0.5' }],
    releases: [
      {
        code: 'STOP_LOADING_RATE',
        message: '试件 3 加荷速度 18.40 kN/s，不在 C30、150 mm 试件的 11.25～18.00 kN/s 之内。',
        reason: '破坏前油门回调滞后约 1 s，曲线其余部分速率正常，读数可用',
        by: '陈镕',
        secondPerson: '赵昇',
        at: '2025-11-23T09:25:02.000+08:00',
      },
    ],
    corrections: [
      {
        field: '试件 1 边长',
        oldValue: '151.9 mm',
        newValue: '150.1 mm',
        by: '陈镕',
        at: '2025-11-23T09:09:15.000+08:00',
        reason: '卡尺读数抄写错误，复测后更正',
        approvedBy: null,
      },
    ],
    remarks: '',
    signatures: [
      { meaning: 'test', name: '陈镕', at: '2025-11-23T09:26:31.120+08:00', digestShort: '3f2a9c0d41be' },
      { meaning: 'check', name: '赵昇', at: '2025-11-23T14:05:02.004+08:00', digestShort: '3f2a9c0d41be' },
    ],
    auditHeadShort: 'a81f 07c3 5e9d 2b64',
    ...change,
  };
}

/** Sieving: readings from the keyboard only, no run, no curve. */
export function sandRecord(): TestRecordContent {
  const record = sampleTestRecord();
  const masses = [
    ['25.0', '50.0', '100.0', '125.0', '100.0', '75.0', '25.0'],
    ['25.2', '49.6', '100.4', '124.8', '100.3', '74.7', '24.9'],
  ];
  const sieves = ['5.00 mm', '2.50 mm', '1.25 mm', '630 μm', '315 μm', '160 μm', '筛底'];
  const readings = masses.flatMap((test, index) =>
    test.map((value, sieve) => ({
      seq: index * 7 + sieve + 1,
      specimen: `试样 ${index + 1}`,
      quantity: `${sieves[sieve]} 筛余量`,
      value,
      unit: 'g',
      source: 'keyboard' as const,
      origin: '陈镕（电子天平 SB-022）',
      at: `2025-11-23T10:${String(10 + index * 7 + sieve)}:00.000+08:00`,
      hash: '5be0c1d2a3f4',
      runNo: null,
      struck: false,
    })),
  );
  return {
    ...record,
    title: '砂的筛分析试验原始记录',
    formNo: 'JL-TY-031',
    recordNo: 'JL-SS-2025-000063',
    sample: {
      sampleNo: 'YP2025-000233',
      name: '天然砂',
      facts: [
        ['产地', '江州临江砂场'],
        ['代表数量', '400 m³'],
        ['试样质量', '500 g'],
      ],
    },
    basis: ['JGJ 52-2006《普通混凝土用砂、石质量及检验方法标准》'],
    equipment: record.equipment.map((machine) => ({ ...machine, name: '电子天平', model: 'YP3002', loadingRate: '' })),
    readings,
    runs: [],
    curves: [],
    tables: [
      {
        columns: [
          '公称粒径',
          '筛余量 1 (g)',
          '分计 1 (%)',
          '累计 1 (%)',
          '筛余量 2 (g)',
          '分计 2 (%)',
          '累计 2 (%)',
          '累计平均 (%)',
        ].map((head) => ({ head })),
        rows: sieves.map((sieve, index) => [
          sieve,
          masses[0]?.[index] ?? '',
          ['5.0', '10.0', '20.0', '25.0', '20.0', '15.0', '—'][index] ?? '',
          ['5.0', '15.0', '35.0', '60.0', '80.0', '95.0', '—'][index] ?? '',
          masses[1]?.[index] ?? '',
          ['5.0', '9.9', '20.1', '25.0', '20.1', '14.9', '—'][index] ?? '',
          ['5.0', '14.9', '35.0', '60.0', '80.1', '95.0', '—'][index] ?? '',
          ['5', '15', '35', '60', '80', '95', '—'][index] ?? '',
        ]),
      },
    ],
    trace: [
      {
        name: '细度模数 1',
        symbol: 'μ_{f}',
        formula: '((β_{2}＋β_{3}＋β_{4}＋β_{5}＋β_{6}) − 5β_{1}) / (100 − β_{1})',
        substituted: '((15.0＋35.0＋60.0＋80.0＋95.0) − 5×5.0) / (100 − 5.0)',
        value: '2.74',
        rule: '修约至 0.01',
        clause: 'JGJ 52-2006 6.1.5',
      },
      {
        name: '两次之差',
        formula: '|μ_{f,1} − μ_{f,2}|',
        substituted: '|2.74 − 2.74|',
        value: '0.00',
        rule: '不大于 0.20，取平均值',
        clause: 'JGJ 52-2006 6.1.5',
      },
    ],
    result: { valid: true, text: '该砂样细度模数为 2.7，为中砂，级配属Ⅱ区。' },
    policies: [],
    releases: [],
    corrections: [],
  };
}

/** Ten zones of sixteen rebound values, each zone typed in as one line. */
export function reboundRecord(): TestRecordContent {
  const record = sandRecord();
  return {
    ...record,
    title: '回弹法检测混凝土抗压强度原始记录',
    recordNo: 'JL-HT-2025-000018',
    environment: { temperatureC: '18', humidityPercent: null, note: '晴' },
    readings: (reboundRecordTables[0]?.rows ?? []).map((row, index) => ({
      seq: index + 1,
      specimen: `测区 ${index + 1}`,
      quantity: '回弹值',
      value: row
        .slice(1, 17)
        .map((cell) => (typeof cell === 'string' ? cell : cell.text))
        .join('、'),
      unit: '',
      source: 'keyboard',
      origin: '陈镕（回弹仪 SB-041）',
      at: `2025-11-23T14:${String(10 + index)}:00.000+08:00`,
      hash: '5be0c1d2a3f4',
      runNo: null,
      struck: false,
    })),
    tables: reboundRecordTables,
    trace: [],
    result: { valid: true, text: '该构件混凝土强度推定值为 30.9 MPa。' },
  };
}

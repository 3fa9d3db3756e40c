// Content builders for the tests of this folder: a believable lab, project and groups of cubes, all invented.
import { decimateCurve, type CurvePoint, type PrintedCurve } from '../../shared/reports/load-curve.ts';
import type { RecordContent } from '../../shared/reports/record-content.ts';
import {
  type ConcreteReportContent,
  type ConcreteRow,
  standardDeclarations,
} from '../../shared/reports/report-content.ts';

export const sampleCode = 'FW-7Q2M-K9XD-40TB-3HVE';
export const sampleVerifyUrl = `http://127.0.0.1:8011/verify?code=${sampleCode}`;

/** A crushing run: slow touch, even loading at about 13 kN/s, break. 20 points a second. */
export function sampleCurve(sampleNo: string, specimenNo: number, runNo: string, peakKn: string): PrintedCurve {
  const peak = Number(peakKn);
  const points: CurvePoint[] = [];
  const seconds = peak / 13 + 4;
  for (let step = 0; step <= seconds * 20; step += 1) {
    const time = step / 20;
    const load = time < 4 ? (time * time) / 2 : 8 + ((time - 4) / (seconds - 4)) * (peak - 8);
    points.push([time.toFixed(2), Math.min(load, peak).toFixed(1)]);
  }
  points.push([seconds.toFixed(2), peakKn]);
  for (let step = 1; step <= 24; step += 1) {
    points.push([(seconds + step / 20).toFixed(2), (peak * Math.max(0.03, Math.exp(-step / 5))).toFixed(1)]);
  }
  return { runNo, sampleNo, specimenNo, peakKn, validity: 'valid', points: decimateCurve(points) };
}

export function sampleRow(index: number): ConcreteRow {
  const loads = [`${780 + ((index * 17) % 60)}.4`, `${802 + ((index * 11) % 50)}.9`, `${795 + ((index * 7) % 40)}.2`];
  return {
    sampleNo: `YP2025-${String(index).padStart(6, '0')}`,
    structurePart: `${index} 层 ${index}～${index + 4} 轴 剪力墙`,
    grade: 'C30',
    nominalSize: '150×150×150',
    madeOn: '2025-10-26',
    testedOn: '2025-11-23',
    ageDays: '28',
    curing: '标准养护',
    singles: loads.map((failureLoadKn, position) => ({
      specimenNo: position + 1,
      failureLoadKn,
      strengthMpa: (Number(failureLoadKn) / 22.5).toFixed(1),
    })),
    rule: 'mean',
    sizeFactor: '1.00',
    representativeValueMpa: '35.4',
    percentOfGrade: '118',
  };
}

export function sampleReport(samples = 1, change: Partial<ConcreteReportContent> = {}): ConcreteReportContent {
  const rows = Array.from({ length: samples }, (_, index) => sampleRow(index + 1));
  return {
    kind: 'concrete-cube-report',
    institution: {
      name: '江州市诚正建设工程质量检测有限公司',
      address: '江州市临江区检测路 18 号 3 幢',
      telephone: '0570-8888 6666',
      certificateNo: '建检字第 33010012 号',
      cmaNo: '231100340567',
    },
    cmaInScope: true,
    title: '混凝土立方体抗压强度检测报告',
    reportNo: 'BG-HNT-2025-000128',
    revision: 1,
    replaces: null,
    changeText: null,
    code: { code: sampleCode, verifyUrl: sampleVerifyUrl },
    head: {
      commissionNo: 'WT2025-000412',
      clientUnit: '江州市城市建设发展集团有限公司',
      projectName: '江州市临江新区安置房（二期）A 标段',
      contractorUnit: '浙东第一建筑工程有限公司',
      structurePart: '详见检测结果表',
      witnessUnit: '江州市公正工程监理有限公司',
      witnessName: '龙喆堃',
      receivedOn: '2025-11-22',
      testedOn: '2025-11-23',
      testCategory: '见证取样',
      sampleSource: '施工现场见证取样',
      sampleState: '试件表面平整，棱角完整，无缺损',
      equipment: [
        { name: '微机控制压力试验机 YAW-2000', equipmentNo: 'SB-001', validTo: '2026-08-14' },
        { name: '数显游标卡尺', equipmentNo: 'SB-017', validTo: '2026-05-30' },
      ],
      environment: '温度 21.3 ℃，相对湿度 56 %',
      testAddress: '江州市临江区检测路 18 号 3 幢 力学室',
      testBasis: ['GB/T 50081-2019《混凝土物理力学性能试验方法标准》'],
      judgementBasis: ['GB/T 50107-2010《混凝土强度检验评定标准》（按检验批评定）'],
      representedQuantity: '每组 100 m³',
    },
    rows,
    tableNotes: ['单组试件不作合格性判定；验收按 GB/T 50107 以检验批评定。'],
    curves: rows.flatMap((row) =>
      row.singles.map((single) =>
        sampleCurve(
          row.sampleNo,
          single.specimenNo,
          `R2025-${row.sampleNo.slice(-6)}-${single.specimenNo}`,
          single.failureLoadKn ?? '0',
        ),
      ),
    ),
    conclusionText: '该组试件 28 d 标准养护抗压强度代表值为 35.4 MPa，达到设计强度等级 C30 的 118 %。',
    remarks: [],
    declarations: [...standardDeclarations],
    signatures: [
      { meaning: 'test', name: '陈镕', at: '2025-11-23T10:20:31.120+08:00', digestShort: '3f2a9c0d41be' },
      { meaning: 'check', name: '赵昇', at: '2025-11-23T14:05:02.004+08:00', digestShort: '3f2a9c0d41be' },
      { meaning: 'approve', name: '龚龘', at: '2025-11-23T16:40:55.731+08:00', digestShort: '8b71e6f0aa25' },
    ],
    issuedOn: '2025-11-23',
    auditHeadShort: 'a81f 07c3 5e9d 2b64',
    ...change,
  };
}

export function sampleRecord(change: Partial<RecordContent> = {}): RecordContent {
  const { institution } = sampleReport();
  const runs: RecordContent['runs'] = [
    ['R2025-000381', 1, '812.3', 'valid', null],
    ['R2025-000382', 2, '403.1', 'interrupted', '采集中断：串口被拔出，试件尚未破坏'],
    ['R2025-000383', 2, '798.6', 'valid', null],
    ['R2025-000384', 3, '805.0', 'valid', null],
  ].map(([runNo, specimenNo, peakKn, validity, reason], index) => ({
    runNo: String(runNo),
    specimenNo: Number(specimenNo),
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
  const valid = runs.filter((run) => run.validity === 'valid');
  return {
    kind: 'concrete-cube-record',
    institution,
    title: '混凝土立方体抗压强度试验原始记录',
    formNo: 'JL-TY-012',
    recordNo: 'JL-HNT-2025-000128',
    commissionNo: 'WT2025-000412',
    sample: {
      sampleNo: 'YP2025-000001',
      name: '混凝土立方体试件',
      structurePart: '1 层 1～5 轴 剪力墙',
      grade: 'C30',
      nominalSize: '150×150×150',
      madeOn: '2025-10-26',
      testedOn: '2025-11-23',
      ageDays: '28',
      curing: '标准养护',
      representedQuantity: '100 m³',
      state: '试件表面平整，棱角完整，无缺损',
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
        specimenNo: 1,
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
        specimenNo: run.specimenNo,
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
      ...sampleCurve('YP2025-000001', run.specimenNo, run.runNo, run.peakKn ?? '0'),
      validity: run.validity,
    })),
    specimens: valid.map((run) => ({
      specimenNo: run.specimenNo,
      measuredSize: run.specimenNo === 1 ? '150.1×150.0×150.2' : '',
      areaMm2: '22500',
      failureLoadKn: run.peakKn,
      strengthMpa: (Number(run.peakKn) / 22.5).toFixed(1),
    })),
    result: { sizeFactor: '1.00', rule: 'mean', representativeValueMpa: '35.8', percentOfGrade: '119' },
    trace: [
      {
        name: '试件 1 抗压强度',
        symbol: 'f_{cc,1}',
        formula: 'f_{cc} = F / A',
        substituted: '812.3×10^{3} / 22500',
        value: '36.1',
        unit: 'MPa',
        rule: '修约至 0.1 MPa',
        clause: 'GB/T 50081-2019 5.0.5',
      },
      {
        name: '与中间值之差',
        formula: '(f_{max} − f_{mid}) / f_{mid}',
        substituted: '(36.1 − 35.8) / 35.8',
        value: '0.8',
        unit: '%',
        rule: '不大于 15 %，取三个测值的平均值',
        clause: 'GB/T 50081-2019 5.0.5',
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

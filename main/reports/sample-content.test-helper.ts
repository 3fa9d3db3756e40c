// Content builders for the tests of this folder: a believable lab, project and groups of cubes, all invented.
import { decimateCurve, type CurvePoint, type PrintedCurve } from '../../shared/reports/load-curve.ts';
import type { ConcreteReportContent, ConcreteRow } from '../../shared/reports/report-content.ts';
import { standardDeclarations } from '../../shared/reports/report-parts.ts';
import type { TestReportContent } from '../../shared/reports/test-report.ts';
import {
  cementTables,
  cubeLoads,
  cubeTables,
  rebarTables,
  reboundTables,
  sandTables,
} from './sample-tables.test-helper.ts';

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

/** A report of the earlier kind, as it lies in the stores of labs. */
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

/** A report of any test; cubes when nothing is changed. The third group of every three is invalid. */
export function sampleTestReport(change: Partial<TestReportContent> = {}, groups = 3): TestReportContent {
  const { kind: _, rows: __, ...rest } = sampleReport(1);
  const samples = Array.from({ length: groups }, (_item, index) => `YP2025-${String(index + 1).padStart(6, '0')}`);
  return {
    ...rest,
    kind: 'test-report',
    sampleFacts: [],
    tables: cubeTables(groups),
    tableNotes: ['单组试件不作合格性判定；验收按 GB/T 50107 以检验批评定。'],
    policies: [],
    curves: samples.flatMap((sampleNo, index) =>
      cubeLoads(index + 1).map((load, position) =>
        sampleCurve(sampleNo, position + 1, `R2025-${sampleNo.slice(-6)}-${position + 1}`, load),
      ),
    ),
    conclusionText: samples
      .map((sampleNo, index) =>
        (index + 1) % 3 === 0
          ? `样品 ${sampleNo}：该组试件试验结果无效。`
          : `样品 ${sampleNo}：该组试件抗压强度代表值见上表，单组不作合格与否的判定。`,
      )
      .join('\n'),
    ...change,
  };
}

type Head = TestReportContent['head'];
const headOf = (change: Partial<Head>): Head => ({ ...sampleReport(1).head, ...change });

/** One believable report per kind of test. */
export function sampleTestReports(): Record<'cubes' | 'rebar' | 'cement' | 'sand' | 'rebound', TestReportContent> {
  return {
    cubes: sampleTestReport(),
    rebar: sampleTestReport({
      title: '钢筋力学性能、工艺性能和重量偏差检测报告',
      reportNo: 'BG-GJ-2025-000341',
      head: headOf({
        sampleState: '表面无裂纹、结疤、折叠',
        representedQuantity: '58.6 t',
        equipment: [
          { name: '微机控制电液伺服万能试验机 WAW-1000', equipmentNo: 'SB-002', validTo: '2026-06-20' },
          { name: '钢筋弯曲试验机 GW-50', equipmentNo: 'SB-006', validTo: '2026-03-11' },
          { name: '电子天平 30 kg', equipmentNo: 'SB-022', validTo: '2026-05-30' },
        ],
        testBasis: ['GB/T 28900-2022《钢筋混凝土用钢材试验方法》', 'GB/T 1499.2-2024'],
        judgementBasis: ['GB 1499.2-2024《钢筋混凝土用钢 第2部分：热轧带肋钢筋》'],
      }),
      sampleFacts: [
        {
          sampleNo: 'YP2025-000771',
          facts: [
            ['样品种类', '热轧带肋钢筋'],
            ['牌号', 'HRB400E'],
            ['公称直径', '20 mm'],
            ['炉（批）号', '25B1-04477'],
            ['生产厂家', '浙东钢铁集团有限公司'],
            ['代表数量', '58.6 t'],
          ],
        },
      ],
      tables: rebarTables,
      tableNotes: [],
      policies: ['断后伸长率修约：A＞10 % 时修约间隔为 1 %（YB/T 081-2013）'],
      curves: [
        { ...sampleCurve('YP2025-000771', 1, 'R2025-004410', '182.3'), specimen: '拉伸试件 1' },
        { ...sampleCurve('YP2025-000771', 2, 'R2025-004411', '184.9'), specimen: '拉伸试件 2' },
      ],
      conclusionText: '所检项目符合 GB 1499.2-2024 中 HRB400E 的要求。',
    }),
    cement: sampleTestReport({
      title: '水泥物理性能检测报告',
      reportNo: 'BG-SN-2025-000096',
      head: headOf({
        sampleState: '干燥粉状，无结块',
        representedQuantity: '200 t',
        environment: '成型室温度 20.4 ℃，相对湿度 62 %；养护水温 20.1 ℃',
        testBasis: ['GB/T 17671-2021《水泥胶砂强度检验方法（ISO法）》', 'GB/T 1346-2024'],
        judgementBasis: ['GB 175-2023《通用硅酸盐水泥》'],
      }),
      sampleFacts: [
        {
          sampleNo: 'YP2025-000512',
          facts: [
            ['水泥品种', '普通硅酸盐水泥 P·O'],
            ['强度等级', '42.5'],
            ['出厂编号', '2025-11-0473'],
            ['生产厂家', '江州红狮水泥有限公司'],
          ],
        },
      ],
      tables: cementTables,
      tableNotes: ['本报告为 3 d 报告；28 d 强度以补充报告给出。'],
      curves: [],
      conclusionText:
        '所检 3 d 强度、凝结时间和安定性符合 GB 175-2023 中 42.5 级普通硅酸盐水泥的要求；28 d 强度待补充报告。',
    }),
    sand: sampleTestReport({
      title: '普通混凝土用砂检测报告',
      reportNo: 'BG-SS-2025-000063',
      head: headOf({
        sampleState: '潮湿，无杂物',
        representedQuantity: '400 m³',
        testBasis: ['JGJ 52-2006《普通混凝土用砂、石质量及检验方法标准》'],
        judgementBasis: ['JGJ 52-2006'],
      }),
      sampleFacts: [
        {
          sampleNo: 'YP2025-000233',
          facts: [
            ['样品种类', '天然河砂'],
            ['产地', '江州临江砂场'],
            ['使用强度等级', 'C30'],
          ],
        },
      ],
      tables: sandTables,
      tableNotes: [],
      curves: [],
      conclusionText: '该砂样为中砂，颗粒级配属Ⅱ区；含泥量、泥块含量符合 JGJ 52-2006 中 C55～C30 混凝土用砂的要求。',
    }),
    rebound: sampleTestReport({
      title: '回弹法检测混凝土抗压强度检测报告',
      reportNo: 'BG-HT-2025-000018',
      head: headOf({
        sampleState: '构件表面清洁、平整、干燥',
        representedQuantity: '1 个构件',
        environment: '现场气温 18 ℃',
        testAddress: '江州市临江新区安置房（二期）A 标段 3 号楼',
        testBasis: ['JGJ/T 23-2011《回弹法检测混凝土抗压强度技术规程》'],
        judgementBasis: [],
      }),
      tables: reboundTables,
      tableNotes: [],
      policies: ['测强曲线：统一测强曲线，泵送混凝土（JGJ/T 23-2011 附录 B）'],
      curves: [],
      conclusionText: '该构件混凝土强度推定值为 30.9 MPa。',
    }),
  };
}

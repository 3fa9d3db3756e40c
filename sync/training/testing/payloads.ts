// One concrete cube group of the training lab, as payloads of the reference profile: commission, three runs, record,
// report. Tests change single fields of it.
import { sha256Hex } from '../../wire/digest.ts';
import {
  type AcquisitionPayload,
  type CommissionPayload,
  type ReportPayload,
  type TestRecordPayload,
} from '../../wire/schemas.ts';
import { wireDate, wireTime } from '../../wire/wire-time.ts';

export interface CubeGroup {
  commission: CommissionPayload;
  curves: Array<Uint8Array<ArrayBuffer>>;
  runs: AcquisitionPayload[];
  record: TestRecordPayload;
  report: ReportPayload;
}

/** `suffix` makes the numbers of the group unique; `now` is the time of the test. */
export function cubeGroup(suffix: string, now: number): CubeGroup {
  const commissionNo = `WT-${suffix}`;
  const recordNo = `JL-${suffix}`;
  const reportNo = `BG-${suffix}`;
  const sampleNo = `YP-${suffix}`;
  const curves = [1, 2, 3].map(
    (index) => new Uint8Array(Buffer.from(`curve ${suffix} ${index}\n0.0 0.00\n1.0 812.5\n`)),
  );
  const runs = curves.map((curve, index): AcquisitionPayload => ({
    runNo: `CJ-${suffix}-${index + 1}`,
    recordNo,
    specimenNo: `${sampleNo}-${index + 1}`,
    equipmentId: 'E001',
    equipmentSerial: 'YAW2000-20210317',
    driver: 'virtual-compression/1',
    startedAt: wireTime(now - 60_000),
    endedAt: wireTime(now - 10_000),
    sampleRateHz: '50',
    channels: [{ name: 'load', unit: 'kN' }],
    peak: '812.5',
    media: sha256Hex(curve),
    rawDigest: sha256Hex(curve),
    previousDigest: '',
    validity: 'valid',
    mode: 'automatic',
  }));
  const signatory = (id: string, name: string) => ({
    id,
    name,
    signedAt: wireTime(now),
    signatureDigest: sha256Hex(`${id} ${suffix}`),
  });
  return {
    curves,
    runs,
    commission: {
      commissionNo,
      projectId: 'G001',
      projectName: '云岭花园二期 3 号住宅楼',
      supervisionCode: 'YJD-2026-0117',
      supervisionUnit: '云岭区建设工程质量安全监督站',
      clientUnit: '云岭置业发展有限公司',
      ownerUnit: '云岭置业发展有限公司',
      contractorUnit: '云岭建工集团有限公司',
      supervisorUnit: '云岭建设监理有限公司',
      witnessUnit: '云岭建设监理有限公司',
      witnessName: '区志明',
      witnessCertNo: 'JZ-0032',
      samplerName: '麦伟强',
      commissionedByOwner: true,
      receivedAt: wireTime(now - 3_600_000),
      samples: [
        {
          sampleNo,
          sampleCode: `QR-${suffix}`,
          itemCode: 'HNT-KY',
          name: '混凝土立方体试件',
          spec: '150 mm × 150 mm × 150 mm',
          grade: 'C35',
          representedQuantity: '100 m³',
          structurePart: '五层①～⑤轴梁板',
          sampledOn: wireDate(now - 28 * 86_400_000),
          madeOn: wireDate(now - 28 * 86_400_000),
          state: '完好',
          requestedParameters: ['KY'],
        },
      ],
    },
    record: {
      recordNo,
      commissionNo,
      testNo: `SY-${suffix}`,
      reportNo,
      sampleNo,
      itemCode: 'HNT-KY',
      parameterCodes: ['KY'],
      methodStandard: 'GB/T 50081-2019',
      judgementStandard: '设计强度等级 C35',
      testedAt: wireTime(now),
      siteAddress: '广东省云岭市云岭区检测路 8 号',
      environment: { temperature: '20.5', humidity: '62' },
      equipmentIds: ['E001'],
      testerId: 'P001',
      checkerId: 'P003',
      readings: { loads: ['812.5', '805.0', '820.1'] },
      results: [{ parameterCode: 'KY', value: '36.1', unit: 'MPa', requirement: '', verdict: 'not-judged' }],
      conclusion: 0,
      conclusionText: '实测抗压强度代表值 36.1 MPa',
      acquisitionKeys: runs.map((run) => run.runNo),
    },
    report: {
      reportNo,
      revision: 1,
      commissionNo,
      recordNos: [recordNo],
      title: '混凝土立方体抗压强度检测报告',
      conclusion: 0,
      conclusionText: '实测抗压强度代表值 36.1 MPa',
      testedOn: wireDate(now),
      issuedOn: wireDate(now),
      tester: signatory('P001', '梁志远'),
      checker: signatory('P003', '欧阳健'),
      approver: signatory('P004', '钟国栋'),
      basis: ['GB/T 50081-2019'],
      siteAddress: '广东省云岭市云岭区检测路 8 号',
      witnessUnit: '云岭建设监理有限公司',
      witnessName: '区志明',
      contentSha256: sha256Hex(`uncoded ${suffix}`),
      auditHead: sha256Hex(`audit ${suffix}`),
    },
  };
}

// A lab for tests: the embedded platform on a real port, the fault proxy in front of it, the reference port, a store
// on disk and the engine, with the waiting times of a test. And an outbox as `main` would fill it: one commission with
// its runs, record, modification, report, code and coded file.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTrainingPlatform, type TrainingPlatform } from '../../training/platform.ts';
import { seedTrainingLab } from '../../training/seed.ts';
import { digestOf, sha256Hex } from '../../wire/digest.ts';
import { createProvincialEngine, type EngineTiming, type ProvincialEngine } from '../engine.ts';
import type { JsonObject } from '../port.ts';
import { createReferencePort, type ReferencePort, type ReferencePortOptions } from '../profiles/reference/index.ts';
import type { OutboxEntry } from '../sync-store.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import { FileStore, type NewEntry } from './file-store.ts';

export const QUICK: EngineTiming = {
  retryBaseMs: 2,
  retryMaxMs: 20,
  pollBaseMs: 2,
  pollMaxMs: 20,
  idleMs: 20,
  eventsEveryMs: 10,
  clockEveryMs: 60_000,
  frozenEveryMs: 10,
};

export interface TestLab {
  platform: TrainingPlatform;
  proxy: FaultProxy;
  port: ReferencePort;
  store: FileStore;
  engine: ProvincialEngine;
  /** Same disk, new process: a new store object, a new port, a new engine. */
  restart(portOptions?: Partial<ReferencePortOptions>): void;
  /** Passes until nothing is left to do or nothing more can be done within `passes`. */
  settle(passes?: number): Promise<void>;
  entry(kind: OutboxEntry['kind'], key?: string): OutboxEntry;
  close(): Promise<void>;
}

/** Passes until nothing is left to do or nothing more can be done within `passes`. */
export async function settle(engine: () => ProvincialEngine, passes: number): Promise<void> {
  for (let count = 0; count < passes; count += 1) {
    const report = await engine().runOnce();
    if (report.more) continue;
    if (report.halt !== null) return;
    const wakeAt = Math.max(report.nextAt ?? 0, report.pausedUntil ?? 0);
    if (wakeAt === 0) return;
    const delay = Math.max(1, wakeAt - Date.now());
    await new Promise((resolve) => {
      setTimeout(resolve, delay);
    });
  }
}

export async function openLab(
  options: { timing?: Partial<EngineTiming>; port?: Partial<ReferencePortOptions> } = {},
): Promise<TestLab> {
  const folder = mkdtempSync(join(tmpdir(), 'jiantai-sync-'));
  const seed = seedTrainingLab({ secret: 'training-secret-0123456789' });
  const platform = await startTrainingPlatform({ file: join(folder, 'platform.sqlite'), seed });
  const proxy = await startFaultProxy(platform.url);
  const open = (portOptions: Partial<ReferencePortOptions> = {}): Pick<TestLab, 'port' | 'store' | 'engine'> => {
    const store = new FileStore(join(folder, 'outbox.json'));
    const port = createReferencePort({
      baseUrl: proxy.url,
      orgCode: seed.institution.orgCode,
      accessKey: seed.credentials.accessKey,
      secret: seed.credentials.secret,
      clockOffset: () => store.clockOffset()?.offsetMs ?? 0,
      timeoutMs: 2_000,
      ...options.port,
      ...portOptions,
    });
    return { store, port, engine: createProvincialEngine({ port, store, timing: { ...QUICK, ...options.timing } }) };
  };
  const lab: TestLab = {
    platform,
    proxy,
    ...open(),
    restart(portOptions) {
      lab.port.close();
      Object.assign(lab, open(portOptions));
    },
    settle: (passes = 60) => settle(() => lab.engine, passes),
    entry(kind, key) {
      const found = lab.store.document.entries.find(
        (entry) => entry.kind === kind && (key === undefined || entry.key === key),
      );
      if (found === undefined) throw new Error(`no ${kind} ${key ?? ''}`);
      return found;
    },
    async close() {
      await lab.engine.stop(0);
      lab.port.close();
      await proxy.close();
      await platform.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return lab;
}

/** Time of day in China, today. */
function today(hour: number): string {
  const date = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  return `${date}T${String(hour).padStart(2, '0')}:00:00.000+08:00`;
}
const todayDate = (): string => today(0).slice(0, 10);

export const PDF = Buffer.from('%PDF-1.7\n% the coded report of a test\n%%EOF\n');

export interface OrderNumbers {
  commissionNo: string;
  recordNo: string;
  reportNo: string;
}

export function numbers(index: number): OrderNumbers {
  const tail = String(index).padStart(4, '0');
  return { commissionNo: `W2026-${tail}`, recordNo: `J2026-${tail}`, reportNo: `B2026-${tail}` };
}

export function commissionPayload({ commissionNo }: OrderNumbers): JsonObject {
  return {
    commissionNo,
    projectId: 'G001',
    projectName: '云岭花园二期 3 号住宅楼',
    clientUnit: '云岭建筑工程有限公司',
    ownerUnit: '云岭置业发展有限公司',
    contractorUnit: '云岭建筑工程有限公司',
    supervisorUnit: '云岭建设监理有限公司',
    witnessUnit: '云岭建设监理有限公司',
    witnessName: '区文俊',
    witnessCertNo: 'JZ-0091',
    samplerName: '卢俊贤',
    commissionedByOwner: false,
    receivedAt: today(8),
    samples: [
      {
        sampleNo: `${commissionNo}-1`,
        sampleCode: `QR-${commissionNo}-1`,
        itemCode: 'HNT-KY',
        name: '混凝土试块',
        spec: '150 mm × 150 mm × 150 mm',
        grade: 'C30',
        representedQuantity: '100 m³',
        structurePart: '三层梁板',
        sampledOn: todayDate(),
        state: '完好',
        requestedParameters: ['KY'],
      },
    ],
  };
}

export function recordPayload({ commissionNo, recordNo, reportNo }: OrderNumbers, testerId = 'P001'): JsonObject {
  return {
    recordNo,
    commissionNo,
    testNo: `S-${recordNo}`,
    reportNo,
    sampleNo: `${commissionNo}-1`,
    itemCode: 'HNT-KY',
    parameterCodes: ['KY'],
    methodStandard: 'GB/T 50081-2019',
    judgementStandard: 'GB/T 50107-2010',
    testedAt: today(9),
    siteAddress: '广东省云岭市云岭区检测路 8 号',
    environment: { temperature: '21.5', humidity: '60' },
    equipmentIds: ['E001'],
    testerId,
    checkerId: 'P002',
    readings: { loads: ['790.1', '801.0', '788.4'] },
    results: [{ parameterCode: 'KY', value: '35.2', unit: 'MPa', requirement: '', verdict: 'not-judged' }],
    conclusion: 0,
    conclusionText: '仅提供实测值',
    acquisitionKeys: [`${recordNo}-R1`],
  };
}

function signatory(id: string, name: string): JsonObject {
  return { id, name, signedAt: today(10), signatureDigest: sha256Hex(id) };
}

export function reportPayload({ commissionNo, recordNo, reportNo }: OrderNumbers): JsonObject {
  return {
    reportNo,
    revision: 1,
    commissionNo,
    recordNos: [recordNo],
    title: '混凝土立方体抗压强度检测报告',
    conclusion: 0,
    conclusionText: '仅提供实测值',
    testedOn: todayDate(),
    issuedOn: todayDate(),
    tester: signatory('P001', '梁志远'),
    checker: signatory('P002', '何婉仪'),
    approver: signatory('P003', '欧阳健'),
    basis: ['GB/T 50081-2019'],
    siteAddress: '广东省云岭市云岭区检测路 8 号',
    witnessUnit: '云岭建设监理有限公司',
    witnessName: '区文俊',
    contentSha256: sha256Hex(reportNo),
    auditHead: sha256Hex('head'),
  };
}

export interface OrderOptions {
  /** P008 is disabled at the platform: the record is refused. */
  testerId?: string;
}

/** Entries of one whole order in the order in which `main` would write them. */
export function orderEntries(n: OrderNumbers, curve: Uint8Array, options: OrderOptions = {}): NewEntry[] {
  const sha256 = sha256Hex(curve);
  const run: JsonObject = {
    runNo: `${n.recordNo}-R1`,
    recordNo: n.recordNo,
    specimenNo: '1',
    equipmentId: 'E001',
    equipmentSerial: 'YAW2000-20210317',
    driver: 'line 1.0.0',
    startedAt: today(9),
    endedAt: today(9),
    sampleRateHz: '50',
    channels: [{ name: '力', unit: 'kN' }],
    peak: '790.1',
    media: sha256,
    rawDigest: sha256,
    previousDigest: '',
    validity: 'valid',
    mode: 'automatic',
  };
  const change: JsonObject = {
    logNo: `${n.recordNo}-M1`,
    entity: 'test-record',
    entityNo: n.recordNo,
    field: 'environment.humidity',
    oldValue: '61',
    newValue: '60',
    reason: '抄录错误',
    operator: 'P001',
    at: today(9),
    workstation: '压力机 1 号位',
    previousDigest: '',
  };
  const { commissionNo } = n;
  const withPayload = (kind: NewEntry['kind'], key: string, payload: JsonObject): NewEntry => ({
    kind,
    commissionNo,
    key,
    payload,
    digest: digestOf(payload),
  });
  const report = withPayload('report', n.reportNo, reportPayload(n));
  return [
    withPayload('commission', commissionNo, commissionPayload(n)),
    { kind: 'media', commissionNo, key: sha256, digest: sha256, mediaSha256: sha256 },
    withPayload('acquisition', `${n.recordNo}-R1`, run),
    withPayload('test-record', n.recordNo, recordPayload(n, options.testerId)),
    withPayload('modification', `${n.recordNo}-M1`, change),
    report,
    { kind: 'code', commissionNo, key: n.reportNo, digest: report.digest },
    // In the program the coded file enters the outbox when the code is there; its place in the order is the same.
    { kind: 'report-file', commissionNo, key: n.reportNo, digest: sha256Hex(PDF), mediaSha256: sha256Hex(PDF) },
  ];
}

/** One whole order into the outbox, as `main` would put it there. */
export function addOrder(lab: Pick<TestLab, 'store'>, index: number, options: OrderOptions = {}): OrderNumbers {
  const n = numbers(index);
  const curve = Buffer.from(`curve of ${n.recordNo}`);
  lab.store.addFile(sha256Hex(curve), curve);
  lab.store.addFile(sha256Hex(PDF), PDF);
  lab.store.add(...orderEntries(n, curve, options));
  return n;
}

export function noticeEntry(n: OrderNumbers): NewEntry {
  const payload: JsonObject = {
    recordNo: n.recordNo,
    itemCode: 'HNT-KY',
    parameterCode: 'KY',
    value: '18.2',
    requirement: '≥30.0',
    structuralSafety: true,
    projectId: 'G001',
    authority: '云岭区建设工程质量安全监督站',
    foundAt: today(9),
  };
  const key = `${n.recordNo}/HNT-KY/KY`;
  return { kind: 'unqualified-notice', commissionNo: n.commissionNo, key, payload, digest: digestOf(payload) };
}

const withDigest = (entry: Omit<NewEntry, 'digest'> & { payload: JsonObject }): NewEntry => ({
  ...entry,
  digest: digestOf(entry.payload),
});

/** A change of the commission after issue and the revision it leads to; the commission itself is sent again. */
export function changeEntries(n: OrderNumbers, revision: number): NewEntry[] {
  const { commissionNo, reportNo } = n;
  const order: JsonObject = {
    changeNo: `${reportNo}-BG${revision}`,
    revision,
    reason: '委托方更正工程部位',
    fields: [
      {
        field: `samples.${commissionNo}-1.structurePart`,
        oldValue: '三层梁板',
        newValue: `第 ${revision} 次更正的部位`,
      },
    ],
    appliedBy: 'P001',
    approvedBy: 'P003',
    at: today(11),
  };
  const report = { ...reportPayload(n), revision, replaces: `${reportNo}/${revision - 1}` };
  const digest = digestOf(report);
  const sha256 = sha256Hex(PDF);
  return [
    withDigest({ kind: 'change-order', commissionNo, key: reportNo, revision, payload: order }),
    { kind: 'report', commissionNo, key: reportNo, revision, payload: report, digest },
    { kind: 'code', commissionNo, key: reportNo, revision, digest },
    { kind: 'report-file', commissionNo, key: reportNo, revision, digest: sha256, mediaSha256: sha256 },
  ];
}

export function voidEntry({ commissionNo, reportNo }: OrderNumbers, revision: number): NewEntry {
  const payload: JsonObject = { reportNo, revision, reason: '委托单位撤回委托', by: 'P003', at: today(12) };
  return withDigest({ kind: 'void', commissionNo, key: reportNo, revision, payload });
}

export function personEntry(localId: string, name: string, revision: number): NewEntry {
  const payload: JsonObject = { name, certificateNo: `粤建检字第 ${localId} 号` };
  return withDigest({ kind: 'registration', commissionNo: null, key: `person/${localId}`, revision, payload });
}

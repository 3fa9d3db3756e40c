// One group of cubes from reception to the coded report, call by call through the contract, as the people would do it.
import { join } from 'node:path';
import type { TestRecord } from '../../shared/entities/record.ts';
import { AppError } from '../../shared/errors/appError.ts';
import type { OpenCore } from '../core/core.ts';
import { exampleCommission, exampleSample } from '../core/training/example.ts';
import { verifyAll } from '../core/verifyAll.ts';
import type { Lab } from './prepareLab.ts';

const patienceMs = 15 * 60_000;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function until<T>(what: string, look: () => T | null | Promise<T | null>): Promise<T> {
  for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(100)) {
    const found = await look();
    if (found !== null) return found;
  }
  throw new AppError({
    code: 'TIMEOUT',
    message: `等了 ${patienceMs / 60_000} 分钟仍没有${what}。`,
    next: '请用 --verbose 再运行一次，查看日志。',
  });
}

export async function runMainJob(core: OpenCore, lab: Lab, say: (text: string) => void): Promise<void> {
  const recordNo = await receiveAndTest(core, lab, say);
  const reportKey = await signAll(core, lab, recordNo, say);
  await waitForCode(core, reportKey, say);
  const verification = await verifyAll(core.context.store, core.context.files);
  if (!verification.ok)
    throw new AppError({ code: 'VERIFY_FAILED', message: verification.firstFault ?? '校验没有通过' });
  const { audit, rows, runs, signatures } = verification.checked;
  say(
    `审计链 已验证：${audit} 条，${rows} 行，${runs} 次采集，${signatures} 个签名，链头 ${verification.head.slice(0, 16)}`,
  );
}

async function receiveAndTest(core: OpenCore, lab: Lab, say: (text: string) => void): Promise<string> {
  const { contractNo: _, ...input } = exampleCommission({
    projectId: lab.projectId,
    samples: [exampleSample({ itemCode: lab.itemCode, parameterCodes: lab.parameterCodes })],
  });
  const commission = await lab.receiver.call('commissions.register', {
    ...input,
    ...(lab.contractNo ? { contractNo: lab.contractNo } : {}),
  });
  const sampleNo = commission.samples[0]?.sampleNo ?? '';
  say(`收样 委托编号 ${commission.commissionNo}，样品编号 ${sampleNo}（${lab.receiver.name}）`);

  const task = core.context.store.first('SELECT taskId FROM task WHERE sampleNo = ?', sampleNo);
  const bench = await lab.technician.call('bench.connect', { equipmentId: lab.equipmentId });
  say(
    `串口 ${bench.channel === 'open' ? '已打开' : `${bench.channel} ${bench.channelReason ?? ''}`}：设备 ${lab.equipmentId}`,
  );
  const opened = await lab.technician.call('bench.open', {
    taskId: String(task?.['taskId']),
    equipmentId: lab.equipmentId,
  });
  const { recordNo } = opened;
  await lab.technician.call('bench.environment', {
    recordNo,
    environment: { temperatureC: '20.5', humidityPercent: '62' },
  });
  if (lab.virtual) await lab.technician.call('bench.virtual', { equipmentId: lab.equipmentId, action: 'load' });
  const record = await watchRuns(lab, recordNo, say);
  await lab.technician.call('bench.close', { recordNo });
  const released = await releaseStops(lab, record, say);
  const figures = released.result?.outputs as {
    single_MPa?: string[];
    rule?: keyof typeof ruleNames;
    percentOfGrade?: string;
  };
  say(`单块抗压强度 ${figures.single_MPa?.join('、')} MPa；规则 ${ruleNames[figures.rule ?? 'invalid']}`);
  for (const warning of released.result?.warnings ?? []) say(`提示 ${warning}`);
  const [value] = released.result?.parameters ?? [];
  say(`代表值 ${value?.value ?? '试验结果无效'} MPa，达到设计强度 ${figures.percentOfGrade ?? '—'} %`);
  return recordNo;
}

const ruleNames = { mean: '平均值', middle: '中间值', invalid: '试验结果无效' };

/** Nobody watches this job: what stops is said, and let go on in the names of the two persons it works for. */
async function releaseStops(lab: Lab, record: TestRecord, say: (text: string) => void): Promise<TestRecord> {
  let current = record;
  for (const stop of record.result?.stops ?? []) {
    say(`可疑 ${stop.message}`);
    current = await lab.technician.call('records.releaseStop', {
      recordNo: record.recordNo,
      code: stop.code,
      field: stop.field,
      digest: current.digest,
      reason: '无人值守运行，按仪器原始数据继续',
      second: { username: lab.checker.username, password: lab.checker.password },
    });
    say(`放行 ${lab.technician.name}、${lab.checker.name}：无人值守运行，按仪器原始数据继续`);
  }
  return current;
}

async function watchRuns(lab: Lab, recordNo: string, say: (text: string) => void): Promise<TestRecord> {
  let told = 0;
  return until('三个试件的破坏荷载', async () => {
    const record = await lab.technician.call('records.get', { recordNo });
    for (const run of record.runs.slice(told)) {
      say(
        `采集 ${run.runNo}：试件 ${run.specimenNo}，峰值 ${run.peakKn ?? '—'} kN，${run.sampleCount} 点，${run.validity}${run.reason ? `（${run.reason}）` : ''}`,
      );
    }
    told = record.runs.length;
    return record.result ? record : null;
  });
}

async function signAll(core: OpenCore, lab: Lab, recordNo: string, say: (text: string) => void): Promise<string> {
  const shown = await lab.technician.call('records.get', { recordNo });
  await lab.technician.call('records.signTest', { recordNo, digest: shown.digest, password: lab.technician.password });
  say(`签名 检测 ${lab.technician.name}：${recordNo}，摘要 ${shown.digest.slice(0, 12)}`);
  const tested = await lab.checker.call('records.get', { recordNo });
  await lab.checker.call('records.signCheck', { recordNo, digest: tested.digest, password: lab.checker.password });
  say(`签名 校核 ${lab.checker.name}：${recordNo}，摘要 ${tested.digest.slice(0, 12)}`);
  const row = core.context.store.first(
    'SELECT report.* FROM report JOIN testRecord USING (reportKey) WHERE recordNo = ?',
    recordNo,
  );
  const reportNo = String(row?.['reportNo']);
  const preview = await lab.signatory.call('reports.preview', { reportNo, revision: 1 });
  await lab.signatory.call('reports.approve', {
    reportNo,
    revision: 1,
    digest: preview.digest,
    password: lab.signatory.password,
  });
  say(`签名 批准 ${lab.signatory.name}：报告 ${reportNo}，摘要 ${preview.digest.slice(0, 12)}`);
  return String(row?.['reportKey']);
}

async function waitForCode(core: OpenCore, reportKey: string, say: (text: string) => void): Promise<void> {
  const { store, files } = core.context;
  await core.link.pushNow();
  const commissionNo = String(store.get('report', reportKey)?.['commissionNo']);
  const told = new Set<string>();
  const report = await until('防伪监管标识码', () => {
    for (const entry of store.all(
      `SELECT * FROM outbox WHERE commissionNo = ? AND state IN ('accepted', 'rejected', 'parked') ORDER BY seq`,
      commissionNo,
    )) {
      const entryId = String(entry['entryId']);
      if (told.has(entryId)) continue;
      told.add(entryId);
      say(
        `回执 ${entry['kind']} ${String(entry['key']).slice(0, 24)}：${entry['state']}${entry['platformMessage'] ? ` ${entry['platformMessage']}` : ''}`,
      );
      if (entry['state'] !== 'accepted') {
        throw new AppError({
          code: 'UPLOAD_REFUSED',
          message: `${entry['kind']} ${entry['key']} 被拒：${entry['platformCode']} ${entry['platformMessage']}`,
        });
      }
    }
    const row = store.get('report', reportKey);
    return row?.['state'] === 'filed' ? row : null;
  });
  say(`防伪监管标识码 ${report['code']}`);
  say(`核验地址 ${report['verifyUrl']}`);
  say(`已编码报告 ${join(files.reportsFolder, `${report['codedSha256']}.pdf`)}`);
  const verification = await core.link.verifyCode(String(report['code']));
  say(`verify: ${verification?.status ?? '平台没有应答'}（报告 ${verification?.reportNo ?? '—'}）`);
  if (verification?.status !== 'valid')
    throw new AppError({ code: 'CODE_NOT_VALID', message: '平台没有确认该标识码有效。' });
  if (verification.fileSha256 !== undefined && verification.fileSha256 !== report['codedSha256']) {
    throw new AppError({ code: 'FILE_DIFFERS', message: '平台存档的文件与本机的报告文件不同。' });
  }
}

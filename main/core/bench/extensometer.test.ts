// The extensometer at the bench, through the real port process and a pseudo-terminal: chosen for a machine, asked about at
// the gate, kept with the run, and what of the record rests on it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { methodById } from '../../../shared/methods/index.ts';
import { receive, sampleInput } from '../../../tests/support/mainJob.ts';
import { openTestCore, refusalOf, type Seat, type TestCore } from '../../../tests/support/testCore.ts';
import { readRunFile, verifyRunFile } from '../../instruments/run/run-file.ts';
import { verifyStore } from '../../store/verify.ts';
import { join } from 'node:path';

let lab: TestCore;
let technician: Seat;
beforeAll(async () => {
  // Slow enough that somebody can take the extensometer off in time on a busy computer.
  lab = await openTestCore({ virtualSpeed: 10 });
  technician = await lab.as('jiance');
});
afterAll(() => lab.stop());

const machine = 'E004';
const choose = (extensometerId: string | null, equipmentId = machine) =>
  technician.call('bench.extensometer', { equipmentId, extensometerId });

async function barTask(parameterCodes = ['QF', 'KL', 'ZL'], itemCode = 'GJ-DL'): Promise<string> {
  const { madeOn: _made, requiredAgeDays: _age, ...plain } = sampleInput();
  const properties = { grade: 'HRB400E', nominalDiameter_mm: '25', round: 'initial' };
  const [received] = await receive(lab, {
    samples: [{ ...plain, itemCode, parameterCodes, name: '热轧带肋钢筋', properties }],
  });
  return received!.taskId;
}

const open = async (taskId: string): Promise<string> =>
  (await technician.call('bench.open', { taskId, equipmentId: machine })).recordNo;
const record = (recordNo: string) => technician.call('records.get', { recordNo });
const validRuns = async (recordNo: string) =>
  (await record(recordNo)).runs.filter(({ validity }) => validity === 'valid').length;

async function pull(recordNo: string, action: 'load' | 'loadSmooth', count = 2): Promise<void> {
  // A run that a busy computer spoils is pulled again; while specimens go in, the call does nothing.
  const again = async (): Promise<number> => {
    await technician.call('bench.virtual', { equipmentId: machine, action });
    return validRuns(recordNo);
  };
  await expect.poll(again, { timeout: 90_000, interval: 300 }).toBe(count);
}

describe('choosing', () => {
  test('is remembered for the machine, told to every window, and kept in the audit chain', async () => {
    expect((await technician.call('bench.state', { equipmentId: machine })).extensometerId).toBeNull();
    expect((await choose('E013')).extensometerId).toBe('E013');
    expect((await technician.call('bench.state', { equipmentId: 'E011' })).extensometerId).toBeNull();
    const kept = lab.store.first(`SELECT actor FROM audit WHERE entityKey = 'bench.extensometer.E004' LIMIT 1`);
    expect(String(kept?.['actor'])).toContain('jiance');
    expect((await choose(null)).extensometerId).toBeNull();
  });

  test('a machine that is none, and one that is none as a machine, are refused in words', async () => {
    expect((await refusalOf(choose('E005'))).code).toBe('NOT_AN_EXTENSOMETER');
    expect((await refusalOf(choose('E404'))).code).toBe('NOT_FOUND');
    const taskId = await barTask();
    const refused = await refusalOf(technician.call('bench.open', { taskId, equipmentId: 'E013' }));
    expect(refused).toMatchObject({ code: 'MACHINE_IS_EXTENSOMETER', next: expect.stringContaining('引伸计') });
  });

  test('an expired one is refused at the start of a run, the decision stays, and what it was before stays chosen', async () => {
    const recordNo = await open(await barTask());
    await choose('E013');
    const refused = await refusalOf(choose('E014'));
    expect(refused).toMatchObject({ code: 'GATE_EQUIPMENT_EXPIRED' });
    expect(refused.message).toContain('电子引伸计（E014）');
    expect((await technician.call('bench.state', { equipmentId: machine })).extensometerId).toBe('E013');
    const [decision] = lab.store.all('SELECT * FROM gateDecision WHERE allowed = 0 ORDER BY decisionId DESC LIMIT 1');
    expect(decision?.['equipmentIdsJson']).toBe('["E004","E014"]');
    await technician.call('bench.close', { recordNo });
    // Chosen while nothing lay open, it is refused when a test begins that needs one, and only then.
    await choose('E014');
    expect((await refusalOf(open(await barTask()))).code).toBe('GATE_EQUIPMENT_EXPIRED');
    await choose(null);
  });

  test('a stopped one is refused as well, also where the bench arms by itself', async () => {
    const keeper = await lab.as('shebei');
    const recordNo = await open(await barTask());
    await choose('E013');
    await keeper.call('equipment.setState', { equipmentId: 'E013', state: 'stopped', reason: '刀口磨损' });
    await technician.call('bench.close', { recordNo });
    const refused = await refusalOf(open(await barTask()));
    expect(refused).toMatchObject({ code: 'GATE_EQUIPMENT_STOPPED' });
    await keeper.call('equipment.setState', { equipmentId: 'E013', state: 'inUse', reason: '修复' });
    await choose(null);
  });
});

describe('a bar without a yield', () => {
  let recordNo = '';

  test('has Fp0.2 and Agt of the extensometer as readings, and nothing more is asked of a person', async () => {
    recordNo = await open(await barTask());
    await choose('E013');
    await pull(recordNo, 'loadSmooth');
    const read = await record(recordNo);
    const of = (field: string) => read.readings.filter((reading) => reading.field === field && reading.current);
    expect(of('FeL_kN')).toEqual([]);
    expect(of('Fp02_kN').map(({ source, specimenNo }) => [source, specimenNo])).toEqual([['instrument', 1], ['instrument', 2]]); // prettier-ignore
    expect(of('agtExtension_percent')).toHaveLength(2);
    expect(read.open).toEqual([]);
    for (const [index, run] of read.runs.entries()) {
      // The virtual bar: Rp0.2 / Rm = 1 / 1.3, to within its scatter.
      const share = Number(of('Fp02_kN')[index]?.value) / Number(run.peakKn);
      expect(Math.abs(share * 1.3 - 1)).toBeLessThan(0.02);
    }
    const yielding = read.result?.parameters.find(({ parameterCode }) => parameterCode === 'QF');
    expect(yielding).toMatchObject({ name: '下屈服强度', verdict: 'not-judged' });
    expect(read.result?.conclusionText).toContain('以 Rp0.2 代替 ReL 的规定未与标准原文核对，需人工判定');
    expect(read.result?.outputs).toMatchObject({ proof: [true, true], agtByExtensometer: [true, true] });
  }, 120_000);

  test('the run keeps which one it was, the sealed detector its gauge length, and a recomputation says the same', async () => {
    const { runs } = await record(recordNo);
    for (const { runId, extensometer, rawDigest } of runs) {
      expect(extensometer).toMatchObject({ equipmentId: 'E013', gaugeMm: '100', accuracyClass: '1', certificateNo: 'LX-2026-07118' }); // prettier-ignore
      const path = join(lab.context.files.runsFolder, `${runId}.run`);
      const file = await readRunFile(path);
      expect(file.header?.detector.params['extensometerGauge_mm']).toBe('100');
      expect(await verifyRunFile(path, rawDigest)).toMatchObject({ ok: true });
      const replay = await technician.call('runs.replay', { runId, columns: 200 });
      expect(replay.verdict.state).toBe('same');
      expect(replay.figures.map(({ name }) => name)).toEqual(expect.arrayContaining(['规定塑性延伸力 Fp0.2']));
    }
  });

  test('nobody types Fp0.2, nor a yield force beside it; Agt by hand takes the place of the extensometer’s', async () => {
    const enter = (field: string, value: string | null, specimenNo: number | null = 1) =>
      technician.call('records.enter', { recordNo, entries: [{ field, specimenNo, position: null, value }] });
    expect((await refusalOf(enter('Fp02_kN', '200'))).code).toBe('READING_ACQUIRED');
    expect((await refusalOf(enter('agtExtension_percent', '9'))).code).toBe('READING_ACQUIRED');
    expect((await refusalOf(enter('extensometerGauge_mm', '50'))).code).toBe('READING_ACQUIRED');
    const refused = await refusalOf(enter('FeL_kN', '230'));
    expect(refused).toMatchObject({ code: 'READING_REPLACED' });
    expect(refused.message).toContain('规定塑性延伸力');
    const half = await enter('agtFinal_mm', '108.0');
    expect(half.open).toEqual(['最大力总延伸率的原始标距']);
    const whole = await enter('agtGauge_mm', '100', null);
    expect(whole.open).toEqual([]);
    expect(whole.result?.outputs).toMatchObject({ agtByExtensometer: [false, true] });
  });

  test('another choice afterwards, or another certificate, touches no old run', async () => {
    const before = await record(recordNo);
    lab.store.transact({ actor: '测试', workstation: '测试' }, (tx) =>
      tx.update('equipment', 'E013', { certificateNo: 'LX-2027-00001' }, '重新校准'),
    );
    await choose(null);
    const after = await record(recordNo);
    expect(after.runs).toEqual(before.runs);
    expect(after.digest).toBe(before.digest);
    expect(verifyStore(lab.store.database).firstFault).toBeNull();
  });

  test('the signature asks the gate about the extensometer too', async () => {
    const { digest } = await technician.call('bench.environment', {
      recordNo,
      environment: { temperatureC: '20.5', humidityPercent: '62' },
    });
    await technician.call('records.signTest', { recordNo, digest, password: lab.password });
    const signed = await record(recordNo);
    expect(signed.gateDecisions.at(-1)).toMatchObject({ moment: 'signing', equipmentIds: ['E004', 'E013'] });
    await technician.call('bench.close', { recordNo });
  });
});

test('a bar that yields has FeL of its curve; taken off before the maximum, Agt is left to the hand', async () => {
  const recordNo = await open(await barTask());
  await choose('E013');
  // Somebody takes it off as soon as the yield is seen, and may not swap it meanwhile.
  let refused = '';
  const watched = async (): Promise<number> => {
    const { phase, yieldText } = await technician.call('bench.state', { equipmentId: machine });
    if (yieldText && (phase === 'loading' || phase === 'yield')) {
      refused ||= await choose('E013').then(() => '', (cause: unknown) => (cause as { code?: string }).code ?? ''); // prettier-ignore
      await technician.call('bench.virtual', { equipmentId: machine, action: 'unclip' });
    }
    // While specimens go in, this does nothing; a run that was spoiled is pulled again.
    else await technician.call('bench.virtual', { equipmentId: machine, action: 'load' });
    return validRuns(recordNo);
  };
  // A run that a busy computer spoils is none; one that counts and was watched is enough.
  await expect.poll(watched, { timeout: 90_000, interval: 20 }).toBeGreaterThanOrEqual(1);
  const read = await record(recordNo);
  expect(refused).toBe('EXTENSOMETER_WHILE_LOADING');
  const taken = read.runs.filter(({ curveValues }) => curveValues.map(({ name }) => name).join() === 'FeH,FeL');
  expect(taken.length).toBeGreaterThan(0);
  expect(taken[0]?.remarks.join()).toContain('引伸计在最大力之前已不再跟随试样');
  expect(read.open.join()).toContain('断后两标记间距离');
  await technician.call('bench.close', { recordNo });
  await choose(null);
}, 120_000);

test('a joint has no use for one: neither the gate nor the run hears of it', async () => {
  await choose('E014', 'E011');
  const method = methodById('weld-joint');
  const { madeOn: _made, requiredAgeDays: _age, ...plain } = sampleInput();
  const properties = Object.fromEntries(
    method.fields
      .filter(({ at, optional }) => at === 'reception' && optional !== true)
      .map((field) => [field.name, field.usual ?? (field.kind === 'choice' ? (field.options[0]?.value ?? '') : '')]),
  );
  const parameterCodes = method.parameters.slice(0, 1).map(({ code }) => code);
  const sample = { ...plain, itemCode: 'GJ-HJ', parameterCodes, name: '焊接接头', properties };
  const [received] = await receive(lab, { samples: [sample] });
  const { recordNo } = await technician.call('bench.open', { taskId: received!.taskId, equipmentId: 'E011' });
  const { gateDecisions } = await record(recordNo);
  expect(gateDecisions.map(({ equipmentIds }) => equipmentIds)).toEqual([['E011']]);
  await technician.call('bench.close', { recordNo });
});

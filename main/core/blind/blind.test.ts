// Blind samples: whatever a tester's session asks, nothing that tells whose a sample is crosses to it; who may see through
// sees both numbers; the number is drawn once, at random, and opens the sample when it is scanned.
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { callNames, calls, type CallName } from '../../../shared/contract/calls.ts';
import { collectionNames } from '../../../shared/entities/collections.ts';
import { permits } from '../../../shared/entities/roles.ts';
import {
  approve,
  commissionInput,
  eventually,
  openAt,
  press,
  sampleInput,
  signCheck,
  signTest,
} from '../../../tests/support/mainJob.ts';
import { countsOf, openTestCore, refusalOf, type Seat, type TestCore } from '../../../tests/support/testCore.ts';
import { blindNumberPattern } from './numbers.ts';

/** Words that stand nowhere else in the training lab. */
const telling = {
  clientUnit: '青崖置业集团有限公司',
  contractorUnit: '长风建工第七工程处',
  witnessUnit: '恒衡工程监理事务所',
  structurePart: '三号塔楼十二层核心筒',
  maker: '丰源商品混凝土有限公司',
  batchNo: 'PH-771203',
  sampleCode: 'CHIP-88201-A',
} as const;
let lab: TestCore;
let commissionNo: string;
let sampleNo: string;
let blindNo: string;
let taskId: string;
let recordNo: string;
let projectName: string;
let tester: Seat;

const words = () => ({ ...telling, commissionNo, sampleNo, projectName });
const register = async (changes: Parameters<typeof sampleInput>[0] = {}) => {
  const { clientUnit, contractorUnit, witnessUnit, ...sample } = telling;
  return (await lab.as('shouyang')).call(
    'commissions.register',
    commissionInput({ clientUnit, contractorUnit, witnessUnit, samples: [sampleInput({ ...sample, ...changes })] }),
  );
};

beforeAll(async () => {
  lab = await openTestCore();
  tester = await lab.as('jiance');
  await (await lab.as('zhiliang')).call('blind.change', { scope: 'all', reason: '内部质量监督，实行盲样检测' });
  const commission = await register();
  const [sample] = commission.samples;
  ({ commissionNo, projectName } = commission);
  sampleNo = sample?.sampleNo ?? '';
  blindNo = sample?.blindNo ?? '';
  taskId = String(lab.store.first('SELECT taskId FROM task WHERE sampleNo = ?', sampleNo)?.['taskId']);
  recordNo = openAt(lab, tester, taskId);
  for (const [index, load] of ['600.00', '601.00', '602.00'].entries())
    await press(lab, tester, recordNo, index + 1, load);
  await tester.call('bench.environment', { recordNo, environment: { temperatureC: '20.5', humidityPercent: '62' } });
}, 120_000);
afterAll(() => lab.stop());

/** Text of every PDF in an answer, beside the answer itself. */
function everythingIn(value: unknown): string {
  const texts: string[] = [JSON.stringify(value) ?? ''];
  const walk = (one: unknown, key: string): void => {
    if (typeof one === 'string' && key.endsWith('Base64') && one !== '') {
      const bytes = Buffer.from(one, 'base64');
      texts.push(
        bytes.subarray(0, 5).toString() === '%PDF-'
          ? execFileSync('pdftotext', ['-layout', '-', '-'], { input: bytes, encoding: 'utf8' })
          : bytes.toString('utf8'),
      );
    } else if (typeof one === 'object' && one !== null)
      for (const [name, inner] of Object.entries(one)) walk(inner, name);
  };
  walk(value, '');
  return texts.join('\n');
}
function expectCovered(value: unknown, what: string): void {
  const text = everythingIn(value).replaceAll(/\s+/g, '');
  for (const [name, word] of Object.entries(words()))
    expect(text.includes(word.replaceAll(/\s+/g, '')), `${what} tells ${name}`).toBe(false);
}

describe('the number', () => {
  test('is random, of its own form, unique, and kept for ever', async () => {
    expect(blindNo).toMatch(blindNumberPattern);
    const numbers = new Set<string>();
    for (let n = 0; n < 20; n += 1) {
      const { samples } = await register({ sampleCode: `CHIP-88201-${n}`, structurePart: telling.structurePart });
      for (const sample of samples) numbers.add(sample.blindNo ?? '');
    }
    expect(numbers.size).toBe(20);
    // Neighbours have nothing in common but their form.
    const sorted = [...numbers].map((number) => number.slice(2));
    expect(new Set(sorted.map((number) => number.slice(0, 4))).size).toBeGreaterThan(15);
    for (const sql of ['DELETE FROM blindSample', `UPDATE blindSample SET blindNo = 'x'`])
      expect(() => lab.store.database.exec(sql)).toThrow(/IMMUTABLE/);
    const refused = await refusalOf(register({ sampleCode: blindNo }));
    expect(refused.details?.[0]?.message).toContain('与本机构的编号同形');
  });

  test('is what the label is scanned by; the other codes of the sample are unknown to the tester', async () => {
    expect(await tester.call('scan.resolve', { code: blindNo })).toMatchObject({
      kind: 'sample',
      key: blindNo,
      taskId,
    });
    expect(await tester.call('scan.resolve', { code: blindNo.toLowerCase() })).toMatchObject({
      kind: 'sample',
      taskId,
    });
    for (const code of [sampleNo, telling.sampleCode, commissionNo])
      expect(await tester.call('scan.resolve', { code }), code).toMatchObject({ kind: 'unknown', taskId: null });
    const receiver = await lab.as('shouyang');
    for (const code of [blindNo, sampleNo])
      expect(await receiver.call('scan.resolve', { code })).toMatchObject({ kind: 'sample', key: sampleNo, taskId });
  });

  test('is asked for by those who may see through alone, and who looked is in the chain', async () => {
    expect((await refusalOf(tester.call('blind.list', {}))).code).toBe('PERMISSION_DENIED');
    const { rows } = await (await lab.as('zhiliang')).call('blind.list', { text: blindNo });
    expect(rows).toMatchObject([{ blindNo, sampleNo, commissionNo, covered: true }]);
    expect(lab.store.first(`SELECT actor FROM audit WHERE entity = 'blind' AND entityKey = ?`, blindNo)?.['actor']).toContain('zhiliang'); // prettier-ignore
  });
});

describe('the setting', () => {
  test('is the quality manager’s, with a reason, in the chain; it holds for what comes after', async () => {
    const quality = await lab.as('zhiliang');
    const change = { scope: 'items' as const, itemCodes: ['SJ-KY'], reason: '只对砂浆' };
    expect((await refusalOf((await lab.as('admin')).call('blind.change', change))).code).toBe('PERMISSION_DENIED');
    await quality.call('blind.change', change);
    const plain = await register({ sampleCode: 'CHIP-OPEN-1' });
    expect(plain.samples[0]?.blindNo).toBeUndefined();
    await quality.call('blind.change', { scope: 'all', reason: '恢复' });
    const said = lab.store.all(`SELECT reason FROM audit WHERE entity = 'setting' AND entityKey = 'blindSamples'`);
    expect(said.map(({ reason }) => reason)).toEqual(expect.arrayContaining(['只对砂浆', '恢复']));
    expect((await refusalOf(quality.call('blind.change', { scope: 'items', itemCodes: [], reason: 'x' }))).code).toBe('INPUT_INVALID'); // prettier-ignore
  });
});

describe('a tester', () => {
  test('sees the sample under its blind number: task, record, notice', async () => {
    const record = await tester.call('records.get', { recordNo });
    expect(record.sample).toMatchObject({ sampleNo: blindNo, structurePart: '盲样', grade: 'C30' });
    expect(record.projectName).toBe('盲样');
    expect(record.result?.parameters[0]?.value).toMatch(/^\d+\.\d$/);
    const { documents } = await tester.call('replication.pull', { collection: 'tasks', checkpoint: 0, limit: 5000 });
    expect(documents.find(({ id }) => id === taskId)).toMatchObject({ sampleNo: blindNo, projectName: '盲样', sampleCode: blindNo }); // prettier-ignore
  });

  test('finds it by the blind number, and not by the words that are hidden', async () => {
    const found = async (text: string) =>
      (await tester.call('records.search', { text })).rows.map((row) => row.recordNo);
    expect(await found(blindNo)).toEqual([recordNo]);
    expect(await found(recordNo)).toEqual([recordNo]);
    for (const text of [telling.clientUnit, projectName.slice(0, 4), commissionNo, sampleNo, commissionNo.slice(-6)])
      expect(await found(text), text).toEqual([]);
    expect((await tester.call('commissions.search', { text: '' })).rows.map((row) => row.commissionNo)).not.toContain(commissionNo); // prettier-ignore
  });

  test('is told no count of tasks that hidden words found', async () => {
    const list = async (text: string) => tester.call('tasks.list', { text });
    for (const text of [telling.clientUnit, projectName.slice(0, 4), commissionNo, sampleNo]) {
      const found = await list(text);
      expect([found.rows.length, found.total, found.scopes.all], text).toEqual([0, 0, 0]);
      expect(
        Object.values(found.standings).every((n) => n === 0),
        text,
      ).toBe(true);
    }
    const known = await list(blindNo);
    expect([known.rows.length, known.total, known.scopes.all]).toEqual([1, 1, 1]);
  });

  test('gets the original record as a paper under the blind number before it is signed', async () => {
    const { pdfBase64 } = await tester.call('reports.recordPdf', { recordNo });
    expectCovered({ pdfBase64 }, 'the paper');
    const text = everythingIn({ pdfBase64 }).replaceAll(/\s+/g, '');
    expect(text.includes(blindNo)).toBe(true);
    expect(text.slice(text.indexOf('备注')), 'remarks').toContain('本件按盲样编号调出，委托信息已遮盖');
  });

  test('is told nothing by any document of the working set', async () => {
    for (const collection of collectionNames) {
      const answer = await tester.call('replication.pull', { collection, checkpoint: 0, limit: 5000 });
      if (collection === 'tasks') expect(answer.documents.length).toBeGreaterThan(10);
      expectCovered(answer, `the collection ${collection}`);
    }
  });

  test('signs what is bound to the blind number, and the alarm for a low group tells nothing', async () => {
    await signTest(lab, recordNo);
    const { documents } = await tester.call('replication.pull', { collection: 'notices', checkpoint: 0, limit: 5000 });
    expect(documents.some(({ text }) => String(text).includes(blindNo))).toBe(true);
    expectCovered(documents, 'notices');
  });

  test('is told nothing by any call that there is, whatever it is asked with', async () => {
    await signCheck(lab, recordNo);
    const report = lab.store.first('SELECT * FROM report WHERE commissionNo = ?', commissionNo) ?? {};
    const run = lab.store.first('SELECT * FROM run WHERE recordNo = ?', recordNo) ?? {};
    const known: Record<string, unknown[]> = {
      commissionNo: [commissionNo], sampleNo: [sampleNo, blindNo], recordNo: [recordNo], taskId: [taskId], taskIds: [[taskId]],
      reportNo: [report['reportNo']], revision: [1], runId: [run['runId']], runNo: [run['runNo']], equipmentId: ['E001'], reason: ['试'],
      text: ['', telling.clientUnit, blindNo], code: [blindNo, sampleNo, commissionNo, recordNo, report['reportNo']],
      projectId: [lab.store.get('commission', commissionNo)?.['projectId']], itemCode: ['HNT-KY'], methodId: ['concrete-cube'],
      entryId: lab.store.all('SELECT entryId FROM outbox WHERE commissionNo = ?', commissionNo).map((row) => row['entryId']),
      entity: ['testRecord', 'sample', 'commission', 'task', 'report', 'gateDecision', 'blindSample', 'modification', 'signature'],
      key: [recordNo, sampleNo, commissionNo, taskId, report['reportKey'], recordNo], digest: ['f'.repeat(64)], password: ['wrong'],
      collection: [...collectionNames], checkpoint: [0], limit: [100], from: ['2026-01-01', lab.context.now().toISOString().slice(0, 10)],
      day: [lab.context.now().toISOString().slice(0, 10)], days: [31], ledgerNo: [lab.store.first('SELECT ledgerNo FROM unqualified')?.['ledgerNo']],
      reports: [[{ reportNo: report['reportNo'], revision: 1 }]], items: [[{ recordNo, digest: 'x' }]], recordNos: [[recordNo]],
    }; // prettier-ignore
    const before = countsOf(lab.store);
    let asked = 0;
    let answered = 0;
    for (const name of callNames) {
      if (!permits(['technician'], calls[name].permission) || /^(session|recovery|training)\./.test(name)) continue;
      for (const input of inputsFor(name, known)) {
        const reply = await tester.raw(name, input);
        asked += 1;
        answered += reply.ok ? 1 : 0;
        expectCovered(reply, `${name} ${JSON.stringify(input)}`);
      }
    }
    expect(asked).toBeGreaterThan(150);
    expect(answered).toBeGreaterThan(40);
    expect(countsOf(lab.store).signature).toBe(before.signature);
  }, 300_000);
});

/** Inputs for a call, made of its own schema: every known value of every field once, the others at their first. */
function inputsFor(name: CallName, known: Record<string, unknown[]>): Record<string, unknown>[] {
  const schema = z.toJSONSchema(calls[name].input, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, { enum?: unknown[]; type?: string; minimum?: number; const?: unknown }>;
    required?: string[];
  };
  const fields = Object.entries(schema.properties ?? {});
  const valuesOf = ([field, shape]: (typeof fields)[number]): unknown[] =>
    known[field] ?? shape.enum ?? (shape.type === 'integer' || shape.type === 'number' ? [Math.max(1, shape.minimum ?? 1)] : shape.type === 'boolean' ? [true] : shape.type === 'string' ? ['x'] : []); // prettier-ignore
  const base = Object.fromEntries(
    fields.flatMap((field) => {
      const [first] = valuesOf(field);
      const needed = schema.required?.includes(field[0]) === true || field[0] in known;
      return first === undefined || !needed || ['cursor', 'day'].includes(field[0]) ? [] : [[field[0], first]];
    }),
  );
  // Pairs that belong together are asked together.
  if (name === 'audit.history')
    return (known['entity'] ?? []).flatMap((entity) => (known['key'] ?? []).map((key) => ({ entity, key })));
  return [
    base,
    ...fields.flatMap((field) =>
      valuesOf(field)
        .slice(1)
        .map((value) => ({ ...base, [field[0]]: value })),
    ),
  ];
}

describe('who may see through', () => {
  test('the checker sees both on the record, on screen and on paper', async () => {
    const checker = await lab.as('jiaohe');
    const record = await checker.call('records.get', { recordNo });
    expect(record.sample).toMatchObject({ sampleNo, blindNo, structurePart: telling.structurePart });
    const { pdfBase64 } = await checker.call('reports.recordPdf', { recordNo });
    const text = everythingIn({ pdfBase64 });
    for (const word of [blindNo, sampleNo, commissionNo, telling.structurePart])
      expect(text.includes(word), word).toBe(true);
  });

  test('a tester who checks as well sees through: the roles matrix decides', async () => {
    const admin = await lab.as('admin');
    const { user } = await lab.as('jiance2');
    const second = await lab.as('jiance2');
    expect((await second.call('records.get', { recordNo })).sample.sampleNo).toBe(blindNo);
    await admin.call('users.change', { userId: user.userId, roles: ['technician', 'checker'], reason: '兼任' });
    expect((await second.call('records.get', { recordNo })).sample.sampleNo).toBe(sampleNo);
    await admin.call('users.change', { userId: user.userId, roles: ['technician'], reason: '不再兼任' });
    expect((await second.call('records.get', { recordNo })).sample.sampleNo).toBe(blindNo);
  });
});

test('with the approval it is open, and a window that pulled all along holds what a fresh one pulls', async () => {
  const pull = async (into: Map<string, unknown>, at: Map<string, number>) => {
    for (const collection of collectionNames)
      for (;;) {
        const checkpoint = at.get(collection) ?? 0;
        const answer = await tester.call('replication.pull', { collection, checkpoint, limit: 7 });
        at.set(collection, answer.checkpoint);
        for (const { seq: _, _deleted, ...document } of answer.documents) {
          const key = `${collection}/${String(document['id'])}`;
          if (_deleted) into.delete(key);
          else into.set(key, document);
        }
        if (answer.documents.length < 7) break;
      }
    return into;
  };
  const [along, at] = [new Map<string, unknown>(), new Map<string, number>()];
  await pull(along, at);
  expect(along.has(`commissions/${commissionNo}`)).toBe(false);
  const reportNo = await approve(lab, recordNo);
  await eventually(() => (lab.store.get('report', `${reportNo}#1`)?.['state'] === 'filed' ? true : null));
  await pull(along, at);
  const fresh = await pull(new Map(), new Map());
  expect(Object.fromEntries(along)).toEqual(Object.fromEntries(fresh));
  expect(along.get(`commissions/${commissionNo}`)).toMatchObject({ sampleCount: 1 });
  expect(along.get(`records/${recordNo}`)).toMatchObject({ sampleNo });
  expect((await tester.call('reports.preview', { reportNo, revision: 1 })).pdfBase64).not.toBe('');
}, 120_000);

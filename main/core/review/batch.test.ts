// Batch review on a real store: a hundred records, then reports of some of them, with one password each; what was not shown, not
// agreed to or changed since is not signed; a refusal of one stops nothing; an end in the middle leaves nothing half.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyAll } from '../verifyAll.ts';
import { reportOf, signTest, testedGroup } from '../../../tests/support/mainJob.ts';
import { countsOf, openTestCore, refusalOf, type Seat, type TestCore } from '../../../tests/support/testCore.ts';

let lab: TestCore;
let checker: Seat;
let signatory: Seat;
beforeAll(async () => {
  lab = await openTestCore();
  checker = await lab.as('jiaohe');
  signatory = await lab.as('pizhun');
});
afterAll(() => lab.stop());

async function testedRecord(): Promise<string> {
  const { record } = await testedGroup(lab);
  await signTest(lab, record.recordNo);
  return record.recordNo;
}
async function agreed(recordNo: string, seat = checker): Promise<{ recordNo: string; digest: string }> {
  const { digest } = await seat.call('records.get', { recordNo });
  await seat.call('records.agree', { recordNo, digest });
  return { recordNo, digest };
}
const signAll = (items: { recordNo: string; digest: string }[], password = lab.password) =>
  checker.call('records.signAgreed', { items, password });
const stateOf = (recordNo: string) => lab.store.get('testRecord', recordNo)?.['state'];
const checksOf = (recordNo: string) =>
  lab.store.all(`SELECT * FROM signature WHERE entity = 'record' AND entityKey = ? AND meaning = 'check'`, recordNo);

describe('agreeing', () => {
  test('a sheet that was not handed out to this person, or another digest, is not agreed to', async () => {
    const recordNo = await testedRecord();
    const digest = String(
      lab.store.first(`SELECT digest FROM signature WHERE entityKey = ? AND meaning = 'test'`, recordNo)?.['digest'],
    );
    expect((await refusalOf(checker.call('records.agree', { recordNo, digest }))).code).toBe('SHEET_NOT_SHOWN');
    expect((await checker.call('records.get', { recordNo })).digest).toBe(digest);
    expect((await refusalOf(checker.call('records.agree', { recordNo, digest: 'f'.repeat(64) }))).code).toBe(
      'CONTENT_CHANGED',
    );
    const found = await checker.call('records.agree', { recordNo, digest });
    expect(found).toMatchObject({ key: recordNo, digest, standing: 'ready' });
    expect((await checker.call('records.agreed', {})).rows.map(({ key }) => key)).toContain(recordNo);
    await checker.call('records.takeBack', { recordNo });
    expect((await checker.call('records.agreed', {})).rows.map(({ key }) => key)).not.toContain(recordNo);
    const { rows } = await signAll([{ recordNo, digest }]);
    expect(rows).toMatchObject([{ outcome: 'refused', error: { code: 'NOT_AGREED' } }]);
    expect(checksOf(recordNo)).toHaveLength(0);
  });

  test('who tested cannot agree to it, and nobody by the agreement of another', async () => {
    const admin = await lab.as('admin');
    const { user } = await lab.as('jiance2');
    await admin.call('users.change', { userId: user.userId, roles: ['checker', 'technician'], reason: '兼任' });
    const second = await lab.as('jiance2');
    const { record } = await testedGroup(lab, { technician: 'jiance2' });
    await signTest(lab, record.recordNo, 'jiance2');
    const { digest } = await second.call('records.get', { recordNo: record.recordNo });
    const refused = await refusalOf(second.call('records.agree', { recordNo: record.recordNo, digest }));
    expect(refused.code).toBe('SAME_PERSON');
    await agreed(record.recordNo);
    const items = [{ recordNo: record.recordNo, digest }];
    const { rows } = await second.call('records.signAgreed', { items, password: lab.password });
    expect(rows).toMatchObject([{ outcome: 'refused', error: { code: 'NOT_AGREED' } }]);
  });
});

describe('signing what was agreed to', () => {
  test('a wrong password signs nothing', async () => {
    const item = await agreed(await testedRecord());
    const before = countsOf(lab.store);
    await refusalOf(signAll([item], 'wrong'));
    expect(countsOf(lab.store)).toEqual(before);
    expect((await checker.call('records.agreed', {})).rows.find(({ key }) => key === item.recordNo)?.standing).toBe(
      'ready',
    );
  });

  test('what changed since is told and left alone, what is gone or frozen is refused, the rest is signed', async () => {
    const [good, returned, locked, other] = [
      await agreed(await testedRecord()),
      await agreed(await testedRecord()),
      await agreed(await testedRecord()),
      await agreed(await testedRecord()),
    ];
    await checker.call('records.return', { recordNo: returned.recordNo, reason: '核对' });
    await signTest(lab, returned.recordNo);
    const commissionNo = String(lab.store.get('testRecord', locked.recordNo)?.['commissionNo']);
    lab.store.transact({ actor: '程序:上传', workstation: 'core' }, (tx) =>
      tx.update('commission', commissionNo, { platformState: 'locked' }),
    );
    const standing = (await checker.call('records.agreed', {})).rows;
    expect(standing.find(({ key }) => key === returned.recordNo)?.standing).toBe('changed');
    const decisions = Number(lab.store.first('SELECT count(*) AS n FROM gateDecision WHERE allowed = 0')?.['n']);

    const { rows } = await signAll([locked, returned, good, other, good]);
    expect(rows.map(({ key, outcome }) => [key, outcome])).toEqual([
      [locked.recordNo, 'refused'],
      [returned.recordNo, 'changed'],
      [good.recordNo, 'signed'],
      [other.recordNo, 'signed'],
      [good.recordNo, 'refused'],
    ]);
    for (const { outcome, error } of rows) expect(error === null).toBe(outcome === 'signed');
    for (const row of rows) if (row.error !== null) expect(row.error.next).toMatch(/[\u4e00-\u9fff]/);
    expect([locked, returned, good, other].map(({ recordNo }) => stateOf(recordNo))).toEqual([
      'tested', 'tested', 'checked', 'checked',
    ]); // prettier-ignore
    // The gate's refusal is kept as one of a single signature is.
    expect(lab.store.first('SELECT count(*) AS n FROM gateDecision WHERE allowed = 0')?.['n']).toBe(decisions + 1);
    // Agreed to anew, it is signed.
    const { rows: again } = await signAll([await agreed(returned.recordNo)]);
    expect(again).toMatchObject([{ outcome: 'signed' }]);
  });

  test('each signature is one of its own: meaning, person, time, digest, decision, and the chain says it was a batch', async () => {
    const items = [await agreed(await testedRecord()), await agreed(await testedRecord())];
    await signAll(items);
    for (const [index, { recordNo, digest }] of items.entries()) {
      expect(checksOf(recordNo)).toMatchObject([{ digest, personId: checker.user.personId, meaning: 'check' }]);
      const decided = lab.store.all(
        `SELECT 1 FROM gateDecision WHERE entityKey = ? AND moment = 'signing' AND personId = ? AND allowed = 1`,
        recordNo,
        checker.user.personId,
      );
      expect(decided).toHaveLength(1);
      const said = lab.store.first(
        `SELECT newValue FROM audit WHERE entity = 'testRecord' AND entityKey = ? AND action = 'event'`,
        recordNo,
      );
      expect(said?.['newValue']).toContain(`一次输入密码签 2 份，本份为第 ${index + 1} 份`);
    }
    expect(new Set(items.flatMap(({ recordNo }) => checksOf(recordNo).map((row) => row['signatureId']))).size).toBe(2);
  });

  test('signing one at a time goes on as ever, with and without an agreement', async () => {
    for (const item of [await agreed(await testedRecord()), { recordNo: await testedRecord() }]) {
      const { recordNo } = item;
      const { digest } = await checker.call('records.get', { recordNo });
      await checker.call('records.signCheck', { recordNo, digest, password: lab.password });
      expect(stateOf(recordNo)).toBe('checked');
    }
    expect((await checker.call('records.agreed', {})).rows.every(({ key }) => stateOf(key) === 'tested')).toBe(true);
  });

  test('an end in the middle: what is signed is signed, the rest is still agreed to, nothing is half', async () => {
    const items: { recordNo: string; digest: string }[] = [];
    for (let n = 0; n < 4; n += 1) items.push(await agreed(await testedRecord()));
    // The machine stops in the third transaction, after its signature was written into it.
    const original = lab.store.transact.bind(lab.store);
    let signed = 0;
    lab.store.transact = (actor, work) =>
      original(actor, (tx) => {
        const result = work(tx);
        if (items.some(({ recordNo }) => tx.get('testRecord', recordNo)?.['state'] === 'checked')) {
          signed = items.filter(({ recordNo }) => tx.get('testRecord', recordNo)?.['state'] === 'checked').length;
          if (signed >= 3) throw new Error('the power is gone');
        }
        return result;
      });
    const { rows } = await signAll(items);
    lab.store.transact = original;
    expect(rows.map(({ outcome }) => outcome)).toEqual(['signed', 'signed', 'refused', 'refused']);
    await lab.restart();
    checker = await lab.as('jiaohe');
    signatory = await lab.as('pizhun');
    const { rows: still } = await checker.call('records.agreed', {});
    for (const [index, { recordNo }] of items.entries()) {
      const done = index < 2;
      expect(stateOf(recordNo)).toBe(done ? 'checked' : 'tested');
      expect(checksOf(recordNo)).toHaveLength(done ? 1 : 0);
      expect(still.some(({ key, standing }) => key === recordNo && standing === 'ready')).toBe(!done);
    }
    const { rows: rest } = await signAll(items.slice(2));
    expect(rest.map(({ outcome }) => outcome)).toEqual(['signed', 'signed']);
  });
});

test('a hundred records with one password, then six of their reports with another', async () => {
  const recordNos: string[] = [];
  for (let n = 0; n < 100; n += 1) recordNos.push(await testedRecord());
  const items = [];
  for (const recordNo of recordNos) items.push(await agreed(recordNo));
  expect((await checker.call('records.agreed', {})).rows).toHaveLength(
    lab.store.all(`SELECT 1 FROM agreement JOIN testRecord ON recordNo = entityKey
      WHERE agreement.state = 'agreed' AND testRecord.state = 'tested' AND personId = ?`, checker.user.personId).length,
  ); // prettier-ignore
  const { rows } = await signAll(items);
  expect(rows.every(({ outcome }) => outcome === 'signed')).toBe(true);
  expect(recordNos.map(stateOf).every((state) => state === 'checked')).toBe(true);

  const reports = [];
  for (const recordNo of recordNos.slice(0, 6)) {
    const { reportNo } = reportOf(lab, recordNo);
    const { digest } = await signatory.call('reports.preview', { reportNo, revision: 1 });
    await signatory.call('reports.agree', { reportNo, revision: 1, digest });
    reports.push({ reportNo, revision: 1, digest });
  }
  const approved = await signatory.call('reports.approveAgreed', { items: reports, password: lab.password });
  expect(approved.rows.map(({ outcome }) => outcome)).toEqual(reports.map(() => 'signed'));
  expect((await verifyAll(lab.store, lab.context.files)).firstFault).toBeNull();
}, 600_000);

test('a report is agreed to only after its paper was shown, and a changed one is not approved', async () => {
  const recordNo = await testedRecord();
  const items = [await agreed(recordNo)];
  await signAll(items);
  const { reportNo } = reportOf(lab, recordNo);
  const wrong = signatory.call('reports.agree', { reportNo, revision: 1, digest: 'f'.repeat(64) });
  expect((await refusalOf(wrong)).code).toBe('CONTENT_CHANGED');
  const { digest } = await signatory.call('reports.preview', { reportNo, revision: 1 });
  await signatory.call('reports.agree', { reportNo, revision: 1, digest });
  await signatory.call('reports.return', { reportNo, revision: 1, reason: '核对' });
  await signTest(lab, recordNo);
  await signAll([await agreed(recordNo)]);
  const [row] = (await signatory.call('reports.agreed', {})).rows;
  expect(row).toMatchObject({ key: `${reportNo}#1`, standing: 'changed' });
  const { rows } = await signatory.call('reports.approveAgreed', {
    items: [{ reportNo, revision: 1, digest }],
    password: lab.password,
  });
  expect(rows).toMatchObject([{ outcome: 'changed' }]);
  expect(lab.store.get('report', `${reportNo}#1`)?.['state']).toBe('draft');
});

// Qualifications by parameter on a real core: entered with proof, asked by the gate, reminded, withdrawn and still read.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays } from '../../../shared/entities/scalars.ts';
import type { NewQualification } from '../../../shared/qualifications/calls.ts';
import { openAt, receive, today } from '../../../tests/support/mainJob.ts';
import { openTestCore, refusalOf, type Seat, type TestCore } from '../../../tests/support/testCore.ts';
import type { Context } from '../context.ts';
import { remind } from '../dossier/reminders.ts';
import { verifyStore } from '../../store/verify.ts';

let lab: TestCore;
let quality: Seat;
let technician: Seat;
beforeAll(async () => {
  lab = await openTestCore();
  quality = await lab.as('zhiliang');
  technician = await lab.as('jiance');
});
afterAll(() => lab.stop());

const given = (changes: Partial<NewQualification> = {}): NewQualification => ({
  personId: technician.user.personId ?? '',
  itemCode: 'HNT-KY',
  parameterCode: 'KY',
  certificateNo: '粤建检字 2026-18',
  validFrom: addDays(today(), -100),
  validTo: addDays(today(), 45),
  ...changes,
});
const pdf = { fileName: '证书.pdf', bytesBase64: Buffer.from('%PDF-1.7\n%%EOF\n').toString('base64') };
const begin = async () => {
  const [received] = await receive(lab);
  return openAt(lab, technician, received?.taskId ?? '', 'E001');
};
const enter = (changes?: Partial<NewQualification>) => quality.call('qualifications.enter', given(changes));
const entries = async () => (await technician.call('qualifications.list', { personId: given().personId })).entries;

test('is entered with its proof and read by everyone; wrong ones are refused in words', async () => {
  const made = await enter({ files: [pdf] });
  expect(made).toMatchObject({ parameterName: '抗压强度代表值', withdrawn: null, enteredByName: quality.user.name });
  const shown = await technician.call('qualifications.file', { entryId: made.entryId, sha256: made.files[0]?.sha256 ?? '' });
  expect(shown.bytesBase64).toBe(pdf.bytesBase64);
  for (const [changes, code] of [
    [{}, 'QUALIFICATION_REFUSED'],
    [{ parameterCode: '没有', validFrom: '2020-01-01' }, 'QUALIFICATION_REFUSED'],
    [{ itemCode: 'XX' }, 'QUALIFICATION_REFUSED'],
    [{ personId: 'P999' }, 'QUALIFICATION_REFUSED'],
    [{ validFrom: '2026-02-02', validTo: '2026-02-01' }, 'INPUT_INVALID'],
    [{ validFrom: '2026-02-02', files: [{ fileName: 'a.pdf', bytesBase64: 'YWJj' }] }, 'EVIDENCE_REFUSED'],
  ] as const) {
    const refused = await refusalOf(enter(changes as Partial<NewQualification>));
    expect(refused.code, JSON.stringify(changes)).toBe(code);
  }
  expect(await entries()).toHaveLength(1);
  const own = technician.call('qualifications.enter', given({ validFrom: '2026-02-02' }));
  expect((await refusalOf(own)).code).toBe('PERMISSION_DENIED');
}); // prettier-ignore

test('the gate asks: valid passes, withdrawn or not covering the parameter is refused at run start', async () => {
  await expect(begin()).resolves.toBeTruthy();
  const [first] = await entries();
  const withdrawn = await quality.call('qualifications.withdraw', { entryId: first?.entryId ?? '', reason: '登错参数' });
  expect(withdrawn.withdrawn).toMatchObject({ reason: '登错参数', byName: quality.user.name });
  const refused = await refusalOf(begin);
  expect(refused.code).toBe('GATE_PERSON_PARAMETER');
  expect(refused.next).toContain('登记证书和有效期');
  expect((await refusalOf(quality.call('qualifications.withdraw', { entryId: first?.entryId ?? '', reason: '再撤' }))).code).toBe('QUALIFICATION_WITHDRAWN');
  await enter({ validTo: addDays(today(), -1), validFrom: addDays(today(), -99) });
  expect((await refusalOf(begin)).code).toBe('GATE_PERSON_PARAMETER_EXPIRED');
  await enter({ parameterCode: '', validFrom: today() });
  await expect(begin()).resolves.toBeTruthy();
  expect(verifyStore(lab.store.database).firstFault).toBeNull();
}); // prettier-ignore

test('is reminded by person, item and parameter, in the one place of reminders', () => {
  const later = (days: number): Context => ({ ...lab.context, now: () => new Date(Date.now() + days * 24 * 3_600_000) });
  const said = () => lab.store.all(`SELECT text FROM notice WHERE text LIKE '%（全部参数）%'`).map(({ text }) => String(text));
  remind(later(0));
  expect(said()).toEqual([expect.stringContaining('（证书 粤建检字 2026-18）将于')]);
  remind(later(40));
  expect(said()).toHaveLength(2);
  remind(later(60));
  expect(said().some((text) => text.includes('已于'))).toBe(true);
}); // prettier-ignore

test('can be neither changed nor deleted', () => {
  for (const sql of [`UPDATE qualificationEntry SET validTo = '2099-01-01'`, 'DELETE FROM qualificationEntry', 'DELETE FROM qualificationWithdrawal'])
    expect(() => lab.store.database.exec(sql)).toThrow(/IMMUTABLE/);
}); // prettier-ignore

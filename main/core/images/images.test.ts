// Images of signatures and of the seal, through the core: entered by one, confirmed by the owner's own password, printed only
// beside a stored signature and on a report with its code; papers of before stay byte for byte; a wrong file is not printed.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countsOf, openTestCore, refusalOf, type TestCore } from '../../../tests/support/testCore.ts';
import { approve, signCheck, signTest, testedGroup, today } from '../../../tests/support/mainJob.ts';
import type { TestReportContent } from '../../../shared/reports/test-report.ts';
import { createReportRenderer } from '../../reports/renderer.ts';
import {
  applied,
  approvedChange,
  issued,
  reportRow,
  signedByThree,
  untilState,
} from '../afterIssue/issued.test-helper.ts';
import { buildRecordPaper } from '../reports/recordPaper.ts';
import { verifyAll } from '../verifyAll.ts';
import { imagesIn } from './files.ts';
import { sealPng, signaturePng } from './images.test-helper.ts';

let lab: TestCore;
beforeAll(async () => {
  lab = await openTestCore();
});
afterAll(() => lab.stop());

const base64 = (bytes: Buffer): string => bytes.toString('base64');
const given = (personId: string | null, bytes = signaturePng()) => ({
  kind: personId === null ? ('seal' as const) : ('signature' as const),
  personId,
  fileName: '签名.png',
  bytesBase64: base64(bytes),
  validFrom: today(),
});
const personOf = async (who: 'jiance' | 'jiaohe' | 'pizhun') => (await lab.as(who)).user.personId;
const contentOf = (reportNo: string) =>
  JSON.parse(String(reportRow(lab, reportNo, 1)?.['contentJson'])) as TestReportContent;
const bytesOf = (reportNo: string, column: 'contentSha256' | 'codedSha256') =>
  Buffer.from(lab.context.files.read(String(reportRow(lab, reportNo, 1)?.[column]), 'pdf'));
const picturesIn = (pdf: Uint8Array) => Buffer.from(pdf).toString('latin1').split('/Subtype/Image').length - 1 + (Buffer.from(pdf).toString('latin1').split('/Subtype /Image').length - 1); // prettier-ignore

test('only who keeps people enters one; only its owner confirms it, with the own password; it is shown to few', async () => {
  const personId = await personOf('jiance');
  const stranger = (await lab.as('jiaohe')).call('images.enter', given(personId));
  expect((await refusalOf(stranger)).code).toBe('PERMISSION_DENIED');
  const keeper = await lab.as('zhiliang');
  const before = countsOf(lab.store);
  const hostile = Buffer.concat([signaturePng().subarray(0, 60), Buffer.alloc(500, 7)]);
  expect((await refusalOf(keeper.call('images.enter', given(personId, hostile)))).code).toBe('IMAGE_REFUSED');
  const early = keeper.call('images.enter', { ...given(personId), validFrom: '2020-01-01' });
  expect((await refusalOf(early)).message).toContain('不会补上');
  expect(countsOf(lab.store)).toEqual(before);

  const { imageId, inForce } = await keeper.call('images.enter', given(personId));
  expect(inForce).toBe(false);
  const confirm = async (who: 'zhiliang' | 'jiaohe' | 'jiance', password = lab.password) =>
    (await lab.as(who)).call('images.confirm', { imageId, password });
  expect((await refusalOf(confirm('zhiliang'))).code).toBe('IMAGE_NOT_YOURS');
  expect((await refusalOf(confirm('jiaohe'))).code).toBe('IMAGE_NOT_YOURS');
  expect((await refusalOf((await lab.as('jiaohe')).call('images.show', { imageId }))).code).toBe('PERMISSION_DENIED');
  expect((await refusalOf(confirm('jiance', 'wrong-password'))).code).toBe('SIGN_IN_REFUSED');
  expect(await confirm('jiance')).toMatchObject({ inForce: true, confirmed: { byName: '梁志远' } });
  expect((await refusalOf(confirm('jiance'))).code).toBe('IMAGE_SETTLED');

  const shown = await (await lab.as('jiance')).call('images.show', { imageId });
  expect(Buffer.from(shown.bytesBase64, 'base64').equals(signaturePng())).toBe(true);
  const trace = lab.store.first(
    `SELECT newValue FROM audit WHERE entity = 'paperImage' AND action = 'event' ORDER BY seq DESC LIMIT 1`,
  );
  expect(String(trace?.['newValue'])).toContain('查看签名图片');
  await keeper.call('images.withdraw', { imageId, reason: '换一张清楚的' });
  expect((await keeper.call('images.list', { personId })).entries).toMatchObject([
    { inForce: false, withdrawn: { reason: '换一张清楚的' } },
  ]);
});

test('the seal is confirmed by an authorised signatory who did not enter it', async () => {
  const keeper = await lab.as('zhiliang');
  const { imageId } = await keeper.call('images.enter', given(null, sealPng()));
  const own = keeper.call('images.confirm', { imageId, password: lab.password });
  expect((await refusalOf(own)).code).toBe('IMAGE_NOT_YOURS');
  expect(
    (await refusalOf((await lab.as('jiance')).call('images.confirm', { imageId, password: lab.password }))).code,
  ).toBe('IMAGE_NOT_YOURS');
  expect(await (await lab.as('pizhun')).call('images.confirm', { imageId, password: lab.password })).toMatchObject({
    inForce: true,
  });
});

test('papers of before stay byte for byte; later ones show images beside stored signatures, the seal only with the code', async () => {
  const old = await issued(lab);
  const before = [bytesOf(old.reportNo, 'contentSha256'), bytesOf(old.reportNo, 'codedSha256')];
  const record = JSON.stringify((await buildRecordPaper(lab.context, old.recordNo)).images ?? null);
  expect([contentOf(old.reportNo).images, picturesIn(before[1]!)]).toEqual([undefined, 0]);

  const keeper = await lab.as('zhiliang');
  for (const [index, who] of (['jiance', 'jiaohe', 'pizhun'] as const).entries()) {
    const { imageId } = await keeper.call('images.enter', given(await personOf(who), signaturePng(index * 40)));
    await (await lab.as(who)).call('images.confirm', { imageId, password: lab.password });
  }
  await keeper.call('images.sealMode', { mode: 'print', reason: '启用电子印章' });

  // Made again of its frozen content: the same bytes, although everybody has an image now.
  const renderer = createReportRenderer({ imageOf: imagesIn(lab.context.dataFolder) });
  try {
    const frozen = contentOf(old.reportNo);
    const row = reportRow(lab, old.reportNo, 1);
    const coded = { ...frozen, code: { code: String(row?.['code']), verifyUrl: String(row?.['verifyUrl']) } };
    expect(Buffer.from(await renderer.renderReport(frozen, { coded: false })).equals(before[0]!)).toBe(true);
    expect(Buffer.from(await renderer.renderReport(coded, { coded: true })).equals(before[1]!)).toBe(true);
    expect(JSON.stringify((await buildRecordPaper(lab.context, old.recordNo)).images ?? null)).toBe(record);

    const now = await issued(lab);
    const { images, signatures } = contentOf(now.reportNo);
    expect(images?.signatures.map(({ meaning, name, at }) => ({ meaning, name, at }))).toEqual(
      signatures.map(({ meaning, name, at }) => ({ meaning, name, at })),
    );
    expect(images?.seal?.format).toBe('png');
    const [plain, sealed] = [bytesOf(now.reportNo, 'contentSha256'), bytesOf(now.reportNo, 'codedSha256')];
    expect(picturesIn(sealed)).toBeGreaterThan(picturesIn(plain));
    expect(picturesIn(plain)).toBeGreaterThan(0);
    const again = { ...contentOf(now.reportNo), code: { code: String(reportRow(lab, now.reportNo, 1)?.['code']), verifyUrl: String(reportRow(lab, now.reportNo, 1)?.['verifyUrl']) } }; // prettier-ignore
    expect(Buffer.from(await renderer.renderReport(again, { coded: true })).equals(sealed)).toBe(true);
    const paper = await buildRecordPaper(lab.context, now.recordNo);
    expect(paper.images?.signatures.map(({ meaning }) => meaning)).toEqual(['test', 'check']);
    expect(paper.images?.seal).toBeNull();
    // The digests that were signed know nothing of images.
    expect((await verifyAll(lab.store, lab.context.files)).firstFault).toBeNull();

    // Withdrawn afterwards: what was made stays, what comes goes without.
    const [mine] = (await keeper.call('images.list', { personId: await personOf('jiance') })).entries;
    await keeper.call('images.withdraw', { imageId: mine?.imageId ?? '', reason: '本人停用' });
    expect(Buffer.from(await renderer.renderReport(again, { coded: true })).equals(sealed)).toBe(true);
    const later = await issued(lab);
    expect(contentOf(later.reportNo).images?.signatures.map(({ meaning }) => meaning)).toEqual(['check', 'approve']);

    // What was exchanged on the disk is not printed; the file as issued is untouched.
    const exchanged = join(lab.context.dataFolder, 'files', `${images?.signatures[1]?.sha256}.png`);
    const kept = readFileSync(exchanged);
    writeFileSync(exchanged, signaturePng(7));
    expect((await refusalOf(renderer.renderReport(again, { coded: true }))).code).toBe('FILE_DAMAGED');
    expect(bytesOf(now.reportNo, 'codedSha256').equals(sealed)).toBe(true);
    expect((await verifyAll(lab.store, lab.context.files)).firstFault).toContain('被改动过');
    writeFileSync(exchanged, kept);
  } finally {
    await renderer.close();
  }
});

test('left free for the stamp: no seal is frozen with the report', async () => {
  const keeper = await lab.as('zhiliang');
  await keeper.call('images.sealMode', { mode: 'blank', reason: '恢复手工盖章' });
  const personId = await personOf('jiaohe');
  const [entry] = (await keeper.call('images.list', { personId })).entries;
  await keeper.call('images.withdraw', { imageId: entry?.imageId ?? '', reason: '文件被换' });
  const { record } = await testedGroup(lab);
  await signTest(lab, record.recordNo);
  await signCheck(lab, record.recordNo);
  const reportNo = await approve(lab, record.recordNo);
  await untilState(lab, reportNo, 1, 'filed');
  expect(contentOf(reportNo).images).toMatchObject({ seal: null, signatures: [{ meaning: 'approve' }] });
});

test('a later revision shows the images of who signed it anew, and its signatures still answer for it', async () => {
  const one = await issued(lab);
  const order = await applied(lab, one.reportNo, [{ field: 'samplerName', newValue: '周力' }]);
  await approvedChange(lab, order);
  await signedByThree(lab, one.reportNo, 2);
  await untilState(lab, one.reportNo, 2, 'filed');
  const content = JSON.parse(String(reportRow(lab, one.reportNo, 2)?.['contentJson'])) as TestReportContent;
  const approval = content.signatures.find(({ meaning }) => meaning === 'approve');
  expect(content.images?.signatures).toMatchObject([{ meaning: 'approve', at: approval?.at, name: approval?.name }]);
  expect((await verifyAll(lab.store, lab.context.files)).firstFault).toBeNull();
});

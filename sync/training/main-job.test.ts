// The main job over real HTTP, every answer read with the contract's own schemas: commission → media → runs → record →
// modification → report → code → filed PDF → public verification; and what must answer the same on every repeat.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf, sha256Hex } from '../wire/digest.ts';
import * as wire from '../wire/schemas.ts';
import {
  type Fixture,
  reportPath,
  sendAll,
  sendCoded,
  sendCommission,
  sendReport,
  sendRuns,
  startFixture,
} from './testing/fixture.ts';
import { entryOf } from './testing/lab-client.ts';
import { cubeGroup } from './testing/payloads.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.close());

const PDF = new Uint8Array(Buffer.from('%PDF-1.7\n% coded report\n%%EOF\n'));

describe('the main job', () => {
  it('goes from commission to a coded, filed and publicly verified report', async () => {
    const { client } = fixture;
    const group = cubeGroup('2026-0001', fixture.clock.now);
    expect(wire.commissionStateSchema.parse((await sendCommission(fixture, group)).json).state).toBe('active');
    const runs = wire.batchReceiptSchema.parse((await sendRuns(fixture, group)).json);
    expect(runs.receipts.map((receipt) => receipt.state)).toEqual(['accepted', 'accepted', 'accepted']);
    const log = {
      logNo: 'XG-2026-0001',
      entity: 'testRecord',
      entityNo: group.record.recordNo,
      field: 'environment.humidity',
      oldValue: '26',
      newValue: '62',
      reason: '录入时数字颠倒',
      operator: 'P001',
      at: group.record.testedAt,
      workstation: '检测台 1',
      previousDigest: sha256Hex(''),
    };
    const batch = await client.batch([
      entryOf('test-record', group.record.recordNo, group.record),
      entryOf('modification', log.logNo, log),
    ]);
    expect(wire.batchReceiptSchema.parse(batch.json).receipts.map((receipt) => receipt.state)).toEqual([
      'accepted',
      'accepted',
    ]);
    expect(wire.reportStateSchema.parse((await sendReport(fixture, group)).json).state).toBe('accepted');

    const answer = await client.send('POST', `${reportPath(group)}/code`);
    const code = wire.reportCodeSchema.parse(answer.json);
    expect(answer.status).toBe(200);
    expect(code).toMatchObject({ reportNo: group.report.reportNo, revision: 1, digest: digestOf(group.report) });
    expect(code.verifyUrl).toBe(`${fixture.platform.url}/verify?code=${code.code}`);

    const file = (bytes: Uint8Array<ArrayBuffer>, claimed = sha256Hex(bytes)) =>
      client.send('PUT', `${reportPath(group)}/file`, { body: bytes, headers: { 'X-Content-SHA256': claimed } });
    expect((await file(PDF, '0'.repeat(64))).json.code).toBe('VALIDATION');
    expect((await file(new Uint8Array(Buffer.from('no pdf')))).json.code).toBe('VALIDATION');
    expect((await file(PDF)).status).toBe(201);
    expect((await file(PDF)).status).toBe(200);
    expect((await file(new Uint8Array(Buffer.from('%PDF-1.7 other')))).json.code).toBe('CONFLICT_CONTENT');
    const state = wire.reportStateSchema.parse((await client.get(reportPath(group))).json);
    expect(state).toMatchObject({ state: 'filed', code });

    const verification = wire.verificationSchema.parse(
      await (await fetch(`${fixture.platform.url}/v1/verify/${code.code}`)).json(),
    );
    expect(verification).toMatchObject({
      status: 'valid',
      reportNo: group.report.reportNo,
      institution: fixture.lab.institution.name,
      project: '云岭花园二期 3 号住宅楼',
      item: '混凝土立方体抗压强度',
      fileSha256: sha256Hex(PDF),
    });
    const page = await fetch(code.verifyUrl);
    const html = await page.text();
    expect(page.headers.get('content-type')).toContain('text/html');
    for (const text of [
      '有效',
      group.report.reportNo,
      fixture.lab.institution.name,
      sha256Hex(PDF),
      group.report.issuedOn,
    ]) {
      expect(html).toContain(text);
    }
  });

  it('answers a repeat as the first time and changes nothing on other content', async () => {
    const { client, platform } = fixture;
    const { group, code } = await sendCoded(fixture, '2026-0002');
    const before = { ...platform.counts(), nonce: 0, batch: 0 };

    const firstBatch = [entryOf('test-record', group.record.recordNo, group.record)];
    const receipts = (await client.batch(firstBatch, 'B-REPEAT')).json as wire.BatchReceipt;
    expect(receipts.receipts[0]?.state).toBe('duplicate');
    expect((await client.batch(firstBatch, 'B-REPEAT')).json).toEqual(receipts);
    expect((await client.get('/v1/batches/B-REPEAT')).json).toEqual(receipts);
    const other = { ...group.record, siteAddress: '别处' };
    expect((await client.batch([entryOf('test-record', other.recordNo, other)], 'B-REPEAT')).status).toBe(409);
    const conflict = await client.batch([entryOf('test-record', other.recordNo, other)]);
    expect((conflict.json as wire.BatchReceipt).receipts[0]).toMatchObject({
      state: 'rejected',
      errors: [{ code: 'CONFLICT_CONTENT' }],
    });

    expect((await sendCommission(fixture, group)).json.state).toBe('active');
    const changed = { ...group.commission, samplerName: '他人' };
    const refused = await client.put(`/v1/commissions/${group.commission.commissionNo}`, changed);
    expect([refused.status, wire.errorSchema.parse(refused.json).code]).toEqual([409, 'CONFLICT_CONTENT']);

    expect((await sendReport(fixture, group)).json.state).toBe('coded');
    const otherReport = await client.put(reportPath(group), { ...group.report, title: '另一份' });
    expect([otherReport.status, otherReport.json.code]).toEqual([409, 'CONFLICT_CONTENT']);

    const asks = await Promise.all([1, 2, 3].map(() => client.send('POST', `${reportPath(group)}/code`)));
    expect(asks.map((answer) => answer.json.code)).toEqual([code, code, code]);
    const curve = group.curves[0] ?? new Uint8Array();
    const again = await client.send('PUT', `/v1/media/${sha256Hex(curve)}`, { body: curve });
    expect(again.status).toBe(200);
    expect({ ...platform.counts(), nonce: 0, batch: 0 }).toEqual(before);
    expect(platform.storedEntry('test-record', group.record.recordNo)).toEqual(group.record);
  });

  it('keeps everything over a restart, the code with its address included', async () => {
    const { group, code } = await sendCoded(fixture, '2026-0003');
    const address = fixture.platform.url;
    const before = fixture.platform.counts();
    const codes = fixture.platform.codes();
    await fixture.restart();
    expect(fixture.platform.counts()).toEqual(before);
    expect(fixture.platform.codes()).toEqual(codes);
    const answer = await fixture.client.send('POST', `${reportPath(group)}/code`);
    expect(answer.json).toMatchObject({ code, verifyUrl: `${address}/verify?code=${code}` });
  });

  it('lists what is missing before it gives a code', async () => {
    const { client } = fixture;
    const group = cubeGroup('2026-0004', fixture.clock.now);
    const ask = () => client.send('POST', `${reportPath(group)}/code`);
    expect((await ask()).json.code).toBe('NOT_FOUND');
    expect((await sendReport(fixture, group)).json.state).toBe('submitted');
    const nothing = await ask();
    expect(nothing.status).toBe(409);
    expect(wire.errorSchema.parse(nothing.json)).toMatchObject({
      code: 'NOT_READY',
      details: [
        { rule: 'commission', field: group.commission.commissionNo },
        { rule: 'test-record', field: group.record.recordNo },
      ],
    });
    await sendCommission(fixture, group);
    // A record without runs is taken, but its item demands acquisition: no code.
    const bare = { ...group.record, acquisitionKeys: [] };
    await client.batch([entryOf('test-record', bare.recordNo, bare)]);
    expect((await ask()).json.details).toMatchObject([{ rule: 'acquisition', field: group.record.recordNo }]);
    await sendRuns(fixture, group);
    await client.batch([entryOf('test-record', group.record.recordNo, group.record, 2)]);
    expect((await client.get(reportPath(group))).json.state).toBe('accepted');
    expect((await ask()).status).toBe(200);
  });

  it('gives no code on runs that were all marked invalid', async () => {
    const { client } = fixture;
    const group = await sendAll(fixture, '2026-0005');
    const invalid = group.runs.map((run) => ({ ...run, validity: 'invalid', reason: '断电' }));
    await client.batch(invalid.map((run) => entryOf('acquisition', run.runNo, run, 2)));
    const answer = await client.send('POST', `${reportPath(group)}/code`);
    expect(answer.json).toMatchObject({ code: 'NOT_READY', details: [{ rule: 'acquisition' }] });
  });

  it('mints codes that are unique, visible and say nothing', async () => {
    const codes = fixture.platform.codes();
    expect(new Set(codes.map((row) => row.code)).size).toBe(codes.length);
    for (const row of codes) {
      expect(row.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{20}$/);
      expect(row.code).not.toContain(row.reportNo.replace(/\D/g, ''));
    }
    expect((await fetch(`${fixture.platform.url}/v1/verify/NOSUCHCODE`)).status).toBe(404);
    const page = await fetch(`${fixture.platform.url}/verify?code=${encodeURIComponent('<script>alert(1)</script>')}`);
    expect(page.status).toBe(404);
    expect(await page.text()).not.toContain('<script>');
  });
});

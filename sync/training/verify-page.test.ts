// What the public reads about a code: the four standings in words, an unknown code in words, and nothing private.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../wire/digest.ts';
import { wireTime } from '../wire/wire-time.ts';
import { type Fixture, reportPath, sendCoded, startFixture } from './testing/fixture.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.close());

async function page(code: string): Promise<{ status: number; text: string; headers: Headers }> {
  const answer = await fetch(`${fixture.platform.url}/verify?code=${encodeURIComponent(code)}`);
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}

const statusOf = async (code: string): Promise<string> =>
  ((await (await fetch(`${fixture.platform.url}/v1/verify/${code}`)).json()) as { status: string }).status;
const heading = (text: string): string => /<h1[^>]*>([^<]*)</.exec(text)?.[1]?.trim() ?? '';

async function nextRevision(group: Awaited<ReturnType<typeof sendCoded>>['group'], revision: number): Promise<string> {
  const { client, clock } = fixture;
  const { reportNo } = group.report;
  await client.json('POST', `/v1/reports/${reportNo}/changes`, {
    changeNo: `BGD-${reportNo}-${revision}`,
    revision,
    reason: '委托单位更名',
    fields: [{ field: 'clientUnit', oldValue: '甲', newValue: '乙' }],
    appliedBy: '区志明',
    approvedBy: 'P004',
    at: wireTime(clock.now),
  });
  await client.put(reportPath(group, revision), { ...group.report, revision });
  return (await client.send('POST', `${reportPath(group, revision)}/code`)).json.code as string;
}

describe('the verify page', () => {
  it('says 有效, with what identifies the report and its file', async () => {
    const { group, code } = await sendCoded(fixture, 'P-0001');
    const before = await page(code);
    expect([before.status, heading(before.text)]).toEqual([200, '有效']);
    expect(before.text).toContain('报告文件尚未归档');
    const file = new Uint8Array(Buffer.from('%PDF-1.7\n% P-0001\n'));
    await fixture.client.send('PUT', `${reportPath(group)}/file`, {
      body: file,
      headers: { 'x-content-sha256': sha256Hex(file), 'content-type': 'application/pdf' },
    });
    const { text, headers } = await page(code);
    for (const words of [
      group.report.reportNo,
      '广东云岭建设工程质量检测有限公司',
      group.commission.projectName,
      '混凝土立方体抗压强度',
      group.report.conclusionText,
      code,
      wireTime(fixture.clock.now).slice(0, 10),
    ]) {
      expect(text).toContain(words);
    }
    // Shown in groups, copied as one word.
    expect(text.replace(/<\/?span>/g, '')).toContain(`>${sha256Hex(file)}<`);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(text).not.toContain('<script');
  });

  it('tells nobody’s name, no client, no data and no reason of the lab', async () => {
    const { group, code } = await sendCoded(fixture, 'P-0002');
    await fixture.client.json('POST', `/v1/reports/${group.report.reportNo}/void`, {
      reason: '委托方张三来电要求撤回',
      by: 'P004',
      at: wireTime(fixture.clock.now),
    });
    const { text } = await page(code);
    const { commission, record, report } = group;
    for (const secret of [
      report.tester.name,
      report.checker.name,
      report.approver.name,
      commission.witnessName,
      commission.samplerName,
      commission.clientUnit,
      commission.ownerUnit,
      commission.contractorUnit,
      commission.samples[0]!.structurePart,
      commission.commissionNo,
      record.recordNo,
      '812.5',
      '张三',
      report.contentSha256,
      report.auditHead,
    ]) {
      expect(text).not.toContain(secret);
    }
  });

  it('says 已被代替 and names the revision that counts, also after a second change', async () => {
    const { group, code } = await sendCoded(fixture, 'P-0003');
    const second = await nextRevision(group, 2);
    const { text } = await page(code);
    expect(heading(text)).toBe('已被代替');
    expect(text).toContain(`已由报告 ${group.report.reportNo} 第 2 版代替`);
    expect(heading((await page(second)).text)).toBe('有效');
    const third = await nextRevision(group, 3);
    expect((await page(code)).text).toContain('第 3 版代替');
    expect((await page(second)).text).toContain('第 3 版代替');
    expect([await statusOf(code), await statusOf(second), await statusOf(third)]).toEqual([
      'replaced',
      'replaced',
      'valid',
    ]);
    expect((await fixture.client.get(reportPath(group))).json.state).toBe('replaced');
  });

  it('says 已作废 for a void report in every revision, and 已撤销 for a revoked code; both are void on the wire', async () => {
    const { group, code } = await sendCoded(fixture, 'P-0004');
    const second = await nextRevision(group, 2);
    await fixture.client.json('POST', `/v1/reports/${group.report.reportNo}/void`, {
      reason: '委托方撤回',
      by: 'P004',
      at: wireTime(fixture.clock.now),
    });
    for (const one of [code, second]) {
      expect(heading((await page(one)).text)).toBe('已作废');
      expect(await statusOf(one)).toBe('void');
    }
    const other = await sendCoded(fixture, 'P-0005');
    fixture.platform.supervisor.revokeCode(other.code, '涉嫌造假（举报人李四）');
    const revoked = (await page(other.code)).text;
    expect(heading(revoked)).toBe('已撤销');
    expect(revoked).not.toContain('李四');
    expect(await statusOf(other.code)).toBe('void');
    const third = await sendCoded(fixture, 'P-0006');
    fixture.platform.supervisor.voidCommission(third.group.commission.commissionNo, '虚假委托');
    expect(heading((await page(third.code)).text)).toBe('已作废');
  });

  it('says in words that a code is not known, whatever was typed', async () => {
    const none = await page('<img src=x onerror=alert(1)>');
    expect([none.status, heading(none.text)]).toEqual([404, '查无此码']);
    expect(none.text).toContain('&lt;img');
    expect(none.text).not.toContain('<img');
    expect(none.text).toContain('请勿采信');
    const long = await page('A'.repeat(5000));
    expect(long.text).not.toContain('A'.repeat(65));
    const empty = await page('');
    expect([empty.status, heading(empty.text)]).toEqual([200, '查验报告']);
  });
});

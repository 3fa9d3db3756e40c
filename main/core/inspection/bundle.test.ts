// The bundle as an inspector has it: unpacked into a folder, checked by its own program and no other. Whole, it says so;
// with any file altered, taken away or put in, it names the first fault.
import { execFile } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { approve, eventually, signCheck, signTest, testedGroup } from '../../../tests/support/mainJob.ts';
import { openTestCore, refusalOf, type TestCore } from '../../../tests/support/testCore.ts';
import { sha256Hex } from '../../../sync/wire/digest.ts';
import { createReportRenderer, type ReportRenderer } from '../../reports/renderer.ts';
import { auditHash, type AuditEntry } from '../../store/audit.ts';
import { verifyStore } from '../../store/verify.ts';
import { makeBundle, type Bundle } from './bundle.ts';
import { knownFingerprint } from './signingKey.ts';

const actor = { actor: '质量负责人(zhiliang)', workstation: '测试' };
let lab: TestCore;
let renderer: ReportRenderer;
let recordNos: string[];
let made: Bundle;
let whole: string;
let folder: string;

beforeAll(async () => {
  lab = await openTestCore();
  renderer = createReportRenderer({});
  recordNos = [];
  for (const loads of [undefined, ['701.00', '702.00', '703.00'], ['690.00', '692.00', '694.00']]) {
    const { record } = await testedGroup(lab, loads ? { loads } : {});
    recordNos.push(record.recordNo);
    if (recordNos.length === 3) break;
    await signTest(lab, record.recordNo);
    await signCheck(lab, record.recordNo);
    const reportNo = await approve(lab, record.recordNo);
    await eventually(() => (lab.store.get('report', `${reportNo}#1`)?.['state'] === 'filed' ? true : null));
  }
  // One issued and one still open; the second issued one belongs to somebody else.
  made = await makeBundle(lab.context, renderer, actor, { recordNos: [recordNos[0] ?? '', recordNos[2] ?? ''], reason: '飞行检查' }); // prettier-ignore
  whole = unpack(made);
  folder = `${whole}-work`;
}, 120_000);
afterAll(async () => {
  for (const one of [whole, folder]) rmSync(one, { recursive: true, force: true });
  await renderer.close();
  await lab.stop();
});
beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  cpSync(whole, folder, { recursive: true });
});

function unpack({ bytes }: Bundle): string {
  const to = mkdtempSync(join(tmpdir(), 'jiantai-bundle-'));
  for (const [path, content] of Object.entries(unzipSync(bytes))) {
    mkdirSync(dirname(join(to, path)), { recursive: true });
    writeFileSync(join(to, path), content);
  }
  return to;
}

/** The bundle's own program, in a process of its own with nothing of ours to import. */
const check = (...args: string[]) =>
  new Promise<{ status: number; out: string; said: string }>((resolve) => {
    execFile(process.execPath, [join(folder, 'verify.mjs'), ...args], { cwd: tmpdir(), env: {} }, (cause, out, said) =>
      resolve({ status: Number(cause?.code ?? 0), out, said }),
    );
  });
const text = (path: string) => readFileSync(join(folder, path), 'utf8');
const files = () => readdirSync(whole, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(whole.length + 1)); // prettier-ignore

test('whole: everything is counted, the heads and the key are said for comparing', async () => {
  const { status, out, said } = await check();
  expect({ status, said }).toEqual({ status: 0, said: '' });
  expect(out).toContain('✓ 全部一致');
  expect(out).toMatch(/采集 6 次 · 报告 1 份/);
  expect(out).toContain(made.fingerprint);
  expect(out).toMatch(/报告 BG\d+-\d+ 第 1 版的链头 [0-9a-f]{16}/);
  expect(made.fingerprint).toBe(knownFingerprint(lab.store));
  expect((await check('--key', made.fingerprint)).status).toBe(0);
  expect((await check(folder)).status).toBe(0);
});

test('it holds the papers, the raw bytes and the words, and nothing of anybody else', () => {
  const listed = files();
  expect(listed.filter((path) => path.endsWith('.run'))).toHaveLength(6);
  for (const recordNo of [recordNos[0], recordNos[2]])
    expect(
      readFileSync(join(whole, `records/${recordNo}/record.pdf`))
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  expect(text('说明.txt')).toContain(made.fingerprint);
  const other = recordNos[1] ?? 'none';
  for (const path of listed.filter((one) => !/\.(pdf|run)$/.test(one))) expect(text(path), path).not.toContain(other);
  // The chain goes on through the others' entries, as hashes alone.
  const lines = text('chain/audit.jsonl').trimEnd().split('\n').map((line) => JSON.parse(line) as Partial<AuditEntry>); // prettier-ignore
  expect(lines.some(({ action }) => action === undefined)).toBe(true);
  expect(lines.at(-1)?.seq).toBe(lines.length + (lines[0]?.seq ?? 0) - 1);
});

describe('altered, one file after the other', () => {
  test('one byte of each file', async () => {
    for (const path of files()) {
      rmSync(folder, { recursive: true, force: true });
      cpSync(whole, folder, { recursive: true });
      if (path === 'verify.mjs') {
        writeFileSync(join(folder, path), `${text(path)}\n`);
      } else {
        const bytes = readFileSync(join(folder, path));
        const at = Math.floor(bytes.length / 2);
        bytes[at] = (bytes[at] ?? 0) ^ 1;
        writeFileSync(join(folder, path), bytes);
      }
      const { status, said } = await check();
      expect(status, path).toBe(1);
      expect(said, path).toMatch(path.startsWith('manifest.') ? /✕ 发现问题/ : new RegExp(`文件 ${path.replaceAll('.', '\\.')} 被改动过`)); // prettier-ignore
    }
  }, 60_000);

  test('each file taken away', async () => {
    for (const path of files().filter((one) => one !== 'verify.mjs')) {
      rmSync(folder, { recursive: true, force: true });
      cpSync(whole, folder, { recursive: true });
      rmSync(join(folder, path));
      const { status, said } = await check();
      expect(status, path).toBe(1);
      expect(said, path).toContain(path);
    }
  }, 60_000);

  test('a file put in', async () => {
    writeFileSync(join(folder, 'records', 'extra.json'), '{}');
    expect((await check()).said).toContain('records/extra.json 不在清单里');
  });
});

type Manifest = { publicKey: string; files: { path: string; sha256: string; bytes: number }[]; chain: { head: string; to: number } }; // prettier-ignore

/** Somebody who alters the bundle and makes list and signature anew with a key of their own. */
function signedAnew(change: (manifest: Manifest) => void = () => undefined): void {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const manifest = JSON.parse(text('manifest.json')) as Manifest;
  manifest.publicKey = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  for (const file of manifest.files) {
    const bytes = readFileSync(join(folder, file.path));
    Object.assign(file, { sha256: sha256Hex(bytes), bytes: bytes.length });
  }
  change(manifest);
  const listed = JSON.stringify(manifest);
  writeFileSync(join(folder, 'manifest.json'), listed);
  writeFileSync(join(folder, 'manifest.sig'), sign(null, Buffer.from(listed), privateKey).toString('base64'));
}
const put = (path: string, content: string | Uint8Array) => writeFileSync(join(folder, path), content);
const rows = () => JSON.parse(text('rows.json')) as { keys: object; rows: Record<string, Record<string, unknown>[]> };
const chainOf = () => text('chain/audit.jsonl').trimEnd().split('\n').map((line) => JSON.parse(line) as AuditEntry); // prettier-ignore
const putChain = (entries: readonly AuditEntry[]) => put('chain/audit.jsonl', `${entries.map((entry) => JSON.stringify(entry)).join('\n')}\n`); // prettier-ignore

describe('altered and signed anew with another key', () => {
  test('the key is another one', async () => {
    signedAnew();
    expect((await check('--key', made.fingerprint)).said).toContain('不是用机构告知的公钥签的');
  });

  test.each<[string, () => void, RegExp]>([
    ['a value of a row', () => { const all = rows(); (all.rows['run']?.[0] ?? {})['peakKn'] = '999.00'; put('rows.json', JSON.stringify(all)); }, /run .* 的 peakKn 与审计记录不一致/],
    ['a row left out', () => { const all = rows(); all.rows['signature']?.pop(); put('rows.json', JSON.stringify(all)); }, /signature .* 被删除/],
    ['a row put in', () => { const all = rows(); all.rows['signature']?.push({ ...all.rows['signature'][0], signatureId: 'X' }); put('rows.json', JSON.stringify(all)); }, /signature X 没有审计记录/],
    ['an entry of the chain', () => putChain(chainOf().map((entry) => (entry.entity === 'run' ? { ...entry, actor: '别人' } : entry))), /审计链第 \d+ 条（run .*）的内容被改动/],
    ['an entry with its own hash anew', () => { const all = chainOf(); const at = all.findIndex(({ entity }) => entity === 'run'); const forged = { ...(all[at] as AuditEntry), actor: '别人' }; all[at] = { ...forged, hash: auditHash(forged) }; putChain(all); }, /不衔接|链头/],
    ['an entry left out', () => putChain(chainOf().filter((_, at) => at !== 40)), /审计链在第 \d+ 条断开/],
    ['the end of the chain', () => putChain(chainOf().slice(0, -1)), /没有到清单所说的链头/],
  ])('%s', async (_, change, words) => {
    change();
    signedAnew();
    expect((await check()).said).toMatch(words);
  }); // prettier-ignore

  test('a run exchanged for another whole one; a byte of a run; bytes behind it', async () => {
    const [one = '', two = ''] = files().filter((path) => path.endsWith('.run'));
    put(one, readFileSync(join(folder, two)));
    signedAnew();
    expect((await check()).said).toContain('不是同一份数据');
    const bytes = readFileSync(join(whole, one));
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    put(one, bytes);
    signedAnew();
    expect((await check()).said).toMatch(/被改动过|不是同一份数据/);
    put(one, Buffer.concat([readFileSync(join(whole, one)), Buffer.from('x')]));
    signedAnew();
    expect((await check()).said).toContain('与入库时的摘要不符');
  });

  test('a report exchanged', async () => {
    const [path = ''] = files().filter((one) => one.startsWith('reports/'));
    put(path, 'not the report');
    signedAnew();
    expect((await check()).said).toContain(`${path} 与数据行里的校验值不符`);
  });

  test('the chain made anew from the first entry on: the head of the report is no longer in it', async () => {
    let previousHash = '';
    const head = (chain: AuditEntry[]) => chain.at(-1)?.hash ?? '';
    const forged = chainOf().map((entry) => {
      const body = entry.action === undefined ? entry : { ...entry, actor: entry.seq > 30 ? entry.actor : '别人', previousHash: previousHash || entry.previousHash }; // prettier-ignore
      const hash = entry.action === undefined ? sha256Hex(`${previousHash}${entry.seq}`) : auditHash(body);
      previousHash = hash;
      return { ...body, hash };
    });
    putChain(forged);
    signedAnew((manifest) => (manifest.chain.head = head(forged)));
    expect((await check()).said).toMatch(/批准时的链头 [0-9a-f]{16} 不在审计链里/);
  });
});

test('the making is in the audit chain, with who, why and the digest; the key is sealed', async () => {
  const event = lab.store.first(`SELECT * FROM audit WHERE entity = 'inspection' ORDER BY seq DESC LIMIT 1`);
  expect(event).toMatchObject({ actor: actor.actor, reason: '飞行检查', action: 'event' });
  expect(String(event?.['newValue'])).toContain(sha256Hex(made.bytes));
  const sealed = String(lab.store.get('secret', 'inspectionKey')?.['sealed']);
  const clear = await lab.context.secrets.open(sealed);
  expect(sealed).not.toContain(clear);
  expect(JSON.stringify(lab.store.all('SELECT * FROM audit'))).not.toContain(clear);
  expect(verifyStore(lab.store.database).firstFault).toBeNull();
});

test('a record that is not there, none, and a raw file that is gone: nothing is made and nothing is said to be', async () => {
  const before = lab.store.auditHead().seq;
  const ask = (numbers: string[]) => makeBundle(lab.context, renderer, actor, { recordNos: numbers, reason: '检查' });
  expect((await refusalOf(ask([]))).code).toBe('BUNDLE_RECORDS');
  expect((await refusalOf(ask(['YS2026-999999']))).code).toBe('NOT_FOUND');
  expect((await refusalOf(ask(Array.from({ length: 201 }, (_, n) => `YS${n}`)))).code).toBe('BUNDLE_RECORDS');
  expect(lab.store.auditHead().seq).toBe(before);
});

// 检台检查包校验程序。只用 Node.js 自带的模块，不联网，不写文件。
// 用法：node verify.mjs [检查包解开后的文件夹] [--key 公钥指纹]
//
// 依次检查，遇到第一处问题就停下并说明：
//   1. 清单的签名（Ed25519）；给了 --key 时，公钥须是机构告知的那一把
//   2. 每个文件的 SHA-256 与清单一致，不多不少
//   3. 审计链：序号连续，每一条的散列由它的内容和前一条的散列算出，末条就是清单里的链头
//   4. 数据行与审计链逐项一致：没有绕过程序改动、删除或添加的行
//   5. 原始采集文件：块链完整，与数据行里的校验值一致
//   6. 报告文件与数据行里的校验值一致；报告批准时的链头在审计链里
// 程序很短，请通读后再用。
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const hex = (bytes) => sha256(bytes).toString('hex');

class Fault extends Error {}
const fail = (words) => {
  throw new Fault(words);
};

const args = process.argv.slice(2);
const keyAt = args.indexOf('--key');
const expectedKey = keyAt < 0 ? null : (args.splice(keyAt, 2)[1] ?? '').replaceAll(/[\s:]/g, '').toLowerCase();
const folder = args[0] ?? fileURLToPath(new URL('.', import.meta.url));
const read = (path) => {
  try {
    return readFileSync(join(folder, path));
  } catch {
    return fail(`文件 ${path} 不见了。`);
  }
};
const json = (path) => {
  try {
    return JSON.parse(read(path).toString('utf8'));
  } catch (cause) {
    return cause instanceof Fault ? fail(cause.message) : fail(`文件 ${path} 的内容读不懂。`);
  }
};

/** 1. 签名 */
function checkSignature() {
  const bytes = read('manifest.json');
  const manifest = json('manifest.json');
  if (manifest.format !== 'jiantai-inspection/1') fail('清单的格式不是本程序认识的。');
  const fingerprint = hex(Buffer.from(manifest.publicKey, 'base64'));
  const key = createPublicKey({ key: Buffer.from(manifest.publicKey, 'base64'), format: 'der', type: 'spki' });
  const signature = Buffer.from(read('manifest.sig').toString('utf8').trim(), 'base64');
  if (!verify(null, bytes, key, signature)) fail('清单的签名不对：清单或签名被改动过。');
  if (expectedKey !== null && (expectedKey.length < 16 || !fingerprint.startsWith(expectedKey)))
    fail(`清单不是用机构告知的公钥签的（清单里的公钥指纹 ${fingerprint.slice(0, 16)}）。`);
  return { manifest, fingerprint };
}

/** 2. 文件 */
function checkFiles({ files }) {
  const signed = new Set(['manifest.json', 'manifest.sig', ...files.map(({ path }) => path)]);
  for (const { path, sha256: digest, bytes } of files) {
    const content = read(path);
    if (hex(content) !== digest) fail(`文件 ${path} 被改动过（应有 ${bytes} 字节，现有 ${content.length} 字节）。`);
  }
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/');
    if (!signed.has(path)) fail(`文件 ${path} 不在清单里，是后来放进来的。`);
  }
}

/** 3. 审计链。别人的条目只有序号和散列，内容不外传；它们的位置由前后条目的散列固定。 */
const hashOf = (e) =>
  hex(
    JSON.stringify([
      e.previousHash,
      e.seq,
      e.at,
      e.actor,
      e.workstation,
      e.action,
      e.entity,
      e.entityKey,
      e.field,
      e.oldValue,
      e.newValue,
      e.reason,
    ]),
  );

function checkChain({ chain }) {
  const places = new Map();
  const entries = [];
  let previous = null;
  for (const line of read('chain/audit.jsonl').toString('utf8').split('\n')) {
    if (line === '') continue;
    const entry = JSON.parse(line);
    const expected = previous === null ? chain.from : previous.seq + 1;
    if (entry.seq !== expected) fail(`审计链在第 ${expected} 条断开：下一条是第 ${entry.seq} 条。`);
    if (entry.action !== undefined) {
      if (previous !== null && entry.previousHash !== previous.hash) fail(`审计链第 ${entry.seq} 条与前一条不衔接。`);
      if (hashOf(entry) !== entry.hash)
        fail(`审计链第 ${entry.seq} 条（${entry.entity} ${entry.entityKey}）的内容被改动。`);
      entries.push(entry);
    }
    places.set(entry.hash, entry.seq);
    previous = entry;
  }
  if (previous === null || previous.seq !== chain.to || previous.hash !== chain.head)
    fail(`审计链没有到清单所说的链头（第 ${chain.to} 条）。`);
  return { entries, places };
}

/** 4. 数据行 */
function checkRows(entries) {
  const { keys, rows } = json('rows.json');
  const replayed = new Map();
  for (const { action, entity, entityKey, field, newValue } of entries) {
    if (action !== 'insert' && action !== 'update') continue;
    const at = `${entity}\u0000${entityKey}`;
    if (action === 'insert') replayed.set(at, JSON.parse(newValue));
    else if (replayed.has(at)) replayed.get(at)[field] = JSON.parse(newValue);
  }
  let count = 0;
  for (const [table, list] of Object.entries(rows)) {
    for (const row of list) {
      const key = keys[table].map((column) => String(row[column])).join('\u001f');
      const at = `${table}\u0000${key}`;
      const wanted = replayed.get(at);
      if (wanted === undefined) fail(`${table} ${key} 没有审计记录：它是绕过程序写入的。`);
      for (const column of new Set([...Object.keys(row), ...Object.keys(wanted)])) {
        if (JSON.stringify(row[column] ?? null) !== JSON.stringify(wanted[column] ?? null))
          fail(`${table} ${key} 的 ${column} 与审计记录不一致：它是绕过程序改动的。`);
      }
      replayed.delete(at);
      count += 1;
    }
  }
  for (const at of replayed.keys()) fail(`${at.replace('\u0000', ' ')} 被删除：审计记录里有它，数据行里没有。`);
  return { rows, count };
}

/** 5. 原始采集文件：文件头，然后一块接一块，每块的散列盖住前一块的散列。 */
const magic = Buffer.from('JTRUN1\n', 'ascii');
function runDigest(path) {
  const data = read(path);
  const headerEnd = magic.length + 4 + (data.length > magic.length + 4 ? data.readUInt32BE(magic.length) : 0);
  if (!data.subarray(0, magic.length).equals(magic) || headerEnd + 32 > data.length) fail(`${path} 的文件头残缺。`);
  let hash = sha256(data.subarray(0, headerEnd));
  if (!hash.equals(data.subarray(headerEnd, headerEnd + 32))) fail(`${path} 的文件头被改动过。`);
  for (let at = headerEnd + 32, block = 0; at + 25 <= data.length; block += 1) {
    const end = at + 25 + data.readUInt32BE(at + 21);
    if (end + 32 > data.length) break;
    hash = sha256(hash, data.subarray(at, end));
    if (!hash.equals(data.subarray(end, end + 32))) fail(`${path} 第 ${block} 块被改动过。`);
    at = end + 32;
  }
  return hash.toString('hex');
}

function checkRuns({ run: runs = [] }) {
  for (const { runNo, rawDigest, fileSha256 } of runs) {
    const path = `runs/${runNo}.run`;
    if (runDigest(path) !== rawDigest) fail(`${path} 自身完整，但与数据行里的校验值不符，不是同一份数据。`);
    if (hex(read(path)) !== fileSha256) fail(`${path} 与入库时的摘要不符。`);
  }
  return runs.length;
}

/** 6. 报告和链头 */
function checkReports({ report: reports = [] }, { heads }, places) {
  for (const { reportNo, revision, codedSha256, contentSha256 } of reports) {
    const digest = codedSha256 ?? contentSha256;
    if (digest !== null && hex(read(`reports/${reportNo}-${revision}.pdf`)) !== digest)
      fail(`reports/${reportNo}-${revision}.pdf 与数据行里的校验值不符。`);
  }
  for (const { reportNo, revision, head } of heads) {
    if (!places.has(head)) fail(`报告 ${reportNo} 第 ${revision} 版批准时的链头 ${head.slice(0, 16)} 不在审计链里。`);
  }
  return reports.length;
}

try {
  const { manifest, fingerprint } = checkSignature();
  checkFiles(manifest);
  const { entries, places } = checkChain(manifest);
  const { rows, count } = checkRows(entries);
  const runs = checkRuns(rows);
  const reports = checkReports(rows, manifest, places);
  console.log('✓ 全部一致，没有发现改动。');
  console.log(
    `文件 ${manifest.files.length} 个 · 审计 ${entries.length} 条（链上 ${places.size} 条）· 数据 ${count} 行 · 采集 ${runs} 次 · 报告 ${reports} 份`,
  );
  console.log(`链头 ${manifest.chain.head}（第 ${manifest.chain.to} 条，${manifest.madeAt}）`);
  console.log(`公钥指纹 ${fingerprint.slice(0, 16)}——请与机构检台“审计”页上显示的核对。`);
  for (const { reportNo, revision, head } of manifest.heads)
    console.log(
      `报告 ${reportNo} 第 ${revision} 版的链头 ${head.slice(0, 16)}——请与纸质报告上印的、监管平台收到的核对。`,
    );
} catch (cause) {
  console.error(`✕ 发现问题：${cause instanceof Fault ? cause.message : String(cause)}`);
  process.exitCode = 1;
}

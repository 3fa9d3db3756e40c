// 检查包: what an inspector takes away. One zip with the records, their raw runs, the reports, the entries of the audit
// chain that tell of them, a signed list of digests, and a short program that checks all of it without ours.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync, type Zippable } from 'fflate';
import { ulid } from 'ulid';
import { toCalendarDay, toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { sha256Hex } from '../../../sync/wire/digest.ts';
import type { ReportRenderer } from '../../reports/renderer.ts';
import { nullableText as nullable, textOf as text } from '../../store/cells.ts';
import { requireRow } from '../../store/store.ts';
import type { AuditActor } from '../../store/audit.ts';
import type { Context } from '../context.ts';
import { programVersion } from '../program.ts';
import { buildRecordPaper } from '../reports/recordPaper.ts';
import { recordFacts, recordOf } from '../records/recordRows.ts';
import { reportHeads } from '../witness/heads.ts';
import { readmeText } from './readme.ts';
import { belongingRows, chainLines, type BelongingRows } from './rows.ts';
import { fingerprintOf, signingKey } from './signingKey.ts';

/** More would make a file that nobody can open; the command line takes as many bundles as are wanted. */
export const mostRecords = 200;
const mostBytes = 400 * 1024 * 1024;
const verifier = new URL('./verifier/verify.mjs', import.meta.url);

export interface BundleInput {
  recordNos: readonly string[];
  /** For whom, in words; it stands in the bundle and in the audit chain. */
  reason: string;
}

export interface Bundle {
  fileName: string;
  bytes: Uint8Array;
  fingerprint: string;
  files: number;
}

export async function makeBundle(
  context: Context,
  renderer: Pick<ReportRenderer, 'renderRecord'>,
  actor: AuditActor,
  { recordNos: asked, reason }: BundleInput,
): Promise<Bundle> {
  const { store } = context;
  const recordNos = [...new Set(asked)].toSorted();
  if (recordNos.length === 0 || recordNos.length > mostRecords) throw tooMany(recordNos.length);
  for (const recordNo of recordNos) requireRow(store.get('testRecord', recordNo), '原始记录', recordNo);
  const key = await signingKey(context, actor);
  const files: Record<string, Uint8Array> = {};
  for (const recordNo of recordNos) {
    const pdf = await printed(context, renderer, recordNo);
    if (pdf !== null) files[`records/${recordNo}/record.pdf`] = pdf;
  }

  // From here on in one go, so that rows and chain are of the same moment.
  const belonging = belongingRows(store, recordNos);
  for (const recordNo of recordNos)
    files[`records/${recordNo}/record.json`] = utf8(recordOf(store, recordFacts(store, recordNo)));
  addFiles(context, files, belonging);
  const chain = chainLines(store, belonging);
  files['rows.json'] = utf8(belonging);
  files['chain/audit.jsonl'] = strToU8(`${chain.lines.join('\n')}\n`);
  files['verify.mjs'] = readFileSync(verifier);
  const madeAt = toWallTime(context.now());
  const fingerprint = fingerprintOf(key.publicKey);
  const institution = text(store.first('SELECT name FROM institution')?.['name']);
  files['说明.txt'] = strToU8(readmeText({ institution, madeAt, madeBy: actor.actor, reason, recordNos, fingerprint }));
  refuseTooBig(files);

  const reportKeys = new Set((belonging.rows['report'] ?? []).map((row) => text(row['reportKey'])));
  const manifest = {
    format: 'jiantai-inspection/1',
    bundleId: ulid(),
    institution,
    madeAt,
    madeBy: actor.actor,
    reason,
    program: programVersion(),
    recordNos,
    chain: { from: chain.from, to: chain.to, head: chain.head },
    heads: reportHeads(store)
      .filter(({ reportNo, revision }) => reportKeys.has(`${reportNo}#${revision}`))
      .map(({ reportNo, revision, head, seq }) => ({ reportNo, revision, head, seq })),
    publicKey: key.publicKey,
    files: Object.entries(files)
      .map(([path, bytes]) => ({ path, sha256: sha256Hex(bytes), bytes: bytes.length }))
      .toSorted((a, b) => (a.path < b.path ? -1 : 1)),
  };
  const listed = utf8(manifest);
  const zipped: Zippable = {
    ...files,
    'manifest.json': listed,
    'manifest.sig': strToU8(`${key.sign(listed).toString('base64')}\n`),
  };
  const bytes = zipSync(zipped, { level: 6 });
  store.transact(actor, (tx) =>
    tx.event(
      'inspection',
      manifest.bundleId,
      `导出检查包：原始记录 ${recordNos.join('、')}，${manifest.files.length} 个文件，SHA-256 ${sha256Hex(bytes)}`,
      reason,
    ),
  );
  return { fileName: `检查包-${toCalendarDay(context.now())}-${recordNos[0]}.zip`, bytes, fingerprint, files: manifest.files.length }; // prettier-ignore
}

const utf8 = (value: unknown): Uint8Array => strToU8(`${JSON.stringify(value, null, 1)}\n`);

/** The paper; null where the record is not far enough to have one. */
async function printed(
  context: Context,
  renderer: Pick<ReportRenderer, 'renderRecord'>,
  recordNo: string,
): Promise<Uint8Array | null> {
  try {
    return await renderer.renderRecord(await buildRecordPaper(context, recordNo));
  } catch (cause) {
    if (cause instanceof AppError && cause.info.code === 'RECORD_NOT_PRINTABLE') return null;
    throw cause;
  }
}

/** Raw runs, files of instruments and issued reports, as they lie on the disk: whether they are right is for the checker. */
function addFiles(context: Context, files: Record<string, Uint8Array>, { rows }: BelongingRows): void {
  for (const run of rows['run'] ?? [])
    files[`runs/${text(run['runNo'])}.run`] = bytesOf(join(context.files.runsFolder, text(run['file'])));
  for (const media of rows['media'] ?? []) {
    if (media['kind'] !== 'instrument-file') continue;
    const path = text(media['path']);
    files[`instrument-files/${path.split(/[/\\]/).at(-1) ?? ''}`] = bytesOf(join(context.dataFolder, path));
  }
  for (const report of rows['report'] ?? []) {
    const sha256 = nullable(report['codedSha256'] ?? report['contentSha256']);
    if (sha256 === null) continue;
    files[`reports/${text(report['reportNo'])}-${text(report['revision'])}.pdf`] = bytesOf(
      join(context.files.reportsFolder, `${sha256}.pdf`),
    );
  }
}

function bytesOf(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new AppError(
      {
        code: 'FILE_DAMAGED',
        message: `文件 ${path} 不见了，或读不出来。`,
        meaning: '没有导出检查包。',
        next: '请先在“审计”里校验全部数据，并从备份恢复缺少的文件。',
      },
      { cause },
    );
  }
}

const tooMany = (count: number): AppError =>
  new AppError({
    code: 'BUNDLE_RECORDS',
    message: count === 0 ? '没有指定原始记录。' : `一次最多导出 ${mostRecords} 份原始记录，现有 ${count} 份。`,
    meaning: '没有导出检查包。',
    next: count === 0 ? '请填写原始记录编号。' : '请分几次导出。',
  });

function refuseTooBig(files: Record<string, Uint8Array>): void {
  const bytes = Object.values(files).reduce((sum, one) => sum + one.length, 0);
  if (bytes <= mostBytes) return;
  throw new AppError({
    code: 'BUNDLE_TOO_BIG',
    message: `这些记录的文件共 ${Math.round(bytes / 1024 / 1024)} MB，一个检查包最多 ${mostBytes / 1024 / 1024} MB。`,
    meaning: '没有导出检查包。',
    next: '请分几次导出。',
  });
}

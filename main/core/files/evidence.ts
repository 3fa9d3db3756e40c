// Proof that people bring: told by its bytes and not by its name, kept by content, shown only as it was given.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  evidenceTypes,
  mostEvidenceBytes,
  type BroughtFile,
  type Evidence,
} from '../../../shared/entities/evidence.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { sha256Hex } from '../../../sync/wire/digest.ts';
import { textOf as text } from '../../store/cells.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { TableName } from '../../store/tables.ts';
import type { Caller, Context } from '../context.ts';

type EvidenceType = keyof typeof evidenceTypes;

const magic: readonly (readonly [EvidenceType, readonly number[]])[] = [
  ['pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['jpg', [0xff, 0xd8, 0xff]],
  ['png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
];

export interface ReadEvidence {
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly extension: EvidenceType;
}

/** A PDF or a picture of at most ten megabytes, or a refusal (EVIDENCE_REFUSED). */
export function readEvidence({ fileName, bytesBase64 }: BroughtFile): ReadEvidence {
  const bytes = Buffer.from(bytesBase64, 'base64');
  const found = magic.find(([, start]) => start.every((byte, index) => bytes[index] === byte));
  if (found && bytes.length <= mostEvidenceBytes) return { fileName, bytes, extension: found[0] };
  throw new AppError({
    code: 'EVIDENCE_REFUSED',
    message: `证明材料“${fileName}”${found ? `超过 ${mostEvidenceBytes / 1024 / 1024} MB` : '不是 PDF、JPG 或 PNG 文件'}。`,
    meaning: '证明材料要能长期读出；没有提交，已填写的内容都还在。',
    next: '请扫描成 PDF，或拍成照片后再附。',
  });
}

export interface KeptEvidence extends Evidence {
  readonly path: string;
}

/** On the disk before the row that names it. */
export function keepEvidence(
  context: Pick<Context, 'files'>,
  { fileName, bytes, extension }: ReadEvidence,
): KeptEvidence {
  return { ...context.files.keepSource(bytes, extension), fileName, bytes: bytes.length };
}

export function registerEvidence(tx: Transaction, kept: readonly KeptEvidence[]): void {
  for (const { sha256, path, bytes } of kept)
    if (!tx.get('media', sha256)) tx.insert('media', { sha256, path, bytes, kind: 'evidence' });
}

/** What a file belongs to: its row, and its name in a sentence. */
export interface EvidenceOwner {
  readonly entity: TableName;
  readonly key: string;
  readonly name: string;
}

/** A file as it was given, or a refusal (FILE_DAMAGED): what was exchanged on the disk is not shown. Who looked at it is
 * in the audit chain. */
export function showEvidence(
  context: Pick<Context, 'store' | 'dataFolder'>,
  caller: Caller,
  { entity, key, name }: EvidenceOwner,
  sha256: string,
  among: readonly Pick<Evidence, 'sha256' | 'fileName'>[],
): { fileName: string; type: string; bytesBase64: string } {
  const file = among.find((one) => one.sha256 === sha256);
  const media = context.store.get('media', sha256);
  const bytes = file && media ? bytesOf(join(context.dataFolder, text(media['path']))) : null;
  if (!file || !bytes || sha256Hex(bytes) !== sha256) {
    throw new AppError({
      code: 'FILE_DAMAGED',
      message: `${name}的证明材料${file ? `“${file.fileName}”不见了，或与登记的摘要不符` : '没有这一份'}。`,
      meaning: '该文件被移动、删除或改动过。',
      next: '请从备份恢复 files 文件夹，并联系质量负责人。',
    });
  }
  context.store.transact(caller.actor, (tx) => tx.event(entity, key, `查看${name}的“${file.fileName}”`));
  const extension = text(media?.['path']).split('.').at(-1) as EvidenceType;
  return { fileName: file.fileName, type: evidenceTypes[extension], bytesBase64: bytes.toString('base64') };
}

function bytesOf(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

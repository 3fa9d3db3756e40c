// Images of signatures and of the seal: entered by who keeps people, in force when the owner has confirmed them with a
// password, withdrawn with a reason. Nobody gives himself another person's signature image.
import { ulid } from 'ulid';
import type { z } from 'zod';
import { imageKindNames, type imageCalls, type ImageEntry } from '../../../shared/images/calls.ts';
import { permits } from '../../../shared/entities/roles.ts';
import { toCalendarDay, toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { nullableText, textOf as text } from '../../store/cells.ts';
import { requireRow } from '../../store/store.ts';
import type { Row } from '../../store/tables.ts';
import type { ReportRenderer } from '../../reports/renderer.ts';
import type { Caller, Context } from '../context.ts';
import { keepEvidence, registerEvidence } from '../files/evidence.ts';
import type { Reader } from '../records/runRows.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { imageAt } from './imageAt.ts';
import { imageRefused, readPicture } from './readPicture.ts';

export type EnterInput = z.output<(typeof imageCalls)['images.enter']['input']>;

const actOf = (reader: Reader, imageId: string, act: 'confirmed' | 'withdrawn'): ImageEntry['confirmed'] => {
  const row = reader.get('paperImageAct', imageId, act);
  return row ? { byName: text(row['byName']), at: text(row['at']), reason: nullableText(row['reason']) } : null;
};

const isKeeper = (caller: Caller): boolean => permits(caller.user.roles, 'person.keep');

/** A signature by its owner alone; the seal by a second person who signs reports. */
function mayConfirm(caller: Caller, row: Row): boolean {
  if (row['kind'] === 'signature') return row['personId'] === caller.user.personId;
  return permits(caller.user.roles, 'report.approve') && row['enteredById'] !== caller.user.personId;
}
const mayShow = (caller: Caller, row: Row): boolean =>
  isKeeper(caller) || row['personId'] === caller.user.personId || mayConfirm(caller, row);

function entryOf(context: Context, caller: Caller, row: Row): ImageEntry {
  const { store } = context;
  const imageId = text(row['imageId']);
  const [confirmed, withdrawn] = [actOf(store, imageId, 'confirmed'), actOf(store, imageId, 'withdrawn')];
  const open = withdrawn === null;
  const personId = nullableText(row['personId']);
  const now = imageAt(store, personId, toWallTime(context.now()));
  return {
    imageId,
    kind: text(row['kind']) as ImageEntry['kind'],
    personId,
    personName: personId === null ? '本机构' : text(store.get('person', personId)?.['name']),
    sha256: text(row['sha256']),
    format: text(row['format']) as ImageEntry['format'],
    widthPx: Number(row['widthPx']),
    heightPx: Number(row['heightPx']),
    bytes: Number(row['bytes']),
    validFrom: text(row['validFrom']),
    enteredByName: text(row['enteredByName']),
    enteredAt: text(row['enteredAt']),
    confirmed,
    withdrawn,
    inForce: open && confirmed !== null && now?.sha256 === row['sha256'],
    mayConfirm: open && confirmed === null && mayConfirm(caller, row),
    mayWithdraw: open && (isKeeper(caller) || row['personId'] === caller.user.personId),
    mayShow: mayShow(caller, row),
  };
}

/** Newest first. */
export const imagesOf = (context: Context, caller: Caller, personId: string | null): ImageEntry[] =>
  context.store
    .all(
      'SELECT * FROM paperImage WHERE kind = ? AND personId IS ? ORDER BY enteredAt DESC, imageId DESC',
      personId === null ? 'seal' : 'signature',
      personId,
    )
    .map((row) => entryOf(context, caller, row));

export const imageRow = (context: Context, imageId: string): Row =>
  requireRow(context.store.get('paperImage', imageId), '图片', imageId);

export const imageById = (context: Context, caller: Caller, imageId: string): ImageEntry =>
  entryOf(context, caller, imageRow(context, imageId));

export async function enterImage(
  context: Context,
  renderer: Pick<ReportRenderer, 'renderPicture'>,
  caller: Caller,
  given: EnterInput,
): Promise<ImageEntry> {
  const { store } = context;
  const { kind, fileName, validFrom } = given;
  const personId = kind === 'signature' ? given.personId : null;
  if (kind === 'signature') requireRow(store.get('person', personId ?? ''), '人员', personId ?? '');
  if (validFrom < toCalendarDay(context.now())) {
    throw imageRefused(`启用日期 ${validFrom} 在今天之前，已签的内容不会补上图片。`);
  }
  const picture = readPicture(fileName, Buffer.from(given.bytesBase64, 'base64'));
  // Set once on a paper of its own: what the typesetter cannot read must never hold up a report.
  await renderer.renderPicture(picture).catch(() => {
    throw imageRefused(`图片“${fileName}”排版时读不出来。`);
  });
  const kept = keepEvidence(context, { fileName, bytes: picture.bytes, extension: picture.format });
  const imageId = ulid();
  store.transact(caller.actor, (tx) => {
    registerEvidence(tx, [kept]);
    tx.insert('paperImage', {
      imageId,
      kind,
      personId,
      sha256: kept.sha256,
      format: picture.format,
      widthPx: picture.width,
      heightPx: picture.height,
      bytes: kept.bytes,
      validFrom,
      enteredById: caller.user.personId,
      enteredByName: caller.user.name,
      enteredAt: toWallTime(context.now()),
    });
  });
  return imageById(context, caller, imageId);
}

function settled(entry: ImageEntry): AppError {
  const { confirmed, withdrawn } = entry;
  return new AppError({
    code: 'IMAGE_SETTLED',
    message: withdrawn ? `这张图片已由 ${withdrawn.byName} 撤回。` : `这张图片已由 ${confirmed?.byName ?? ''} 确认。`,
    meaning: '没有改变。',
    next: '请刷新后查看；要换图片请另行登记一张。',
  });
}

export async function confirmImage(
  context: Context,
  sessions: Sessions,
  caller: Caller,
  { imageId, password }: { imageId: string; password: string },
): Promise<ImageEntry> {
  const row = imageRow(context, imageId);
  if (!mayConfirm(caller, row)) {
    const own = row['kind'] === 'signature';
    throw new AppError({
      code: 'IMAGE_NOT_YOURS',
      message: own
        ? `签名图片由 ${text(context.store.get('person', row['personId'] ?? '')?.['name'])} 本人确认。`
        : '检测专用章由没有登记它的授权签字人确认。',
      meaning: '没有确认；没有确认的图片不会印在任何报告和记录上。',
      next: own ? '请本人登录后用自己的密码确认。' : '请另一位授权签字人登录后确认。',
    });
  }
  await sessions.confirm(caller.user, password);
  context.store.transact(caller.actor, (tx) => {
    const entry = imageById(context, caller, imageId);
    if (entry.confirmed || entry.withdrawn) throw settled(entry);
    const { personId: byId, name: byName } = caller.user;
    tx.insert('paperImageAct', {
      imageId,
      act: 'confirmed',
      reason: null,
      byId,
      byName,
      at: toWallTime(context.now()),
    });
  });
  return imageById(context, caller, imageId);
}

/** What was printed with it stays as it is; later signatures go without. */
export function withdrawImage(context: Context, caller: Caller, imageId: string, reason: string): ImageEntry {
  context.store.transact(caller.actor, (tx) => {
    const entry = imageById(context, caller, imageId);
    if (entry.withdrawn) throw settled(entry);
    if (!entry.mayWithdraw) {
      throw new AppError({
        code: 'PERMISSION_DENIED',
        message: `${caller.user.name}不能撤回这张${imageKindNames[entry.kind]}。`,
        meaning: '没有改变。',
        next: '请由本人、质量负责人或系统管理员撤回。',
      });
    }
    const { personId: byId, name: byName } = caller.user;
    tx.insert(
      'paperImageAct',
      { imageId, act: 'withdrawn', reason, byId, byName, at: toWallTime(context.now()) },
      reason,
    );
  });
  return imageById(context, caller, imageId);
}

/** To its owner, to who keeps people, and to who is to confirm it. */
export function showable(context: Context, caller: Caller, imageId: string): Row {
  const row = imageRow(context, imageId);
  if (mayShow(caller, row)) return row;
  throw new AppError({
    code: 'PERMISSION_DENIED',
    message: `${caller.user.name}不能查看这张图片。`,
    meaning: '签名和印章的图片只给本人和维护人员看，以免被人拿去用。',
    next: '请联系质量负责人。',
  });
}

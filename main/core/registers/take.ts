// Taking over what a dry run showed: the same bytes are read again inside the transaction; where the plan is another one
// than was seen, nothing happens. All rows go in together, by the way of the form, and the bytes are kept as proof.
import { ulid } from 'ulid';
import { toCalendarDay, toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { sha256Hex } from '../../../sync/wire/digest.ts';
import type { Caller, Context } from '../context.ts';
import { registerEvidence, type KeptEvidence } from '../files/evidence.ts';
import { readRows } from './file/readFile.ts';
import { openIdentities, sealAll } from './identities.ts';
import { planOf, type Plan, type PlannedRow, type RowState } from './plan.ts';
import type { Facts, Reader, Register } from './register.ts';

export interface Brought {
  readonly fileName: string;
  readonly bytes: Buffer;
}

export const countOf = (plan: Plan, state: RowState): number => plan.rows.filter((row) => row.state === state).length;

export const countsOf = (plan: Plan) => ({
  newCount: countOf(plan, 'new'),
  changedCount: countOf(plan, 'changed'),
  sameCount: countOf(plan, 'same'),
  refusedCount: countOf(plan, 'refused'),
});

export const factsOf = (context: Context, reader: Reader, identities: ReadonlyMap<string, string>): Facts => ({
  reader,
  today: toCalendarDay(context.now()),
  identities,
});

export async function previewOf(context: Context, register: Register, { fileName, bytes }: Brought): Promise<Plan> {
  const rows = readRows(fileName, bytes, register.name);
  const identities = register.personal ? await openIdentities(context) : new Map<string, string>();
  const source = { fileName, sha256: sha256Hex(bytes), rows, reason: '预检' };
  return planOf(register, factsOf(context, context.store, identities), source);
}

const refuse = (code: string, message: string, next: string): AppError =>
  new AppError({ code, message, meaning: '什么也没有导入。', next });

export async function take(
  context: Context,
  caller: Caller,
  register: Register,
  { fileName, bytes }: Brought,
  { digest, acceptPartial, reason }: { digest: string; acceptPartial: boolean; reason: string },
) {
  const rows = readRows(fileName, bytes, register.name);
  const sha256 = sha256Hex(bytes);
  const identities = register.personal ? await openIdentities(context) : new Map<string, string>();
  const source = { fileName, sha256, rows, reason };
  const early = planOf(register, factsOf(context, context.store, identities), source);
  refuseUnlessWhole(early, digest, acceptPartial);
  const sealed = await sealAll(context, early.rows.flatMap(newIdentity));
  const kept = await keepBytes(context, register, bytes, fileName);
  const importId = ulid();
  const at = toWallTime(context.now());
  return context.store.transact(caller.actor, (tx) => {
    // Somebody may have entered something since: what is taken is what was seen, or nothing.
    const plan = planOf(register, factsOf(context, tx, identities), source);
    refuseUnlessWhole(plan, digest, acceptPartial);
    const tools = { context, tx, caller, at, sealed };
    for (const row of plan.rows)
      if (row.state === 'new' || row.state === 'changed') register.write(tools, row.input, row.before);
    const counts = countsOf(plan);
    registerEvidence(tx, [kept]);
    tx.insert(
      'registerImport',
      {
        importId,
        register: register.id,
        fileName,
        sourceSha256: sha256,
        keptSha256: kept.sha256,
        keptSealed: register.personal ? 1 : 0,
        planDigest: plan.digest,
        ...counts,
        reason,
        byId: caller.user.personId,
        byName: caller.user.name,
        at,
      },
      reason,
    );
    return { importId, ...counts };
  });
}

function refuseUnlessWhole(plan: Plan, digest: string, acceptPartial: boolean): void {
  if (plan.digest !== digest)
    throw refuse('IMPORT_CHANGED', '文件或本机的资料在预检之后变了。', '请重新预检，看过差别再导入。');
  if (plan.fileProblems.length > 0)
    throw refuse('IMPORT_UNREADABLE', `${plan.fileProblems.join('；')}。`, '请按提示更正文件后再试。');
  const { newCount, changedCount, refusedCount } = countsOf(plan);
  if (newCount + changedCount === 0)
    throw refuse('IMPORT_EMPTY', '没有要导入的行：都与本机相同，或有问题。', '请按预检结果更正文件后再试。');
  if (refusedCount > 0 && !acceptPartial)
    throw refuse('IMPORT_HAS_BAD_ROWS', `还有 ${refusedCount} 行有问题。`, '请更正文件，或选择“只导入没有问题的行”。');
}

const newIdentity = ({ state, input }: PlannedRow): string[] => {
  const identity = state === 'refused' || input === null ? undefined : (input as { identityNo?: string }).identityNo;
  return identity === undefined ? [] : [identity];
};

/** On the disk before the row that names it; sealed where it may hold identity numbers. */
async function keepBytes(context: Context, register: Register, bytes: Buffer, fileName: string): Promise<KeptEvidence> {
  if (register.personal) {
    const sealed = Buffer.from(await context.secrets.seal(bytes.toString('base64')));
    return { ...context.files.keepSource(sealed, 'sealed'), fileName, bytes: sealed.length };
  }
  const extension = /\.([a-z0-9]{1,8})$/i.exec(fileName)?.[1]?.toLowerCase() ?? 'bin';
  return { ...context.files.keepSource(bytes, extension), fileName, bytes: bytes.length };
}

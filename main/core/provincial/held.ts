// Downloads that wait for a person: who would be lost, and the decision with its reason. What was refused can still be
// taken later; what the platform corrects comes as another page and is judged by itself.
import type { HeldPage } from '../../../shared/entities/reference.ts';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { jsonOf as json, nullableText as nullable, textOf as text } from '../../store/cells.ts';
import { requireRow } from '../../store/store.ts';
import type { Row } from '../../store/tables.ts';
import type { Caller, Context, SomeHandlers } from '../context.ts';

const heldOf = (row: Row): HeldPage => ({
  heldId: text(row['heldId']),
  kind: text(row['kind']) as HeldPage['kind'],
  at: text(row['at']),
  snapshot: text(row['snapshot']),
  usableBefore: Number(row['usableBefore']),
  lost: json(row['lostJson']),
  state: text(row['state']) as HeldPage['state'],
  decidedByName: nullable(row['decidedByName'] ?? null),
  decidedAt: nullable(row['decidedAt'] ?? null),
  reason: nullable(row['reason'] ?? null),
});

/** `again` downloads the reference data once more: an accepted page is taken when it comes again. */
export function heldHandlers(
  context: Context,
  again: () => Promise<void>,
): SomeHandlers<'sync.held' | 'sync.decideHeld'> {
  return {
    'sync.held': () => ({
      pages: context.store.all('SELECT * FROM referenceHeld ORDER BY heldId DESC LIMIT 50').map(heldOf),
    }),
    async 'sync.decideHeld'(input, caller) {
      decide(context, caller, input);
      if (input.decision === 'accepted') await again();
      return { page: heldOf(requireRow(context.store.get('referenceHeld', input.heldId), '暂缓的数据', input.heldId)) };
    },
  };
}

function decide(
  context: Context,
  caller: Caller,
  { heldId, decision, reason }: { heldId: string; decision: 'accepted' | 'refused'; reason: string },
): void {
  context.store.transact(caller.actor, (tx) => {
    const row = requireRow(tx.get('referenceHeld', heldId), '暂缓的数据', heldId);
    if (row['state'] === 'accepted' || row['state'] === decision) {
      throw new AppError({
        code: 'ALREADY_DECIDED',
        message: `${text(row['decidedByName'])} 已在 ${text(row['decidedAt']).slice(0, 16).replace('T', ' ')} 作出决定。`,
        meaning: '这一次的决定没有保存。',
        next: '请刷新后再看。',
      });
    }
    const at = toWallTime(context.now());
    const by = { decidedById: caller.user.personId, decidedByName: caller.user.name, decidedAt: at };
    tx.update('referenceHeld', heldId, { state: decision, reason, ...by }, reason);
    const open = tx.all(
      `SELECT noticeId FROM notice WHERE subjectKind = 'reference' AND subjectKey = ? AND acknowledgedBy IS NULL`,
      heldId,
    );
    for (const notice of open) tx.update('notice', text(notice['noticeId']), { acknowledgedBy: caller.user.name });
  });
}

// 档案: read by everyone who works here, kept by whoever keeps machines or people.
import { toCalendarDay } from '../../../shared/entities/scalars.ts';
import { dossierKinds, type DossierSubject } from '../../../shared/dossier/kinds.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { permits, type Permission } from '../../../shared/entities/roles.ts';
import { textOf as text } from '../../store/cells.ts';
import type { Caller, Context, SomeHandlers } from '../context.ts';
import { showEvidence } from '../files/evidence.ts';
import { standardRows } from '../standards/rows.ts';
import { dossierCsv } from './csv.ts';
import { dueOf, enterEntry, entriesOf, entryById, subjectNames, withdrawEntry } from './entries.ts';

type DossierCall = 'dossier.list' | 'dossier.enter' | 'dossier.withdraw' | 'dossier.file' | 'dossier.export';

const keepers: Record<DossierSubject, { permission: Permission; next: string }> = {
  equipment: { permission: 'equipment.keep', next: '请由设备管理员或质量负责人登记。' },
  person: { permission: 'person.keep', next: '请由质量负责人或系统管理员登记。' },
  standard: { permission: 'policy.manage', next: '请由质量负责人登记。' },
};

/** The call lets all keepers in; each keeps only what is theirs. */
function refuseOthers(caller: Caller, subject: DossierSubject): void {
  if (permits(caller.user.roles, keepers[subject].permission)) return;
  throw new AppError({
    code: 'PERMISSION_DENIED',
    message: `${caller.user.name}没有维护${subjectNames[subject]}档案的权限。`,
    meaning: '没有保存。',
    next: keepers[subject].next,
  });
}

export function dossierHandlers(context: Context): SomeHandlers<DossierCall> {
  const { store } = context;
  return {
    'dossier.list': ({ subject, subjectId }) => ({
      entries: entriesOf(store, subject, subjectId),
      due: dueOf(store, subjectId).filter((one) => one.subject === subject),
    }),
    'dossier.enter'(input, caller) {
      refuseOthers(caller, dossierKinds[input.kind].subject);
      return enterEntry(context, caller, input);
    },
    'dossier.withdraw'({ entryId, reason }, caller) {
      refuseOthers(caller, entryById(store, entryId).subject);
      return withdrawEntry(context, caller, entryId, reason);
    },
    'dossier.file'({ entryId, sha256 }, caller) {
      const { title, files } = entryById(store, entryId);
      return showEvidence(
        context,
        caller,
        { entity: 'dossierEntry', key: entryId, name: `档案“${title}”` },
        sha256,
        files,
      );
    },
    'dossier.export'({ subject }, caller) {
      refuseOthers(caller, subject);
      const entries = entriesOf(store, subject);
      const fileName = `${subjectNames[subject]}档案-${toCalendarDay(context.now())}.csv`;
      store.transact(caller.actor, (tx) => tx.event('dossier', subject, `导出${fileName} ${entries.length} 条`));
      const names = new Map(
        subject === 'standard'
          ? standardRows(store, toCalendarDay(context.now())).map(({ standardNo, name }) => [standardNo, name])
          : [],
      );
      const nameOf = (subjectId: string): string =>
        subject === 'standard' ? (names.get(subjectId) ?? '') : text(store.get(subject, subjectId)?.['name']);
      return { fileName, text: dossierCsv(entries, nameOf) };
    },
  };
}

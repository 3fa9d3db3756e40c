// The ledger's calls: look at it, push, break off, decide about an entry, take it out as a file, set the connection.
import { AppError } from '../../../shared/errors/appError.ts';
import type { Context, SomeHandlers } from '../context.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { entryDetail, setAsidePage } from './ledger/detail.ts';
import { ledgerFile } from './ledger/export.ts';
import { ledgerGroups } from './ledger/groups.ts';
import { noteRetry, putEntryBack, setEntryAside, settleEntry } from './ledger/marks.ts';
import { syncOverview } from './ledger/overview.ts';
import { LedgerRows } from './ledger/rows.ts';
import type { PlatformLink } from './link.ts';

type SyncCall =
  | 'sync.overview'
  | 'sync.entries'
  | 'sync.groups'
  | 'sync.entry'
  | 'sync.setAside'
  | 'sync.pushNow'
  | 'sync.cancelPass'
  | 'sync.retry'
  | 'sync.park'
  | 'sync.putBack'
  | 'sync.resolve'
  | 'sync.export'
  | 'sync.connection';

/** Words for the second look: who it may be. */
const secondWords = {
  meaning: '办结须由另一位有权限的人复核，条目没有改变。',
  next: '请由质量负责人或系统管理员中的另一位输入自己的用户名和密码。',
};

export function syncHandlers(context: Context, link: PlatformLink, sessions: Sessions): SomeHandlers<SyncCall> {
  const { store } = context;
  return {
    'sync.overview': () => ({
      ...syncOverview(store, link.standing(), context.now().getTime()),
      progress: link.progress,
    }),
    'sync.entries': (input) => new LedgerRows(store).page(input),
    'sync.groups': (input) => ledgerGroups(store, input),
    'sync.entry': ({ entryId }) => entryDetail(store, entryId),
    'sync.setAside': (input) => setAsidePage(store, input),
    async 'sync.pushNow'() {
      await link.pushNow();
      return {};
    },
    'sync.cancelPass'(_input, caller) {
      link.cancelPass(caller.user.name);
      store.transact(caller.actor, (tx) => tx.event('sync', 'pass', '停止本次上传'));
      return {};
    },
    'sync.retry'({ entryId }, caller) {
      link.retry(entryId, () => noteRetry(context, caller, entryId));
      return {};
    },
    'sync.park'({ entryId, reason }, caller) {
      setEntryAside(context, caller, entryId, reason);
      return {};
    },
    'sync.putBack'({ entryId, reason }, caller) {
      putEntryBack(context, caller, entryId, reason);
      return {};
    },
    async 'sync.resolve'({ entryId, reason, second }, caller) {
      const other = await sessions.witness(second.username, second.password, 'sync.manage', secondWords);
      if (other.personId === caller.user.personId) {
        throw new AppError({ code: 'SAME_PERSON', message: '复核的人不能是本人。', ...secondWords });
      }
      settleEntry(context, caller, entryId, reason, { id: other.personId, name: other.name });
      return {};
    },
    'sync.export'({ format, ...filter }, caller) {
      const { fileName, text, rows } = ledgerFile(store, filter, format, context.now().getTime());
      store.transact(caller.actor, (tx) => tx.event('sync', 'ledger', `导出上传台账 ${rows} 条（${fileName}）`));
      return { fileName, text };
    },
    async 'sync.connection'(input, caller) {
      await link.setConnection(caller.actor, input);
      return {};
    },
  };
}

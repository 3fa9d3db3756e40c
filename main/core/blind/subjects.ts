// Which commission or project a call asks about, by whatever number it names it.
import type { Store } from '../../store/store.ts';
import type { Plain } from './tree.ts';

export interface Asked {
  commissionNo: string | null;
  projectId: string | null;
  what: string;
}

/** Field of an input, how it is called, and the row that names the commission. */
const ways: readonly [field: string, what: string, sql: string | null][] = [
  ['commissionNo', '这份委托单', null],
  ['sampleNo', '这个样品', 'SELECT commissionNo FROM sample WHERE sampleNo = ?'],
  ['reportNo', '这份报告', 'SELECT commissionNo FROM report WHERE reportNo = ? LIMIT 1'],
  ['reportKey', '这份报告', 'SELECT commissionNo FROM report WHERE reportKey = ?'],
  ['changeNo', '这份变更单', 'SELECT commissionNo FROM changeOrder WHERE changeNo = ?'],
  ['entryId', '这条上传内容', 'SELECT commissionNo FROM outbox WHERE entryId = ?'],
  ['ledgerNo', '这条台账', 'SELECT commissionNo FROM unqualified WHERE ledgerNo = ?'],
]; // prettier-ignore

export function subjectOf(store: Pick<Store, 'first'>, input: Plain): Asked {
  const projectId = typeof input['projectId'] === 'string' ? input['projectId'] : null;
  for (const [field, what, sql] of ways) {
    const named = input[field];
    if (typeof named !== 'string' || named === '') continue;
    const commissionNo = sql === null ? named : store.first(sql, named)?.['commissionNo'];
    if (commissionNo != null) return { commissionNo: String(commissionNo), projectId, what };
  }
  return { commissionNo: null, projectId, what: '' };
}

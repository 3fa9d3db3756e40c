// The calls of blind samples: the setting, and which number belongs to which sample. Who looked is in the audit chain.
import type { Value } from '../../store/tables.ts';
import type { Context, SomeHandlers } from '../context.ts';
import { blindSettingOf, changeBlindSetting } from './numbers.ts';

export function blindHandlers(context: Context): SomeHandlers<'blind.setting' | 'blind.change' | 'blind.list'> {
  const { store } = context;
  return {
    'blind.setting': () => blindSettingOf(store),
    'blind.change'({ scope, itemCodes, reason }, caller) {
      store.transact(caller.actor, (tx) => changeBlindSetting(tx, { scope, itemCodes }, reason));
      return blindSettingOf(store);
    },
    'blind.list'({ text, cursor, limit }, caller) {
      const word = text.trim();
      const conditions: string[] = [];
      const parameters: Value[] = [];
      if (word !== '') {
        conditions.push('(blindNo = upper(?) OR blindSample.sampleNo = ? OR blindSample.commissionNo = ?)');
        parameters.push(word, word, word);
      }
      if (cursor !== undefined) {
        conditions.push('blindSample.sampleNo < ?');
        parameters.push(cursor);
      }
      const rows = store.all(
        `SELECT blindSample.*, commission.projectName, sample.structurePart, COALESCE(item.name, sample.itemCode) AS itemName,
           EXISTS (SELECT 1 FROM task WHERE task.commissionNo = blindSample.commissionNo
             AND task.state NOT IN ('approved', 'void')) AS covered
         FROM blindSample JOIN sample USING (sampleNo) JOIN commission ON commission.commissionNo = blindSample.commissionNo
           LEFT JOIN item ON item.itemCode = sample.itemCode
         ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}
         ORDER BY blindSample.sampleNo DESC LIMIT ?`,
        ...parameters,
        limit + 1,
      );
      const page = rows.slice(0, limit);
      store.transact(caller.actor, (tx) => tx.event('blind', word || '全部', `查看盲样对照，${page.length} 个样品`));
      return {
        nextCursor: rows.length > limit ? String(page.at(-1)?.['sampleNo']) : null,
        rows: page.map((row) => ({
          blindNo: String(row['blindNo']),
          sampleNo: String(row['sampleNo']),
          commissionNo: String(row['commissionNo']),
          projectName: String(row['projectName']),
          structurePart: String(row['structurePart']),
          itemName: String(row['itemName']),
          madeAt: String(row['madeAt']),
          covered: row['covered'] === 1,
        })),
      };
    },
  };
}

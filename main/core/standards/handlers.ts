// 标准库: read by everyone, kept by the quality manager. It shows and reminds; what a method computes and how it judges
// follows its own declarations.
import { toCalendarDay } from '../../../shared/entities/scalars.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import type { StandardRow } from '../../../shared/standards/calls.ts';
import { standardStateNames, useNames } from '../../../shared/standards/library.ts';
import type { Context, SomeHandlers } from '../context.ts';
import { writeEntry } from '../dossier/entries.ts';
import { csvText } from '../files/csv.ts';
import { checkMonthsKey, checkMonthsOf, isStandard, standardRows } from './rows.ts';

type StandardCall = `standards.${'list' | 'put' | 'check' | 'setMonths' | 'export'}`;

const refused = (message: string, next: string): AppError =>
  new AppError({ code: 'STANDARD_REFUSED', message, meaning: '没有保存；已填写的内容都还在。', next });

export function standardHandlers(context: Context): SomeHandlers<StandardCall> {
  const { store } = context;
  const today = (): string => toCalendarDay(context.now());
  return {
    'standards.list': () => ({ rows: standardRows(store, today()), checkMonths: checkMonthsOf(store) }),
    'standards.put'({ reason, ...facts }, caller) {
      const { standardNo, inForceFrom, replacedBy, replacedOn } = facts;
      if (replacedBy === standardNo) throw refused('标准不能由它自己代替。', '请填写代替它的标准编号。');
      if (inForceFrom !== null && replacedOn !== null && replacedOn <= inForceFrom)
        throw refused('被代替的日期不能早于实施日期。', '请核对两个日期。');
      store.transact(caller.actor, (tx) => tx.put('labStandard', facts, reason));
      return {};
    },
    'standards.check'({ standardNos, day, source, by, result, documentNo, detail }, caller) {
      const unique = [...new Set(standardNos)];
      const unknown = unique.filter((standardNo) => !isStandard(store, standardNo));
      if (unknown.length > 0) throw refused(`标准库里没有 ${unknown.join('、')}。`, '请先登记这个标准。');
      store.transact(caller.actor, (tx) => {
        for (const subjectId of unique)
          writeEntry(tx, context, caller, {
            kind: 'currency',
            subjectId,
            day,
            title: source,
            doneBy: by,
            documentNo,
            result,
            detail,
            nextOn: null,
          });
      });
      return { count: unique.length };
    },
    'standards.setMonths'({ months, reason }, caller) {
      store.transact(caller.actor, (tx) => tx.put('setting', { key: checkMonthsKey, value: String(months) }, reason));
      return {};
    },
    'standards.export'(_input, caller) {
      const rows = standardRows(store, today());
      const fileName = `标准库-${today()}.csv`;
      store.transact(caller.actor, (tx) => tx.event('labStandard', 'all', `导出 ${fileName} ${rows.length} 行`));
      return { fileName, text: csvText([head, ...rows.map(lineOf)]) };
    },
  };
}

const head = ['标准编号', '名称', '状态', '说明', '实施日期', '代替它的标准', '被代替日期', '方法采用', '采用的方法', '受控编号', '最近查新', '查新结论', '查新来源', '查新人', '查新有效至']; // prettier-ignore

function lineOf(row: StandardRow): string[] {
  return [
    row.standardNo,
    row.name,
    standardStateNames[row.state],
    row.why,
    row.inForceFrom ?? '',
    row.replacedBy,
    row.replacedOn ?? '',
    row.usedFrom === null ? '' : `${row.usedFrom}～${row.usedUntil ?? ''}`,
    [...new Set(row.uses.map(({ methodName, use }) => `${methodName}（${useNames[use]}）`))].join('、'),
    row.copies.join('、'),
    row.lastCheck?.day ?? '',
    row.lastCheck === null ? '' : row.lastCheck.passed ? '现行有效' : '已被代替或废止',
    row.lastCheck?.source ?? '',
    row.lastCheck?.by ?? '',
    row.checkDue ?? '',
  ];
}

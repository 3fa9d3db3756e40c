// A batch without a single valid group: nothing to evaluate, no figure, and the supervisor learns of it.
import type { Evaluation } from '../../method.ts';
import type { PaperTable } from '../../table.ts';
import { leftOutWarnings } from './groups.ts';
import type { ListedGroups } from './groups.ts';

export interface EmptyBatch {
  groups: ListedGroups;
  /** 试件组, 试块组. */
  groupName: string;
  /** What is not evaluated: 检验批, 验收批. */
  batchName: string;
  parameter: { parameterCode: string; name: string };
  /** What is missing for it, and what the client is told to do. */
  meaning: string;
  next: string;
  clause: string;
  tables: readonly PaperTable[];
}

export function emptyBatch(
  batch: EmptyBatch,
): Evaluation<{ groupsListed: number; groupsCounted: number; evaluated: false }> {
  const { groups, groupName, clause, tables } = batch;
  const message = `该${batch.batchName}没有有效的${groupName}，不能评定。`;
  return {
    outputs: { groupsListed: groups.sampleNos.length, groupsCounted: 0, evaluated: false },
    trace: [{ name: '组数', symbol: 'n', formula: `有效${groupName}数`, value: '0', rule: '无效组不计入', clause }],
    parameters: [{ ...batch.parameter, value: null, unit: 'MPa', requirement: null, verdict: 'not-judged' }],
    valid: false,
    text: message,
    warnings: [
      ...leftOutWarnings(groups, clause),
      {
        code: 'BATCH_EMPTY',
        message,
        meaning: batch.meaning,
        next: batch.next,
        clause,
        notify: 'supervisor',
      },
    ],
    record: tables,
    report: tables,
  };
}

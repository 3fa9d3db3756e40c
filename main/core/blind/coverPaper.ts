// The original record as a paper before its commission is open to those who test: under its blind number, with the facts of
// the test and none of the commission.
import { hiddenText } from '../../../shared/blind/calls.ts';
import type { Hidden, HiddenSample } from './hiding.ts';
import { coverTree, isPlain } from './tree.ts';

/** Facts of a sample that tell whose it is. */
const tellingFacts = new Set(['工程部位', '生产厂家', '制作单位', '批号', '委托编号', '样品标识']);

export function coverPaper<T extends object>(content: T, sample: HiddenSample, hidden: Hidden): T {
  const { facts = [] } = (isPlain(content) && isPlain(content['sample']) ? content['sample'] : {}) as {
    facts?: [string, string][];
  };
  const told = facts.filter(([name]) => tellingFacts.has(name)).map(([, value]) => value);
  // In tables of the method they stand as cells of their own.
  const cells = (value: unknown): unknown => {
    if (typeof value === 'string') return told.includes(value) && !/^[\d.]+$/.test(value) ? hiddenText : value;
    if (Array.isArray(value)) return value.map(cells);
    if (!isPlain(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, cells(one)]));
  };
  const plain = content as unknown as Record<string, unknown>;
  // Its number stands as that of the sample.
  const kept = facts.filter(([name]) => !tellingFacts.has(name) && name !== '盲样编号');
  const covered = coverTree(
    {
      ...plain,
      tables: cells(plain['tables']),
      sample: { ...(plain['sample'] as object), sampleNo: sample.sampleNo, facts: kept },
    },
    hidden,
    () => sample,
  ) as T;
  const said = typeof plain['remarks'] === 'string' ? plain['remarks'] : '';
  const remarks = [hidden.mask(said), '本件按盲样编号调出，委托信息已遮盖；完整的原始记录由有权限的人员打印。'];
  return { ...covered, remarks: remarks.filter(Boolean).join('\n') };
}

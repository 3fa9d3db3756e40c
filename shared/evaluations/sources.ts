// Which tested groups a batch evaluation may count, and what of their records enters it: the representative value, the
// curing, and why a group cannot be counted although its test is sound. The figures themselves are those of the record.
import type { TestMethod } from '../methods/method.ts';

type Texts = Readonly<Record<string, string>>;

interface GroupTest {
  /** The test method whose records are groups of the evaluation. */
  methodId: string;
  /** Name of the group's value among the method's outputs. */
  output: string;
  curing(properties: Texts): string | null;
  /** Why the group cannot be counted, in words; null where it can. */
  barred(group: { properties: Texts; ageDays: number | null }): string | null;
}

const cured = (properties: Texts): string | null => properties['curing'] ?? null;
const noCuring = '委托时没有写明养护条件';
const tooYoung = (ageDays: number | null): string | null =>
  ageDays !== null && ageDays < 28 ? `龄期 ${ageDays} d，不足 28 d` : null;

const SOURCES: Readonly<Record<string, readonly GroupTest[]>> = {
  'concrete-batch-evaluation': [
    {
      methodId: 'concrete-cube',
      output: 'groupValue_MPa',
      curing: cured,
      barred({ properties, ageDays }) {
        const curing = cured(properties);
        if (curing === null) return noCuring;
        // Only the test of same-condition cubes divides by 0.88.
        if (curing !== '标准养护') return `${curing}的试件按立方体抗压强度检测，强度没有除以 0.88`;
        return tooYoung(ageDays);
      },
    },
    {
      methodId: 'concrete-same-condition',
      output: 'converted_MPa',
      curing: () => '同条件养护',
      barred: () => null,
    },
  ],
  'mortar-batch': [
    {
      methodId: 'mortar-cube',
      output: 'groupValue_MPa',
      curing: cured,
      barred({ properties, ageDays }) {
        const curing = cured(properties);
        if (curing === null) return noCuring;
        if (curing !== '标准养护') return `${curing}；砂浆强度以标准养护 28 d 的试块为准`;
        return ageDays === 28 ? null : `龄期 ${ageDays ?? '—'} d；砂浆强度以标准养护 28 d 的试块为准`;
      },
    },
  ],
};

/** Test methods whose records are groups of an evaluation; none where it is made of typed figures only. */
export function testsOf(evaluationId: string): readonly GroupTest[] {
  return SOURCES[evaluationId] ?? [];
}

/** Name of the field that holds a group's value, its grade and so on: one table for both sides. */
export interface GroupFacts {
  sampleNo: string;
  structurePart: string;
  testedOn: string;
  curing: string | null;
  valid: boolean;
  value: string | null;
}

/** What stands in the columns of an evaluation for a group of the lab's own records. */
export function cellsOf(method: Pick<TestMethod, 'fields'>, group: GroupFacts): Record<string, string | null> {
  const cells: Record<string, string | null> = {
    sampleNos: group.sampleNo,
    parts: group.structurePart,
    testedOn: group.testedOn,
    states: group.valid ? 'valid' : 'invalid',
    values_MPa: group.value,
    curings: group.curing,
  };
  const names = new Set(method.fields.filter(({ set }) => set !== undefined).map(({ name }) => name));
  return Object.fromEntries(Object.entries(cells).filter(([name]) => names.has(name)));
}

// The standards that the methods name, with what the declarations say of them: which methods use them and for what, from
// when to when, and which newer number stands in their place. What a declaration cannot know (the day a standard itself
// came into force, whether it still holds) the lab enters.
import { listMethods } from '../methods/index.ts';
import type { Edition, TestMethod } from '../methods/index.ts';

export type StandardUse = 'test' | 'judgement' | 'rounding';
export const useNames: Record<StandardUse, string> = { test: '检测', judgement: '判定', rounding: '修约' };

export interface DeclaredUse {
  readonly methodId: string;
  readonly methodName: string;
  readonly use: StandardUse;
  readonly editionId: string;
  readonly from: string;
  readonly until: string | null;
}

export interface DeclaredStandard {
  readonly standardNo: string;
  readonly name: string;
  readonly uses: readonly DeclaredUse[];
  /** First and last day on which a method goes by it; null where it still does. */
  readonly usedFrom: string;
  readonly usedUntil: string | null;
  readonly replacedBy: string | null;
}

/** Standards beside those that the titles of editions name. */
const names: Readonly<Record<string, string>> = {
  'GB/T 8170-2008': '数值修约规则与极限数值的表示和判定',
  'YB/T 081-2013': '冶金技术标准的数值修约与检测数值的判定',
  'GB/T 28900-2022': '钢筋混凝土用钢材试验方法',
  'GB/T 2542-2012': '砌墙砖试验方法',
  'GB/T 4111-2013': '混凝土砌块和砖试验方法',
  'JGJ/T 27-2014': '钢筋焊接接头试验方法标准',
  'GB 50204-2015': '混凝土结构工程施工质量验收规范',
  'GB 175-2023': '通用硅酸盐水泥',
  'GB 175-2007': '通用硅酸盐水泥',
  'GB/T 17671-2021': '水泥胶砂强度检验方法（ISO 法）',
};

const partsOf = (standardNo: string): { family: string; year: string } | null => {
  const found = /^([A-Z]+)(?:\/T)?\s*([\d.]+)-(\d{4})$/.exec(standardNo);
  return found === null ? null : { family: `${found[1]} ${found[2]}`, year: found[3] ?? '' };
};

/** The next year of the same number: `GB/T 1499.2-2018` and `GB 1499.2-2024` are one standard. */
function successorAmong(standardNo: string, all: Iterable<string>): string | null {
  const own = partsOf(standardNo);
  const newer = [...all].filter((other) => {
    const parts = partsOf(other);
    return own !== null && parts !== null && parts.family === own.family && parts.year > own.year;
  });
  return newer.toSorted((a, b) => (partsOf(a)?.year ?? '').localeCompare(partsOf(b)?.year ?? ''))[0] ?? null;
}

const standardsOf = (edition: Edition): [StandardUse, string][] =>
  (
    [
      ['test', edition.test],
      ['judgement', edition.judgement],
      ['rounding', edition.rounding],
    ] as const
  ).flatMap(([use, standardNo]): [StandardUse, string][] => (standardNo === null ? [] : [[use, standardNo]]));

export function declaredStandards(methods: readonly TestMethod[] = listMethods()): DeclaredStandard[] {
  const uses = new Map<string, DeclaredUse[]>();
  const titles = new Map<string, string>();
  for (const method of methods) {
    for (const edition of method.editions) {
      // A heading of a paper names what is tested; the year in brackets is the program's own.
      titles.set(edition.id, edition.title.replace(/（\d{4} 版）$/, ''));
      for (const [use, standardNo] of standardsOf(edition)) {
        const own = { methodId: method.id, methodName: method.name, use, editionId: edition.id };
        const used = { ...own, from: edition.inForceFrom, until: edition.inForceUntil };
        uses.set(standardNo, [...(uses.get(standardNo) ?? []), used]);
      }
    }
  }
  return [...uses].map(([standardNo, used]): DeclaredStandard => {
    const still = used.some(({ until }) => until === null);
    const successor = successorAmong(standardNo, uses.keys());
    return {
      standardNo,
      name: names[standardNo] ?? titles.get(standardNo) ?? '',
      uses: used,
      usedFrom: used.map(({ from }) => from).toSorted()[0] ?? '',
      usedUntil: still ? null : (used.map(({ until }) => until ?? '').toSorted().at(-1) ?? null),
      replacedBy: still ? null : successor,
    };
  }).toSorted((a, b) => a.standardNo.localeCompare(b.standardNo, 'en')); // prettier-ignore
}

export type StandardState = 'current' | 'upcoming' | 'replaced';
export const standardStateNames: Record<StandardState, string> = {
  current: '现行',
  upcoming: '即将实施',
  replaced: '已被代替',
};

export interface LabWord {
  readonly inForceFrom: string | null;
  readonly replacedBy: string;
  readonly replacedOn: string | null;
}

/** What the lab knows goes before what a declaration says; the reason stands beside the state. */
export function standardState(
  declared: Pick<DeclaredStandard, 'usedFrom' | 'usedUntil' | 'replacedBy'> | null,
  lab: LabWord | null,
  lastCheck: { readonly day: string; readonly passed: boolean } | null,
  today: string,
): { state: StandardState; why: string } {
  const by = lab?.replacedBy || declared?.replacedBy || '';
  const instead = by === '' ? '' : `，由 ${by} 代替`;
  if (lab?.replacedOn != null && lab.replacedOn <= today)
    return { state: 'replaced', why: `${lab.replacedOn} 起被代替${instead}` };
  if (lastCheck !== null && !lastCheck.passed)
    return { state: 'replaced', why: `${lastCheck.day} 查新：已被代替或废止${instead}` };
  if (declared?.usedUntil != null && declared.usedUntil < today)
    return { state: 'replaced', why: `方法采用到 ${declared.usedUntil}${instead}` };
  const from = lab?.inForceFrom ?? null;
  if (from !== null && from > today) return { state: 'upcoming', why: `${from} 起实施` };
  if (from === null && declared !== null && declared.usedFrom > today)
    return { state: 'upcoming', why: `方法自 ${declared.usedFrom} 起采用` };
  if (lab?.replacedOn != null) return { state: 'current', why: `${lab.replacedOn} 起将被代替${instead}` };
  return { state: 'current', why: lab?.replacedBy ? `将由 ${lab.replacedBy} 代替，日期未登记` : '' };
}

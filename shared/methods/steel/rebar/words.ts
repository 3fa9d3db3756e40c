// What is said of a sample: the sentence of the conclusion and the warnings.
import type { MethodWarning } from '../../method.ts';
import { CLAUSE_FRACTURE, CLAUSE_RETEST, PARAMETERS } from './data.ts';
import type { RebarReadings } from './readings.ts';
import type { ElongationItem, Item } from './items.ts';

export const OPEN_TEXT = '限值未与标准原文核对，需人工判定';
export const RETEST_TEXT = '应从同批中取双倍数量试样复验该项';
export const REDO_TEXT = '试验结果无效，应另取试件重做';

const names = (items: readonly Item[]): string => items.map(({ code }) => PARAMETERS[code].name).join('、');
const standards = (items: readonly Item[]): string => [...new Set(items.map(({ standard }) => standard))].join('、');
const lacks = ({ values }: Item): boolean => values.includes(null);

/** The conclusion for this sample, in the words of the report. */
export function conclusion(items: readonly Item[], { grade, round }: RebarReadings, retests: boolean): string {
  const by = (verdict: Item['verdict']) => items.filter((item) => item.verdict === verdict);
  const [passed, failed, again] = [by('qualified'), by('unqualified'), by('retest')];
  const free = items.filter((item) => item.limit === null && !lacks(item));
  const redo = by('not-judged').filter((item) => lacks(item));
  const waiting = by('not-judged').filter((item) => item.limit !== null && !lacks(item));
  const open = waiting.filter((item) => item.open === null);
  const of = (some: readonly Item[]): string => `${standards(some)} 中 ${grade} 的要求`;
  const again_ = round === 'retest' ? '复验，' : '';
  const said: string[] = [];
  if (failed.length > 0) {
    said.push(`${again_}所检项目不符合 ${of(failed)}（不符合项：${names(failed)}）。`);
    if (retests && failed.some(({ code }) => code === 'ZLPC')) said.push('重量偏差不允许复验。');
  }
  if (again.length > 0) said.push(`${names(again)}初验不符合 ${of(again)}，${RETEST_TEXT}。`);
  if (passed.length > 0) {
    const all = passed.length + free.length === items.length;
    said.push(`${again_}${all ? '所检项目' : names(passed)}符合 ${of(passed)}。`);
  }
  if (open.length > 0) said.push(`${names(open)}：${OPEN_TEXT}。`);
  for (const reason of new Set(waiting.flatMap((item) => item.open ?? [])))
    said.push(`${names(waiting.filter((item) => item.open === reason))}：${reason}。`);
  if (redo.length > 0) said.push(`${names(redo)}${REDO_TEXT}。`);
  if (free.length > 0) said.push(`${names(free)}标准对该牌号无规定要求，只报实测值。`);
  return said.join('');
}

function elongationWarnings({ states }: ElongationItem): MethodWarning[] {
  return states.flatMap((state, index): MethodWarning[] => {
    if (state === 'valid') return [];
    const near = `拉伸试件 ${index + 1} 断口至最近标记小于 L0/3`;
    const common = { field: `fractureDistance_mm.${index}`, clause: CLAUSE_FRACTURE };
    if (state === 'by-requirement') {
      return [
        {
          ...common,
          code: 'STEEL_FRACTURE_NEAR_MARK',
          message: `${near}，断后伸长率不小于规定值，结果有效。`,
          meaning: '断裂位置不影响本次判定。',
          next: '请在原始记录中保留断口位置。',
        },
      ];
    }
    if (state === 'undecided') {
      return [
        {
          ...common,
          code: 'STEEL_FRACTURE_UNDECIDED',
          message: `${near}，断后伸长率不小于规定值时才有效。`,
          meaning: '限值未与标准原文核对，程序不判断该结果是否有效。',
          next: '请对照标准原文判断；无效的另取试件重做。',
          notify: 'supervisor',
        },
      ];
    }
    return [
      {
        ...common,
        code: 'STEEL_ELONGATION_INVALID',
        message: `${near}，断后伸长率无法确认不小于规定值，试验无效。`,
        meaning: '该试件没有断后伸长率，不得打印任何数值。',
        next: '请另取试件重做该项。',
        notify: 'supervisor',
      },
    ];
  });
}

/** Warnings about items, most serious first. */
export function itemWarnings(items: readonly Item[], elongation: ElongationItem | undefined): MethodWarning[] {
  const found: MethodWarning[] = [];
  const values = (item: Item): string =>
    `${PARAMETERS[item.code].name} ${item.values.map((one) => one ?? '无效').join('/')}`;
  for (const item of items) {
    const base = { message: `${values(item)}，要求 ${item.requirement ?? '—'}。`, clause: item.standard };
    if (item.verdict === 'unqualified') {
      found.push({
        ...base,
        code: 'STEEL_UNQUALIFIED',
        meaning: '该项不合格，该批钢筋不符合要求。',
        next: '请通知质量负责人，列入不合格台账，按规定时限上报。',
        notify: 'supervisor',
      });
    } else if (item.verdict === 'retest') {
      found.push({
        ...base,
        code: 'STEEL_RETEST',
        meaning: '初验不符合，既不是合格也不是不合格。',
        next: `${RETEST_TEXT}；复验中任一试件不符合即为不合格。`,
        clause: CLAUSE_RETEST,
        notify: 'supervisor',
      });
    } else if (item.met === false) {
      found.push({
        ...base,
        code: 'STEEL_BELOW_DRAFT_LIMIT',
        meaning: '未达到程序所录的限值；该限值未与标准原文核对，不作判定。',
        next: '请对照标准原文人工判定。',
        notify: 'supervisor',
      });
    } else if (item.limit === null) {
      found.push({
        code: 'STEEL_NO_REQUIREMENT',
        message: `${item.standard} 对该牌号的${PARAMETERS[item.code].name}没有规定要求。`,
        meaning: '只报实测值，不作判定。',
        next: '设计有要求的，请在委托中注明。',
        clause: item.standard,
      });
    }
  }
  return [...found, ...(elongation === undefined ? [] : elongationWarnings(elongation))];
}

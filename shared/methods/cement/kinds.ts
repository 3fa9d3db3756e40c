// 通用硅酸盐水泥: kinds and strength grades as written on a commission, and which grades a kind may have. Only what is
// certain is refused: where an edition may have widened a kind's grades, the grade is let through to its limits.
import { refusal } from '../foundation/decimal.ts';
import { choice } from '../field.ts';

export const GB175_2023 = 'GB 175-2023';
export const GB175_2007 = 'GB 175-2007';
export type ProductStandard = typeof GB175_2023 | typeof GB175_2007;

export const KIND_NAMES = {
  P·Ⅰ: '硅酸盐水泥',
  P·Ⅱ: '硅酸盐水泥',
  P·O: '普通硅酸盐水泥',
  P·S: '矿渣硅酸盐水泥',
  P·S·A: '矿渣硅酸盐水泥',
  P·S·B: '矿渣硅酸盐水泥',
  P·P: '火山灰质硅酸盐水泥',
  P·F: '粉煤灰硅酸盐水泥',
  P·C: '复合硅酸盐水泥',
} as const;
export type Kind = keyof typeof KIND_NAMES;

export const GRADES = ['32.5', '32.5R', '42.5', '42.5R', '52.5', '52.5R', '62.5', '62.5R'] as const;
export type Grade = (typeof GRADES)[number];

/** Kinds with much admixture share one row of the older limits. */
export type KindGroup = '硅酸盐水泥' | '普通硅酸盐水泥' | '掺混合材料的硅酸盐水泥';

export function groupOf(kind: Kind): KindGroup {
  const name = KIND_NAMES[kind];
  return name === '硅酸盐水泥' || name === '普通硅酸盐水泥' ? name : '掺混合材料的硅酸盐水泥';
}

const startsWith = (strengths: readonly string[]): readonly Grade[] =>
  GRADES.filter((grade) => strengths.some((strength) => grade.startsWith(strength)));

/** Grades a kind may have. GB 175-2023 took 32.5 and 32.5R from P·C; whether P·O has 62.5 since is not refused here. */
export function gradesOf(kind: Kind, standard: ProductStandard): readonly Grade[] {
  const group = groupOf(kind);
  if (group === '硅酸盐水泥') return startsWith(['42.5', '52.5', '62.5']);
  if (group === '普通硅酸盐水泥') {
    return startsWith(standard === GB175_2007 ? ['42.5', '52.5'] : ['42.5', '52.5', '62.5']);
  }
  const without = kind === 'P·C' && standard === GB175_2023;
  return startsWith(without ? ['42.5', '52.5'] : ['32.5', '42.5', '52.5']);
}

const CLAUSES: Readonly<Record<ProductStandard, string>> = { [GB175_2023]: '强度等级', [GB175_2007]: '6.3 强度等级' };

export function checkGrade(kind: Kind, grade: Grade, standard: ProductStandard): void {
  const grades = gradesOf(kind, standard);
  if (grades.includes(grade)) return;
  const message = `${standard} 中 ${kind} 水泥没有强度等级 ${grade}（有 ${grades.join('、')}）。`;
  const next = '请核对委托单上的品种和强度等级，以及所选的判定标准版本。';
  throw refusal('METHOD_GRADE_UNKNOWN', message, 'grade', `${standard} ${CLAUSES[standard]}`, next);
}

export const kind = choice({
  name: 'kind',
  label: '水泥品种',
  at: 'reception',
  instrument: '委托单',
  clause: 'GB 175 分类',
  options: [
    { value: 'P·Ⅰ', label: 'P·Ⅰ 硅酸盐水泥' },
    { value: 'P·Ⅱ', label: 'P·Ⅱ 硅酸盐水泥' },
    { value: 'P·O', label: 'P·O 普通硅酸盐水泥' },
    { value: 'P·S', label: 'P·S 矿渣硅酸盐水泥（未注明 A、B 型）' },
    { value: 'P·S·A', label: 'P·S·A 矿渣硅酸盐水泥' },
    { value: 'P·S·B', label: 'P·S·B 矿渣硅酸盐水泥' },
    { value: 'P·P', label: 'P·P 火山灰质硅酸盐水泥' },
    { value: 'P·F', label: 'P·F 粉煤灰硅酸盐水泥' },
    { value: 'P·C', label: 'P·C 复合硅酸盐水泥' },
  ],
  usual: 'P·O',
  refusalCode: 'METHOD_KIND_UNKNOWN',
});

export const grade = choice({
  name: 'grade',
  label: '强度等级',
  at: 'reception',
  instrument: '委托单',
  clause: 'GB 175 强度等级',
  options: [
    { value: '32.5', label: '32.5' },
    { value: '32.5R', label: '32.5R' },
    { value: '42.5', label: '42.5' },
    { value: '42.5R', label: '42.5R' },
    { value: '52.5', label: '52.5' },
    { value: '52.5R', label: '52.5R' },
    { value: '62.5', label: '62.5' },
    { value: '62.5R', label: '62.5R' },
  ],
  usual: '42.5',
  refusalCode: 'METHOD_GRADE_UNKNOWN',
  hint: '写作 42.5、42.5R …，R 为早强型',
});

/** Grade and kind in the words of lists and labels. */
export function describeCement(properties: Readonly<Record<string, string>>): { grade: string; spec: string } {
  const { kind: code = '', grade: strength = '' } = properties;
  return {
    grade: [code, strength].filter((part) => part !== '').join(' '),
    spec: Object.hasOwn(KIND_NAMES, code) ? KIND_NAMES[code as Kind] : '',
  };
}

// What an extensometer may stand in for: Rp0.2 for ReL of a bar without a distinct yield, and Agt in place of the marks by
// hand. The rules are written from general knowledge of GB/T 28900 (ISO 15630-1) and of the product standards; nobody has
// compared them with the print, so they do not judge before the lab confirms them.
import { Exact, refusal } from '../../foundation/decimal.ts';
import { choice, decimal } from '../../field.ts';
import type { MethodWarning, Policies, PolicyDeclaration } from '../../method.ts';
import type { PaperTable } from '../../table.ts';
import {
  CLAUSE_AGT,
  CLAUSE_AGT_EXTENSION,
  CLAUSE_EXTENSION,
  CLAUSE_PROOF,
  PLAIN_2024,
  RIBBED_2024,
  TEST,
} from './data.ts';
import type { RebarReadings } from './readings.ts';

/** Greatest class, and least gauge length in mm, of an extensometer for each quantity. */
const LEAST = { Fp02: { class: '1', gauge: '0' }, Agt: { class: '2', gauge: '100' } } as const;
type Quantity = keyof typeof LEAST;

export const EXTENSION_RULES: PolicyDeclaration = {
  name: `tables ${TEST}`,
  label: `${TEST} 引伸计法的规定（R_{p0.2} 代替 R_{eL}，A_{gt}）`.replaceAll(/[_{}]/g, ''),
  clause: CLAUSE_EXTENSION,
  options: [
    { value: 'draft', label: '未与标准原文核对：由引伸计得出的项目不自动判定，需人工判定' },
    { value: 'confirmed', label: '本机构已与标准原文核对：自动判定' },
  ],
  default: 'draft',
};

export const isConfirmed = (policies: Policies): boolean => policies[EXTENSION_RULES.name] === 'confirmed';

const rules: PaperTable = {
  caption: '引伸计法的规定',
  columns: [{ head: '事项', width: 1.4 }, { head: '程序所录的规定', width: 2.4 }, { head: '标准' }],
  rows: [
    [
      '没有明显屈服的钢筋',
      '下屈服强度采用规定塑性延伸强度 R_{p0.2}，按下屈服强度的限值判定，强屈比、屈标比也用它',
      `${RIBBED_2024}、${PLAIN_2024} 力学性能`,
    ],
    ['测 R_{p0.2} 的引伸计', `不低于 ${LEAST.Fp02.class} 级`, CLAUSE_EXTENSION],
    ['测 A_{gt} 的引伸计', `不低于 ${LEAST.Agt.class} 级，标距不小于 ${LEAST.Agt.gauge} mm`, CLAUSE_EXTENSION],
    ['A_{gt} 的测定', '引伸计法或手工法；两者都有时取手工法', `${TEST} 最大力总延伸率`],
  ],
};
export const EXTENSION_REFERENCES: Readonly<Record<string, readonly PaperTable[]>> = {
  [EXTENSION_RULES.name]: [rules],
};

const common = { at: 'bench', optional: true, set: 'tension', sparse: true } as const;

export const proofForceField = (parameters: readonly string[]) =>
  decimal({
    ...common,
    name: 'Fp02_kN',
    label: '规定塑性延伸力',
    symbol: 'Fp0.2',
    parameters,
    source: 'curve',
    insteadOf: ['FeL_kN'],
    unit: 'kN',
    resolution: '0.001',
    instrument: '万能试验机和引伸计',
    max: '3000',
    maxReason: '超过任何钢筋可能的力 3000 kN',
    clause: CLAUSE_PROOF,
    hint: '没有明显屈服时由曲线和引伸计取得，不能键入',
  });

export const AGT_EXTENSION_FIELD = decimal({
  ...common,
  name: 'agtExtension_percent',
  label: '最大力总延伸率（引伸计）',
  symbol: 'Agt',
  parameters: ['ZL'],
  source: 'curve',
  insteadOf: ['agtFinal_mm', 'agtGauge_mm'],
  unit: '%',
  resolution: '0.0001',
  instrument: '引伸计',
  max: '100',
  maxReason: '超过任何钢筋可能的延伸率',
  clause: CLAUSE_AGT_EXTENSION,
  hint: '由曲线和引伸计取得，不能键入；录入了手工法读数的以手工法为准',
});

export const EXTENSOMETER_FIELDS = [
  decimal({
    ...common,
    name: 'extensometerGauge_mm',
    label: '引伸计标距',
    symbol: 'Le',
    source: 'gauge',
    unit: 'mm',
    resolution: '1',
    instrument: '设备台账',
    max: '1000',
    maxReason: '超过任何引伸计的标距',
    clause: CLAUSE_EXTENSION,
  }),
  choice({
    ...common,
    name: 'extensometerClass',
    label: '引伸计级别',
    source: 'gaugeClass',
    instrument: '设备台账',
    clause: CLAUSE_EXTENSION,
    options: ['0.5', '1', '2'].map((value) => ({ value, label: `${value} 级` })),
  }),
] as const;

/** The yield force of each specimen, and whether it is the proof force; null where none was read at all. */
export function yieldForces({
  FeL_kN: yields,
  Fp02_kN: proofs,
}: RebarReadings): { force: string; proof: boolean }[] | null {
  const count = yields?.length ?? proofs?.length ?? 0;
  if (count === 0) return null;
  return Array.from({ length: count }, (_, index) => {
    const [own, proof] = [yields?.[index] ?? null, proofs?.[index] ?? null];
    const at = `拉伸试件 ${index + 1}`;
    if (own !== null && proof !== null) {
      const message = `${at} 既有下屈服力 ${own} kN，又有规定塑性延伸力 Fp0.2 ${proof} kN。`;
      const next = '二者只取其一：有明显屈服的取下屈服力，没有的取 Fp0.2；请写明原因清除键入的下屈服力，或重做该试件。';
      throw refusal('METHOD_CONFLICT', message, `FeL_kN.${index}`, CLAUSE_PROOF, next);
    }
    const force = own ?? proof;
    if (force !== null) return { force, proof: own === null };
    const message = `缺少${at} 的下屈服力（没有明显屈服的为规定塑性延伸力 Fp0.2）。`;
    throw refusal('METHOD_MISSING', message, `FeL_kN.${index}`, CLAUSE_PROOF);
  });
}

/** Agt of each specimen: by hand where the marks were measured, else by the extensometer. */
export function agtReadings(
  readings: RebarReadings,
): ({ by: 'hand'; final_mm: string } | { by: 'gauge'; percent: string })[] | null {
  const { agtFinal_mm: finals, agtExtension_percent: percents } = readings;
  const count = finals?.length ?? percents?.length ?? 0;
  if (count === 0) return null;
  return Array.from({ length: count }, (_, index) => {
    const [final_mm, percent] = [finals?.[index] ?? null, percents?.[index] ?? null];
    if (final_mm !== null) return { by: 'hand' as const, final_mm };
    if (percent !== null) return { by: 'gauge' as const, percent };
    const message = `缺少拉伸试件 ${index + 1} 的断后两标记间距离（或由引伸计测得的 Agt）。`;
    throw refusal('METHOD_MISSING', message, `agtFinal_mm.${index}`, CLAUSE_AGT);
  });
}

const FIELD: Readonly<Record<Quantity, string>> = { Fp02: 'Fp02_kN', Agt: 'agtExtension_percent' };
const SYMBOL: Readonly<Record<Quantity, string>> = { Fp02: 'Rp0.2', Agt: 'Agt' };

/** Whether the extensometers are good enough: refused where the rules are confirmed, else said for the person who judges. */
export function checkExtensometers(readings: RebarReadings, confirmed: boolean): MethodWarning[] {
  const used: [Quantity, boolean[]][] = [
    ['Fp02', yieldForces(readings)?.map(({ proof }) => proof) ?? []],
    ['Agt', agtReadings(readings)?.map(({ by }) => by === 'gauge') ?? []],
  ];
  return used.flatMap(([quantity, places]) =>
    places.flatMap((isUsed, index): MethodWarning[] => {
      if (!isUsed) return [];
      const field = `${FIELD[quantity]}.${index}`;
      const gauge = readings.extensometerGauge_mm?.[index] ?? null;
      const grade = readings.extensometerClass?.[index] ?? null;
      if (gauge === null || grade === null) {
        const message = `缺少拉伸试件 ${index + 1} 所用引伸计的标距或级别。`;
        throw refusal('METHOD_MISSING', message, field, CLAUSE_EXTENSION);
      }
      const least = LEAST[quantity];
      const tooCoarse = new Exact(grade).greaterThan(least.class);
      if (!tooCoarse && new Exact(gauge).greaterThanOrEqualTo(least.gauge)) return [];
      const wanted = `不低于 ${least.class} 级${least.gauge === '0' ? '' : `、标距不小于 ${least.gauge} mm`}`;
      const message = `拉伸试件 ${index + 1} 的 ${SYMBOL[quantity]} 所用引伸计为 ${grade} 级、标距 ${gauge} mm，应${wanted}。`;
      const next = quantity === 'Agt' ? '请改用手工法测定，或换用合适的引伸计重做。' : '请换用合适的引伸计重做该试件。';
      if (confirmed) throw refusal('METHOD_EXTENSOMETER', message, field, CLAUSE_EXTENSION, next);
      const meaning = '该规定未与标准原文核对，程序不作判定。';
      return [{ code: 'STEEL_EXTENSOMETER', message, meaning, next, field, clause: CLAUSE_EXTENSION }];
    }),
  );
}

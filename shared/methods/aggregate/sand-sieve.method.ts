// 砂筛分析和细度模数, JGJ 52-2006: two portions of 500 g through six sieves. Loss above 1 % or fineness moduli more than
// 0.20 apart make the test invalid. Class and grading zone are judgements by draft tables: null until the lab confirms.
import { defineMethod } from '../define.ts';
import { EDITION, PORTIONS, STANDARD } from './jgj52.ts';
import { invalidWarnings, portionWarnings, sieveStops } from './sieve/checks.ts';
import { CUMULATIVE_BASIS, FINENESS, GRADING, SIEVE_LIMITS } from './sieve/data.ts';
import type { CumulativeBasis } from './sieve/data.ts';
import { MASS_FIELDS, SIEVE_FIELDS, SIEVE_SETS } from './sieve/fields.ts';
import type { SieveInputs } from './sieve/fields.ts';
import { sievePortion } from './sieve/portion.ts';
import type { PortionMasses } from './sieve/portion.ts';
import { sieveResult } from './sieve/result.ts';
import { recordTables, reportTables } from './sieve/tables.ts';
import { SIEVE_VECTORS } from './sieve/vector.ts';

function portionMasses(inputs: SieveInputs): PortionMasses[] {
  return Array.from({ length: PORTIONS }, (_, index) => ({
    sample_g: inputs.sampleMass_g[index] ?? '',
    retained_g: MASS_FIELDS.map(({ name }) => inputs[name][index] ?? ''),
  }));
}

export default defineMethod({
  id: 'sand-sieve',
  name: '砂筛分析和细度模数',
  purpose: 'sample',
  itemCode: 'SA-SF',
  sampleName: '砂',
  parameters: [
    { code: FINENESS, name: '细度模数', unit: '', recognises: /细度模数/ },
    { code: GRADING, name: '颗粒级配', unit: '%', recognises: /级配|筛分/ },
  ],
  recognises: (names) =>
    /砂/.test(names) && /筛分|细度模数|级配/.test(names) && !/砂浆|碎石|卵石|砂石|砂砾/.test(names),
  editions: [EDITION],
  sets: SIEVE_SETS,
  fields: SIEVE_FIELDS,
  policies: [CUMULATIVE_BASIS],
  limits: SIEVE_LIMITS,
  timing: { kind: 'prompt', turnaroundDays: 3 },
  acquisitions: [],
  describe: ({ sandKind = '', requiredClass = '' }) => ({ grade: requiredClass, spec: sandKind }),
  evaluate(inputs, { policies, asked, judges }) {
    const masses = portionMasses(inputs);
    const portions = masses.map((portion, index) =>
      sievePortion(portion, policies['cumulativeBasis'] as CumulativeBasis, {
        field: `retained5000_g.${index}`,
        label: `试样 ${index + 1}`,
      }),
    );
    const { outputs, mean, parameters, trace, warnings, text } = sieveResult(portions, {
      requiredClass: inputs.requiredClass,
      asked,
      judges: judges(STANDARD),
    });
    return {
      outputs,
      trace,
      parameters,
      valid: outputs.finenessModulus !== null,
      text,
      warnings: [...portionWarnings(inputs.sampleMass_g, portions), ...invalidWarnings(portions, mean), ...warnings],
      stops: sieveStops(portions, outputs.finenessModulus),
      record: recordTables(masses, outputs),
      report: reportTables(outputs, parameters),
    };
  },
  vectors: SIEVE_VECTORS,
});

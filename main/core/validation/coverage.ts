// What is covered by what: every method and edition with its clauses, the vector lines that prove it, the workplaces it
// appears at and the papers it is printed on. All of it follows from the declarations and the vector files.
import { foundationVectors } from '../../../shared/methods/foundation/foundation.vectors.ts';
import type { TestMethod } from '../../../shared/methods/index.ts';
import { limitPolicyName } from '../../../shared/methods/policies.ts';
import { vectorPolicies } from '../../../shared/methods/vectorPolicies.ts';
import type { PaperKind } from '../../reports/papers.ts';
import { FOUNDATION_ID, FOUNDATION_NAME } from './checkVectors.ts';
import { clausesOf, isOfEdition } from './clauses.ts';
import type { ExpectedLine } from './vectorFiles.ts';

export interface CoverageRow {
  methodId: string;
  name: string;
  edition: string;
  inForce: string;
  clauses: readonly string[];
  /** Lines that are computed under this edition or name a standard of it. */
  vectors: number;
  /** Lines of the method that name none of its editions. */
  unnamed: number;
  screens: readonly string[];
  papers: readonly string[];
}

export interface OptionCoverage {
  methodId: string;
  name: string;
  setting: string;
  label: string;
  options: readonly { value: string; label: string; usual: boolean; vectors: number }[];
}

export const linesOf = (method: Pick<TestMethod, 'vectors'>, lines: readonly ExpectedLine[]): ExpectedLine[] =>
  lines.filter((line) => Object.hasOwn(method.vectors, line.method));

/** Workplaces that take part, in the order of the work. */
export function screensOf({ purpose, fields, acquisitions }: TestMethod): string[] {
  if (purpose === 'evaluation') return ['评定'];
  const typed = fields.some(({ at, source }) => at === 'bench' && source === undefined);
  return ['收样', ...(acquisitions.length > 0 ? ['检测台采集'] : []), ...(typed ? ['检测台录入'] : []), '校核'];
}

/** Records and reports belong to samples; an evaluation of their results has a paper of its own. */
export const papersOf = ({ purpose }: TestMethod): PaperKind[] =>
  purpose === 'evaluation' ? ['evaluation'] : ['test-record', 'test-report'];

const inForceText = (from: string, until: string | null): string =>
  until === null ? `${from} 起` : `${from} 至 ${until}`;

function rowsOf(method: TestMethod, lines: readonly ExpectedLine[]): CoverageRow[] {
  const own = linesOf(method, lines);
  const unnamed = own.filter((line) => !method.editions.some((edition) => isOfEdition(line, edition)));
  return method.editions.map((edition) => ({
    methodId: method.id,
    name: method.name,
    edition: edition.id,
    inForce: inForceText(edition.inForceFrom, edition.inForceUntil),
    clauses: clausesOf(method, edition, own),
    vectors: own.filter((line) => isOfEdition(line, edition)).length,
    unnamed: unnamed.length,
    screens: screensOf(method),
    papers: papersOf(method),
  }));
}

export function coverageOf(methods: readonly TestMethod[], lines: readonly ExpectedLine[]): CoverageRow[] {
  const foundation: CoverageRow = {
    methodId: FOUNDATION_ID,
    name: FOUNDATION_NAME,
    edition: 'GB/T 8170-2008',
    inForce: '—',
    clauses: [],
    vectors: lines.filter(({ method }) => Object.hasOwn(foundationVectors, method)).length,
    unnamed: 0,
    screens: [],
    papers: [],
  };
  return [foundation, ...methods.flatMap((method) => rowsOf(method, lines))];
}

/** Settings by which a standard is read, with the lines computed under each option; a line that names none has the default. */
export function optionCoverage(methods: readonly TestMethod[], lines: readonly ExpectedLine[]): OptionCoverage[] {
  return methods.flatMap((method) => {
    const own = linesOf(method, lines);
    const chosen = own.map(({ inputs }) => vectorPolicies(method.policies, inputs).policies);
    const confirmations = new Set(method.limits.map(({ standard }) => limitPolicyName(standard)));
    return method.policies
      .filter(({ name }) => !confirmations.has(name))
      .map(({ name, label, options, default: usual }) => ({
        methodId: method.id,
        name: method.name,
        setting: name,
        label,
        options: options.map((option) => ({
          value: option.value,
          label: option.label,
          usual: option.value === usual,
          vectors: chosen.filter((policies) => policies[name] === option.value).length,
        })),
      }));
  });
}

// The clauses that a method works by, gathered from what it declares, one entry a standard: `GB/T 50081-2019：4.4，5.0.5`.
import type { Edition, TestMethod } from '../../../shared/methods/index.ts';
import { limitPolicyName } from '../../../shared/methods/policies.ts';
import type { ExpectedLine } from './vectorFiles.ts';

const standardName = /^((?:GB|JGJ|JTG|CJJ|YB|JC|CECS|DB|T)[A-Z/]*\s?[\d./]+(?:-\d{4})?)[\s　]*(.*)$/su;
/** Between two references, not inside the words of one. */
const between = /\s*[、，；/]\s*(?=(?:GB|JGJ|JTG|CJJ|YB|JC|CECS|DB)[A-Z/]*\s?\d)/u;

const dense = (text: string): string => text.replaceAll(/\s/gu, '');

/** Whether a written reference speaks of this edition, by its name or one of its standards. */
export function namesEdition(text: string, { id, test, judgement }: Edition): boolean {
  return [id, test, judgement ?? id].some((standard) => dense(text).includes(dense(standard)));
}

/** What a vector line says of its standard; a result may be named after the edition that judges it. */
const referenceOf = ({ standard, expected }: ExpectedLine): string => [standard, ...Object.keys(expected)].join(' ');

/** Whether a line is of this edition: the one that it is computed under, where it names one, else any that it writes of. */
export function isOfEdition(line: ExpectedLine, edition: Edition): boolean {
  const { edition: named } = line.inputs;
  return typeof named === 'string' ? named === edition.id : namesEdition(referenceOf(line), edition);
}

/** Limits of a standard that another edition judges by are none of this edition's clauses. */
function limitsOf(method: TestMethod, edition: Edition) {
  const others = method.editions.filter(({ id }) => id !== edition.id);
  return method.limits.filter(
    ({ standard }) => namesEdition(standard, edition) || !others.some((other) => namesEdition(standard, other)),
  );
}

function references(method: TestMethod, edition: Edition, lines: readonly ExpectedLine[]): string[] {
  const confirmations = method.limits.map(({ standard }) => limitPolicyName(standard));
  const mine = lines.filter(
    (line) => isOfEdition(line, edition) || !method.editions.some((other) => isOfEdition(line, other)),
  );
  return [
    ...method.fields.map(({ clause }) => clause),
    ...method.policies.filter(({ name }) => !confirmations.includes(name)).map(({ clause }) => clause),
    ...limitsOf(method, edition).map(({ standard, clause }) => `${standard} ${clause}`),
    ...(method.timing.kind === 'prompt' ? [] : method.timing.tolerances.map(({ clause }) => clause)),
    ...mine.map(({ standard }) => standard.replaceAll(/\s*\([^()]*\)/gu, '')),
  ];
}

/** Numbers by their size, everything else by its characters: no collation, which differs between versions of Node. */
const sortKey = (text: string): string => text.replaceAll(/\d+/gu, (digits) => digits.padStart(6, '0'));
const byNumber = (a: string, b: string): number => (sortKey(a) < sortKey(b) ? -1 : 1);

/** What is no standard (委托单) says where a reading comes from and is no clause. */
export function clausesOf(method: TestMethod, edition: Edition, lines: readonly ExpectedLine[]): string[] {
  const found = new Map<string, Set<string>>();
  for (const reference of references(method, edition, lines).flatMap((text) => text.split(between))) {
    const [, standard, rest = ''] = standardName.exec(reference.trim()) ?? [];
    if (standard === undefined) continue;
    const clauses = found.get(standard) ?? new Set<string>();
    for (const clause of rest.split(/[,，]\s*/u))
      if (clause !== '') clauses.add(clause.replaceAll(/附录\s*(?=[A-Z])/gu, '附录 '));
    found.set(standard, clauses);
  }
  return [...found]
    .toSorted(([a], [b]) => byNumber(a, b))
    .map(([standard, clauses]) =>
      clauses.size === 0 ? standard : `${standard}：${[...clauses].toSorted(byNumber).join('，')}`,
    );
}

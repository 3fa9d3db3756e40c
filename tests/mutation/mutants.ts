// Which mutants there are and which of them are tried: the files by family, the operators that count, the seeded draw.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { figureMutator, type Mutator } from './figures.ts';

export const root = fileURLToPath(new URL('../../', import.meta.url));
const METHODS = 'shared/methods';

/** Operators that only change words or the shape of data: what they break is a text or a type, not a figure. */
export const LEFT_OUT = ['StringLiteral', 'ObjectLiteral', 'ArrayDeclaration', 'Regex'];

export type Instrumented = Awaited<ReturnType<Instrumenter['instrument']>>;
export type Mutant = Instrumented['mutants'][number];

/** Lists that scripts/methods.mjs writes. */
const WRITTEN = ['registry.ts', 'vectors/index.ts'];

/** Source files of the methods: no tests, no help for tests, no written list. */
export function sourceFiles(): string[] {
  return readdirSync(join(root, METHODS), { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(sep).join('/'))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .filter((file) => !file.startsWith('testing/') && !WRITTEN.includes(file))
    .map((file) => `${METHODS}/${file}`)
    .toSorted();
}

/** The folder below shared/methods; what lies beside the families is `core`. */
export function familyOf(file: string): string {
  const [family, ...rest] = file.slice(METHODS.length + 1).split('/');
  return rest.length === 0 || family === undefined ? 'core' : family;
}

export const relativeName = (file: string): string => relative(root, file).split(sep).join('/');

/** Names a mutant by what it is, not by a number that moves with every edit elsewhere. */
export function keyOf({ fileName, location, mutatorName, replacement }: Mutant): string {
  const { start, end } = location;
  const place = `${start.line}:${start.column}-${end.line}:${end.column}`;
  return `${relativeName(fileName)} ${place} ${mutatorName} ${replacement}`;
}

/** Puts the figure mutator among Stryker's. They are one list inside the instrumenter, asked for by every transform. */
export async function addFigureMutator(): Promise<void> {
  const entry = import.meta.resolve('@stryker-mutator/instrumenter');
  const list = (await import(new URL('mutators/mutate.js', entry).href)) as { allMutators: Mutator[] };
  if (!list.allMutators.some(({ name }) => name === figureMutator.name)) list.allMutators.push(figureMutator);
}

const silent = () => undefined;
const logger = {
  isTraceEnabled: () => false,
  isDebugEnabled: () => false,
  isInfoEnabled: () => false,
  isWarnEnabled: () => false,
  isErrorEnabled: () => false,
  isFatalEnabled: () => false,
  trace: silent,
  debug: silent,
  info: silent,
  warn: silent,
  error: silent,
  fatal: silent,
};

/** Every mutant of these files that counts. */
export async function listMutants(files: readonly string[]): Promise<Mutant[]> {
  const instrumenter = new Instrumenter(logger);
  const { mutants } = await instrumenter.instrument(
    files.map((file) => ({ name: join(root, file), mutate: true, content: readFileSync(join(root, file), 'utf8') })),
    { ignorers: [], excludedMutations: LEFT_OUT, plugins: null },
  );
  return mutants.filter(({ status }) => status === undefined);
}

/**
 * As many as asked, the same ones for the same seed. A mutant's rank hangs on its file, the text of its line and what it
 * becomes, not on where it stands: an edit elsewhere in the file draws no other mutants.
 */
export function draw(mutants: readonly Mutant[], count: number, seed: string): Mutant[] {
  const lines = new Map<string, string[]>();
  const seen = new Map<string, number>();
  const rank = ({ fileName, location, mutatorName, replacement }: Mutant): string => {
    const text = lines.get(fileName) ?? readFileSync(fileName, 'utf8').split('\n');
    lines.set(fileName, text);
    const what = `${relativeName(fileName)} ${text[location.start.line]?.trim()} ${mutatorName} ${replacement}`;
    const nth = (seen.get(what) ?? 0) + 1;
    seen.set(what, nth);
    return createHash('sha256').update(`${seed} ${nth} ${what}`).digest('hex');
  };
  return mutants
    .map((mutant) => ({ mutant, at: rank(mutant) }))
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
    .slice(0, count)
    .map(({ mutant }) => mutant);
}

/** `count` of every family, for a look into each. */
export function drawOfEach(mutants: readonly Mutant[], count: number, seed: string): Mutant[] {
  const families = Map.groupBy(mutants, ({ fileName }) => familyOf(relativeName(fileName)));
  return [...families.values()].flatMap((own) => draw(own, count, seed));
}

const whole = Instrumenter.prototype.instrument;

/**
 * From here on every instrumenting keeps only the mutants of these keys. The answer fills with what the numbers of the
 * run, which its results bear, stand for.
 */
export function keepOnly(keys: ReadonlySet<string>): ReadonlyMap<string, string> {
  const keyOfNumber = new Map<string, string>();
  Instrumenter.prototype.instrument = async function only(...given) {
    const result = await whole.apply(this, given);
    const mutants = result.mutants.filter((mutant) => keys.has(keyOf(mutant)));
    for (const mutant of mutants) keyOfNumber.set(mutant.id, keyOf(mutant));
    return { ...result, mutants };
  };
  return keyOfNumber;
}

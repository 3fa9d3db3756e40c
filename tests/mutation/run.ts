// npm run mutation: does a test notice when the arithmetic of a method is wrong?
//   node tests/mutation/run.ts [--family steel]… [--file steel/rebar/limits.ts]… [--operator Figure]…
//                              [--sample 60 | --each 60] [--seed 1] [--least 90] [--jobs 2] [--depth own|library|every] [--list]
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  addFigureMutator,
  draw,
  drawOfEach,
  familyOf,
  listMutants,
  relativeName,
  root,
  sourceFiles,
} from './mutants.ts';
import { rowOf, rowsOf, scoreOf, survivorsOf, tableOf } from './summary.ts';
import { tryFamily, WORK, type Depth, type Outcome } from './trial.ts';

const { values } = parseArgs({
  options: {
    family: { type: 'string', multiple: true, default: [] },
    file: { type: 'string', multiple: true, default: [] },
    operator: { type: 'string', multiple: true, default: [] },
    sample: { type: 'string' },
    each: { type: 'string' },
    seed: { type: 'string', default: '1' },
    least: { type: 'string', default: '0' },
    jobs: { type: 'string', default: '2' },
    depth: { type: 'string', default: 'library' },
    list: { type: 'boolean', default: false },
  },
});
const say = (text: string): boolean => process.stdout.write(`${text}\n`);
const depth = depthOf(values.depth);
const least = countOf('least', values.least);
const jobs = countOf('jobs', values.jobs);
const { family, file, operator, sample, each, seed } = values;
const familyOfMutant = ({ fileName }: { fileName: string }): string => familyOf(relativeName(fileName));

function countOf(option: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new Error(`--${option} is a whole number, not ${text}`);
}

function depthOf(text: string): Depth {
  if (text === 'own' || text === 'library' || text === 'every') return text;
  throw new Error('--depth is own, library or every');
}

await addFigureMutator();
const files = sourceFiles()
  .filter((name) => family.length === 0 || family.includes(familyOf(name)))
  .filter((name) => file.length === 0 || file.some((end) => name.endsWith(end)));
const all = (await listMutants(files)).filter(
  ({ mutatorName }) => operator.length === 0 || operator.includes(mutatorName),
);
const few = each === undefined ? all : drawOfEach(all, countOf('each', each), seed);
const chosen = sample === undefined ? few : draw(few, countOf('sample', sample), seed);
if (chosen.length === 0) throw new Error('no mutant answers to these options');
say(`${chosen.length} of ${all.length} mutants in ${files.length} files${chosen === all ? '' : `, seed ${seed}`}`);
if (values.list) {
  for (const { fileName, location, mutatorName, replacement } of chosen)
    say(
      `${relativeName(fileName)}:${location.start.line + 1}  ${mutatorName} → ${replacement.replaceAll(/\s+/g, ' ')}`,
    );
  process.exit(0);
}

const work = join(root, WORK);
mkdirSync(work, { recursive: true });
const outcomes: Outcome[] = [];
const began = performance.now();
for (const [name, mutants] of Map.groupBy(chosen, familyOfMutant)) {
  const started = performance.now();
  const own = await tryFamily(name, mutants, jobs, depth);
  outcomes.push(...own);
  say(`\n${survivorsOf(own).join('\n')}`);
  say(`${name}: ${mutants.length} mutants, ${((performance.now() - started) / 1000).toFixed(0)} s`);
  writeFileSync(join(work, 'outcomes.json'), JSON.stringify(outcomes, null, 1));
}
say(`\n${tableOf(rowsOf(outcomes))}`);
say(`\n${((performance.now() - began) / 1000).toFixed(0)} s; every outcome is in ${WORK}/outcomes.json`);
const score = scoreOf(rowOf('all', outcomes));
if (score === null || score < least) {
  say(`the score is below ${least} %: a test is missing for one of the mutants above`);
  process.exitCode = 1;
}

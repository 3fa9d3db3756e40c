// npm run papers: the original record and the report of every method as PDF, from samples with real figures.
//   node tests/papers/run.ts --to <folder> [--method <id>] …
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { listMethods } from '../../shared/methods/index.ts';
import { openTestCore } from '../support/testCore.ts';
import { confirmLimits, papersOf } from './paperJob.ts';
import { samplesOf } from './samples/index.ts';

const { values } = parseArgs({
  options: { to: { type: 'string' }, method: { type: 'string', multiple: true } },
});
if (values.to === undefined) {
  process.stderr.write('node tests/papers/run.ts --to <folder> [--method <id>]\n');
  process.exit(2);
}
const folder = values.to;
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const chosen = listMethods().filter(({ id }) => values.method === undefined || values.method.includes(id));
for (const id of values.method ?? [])
  if (!chosen.some((method) => method.id === id)) throw new Error(`no method ${id}`);

mkdirSync(folder, { recursive: true });
const lab = await openTestCore();
let failed = 0;
try {
  for (const method of chosen) {
    if (method.purpose === 'evaluation') {
      say(`${method.id}: an evaluation has no sample; its paper is made elsewhere`);
      continue;
    }
    const samples = samplesOf(method.id);
    if (samples === null) {
      failed += 1;
      say(`${method.id}: no samples described in tests/papers/samples`);
      continue;
    }
    const [first] = samples.sound;
    const drafts = method.policies.some(({ options }) => options.some(({ value }) => value === 'draft'));
    const reports = [
      { name: 'sound', confirmed: true, of: samples.sound },
      { name: 'failing', confirmed: true, of: samples.failing },
      ...(drafts && first ? [{ name: 'draft', confirmed: false, of: [first] }] : []),
    ];
    for (const { name, confirmed, of } of reports) {
      try {
        await confirmLimits(lab, method, confirmed);
        const papers = await papersOf(lab, method, samples, of, name === 'sound');
        const file = (paper: string) => join(folder, `${method.id}.${name}.${paper}.pdf`);
        writeFileSync(file('report'), papers.report);
        for (const [index, record] of papers.records.entries()) writeFileSync(file(`record-${index + 1}`), record);
        say(`${method.id} ${name}: report and ${papers.records.length} records`);
      } catch (cause) {
        failed += 1;
        say(`${method.id} ${name}: ${cause instanceof Error ? cause.message : String(cause)}`);
      }
    }
  }
} finally {
  await lab.stop();
}
process.exit(failed === 0 ? 0 : 1);

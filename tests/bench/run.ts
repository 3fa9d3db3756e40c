// npm run bench: the figures that the architecture rests on, measured on this machine.
//   node tests/bench/run.ts [--json] [--quick] [--only abcdefg] [--records 1000000]
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { archive } from './archive.ts';
import { Host } from './host-child.ts';
import { toText, type Section } from './measure.ts';
import { recompute, reread } from './records.ts';
import { burst, commitToScreen, fullSizes, load, paper, quickSizes, transact } from './sections.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    records: { type: 'string' },
    only: { type: 'string', default: 'abcdefg' },
  },
});
const sizes = values.quick ? quickSizes : fullSizes;
const sections: Section[] = [];
const wanted = (letter: string): boolean => values.only.includes(letter);
const say = (text: string): void => {
  if (!values.json) process.stdout.write(`${text}\n`);
};
function add(section: Section): void {
  sections.push(section);
  say(`${toText([section])}\n`);
}

say(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}\n`);
if (wanted('a') || wanted('b') || wanted('e')) {
  const host = await Host.start(5_000);
  try {
    const client = await host.client();
    if (wanted('a')) add(await commitToScreen(host, client, sizes));
    if (wanted('b')) add(await burst(host, client, sizes));
    if (wanted('e')) add(await load(client, sizes));
    client.close();
  } finally {
    await host.stop();
  }
}
if (wanted('c')) add(transact(sizes));
if (wanted('d')) add(await paper(sizes));
if (wanted('f')) {
  add(recompute(sizes.records));
  add(await reread(sizes.stored));
}
if (wanted('g'))
  for (const section of await archive(Number(values.records ?? sizes.archive), sizes.rounds, say)) add(section);
if (values.json)
  process.stdout.write(`${JSON.stringify({ node: process.version, cpus: cpus().length, sections }, null, 1)}\n`);

// Section (f): ten thousand mixed records recomputed, as a check of a whole archive does it, and a thousand stored ones read
// back through the store. Beside it what the strictness costs: the same inputs parsed only, and cubes in binary floats.
import { randomInt } from 'node:crypto';
import { openRecord } from '../../main/core/bench/openRecord.ts';
import { actorOf } from '../../main/core/dispatch.ts';
import { readRecord } from '../../main/core/records/recordRows.ts';
import { listMethods } from '../../shared/methods/index.ts';
import type { TestMethod } from '../../shared/methods/index.ts';
import { typedEntries } from '../papers/readings.ts';
import { sampleInputOf } from '../papers/paperSampleInput.ts';
import { samplesOf } from '../papers/samples/index.ts';
import { receive } from '../support/mainJob.ts';
import { openTestCore } from '../support/testCore.ts';
import { floatCube } from './floatCube.ts';
import { line, median, percentile, total, type Section } from './measure.ts';

type Inputs = Readonly<Record<string, unknown>>;
interface Work {
  method: TestMethod;
  inputs: Inputs;
  parameters: readonly string[];
}

const family = (method: TestMethod): string => (method.itemCode ?? '评定').split('-')[0] ?? '';
const familyNames: Readonly<Record<string, string>> = {
  HNT: '混凝土', GJ: '钢筋', SN: '水泥', SJ: '砂浆', SA: '砂', SI: '石', ZK: '砖', QK: '砌块', TG: '土工', SZ: '饰面砖',
}; // prettier-ignore

/** Inputs of an evaluation, of which nobody receives a sample. */
const evaluations: Readonly<Record<string, Inputs>> = {
  'concrete-batch-evaluation': {
    designGrade: 'C30',
    sampleNos: Array.from({ length: 12 }, (_, index) => `YP-${index + 1}`),
    states: Array.from({ length: 12 }, () => 'valid'),
    curings: Array.from({ length: 12 }, () => '标准养护'),
    values_MPa: ['33.1', '34.6', '32.8', '35.9', '36.2', '34.4', '33.7', '35.1', '34.9', '36.8', '33.9', '35.5'],
  },
  'mortar-batch': {
    designGrade: 'M10',
    sampleNos: ['YP-1', 'YP-2', 'YP-3'],
    states: ['valid', 'valid', 'valid'],
    values_MPa: ['11.0', '11.2', '10.8'],
  },
};

const present = (inputs: Inputs): Inputs =>
  Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined));

/** The peaks of a sample with other last digits, so that no two records are alike. */
function varied(method: TestMethod, inputs: Inputs): Inputs {
  const peaks = new Set(method.fields.filter(({ source }) => source === 'peak').map(({ name }) => name));
  const other = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(other) : String(value).replace(/\d$/, String(randomInt(1, 10)));
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [name, peaks.has(name) ? other(value) : value]),
  );
}

/** Inputs that the method answers; what a variation spoils is left as it was described. */
function worksOf(method: TestMethod, variants: number): Work[] {
  const samples = samplesOf(method.id);
  const own = evaluations[method.id];
  const described = samples
    ? [...samples.sound, ...samples.failing].map(({ inputs, about }) => ({
        inputs: present(ageOf(method, inputs)),
        parameters: about?.parameterCodes ?? method.parameters.map(({ code }) => code),
      }))
    : own
      ? [{ inputs: own, parameters: method.parameters.map(({ code }) => code) }]
      : [];
  return described.flatMap(({ inputs, parameters }) =>
    Array.from({ length: variants }, (): Work => {
      const work = { method, inputs: varied(method, inputs), parameters };
      return answers(work) ? work : { ...work, inputs };
    }).filter(answers),
  );
}

/** The age that the task of a sample with several ages brings along. */
function ageOf(method: TestMethod, inputs: Inputs): Inputs {
  const age = method.fields.find(({ source, optional }) => source === 'age' && optional !== true);
  return age === undefined || inputs[age.name] !== undefined ? inputs : { ...inputs, [age.name]: '28' };
}

function answers({ method, inputs, parameters }: Work): boolean {
  try {
    method.compute(inputs, { parameters });
    return true;
  } catch {
    return false;
  }
}

/** Processor time, ms: what else runs on the machine does not count. */
const timed = (work: () => unknown): number => {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
};
const mb = (bytes: number): string => `${(bytes / 1_048_576).toFixed(0)} MB`;

export function recompute(count: number): Section {
  const methods = listMethods()
    .map((method) => worksOf(method, 8))
    .filter((works) => works.length > 0);
  const mixed = Array.from({ length: count }, (_, index) => {
    const works = methods[index % methods.length] ?? [];
    return works[Math.floor(index / methods.length) % works.length] as Work;
  });
  // The first calls of a method are compiled; they are nobody's usual case.
  for (const works of methods)
    for (const { method, inputs, parameters } of works) method.compute(inputs, { parameters });
  const [computed, parsed]: [number[], number[]] = [[], []];
  const families = new Map<string, number[]>();
  let [heap, rss] = [0, 0];
  for (const [index, { method, inputs, parameters }] of mixed.entries()) {
    const took = timed(() => method.compute(inputs, { parameters }));
    computed.push(took);
    parsed.push(timed(() => method.inputs.parse(inputs)));
    const name = family(method);
    const known = families.get(name);
    if (known === undefined) families.set(name, [took]);
    else known.push(took);
    if (index % 100 !== 0) continue;
    const memory = process.memoryUsage();
    [heap, rss] = [Math.max(heap, memory.heapUsed), Math.max(rss, memory.rss)];
  }
  const cubes = worksOf(methodNamed('concrete-cube'), 200);
  const exact = cubes.map(({ method, inputs, parameters }) => timed(() => method.compute(inputs, { parameters })));
  const floats = cubes.map(({ inputs }) => timed(() => floatCube(inputs)));
  const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
  const one = line('a record of any method: compute()', computed);
  const cube = line('a cube group: compute()', exact);
  return {
    title: `(f) ${count.toLocaleString('en')} mixed records of ${methods.length} methods recomputed, processor time`,
    lines: [
      one,
      line('the same inputs parsed only', parsed, one),
      total(`all ${count.toLocaleString('en')}`, sum(computed)),
      cube,
      line('the same group in binary floats, no trace, no tables', floats, cube),
    ],
    notes: [
      ...[...families].map(([name, values]) => {
        const label = `${familyNames[name] ?? name}（${values.length}）`;
        return `${label} median ${median(values).toFixed(3)} ms, P95 ${percentile(values, 0.95).toFixed(3)} ms`;
      }),
      `P95 of all ${percentile(computed, 0.95).toFixed(3)} ms; peak heap ${mb(heap)}, peak resident ${mb(rss)}`,
    ],
  };
}

function methodNamed(id: string): TestMethod {
  const method = listMethods().find((candidate) => candidate.id === id);
  if (method === undefined) throw new Error(`no method ${id}`);
  return method;
}

/** Typed tests, so that what is measured is the record and not the making of run files. */
const stored = ['sand-mud', 'stone-mud', 'field-density-ring', 'tile-bond'] as const;

export async function reread(count: number): Promise<Section> {
  const lab = await openTestCore();
  try {
    const technician = await lab.as('jiance');
    const actor = actorOf(technician.user.name, technician.user.username, '测试工位');
    const kept: { recordNo: string; work: Work }[] = [];
    for (const id of stored) {
      const method = methodNamed(id);
      const samples = samplesOf(id);
      const [sound] = samples?.sound ?? [];
      if (!samples || !sound) throw new Error(`no samples of ${id}`);
      const share = Math.ceil(count / stored.length);
      for (let done = 0; done < share; done += 125) {
        const many = Math.min(125, share - done);
        const received = await receive(lab, {
          samples: Array.from({ length: many }, () => sampleInputOf(method, samples, sound)),
        });
        for (const { taskId } of received) {
          const recordNo = openRecord(lab.context, actor, technician.user, taskId, machineOf(id));
          const entries = typedEntries(method, sound.inputs);
          await technician.call('records.enter', { recordNo, entries });
          const parameters = sound.about?.parameterCodes ?? method.parameters.map(({ code }) => code);
          kept.push({ recordNo, work: { method, inputs: present(sound.inputs), parameters } });
        }
      }
    }
    const found = { alone: [] as number[], read: [] as number[], row: [] as number[] };
    for (const { recordNo, work } of kept) {
      found.row.push(timed(() => lab.store.get('testRecord', recordNo)));
      found.alone.push(timed(() => work.method.compute(work.inputs, { parameters: work.parameters })));
      found.read.push(timed(() => readRecord(lab.store, recordNo)));
    }
    const read = line('readRecord: rows, recomputation, digest', found.read);
    const all = found.read.reduce((sum, value) => sum + value, 0);
    return {
      title: `(f) ${kept.length.toLocaleString('en')} stored records of ${stored.length} methods read and recomputed, processor time`,
      lines: [
        read,
        line('compute() alone', found.alone, read),
        line('the bare row, not recomputed', found.row, read),
        total(`all ${kept.length.toLocaleString('en')}`, all),
      ],
      notes: [`P95 of a record ${percentile(found.read, 0.95).toFixed(2)} ms`],
    };
  } finally {
    await lab.stop();
  }
}

const machineOf = (id: (typeof stored)[number]): string => (id === 'tile-bond' ? 'E010' : 'E007');

// Campaign: every framer and driver against noise, broken frames and pulled cables.
//   node tests/faults/fuzz-drivers.ts --bytes 10000000 --seed 1            all of them
//   node tests/faults/fuzz-drivers.ts --bytes 10000000 --driver toledo     one (and its other profiles)
// Prints a JSON line for each and ends with status 1 when there is a violation.
import { parseArgs } from 'node:util';
import { seededRandom, seedOf } from './bed/random.ts';
import { barcode, lineSubjects } from './fuzz/lines.ts';
import { machineSubjects } from './fuzz/machines.ts';
import { packetSubjects } from './fuzz/packets.ts';
import { fuzzDriver, pullLines } from './fuzz/play.ts';
import type { Subject } from './fuzz/subject.ts';

export const subjects: readonly Subject[] = [...lineSubjects, barcode, ...packetSubjects, ...machineSubjects];

const PULLS = 200;
const BYTES_PER_MB = 1_048_576;

function main(): void {
  const { values } = parseArgs({
    options: {
      bytes: { type: 'string', default: '1000000' },
      seed: { type: 'string', default: '1' },
      driver: { type: 'string' },
    },
  });
  const seed = Number(values.seed);
  const chosen = subjects.filter((each) => values.driver === undefined || each.driver === values.driver);
  if (chosen.length === 0) {
    process.stderr.write(`no driver ${values.driver}\n`);
    process.exitCode = 2;
  }
  let violations = 0;
  for (const subject of chosen) {
    const part = subjects.indexOf(subject);
    const result = fuzzDriver(subject, { bytes: Number(values.bytes), random: seededRandom(seedOf(seed, part)) });
    const pulls = subject.lines
      ? pullLines(subject, { pulls: PULLS, random: seededRandom(seedOf(seed, part + 1000)) })
      : null;
    const heapMb = Math.round(process.memoryUsage().heapUsed / BYTES_PER_MB);
    violations += result.violations.length + (pulls?.violations.length ?? 0);
    process.stdout.write(
      `${JSON.stringify({ ...result, seconds: Math.round(result.seconds * 10) / 10, heapMb, pulls })}\n`,
    );
  }
  if (violations > 0) process.exitCode = 1;
}

if (import.meta.main) main();

// npm test: everything that can run on this machine, in order, and one closing line. A step that cannot run here says
// so in plain words and counts as skipped, never as passed. Imports nothing but Node's own modules and its neighbours.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  findChromium,
  findNode24,
  installWhatIsMissing,
  root,
  run,
  toolEntry,
  toolEnvironment,
  underNode24,
} from './bootstrap.mjs';
import { closingLine, countsOf, readReport, sumOf } from './sum.mjs';

const args = process.argv.slice(2);
installWhatIsMissing();
await underNode24(process.argv[1], args);

const node = findNode24();
const reports = join(root, 'build/test-reports');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const unitReport = join(reports, 'unit.json');
const e2eReport = join(reports, 'e2e.json');

/** Steps without a report of their own count as one each. `only` steps can be named on the command line. */
const steps = [
  { name: 'methods', command: [join(root, 'scripts/methods.mjs'), '--check'] },
  { name: 'layers', command: [join(root, 'scripts/layers.mjs')] },
  { name: 'types', command: [toolEntry('typescript', 'tsc'), '-p', '.'] },
  { name: 'lint', command: [toolEntry('oxlint'), '--type-aware', '--deny-warnings'] },
  { name: 'format', command: [toolEntry('oxfmt'), '--check', '.'] },
  {
    name: 'unit',
    command: [toolEntry('vitest'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`],
    report: unitReport,
  },
  {
    // A small draw of planted faults; the whole is `npm run mutation`.
    name: 'mutation',
    command: [
      join(root, 'tests/mutation/run.ts'),
      ...['foundation', 'concrete', 'mortar'].flatMap((family) => ['--family', family]),
      '--sample',
      '24',
      '--seed',
      '1',
      '--depth',
      'own',
      '--least',
      '75',
    ],
  },
  { name: 'build', command: [join(root, 'scripts/build.mjs')] },
  {
    name: 'e2e',
    command: [toolEntry('@playwright/test', 'playwright'), 'test', '--reporter=list,json'],
    environment: { PLAYWRIGHT_JSON_OUTPUT_FILE: e2eReport },
    report: e2eReport,
    skipped: () =>
      findChromium() === null ? '本机没有 Chromium(Debian: apt-get install chromium),端到端测试未运行' : null,
  },
  {
    name: 'pack',
    command: [join(root, 'scripts/pack-check.mjs')],
    skipped: () => (process.platform === 'linux' ? null : '打包检查只在 Linux 上运行'),
  },
];

const chosen = args.filter((argument) => steps.some((step) => step.name === argument));
const checks = [];
const lines = [];
const collected = [];
for (const step of steps) {
  if (chosen.length > 0 && !chosen.includes(step.name)) continue;
  process.stdout.write(`\n== ${step.name}\n`);
  const reason = step.skipped?.() ?? null;
  if (reason !== null) {
    process.stdout.write(`${reason}\n`);
    checks.push({ name: step.name, outcome: 'skipped' });
    lines.push(`${step.name}: skipped (${reason})`);
    continue;
  }
  const started = performance.now();
  const code = await run(node, step.command, { env: { ...toolEnvironment(), ...step.environment, FORCE_COLOR: '0' } });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (step.report) collectReport(step, code);
  else checks.push({ name: step.name, outcome: code === 0 ? 'passed' : 'failed' });
  lines.push(`${step.name}: ${code === 0 ? 'ok' : `failed (exit ${code})`}, ${seconds} s`);
}

/** A runner that ended badly without naming a failed test is itself the failure. */
function collectReport(step, code) {
  const report = readReport(step.report);
  collected.push(report);
  if (report !== null && code !== 0 && countsOf(report).failed === 0)
    checks.push({ name: step.name, outcome: 'failed' });
}

const checksReport = { checks };
writeFileSync(join(reports, 'checks.json'), JSON.stringify(checksReport, null, 1));
const sum = sumOf([...collected, checksReport]);
process.stdout.write(`\n${lines.join('\n')}\n\n${closingLine(sum)}\n`);
process.exitCode = sum.failed === 0 && sum.passed > 0 ? 0 : 1;

// A platform on a temporary file for one test file, and the steps that bring a cube group to a given point.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTrainingPlatform, type TrainingPlatform, type TrainingPlatformOptions } from '../platform.ts';
import { seedTrainingLab, type TrainingLab } from '../seed.ts';
import { entryOf, type Answer, type LabClient, labClient } from './lab-client.ts';
import { type CubeGroup, cubeGroup } from './payloads.ts';

/** A working day in China, 2026-11-23 10:00. */
export const TEST_NOW = Date.parse('2026-11-23T10:00:00+08:00');

export interface Fixture {
  lab: TrainingLab;
  platform: TrainingPlatform;
  client: LabClient;
  clock: { now: number };
  /** Stops the platform and starts it again on the same file. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function startFixture(options: Partial<TrainingPlatformOptions> = {}): Promise<Fixture> {
  const folder = mkdtempSync(join(tmpdir(), 'jiantai-platform-'));
  const clock = { now: TEST_NOW };
  const lab = seedTrainingLab({ now: clock.now });
  const start = (): Promise<TrainingPlatform> =>
    startTrainingPlatform({ file: join(folder, 'platform.sqlite'), seed: lab, clock: () => clock.now, ...options });
  const platform = await start();
  const fixture: Fixture = {
    lab,
    clock,
    platform,
    client: labClient(platform.url, lab, () => clock.now),
    restart: async () => {
      await fixture.platform.stop();
      fixture.platform = await start();
      fixture.client = labClient(fixture.platform.url, lab, () => clock.now);
    },
    close: async () => {
      await fixture.platform.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return fixture;
}

export async function sendCommission({ client }: Fixture, group: CubeGroup): Promise<Answer> {
  return client.put(`/v1/commissions/${group.commission.commissionNo}`, group.commission);
}

export async function sendRuns({ client }: Fixture, group: CubeGroup): Promise<Answer> {
  for (const curve of group.curves) await client.medium(curve);
  return client.batch(group.runs.map((run) => entryOf('acquisition', run.runNo, run)));
}

export async function sendRecord({ client }: Fixture, group: CubeGroup): Promise<Answer> {
  return client.batch([entryOf('test-record', group.record.recordNo, group.record)]);
}

export function reportPath(group: CubeGroup, revision = 1): string {
  return `/v1/reports/${group.report.reportNo}/revisions/${revision}`;
}

export async function sendReport({ client }: Fixture, group: CubeGroup): Promise<Answer> {
  return client.put(reportPath(group, group.report.revision), group.report);
}

/** Commission, curves, runs, record and report, all accepted. */
export async function sendAll(fixture: Fixture, suffix: string): Promise<CubeGroup> {
  const group = cubeGroup(suffix, fixture.clock.now);
  for (const step of [sendCommission, sendRuns, sendRecord, sendReport]) {
    const answer = await step(fixture, group);
    if (answer.status !== 200 || answer.text.includes('"rejected"')) throw new Error(answer.text);
  }
  return group;
}

/** The same, with its code. */
export async function sendCoded(fixture: Fixture, suffix: string): Promise<{ group: CubeGroup; code: string }> {
  const group = await sendAll(fixture, suffix);
  const answer = await fixture.client.send('POST', `${reportPath(group)}/code`);
  if (answer.status !== 200) throw new Error(answer.text);
  return { group, code: (answer.json as { code: string }).code };
}

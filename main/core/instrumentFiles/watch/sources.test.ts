// Watched sources of a running lab: set by the equipment keeper, offered to the bench, remembered over a restart.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, openAt, receive } from '../../../../tests/support/mainJob.ts';
import { openTestCore, refusalOf, type TestCore } from '../../../../tests/support/testCore.ts';

let lab: TestCore;
beforeAll(async () => {
  lab = await openTestCore();
});
afterAll(() => lab.stop());

test('a folder is watched, its file offered and taken; after a restart it is watched on and not offered again', async () => {
  const keeper = await lab.as('shebei');
  const path = join(lab.folder, 'caliper');
  mkdirSync(path);
  const set = (more: object = {}) =>
    keeper.call('instrumentFiles.setSource', {
      equipmentId: 'E005',
      path,
      profileId: 'caliper-csv',
      reason: '卡尺电脑导出文件夹',
      ...more,
    });
  expect((await refusalOf(set({ path: 'caliper' }))).code).toBe('FILE_SOURCE_PATH');
  expect((await refusalOf(set({ profileId: 'none' }))).code).toBe('FILE_PROFILE_UNKNOWN');
  const technician = await lab.as('jiance');
  expect(
    (
      await refusalOf(
        technician.call('instrumentFiles.setSource', {
          equipmentId: 'E005',
          path,
          profileId: 'caliper-csv',
          reason: 'x',
        }),
      )
    ).code,
  ).toBe('PERMISSION_DENIED');
  await set();
  writeFileSync(join(path, 'k.csv'), '通道,数值,单位\n1,150.1,mm\n1,150.2,mm\n');
  await eventually(() => technician.events.find(({ type }) => type === 'instrument.files'));
  const offered = async () => (await technician.call('instrumentFiles.sources', {})).sources[0];
  for (const end = Date.now() + 10_000; (await offered())?.offers.length !== 1 && Date.now() < end;)
    await new Promise((resolve) => setTimeout(resolve, 100));
  expect((await offered())?.offers).toMatchObject([{ fileName: 'k.csv', newRows: 2, trouble: null }]);

  const [received] = await receive(lab);
  const recordNo = openAt(lab, technician, received?.taskId ?? '');
  const choice = { recordNo, profileId: 'caliper-csv', fields: { 'channel-1': 'measuredSides_mm' } };
  const seen = await technician.call('instrumentFiles.preview', {
    ...choice,
    from: { sourceId: 'E005', fileName: 'k.csv' },
  });
  await technician.call('instrumentFiles.take', {
    ...choice,
    sha256: seen.sha256,
    digest: seen.digest,
    equipmentId: 'E005',
  });
  expect((await offered())?.offers).toEqual([]);
  expect(lab.store.get('instrumentFile', seen.sha256)).toMatchObject({ source: 'watch:E005', equipmentId: 'E005' });

  await lab.restart();
  const again = await lab.as('jiance');
  const look = async () => (await again.call('instrumentFiles.sources', {})).sources[0];
  for (const end = Date.now() + 10_000; (await look())?.state !== 'watching' && Date.now() < end;)
    await new Promise((resolve) => setTimeout(resolve, 100));
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(await look()).toMatchObject({ state: 'watching', offers: [], path });
}, 40_000);

// Makes a data folder of a lab that is connected to a platform of its own process: reference data, people with accounts,
// and the machine's port. It is the administrator's day before the first job; from then on only the contract is used.
import { createCore } from '../../../main/core/core.ts';
import { programActor } from '../../../main/core/context.ts';
import { seedTrainingUsers } from '../../../main/core/training/trainingLab.ts';
import { openKeyFileSecrets } from '../../../main/server/key-file-secrets.ts';
import type { PlatformProcess } from './children.ts';

export const machineId = 'E001';
const actor = programActor('准备');

export async function prepareLabFolder(dataFolder: string, platform: PlatformProcess, portPath: string): Promise<void> {
  const core = await createCore({ dataFolder, secrets: await openKeyFileSecrets(dataFolder) });
  try {
    await core.link.setConnection(actor, {
      platformUrl: platform.url,
      orgCode: platform.orgCode,
      accessKey: platform.accessKey,
      secret: platform.secret,
    });
    await core.link.refresh();
    if (!core.context.store.first('SELECT 1 FROM institution')) throw new Error('no reference data from the platform');
    await seedTrainingUsers(core.context);
    setPort(core, portPath);
  } finally {
    await core.stop();
  }
}

function setPort(core: Awaited<ReturnType<typeof createCore>>, path: string): void {
  const portJson = JSON.stringify({ path, baudRate: 115_200, lineProfile: null });
  core.context.store.transact(actor, (tx) => tx.update('equipment', machineId, { portJson }, '设置串口'));
}

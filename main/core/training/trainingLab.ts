// The training lab: the embedded platform as a real HTTP server beside the core, users for every role, and what the lab
// itself knows of its machines. Seeded once, on the first start; afterwards the store is the truth.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Extensometer } from '../../../shared/entities/extensometer.ts';
import type { Role } from '../../../shared/entities/roles.ts';
import { isLimitPolicy, listMethods } from '../../../shared/methods/index.ts';
import { seedTrainingLab } from '../../../sync/training/seed.ts';
import { startTrainingPlatform, type TrainingPlatform } from '../../../sync/training/platform.ts';
import { programActor, type Context } from '../context.ts';
import { readFact, writeFact } from '../provincial/facts.ts';
import type { PlatformLink } from '../provincial/link.ts';
import { createAccount } from '../sessions/accounts.ts';
import { policyKey } from '../sessions/policies.ts';

const actor = programActor('培训');

/** Every training user has this password; a real lab's administrator makes the accounts instead. */
export const trainingPassword = 'jiantai-2026';

export const trainingUsers: readonly { username: string; personId: string; roles: Role[] }[] = [
  { username: 'shouyang', personId: 'P006', roles: ['receiver'] },
  { username: 'jiance', personId: 'P001', roles: ['technician'] },
  { username: 'jiance2', personId: 'P002', roles: ['technician'] },
  { username: 'jiaohe', personId: 'P003', roles: ['checker'] },
  { username: 'pizhun', personId: 'P004', roles: ['authorisedSignatory'] },
  { username: 'zhiliang', personId: 'P009', roles: ['qualityManager', 'receiver'] },
  { username: 'shebei', personId: 'P011', roles: ['equipmentKeeper'] },
  { username: 'admin', personId: 'P011', roles: ['administrator'] },
];

const gauge = (gaugeMm: string, rangeMm: string, accuracyClass: Extensometer['accuracyClass']) => ({
  extensometerJson: JSON.stringify({
    gaugeMm,
    accuracyClass,
    classStandard: 'GB/T 12160-2019',
    rangeMm,
  } satisfies Extensometer),
});

/** What the lab keeps of its machines beside the platform's rows; a caliper, a balance or a hammer has no range in kN. */
const machines: readonly {
  equipmentId: string;
  rangeKn: string | null;
  certificateNo: string;
  extensometerJson?: string;
}[] = [
  { equipmentId: 'E001', rangeKn: '2000', certificateNo: 'LX-2026-03317' },
  { equipmentId: 'E002', rangeKn: '3000', certificateNo: 'LX-2025-11826' },
  { equipmentId: 'E003', rangeKn: '2000', certificateNo: 'LX-2026-02209' },
  { equipmentId: 'E004', rangeKn: '1000', certificateNo: 'LX-2026-05611' },
  { equipmentId: 'E005', rangeKn: null, certificateNo: 'CD-2025-40127' },
  { equipmentId: 'E006', rangeKn: '300', certificateNo: 'LX-2026-05612' },
  { equipmentId: 'E007', rangeKn: null, certificateNo: 'ZL-2026-01893' },
  { equipmentId: 'E008', rangeKn: null, certificateNo: 'LX-2026-06020' },
  { equipmentId: 'E009', rangeKn: null, certificateNo: 'CD-2026-00754' },
  { equipmentId: 'E010', rangeKn: '6', certificateNo: 'LX-2026-06033' },
  { equipmentId: 'E011', rangeKn: '300', certificateNo: 'LX-2026-05613' },
  { equipmentId: 'E012', rangeKn: '100', certificateNo: 'LX-2026-05614' },
  { equipmentId: 'E013', rangeKn: null, certificateNo: 'LX-2026-07118', ...gauge('100', '25', '1') },
  { equipmentId: 'E014', rangeKn: null, certificateNo: 'LX-2025-10433', ...gauge('50', '10', '0.5') },
];

/** Verdicts are to be seen in training; a real lab compares the tables with the printed standards first. */
const limitsReason = '培训数据：限值未与标准原文核对，仅供培训中显示判定';

const trainingSettings = {
  trainingMode: 'true',
  trainingHint: `培训账号 ${trainingUsers.map((user) => user.username).join('、')}，密码都是 ${trainingPassword}`,
  telephone: '0750-0000000',
  cmaNo: '202619000000（培训）',
};

const limitSettings = (): string[] =>
  listMethods().flatMap((method) =>
    method.policies.filter(({ name }) => isLimitPolicy(name)).map(({ name }) => policyKey(method.id, name)),
  );

export async function startTrainingLab(context: Context, link: PlatformLink): Promise<TrainingPlatform> {
  const known = readFact<number>(context.store, 'trainingPort');
  const first = known === null;
  const lab = first ? seedTrainingLab({ secret: randomBytes(32).toString('base64url') }) : undefined;
  const file = join(context.dataFolder, 'training-platform.sqlite');
  // The console is entered by single-use addresses; the token behind them is new at every start and written nowhere.
  const adminToken = randomBytes(32).toString('base64url');
  const start = (port: number) => startTrainingPlatform({ file, port, adminToken, ...(lab ? { seed: lab } : {}) });
  // Codes that were printed name this address, so the port is kept; another program may hold it today.
  const platform = await start(known ?? 0).catch((cause: unknown) => {
    context.log('warn', 'training platform takes another port', { cause: String(cause) });
    return start(0);
  });
  const port = Number(new URL(platform.url).port);
  if (lab) {
    await link.setConnection(actor, {
      platformUrl: platform.url,
      orgCode: lab.institution.orgCode,
      accessKey: lab.credentials.accessKey,
      secret: lab.credentials.secret,
    });
    context.store.transact(actor, (tx) => {
      for (const [key, value] of Object.entries(trainingSettings)) tx.put('setting', { key, value }, '培训模式');
      for (const key of limitSettings()) tx.put('setting', { key, value: 'confirmed' }, limitsReason);
    });
  } else {
    context.store.transact(actor, (tx) =>
      tx.put('setting', { key: 'platformUrl', value: platform.url }, '培训平台地址'),
    );
  }
  context.store.transact(actor, (tx) => writeFact(tx, 'trainingPort', port));
  return platform;
}

/** Users and machine facts, once the reference data have named the people. Does nothing where they are there already. */
export async function seedTrainingUsers(context: Context): Promise<void> {
  for (const user of trainingUsers) {
    if (context.store.first('SELECT 1 FROM userAccount WHERE username = ?', user.username)) continue;
    if (!context.store.get('person', user.personId)) continue;
    await createAccount(context, actor, { ...user, password: trainingPassword });
  }
  context.store.transact(actor, (tx) => {
    for (const { equipmentId, ...facts } of machines) {
      const row = tx.get('equipment', equipmentId);
      if (row && row['certificateNo'] === '') tx.update('equipment', equipmentId, facts, '培训设备台账');
    }
  });
}

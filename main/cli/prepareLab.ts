// What the main job needs before it can start: the platform's reference data, people with accounts in every role, a
// machine with a port. Against a platform that is not ours, the people are those the platform knows and qualifies.
import { randomBytes } from 'node:crypto';
import type { CallInput, CallName, CallOutput } from '../../shared/contract/calls.ts';
import { createClient } from '../../shared/contract/client.ts';
import { toCalendarDay } from '../../shared/entities/scalars.ts';
import type { Role } from '../../shared/entities/roles.ts';
import { AppError } from '../../shared/errors/appError.ts';
import { calibrationValidThrough } from '../../shared/gate/index.ts';
import { catalogueMethod } from '../core/catalogue.ts';
import { scopeRows } from '../core/gate/scope.ts';
import { jsonOf } from '../store/cells.ts';
import type { Row } from '../store/tables.ts';
import type { LineProfile } from '../instruments/drivers/line-profile.ts';
import type { OpenCore } from '../core/core.ts';
import { programActor } from '../core/context.ts';
import type { Connection as PlatformConnection } from '../core/provincial/link.ts';
import { createAccount } from '../core/sessions/accounts.ts';
import { hashPassword } from '../core/sessions/passwords.ts';

const actor = programActor('命令行');

export interface Worker {
  name: string;
  username: string;
  password: string;
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
}
export interface Lab {
  receiver: Worker;
  technician: Worker;
  checker: Worker;
  signatory: Worker;
  manager: Worker;
  equipmentId: string;
  projectId: string;
  contractNo: string | null;
  itemCode: string;
  parameterCodes: string[];
  /** Whether the machine is the virtual one, which is told when to press. */
  virtual: boolean;
}

export interface LabOptions {
  connection: PlatformConnection | null;
  port: string | null;
  profile: LineProfile | null;
  say: (text: string) => void;
}

export async function prepareLab(core: OpenCore, options: LabOptions): Promise<Lab> {
  const { context, link } = core;
  if (options.connection) {
    await link.setConnection(actor, options.connection);
    await link.refresh();
  }
  const { store } = context;
  const institution = store.first('SELECT name FROM institution');
  if (!institution) {
    throw new AppError({
      code: 'PLATFORM_UNREACHABLE',
      message: `没有从监管平台取得机构数据：${link.lastRefusal ?? '平台没有应答'}`,
      meaning: '没有资质范围和人员数据，不能受理样品。',
      next: '请检查平台地址、机构代码、访问键和密钥文件。',
    });
  }
  options.say(`机构 ${String(institution['name'])}，平台 ${String(store.get('setting', 'platformUrl')?.['value'])}`);

  const today = toCalendarDay(Date.now());
  const { itemCode, parameterCodes } = concreteItem(core, today);
  const qualified = store
    .all(
      `SELECT DISTINCT person.personId FROM person JOIN personQualification USING (personId)
       WHERE person.state = 'active' AND personQualification.state = 'active' AND itemCode = ? AND validTo >= ? ORDER BY person.personId`,
      itemCode,
      today,
    )
    .map((row) => String(row['personId']));
  const [tester, checker, signatory] = [qualified[0], qualified.at(-2), qualified.at(-1)];
  if (qualified.length < 3 || !tester || !checker || !signatory) {
    throw new AppError({
      code: 'PEOPLE_MISSING',
      message: `平台上持有 ${itemCode} 资格的在岗人员只有 ${qualified.length} 名，需要三名。`,
      meaning: '检测、校核、批准须由三个不同的人签名。',
      next: '请先在平台上登记人员资格。',
    });
  }
  const worker = (personId: string, role: Role) => workerOf(core, personId, role);
  const { projectId, contractNo } = workableProject(core, itemCode);
  return {
    receiver: await worker(tester, 'receiver'),
    technician: await worker(tester, 'technician'),
    checker: await worker(checker, 'checker'),
    signatory: await worker(signatory, 'authorisedSignatory'),
    manager: await worker(tester, 'qualityManager'),
    equipmentId: machine(core, itemCode, today, options),
    projectId,
    contractNo,
    itemCode,
    parameterCodes,
    virtual: options.port === null,
  };
}

/** A signed-in connection of a person in a role; the account is made on the first use with a password of this run. */
async function workerOf(core: OpenCore, personId: string, role: Role): Promise<Worker> {
  const { context } = core;
  const username = `cli-${role}-${personId}`;
  const password = randomBytes(18).toString('base64url');
  const known = context.store.first('SELECT userId FROM userAccount WHERE username = ?', username);
  if (known) {
    const passwordHash = await hashPassword(password);
    context.store.transact(actor, (tx) =>
      tx.update('userAccount', known['userId'] ?? '', { passwordHash }, '命令行登录'),
    );
  } else {
    await createAccount(context, actor, { username, personId, roles: [role], password });
  }
  const connection = core.connect(() => undefined, '命令行');
  const client = createClient({
    send: (name, input) => connection.call(name, input),
    subscribe: () => () => undefined,
  });
  const session = await client.call('session.signIn', { username, password });
  return { name: session.user?.name ?? username, username, password, call: (name, input) => client.call(name, input) };
}

/** The item of the platform's catalogue that means the concrete cube and lies in the lab's scope. */
function concreteItem(core: OpenCore, today: string): { itemCode: string; parameterCodes: string[] } {
  const { store } = core.context;
  for (const scope of scopeRows(core.context)) {
    if (
      scope.state !== 'active' ||
      scope.validTo < today ||
      catalogueMethod(store, scope.itemCode)?.id !== 'concrete-cube'
    )
      continue;
    const parameters = jsonOf<{ code: string; name: string }[]>(store.get('item', scope.itemCode)?.['parametersJson']);
    const parameter = parameters.find(({ name }) => name.includes('抗压')) ?? parameters[0];
    if (parameter) return { itemCode: scope.itemCode, parameterCodes: [parameter.code] };
  }
  throw new AppError({
    code: 'ITEM_MISSING',
    message: '机构的资质范围里没有混凝土立方体抗压强度（GB/T 50081-2019）。',
    meaning: '没有可以检测的项目。',
    next: '请核对平台上的资质范围和检测项目目录。',
  });
}

function workableProject(core: OpenCore, itemCode: string): { projectId: string; contractNo: string | null } {
  const { store } = core.context;
  const contract = store
    .all(
      `SELECT contract.* FROM contract JOIN project USING (projectId) WHERE contract.state = 'active' AND project.state = 'active' ORDER BY contractNo`,
    )
    .find((row) => (JSON.parse(String(row['itemCodesJson'])) as string[]).includes(itemCode));
  if (contract) return { projectId: String(contract['projectId']), contractNo: String(contract['contractNo']) };
  const project = store.first(`SELECT projectId FROM project WHERE state = 'active' ORDER BY projectId`);
  if (project) return { projectId: String(project['projectId']), contractNo: null };
  throw new AppError({
    code: 'PROJECT_MISSING',
    message: '平台上没有在建工程。',
    next: '请先在平台上登记工程和合同。',
  });
}

/** Testing machines before callipers and other tools that serve the same item. */
const pressFirst = (row: Row): number => (/压力|试验机/.test(String(row['name'])) ? 0 : 1);

function machine(core: OpenCore, itemCode: string, today: string, options: LabOptions): string {
  const { store } = core.context;
  const rows = store.all(
    `SELECT * FROM equipment WHERE platformState = 'active' AND localState = 'inUse' ORDER BY equipmentId`,
  );
  const found = rows
    .toSorted((a, b) => pressFirst(a) - pressFirst(b))
    .find(
      (row) =>
        (JSON.parse(String(row['itemCodesJson'])) as string[]).includes(itemCode) &&
        calibrationValidThrough(String(row['startDate']), Number(row['validMonths'])) >= today,
    );
  if (!found)
    throw new AppError({
      code: 'MACHINE_MISSING',
      message: '平台上没有在检定有效期内的压力试验机。',
      next: '请先在平台上登记设备。',
    });
  const equipmentId = String(found['equipmentId']);
  const { profile } = options;
  store.transact(actor, (tx) =>
    tx.update(
      'equipment',
      equipmentId,
      {
        portJson: options.port
          ? JSON.stringify({ path: options.port, baudRate: profile?.line?.baudRate ?? 9600, lineProfile: profile })
          : null,
        ...(profile?.range_kN && found['rangeKn'] === null ? { rangeKn: profile.range_kN } : {}),
      },
      '命令行指定串口',
    ),
  );
  return equipmentId;
}

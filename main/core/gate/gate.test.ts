// The gate on the side of the store: whatever a window believed, the refusal says why in words, and nothing is written.
import { methodById } from '../../../shared/methods/index.ts';
import { importColumns } from '../reception/imports/columns.ts';
import { templateProperties } from '../reception/imports/propertyColumns.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CommissionInput } from '../../../shared/entities/commission.ts';
import { addDays } from '../../../shared/entities/scalars.ts';
import {
  commissionInput,
  openAt,
  receive,
  sampleInput,
  signTest,
  testedGroup,
  today,
} from '../../../tests/support/mainJob.ts';
import { countsOf, openTestCore, refusalOf, type TestCore } from '../../../tests/support/testCore.ts';
import type { Row, TableName, Value } from '../../store/tables.ts';
import { createAccount } from '../sessions/accounts.ts';
import { askGate } from './ask.ts';

let lab: TestCore;
const platform = { actor: '程序:上传', workstation: 'core' };
beforeAll(async () => {
  lab = await openTestCore();
  for (const personId of ['P006', 'P007', 'P008'])
    await createAccount(lab.context, platform, {
      username: `tester-${personId}`,
      personId,
      roles: ['technician', 'checker'],
      password: lab.password,
    });
});
afterAll(() => lab.stop());

/** As the platform would change its reference data, for the length of one piece of work. */
async function whileChanged<T>(table: TableName, key: Value, patch: Row, work: () => Promise<T>): Promise<T> {
  const old = lab.store.get(table, key) ?? {};
  const back = Object.fromEntries(Object.keys(patch).map((column) => [column, old[column] ?? null]));
  lab.store.transact(platform, (tx) => tx.update(table, key, patch));
  try {
    return await work();
  } finally {
    lab.store.transact(platform, (tx) => tx.update(table, key, back));
  }
}

async function refusedWithoutTrace(work: Promise<unknown> | (() => unknown)) {
  const before = countsOf(lab.store);
  const refused = await refusalOf(work);
  expect(countsOf(lab.store)).toEqual(before);
  expect(refused.message).toMatch(/[\u4e00-\u9fff]/);
  expect(refused.next).toMatch(/[\u4e00-\u9fff]/);
  return refused;
}

const as = async (personId: string) => {
  const window = lab.window();
  const session = await window.call('session.signIn', { username: `tester-${personId}`, password: lab.password });
  if (!session.user) throw new Error('not signed in');
  return { ...window, user: session.user };
};
const year = today().slice(0, 4);

describe('at reception', () => {
  const cases: [string, Partial<CommissionInput>, string][] = [
    ['an item out of scope', { samples: [sampleInput({ itemCode: 'WJ-JS' })] }, '混凝土外加剂减水率'],
    ['a closed project', { projectId: 'G004', contractNo: `HT${year}-004` }, '云岭东站站前广场改造工程'],
    ['a contract that does not cover the item', { projectId: 'G002', contractNo: `HT${year}-002` }, 'HT'],
    ['a contract of another project', { projectId: 'G001', contractNo: `HT${year}-003` }, 'HT'],
    ['a contract that is not there', { contractNo: 'HT-9999' }, '合同'],
    ['a parameter outside the scope', { samples: [sampleInput({ parameterCodes: ['KZ'] })] }, 'KZ'],
  ];
  test.each(cases)('%s is refused with the reason', async (_, changes, word) => {
    const reception = await lab.as('shouyang');
    const refused = await refusedWithoutTrace(reception.call('commissions.register', commissionInput(changes)));
    expect(refused.code).toMatch(/^GATE_/);
    expect(refused.message).toContain(word);
    expect(refused.meaning).toContain('委托单没有登记');
    expect(refused.details?.every((detail) => detail.rule)).toBe(true);
  });

  test('one sample out of scope refuses the whole commission', async () => {
    const samples = [sampleInput(), sampleInput({ itemCode: 'WJ-JS' })];
    const reception = await lab.as('shouyang');
    await refusedWithoutTrace(reception.call('commissions.register', commissionInput({ samples })));
  });

  test('what cannot be tested here is not received; a parameter of one item is not asked of another', async () => {
    const samples = [sampleInput(), sampleInput({ itemCode: 'GJ-WP', parameterCodes: ['JL'] })];
    const reception = await lab.as('shouyang');
    const refusal = await refusalOf(() => reception.call('commissions.register', commissionInput({ samples })));
    expect(refusal.code).toBe('METHOD_NOT_BUILT_IN');
    expect(refusal.details).toHaveLength(1);
    expect(refusal.message).toContain('钢筋焊接网抗剪力');
  });

  test('the check before registering gives the same answer, with the age of the data it rests on', async () => {
    const reception = await lab.as('shouyang');
    const open = await reception.call('commissions.check', {
      projectId: 'G001',
      contractNo: `HT${year}-001`,
      itemCodes: ['HNT-KY'],
    });
    expect(open).toMatchObject({ allowed: true });
    expect(open.snapshot).toBeTruthy();
    const closed = await reception.call('commissions.check', {
      projectId: 'G001',
      contractNo: `HT${year}-001`,
      itemCodes: ['WJ-JS'],
    });
    expect(closed.allowed).toBe(false);
    expect(closed.findings.find((finding) => finding.outcome === 'refuse')?.question).toBe('scope');
  });

  test('an import cannot get past it: what was good at the dry run is asked again at the commit', async () => {
    const { importId } = await previewOne();
    const institution = lab.store.first('SELECT orgCode, scopeJson FROM institution');
    await whileChanged('institution', institution?.['orgCode'] ?? '', { scopeJson: '[]' }, async () => {
      const reception = await lab.as('shouyang');
      const refused = await refusedWithoutTrace(reception.call('imports.commit', { importId, acceptPartial: false }));
      expect(refused.code).toMatch(/^GATE_SCOPE/);
      const answer = askGate(lab.context, { moment: 'reception', itemCode: 'HNT-KY', parameterCodes: ['KY'] });
      expect(answer.allowed).toBe(false);
    });
    const reception = await lab.as('shouyang');
    expect((await reception.call('imports.commit', { importId, acceptPartial: false })).sampleCount).toBe(1);
  });

  async function previewOne() {
    const day = addDays(today(), -28);
    const columns = [...importColumns, ...templateProperties(methodById('concrete-cube'))];
    const cells = columns.map(({ heading, example }) =>
      heading === '成型日期' || heading === '取样日期' ? day : heading === '合同编号' ? `HT${year}-001` : example,
    );
    const csv = `${columns.map(({ heading }) => heading).join(',')}\n${cells.join(',')}\n`;
    const reception = await lab.as('shouyang');
    return reception.call('imports.preview', {
      fileName: 'one.csv',
      bytesBase64: Buffer.from(csv).toString('base64'),
    });
  }
});

describe('at the start of a run', () => {
  const taskOf = async (changes: Partial<CommissionInput> = {}) => (await receive(lab, changes))[0]?.taskId ?? '';

  test.each([
    ['E002', '超期', 'a calibration that ended yesterday'],
    ['E003', '停', 'a machine that the platform stopped'],
    ['E004', '混凝土', 'a machine for another item'],
  ])('%s is refused: %s (%s)', async (equipmentId, word) => {
    const taskId = await taskOf();
    const technician = await lab.as('jiance');
    const refused = await refusedWithoutTrace(() => openAt(lab, technician, taskId, equipmentId));
    expect(refused.code).toMatch(/^GATE_EQUIPMENT/);
    expect(refused.message).toContain(word);
    expect(refused.meaning).toContain('没有开始检测');
  });

  test('the call of the contract meets the same gate; the port is left as it is and the task is still waiting', async () => {
    const taskId = await taskOf();
    const keeper = await lab.as('shebei');
    await keeper.call('equipment.setPort', { equipmentId: 'E002', path: '/dev/jiantai-none', baudRate: 9600, lineProfile: '' }); // prettier-ignore
    const technician = await lab.as('jiance');
    const refused = await refusedWithoutTrace(technician.call('bench.open', { taskId, equipmentId: 'E002' }));
    expect(refused.code).toMatch(/^GATE_EQUIPMENT/);
    expect(lab.store.get('task', taskId)?.['state']).toBe('waiting');
    await keeper.call('equipment.setPort', { equipmentId: 'E002', path: '', baudRate: 9600, lineProfile: '' });
  });

  test('a machine that the keeper stopped, with the reason in its history', async () => {
    const taskId = await taskOf();
    const keeper = await lab.as('shebei');
    await keeper.call('equipment.setState', { equipmentId: 'E001', state: 'stopped', reason: '油泵漏油' });
    const technician = await lab.as('jiance');
    const refused = await refusedWithoutTrace(() => openAt(lab, technician, taskId));
    expect(refused.code).toMatch(/^GATE_EQUIPMENT/);
    await keeper.call('equipment.setState', { equipmentId: 'E001', state: 'inUse', reason: '已修复并核查' });
    expect(openAt(lab, technician, taskId)).toMatch(/^YS/);
    const { entries } = await keeper.call('audit.history', { entity: 'equipment', key: 'E001' });
    expect(entries.map(({ reason }) => reason)).toEqual(expect.arrayContaining(['油泵漏油', '已修复并核查']));
  });

  test.each([
    ['P006', 'a person without a qualification', '陈晓彤'],
    ['P007', 'a person whose qualification ended yesterday', '黄永康'],
    ['P008', 'a person whom the platform disabled', '罗振邦'],
  ])('%s: %s', async (personId, _, name) => {
    const taskId = await taskOf();
    const seat = { ...(await as(personId)) };
    const refused = await refusedWithoutTrace(() => openAt(lab, seat, taskId));
    expect(refused.code).toMatch(/^GATE_PERSON/);
    expect(refused.message).toContain(name);
  });

  test('specimens of the wrong age', async () => {
    const samples = [sampleInput({ madeOn: addDays(today(), -20), sampledOn: addDays(today(), -20) })];
    const taskId = await taskOf({ samples });
    const technician = await lab.as('jiance');
    const refused = await refusedWithoutTrace(() => openAt(lab, technician, taskId));
    expect(refused.code).toMatch(/^GATE_AGE/);
    expect(refused.message).toContain('28');
  });

  test('a commission that the supervisor locked or voided', async () => {
    const [received] = await receive(lab);
    const technician = await lab.as('jiance');
    const { commissionNo = '', taskId = '' } = received ?? {};
    for (const platformState of ['locked', 'voided']) {
      await whileChanged('commission', commissionNo, { platformState }, async () => {
        const refused = await refusedWithoutTrace(() => openAt(lab, technician, taskId));
        expect(refused.code).toMatch(/^GATE_/);
        expect(refused.message).toContain(commissionNo);
      });
    }
    expect(openAt(lab, technician, taskId)).toMatch(/^YS/);
  });

  test('the decision is kept with the record, with the version of the data it used', async () => {
    const taskId = await taskOf();
    const recordNo = openAt(lab, await lab.as('jiance'), taskId);
    const gate = JSON.parse(String(lab.store.get('testRecord', recordNo)?.['gateJson'])) as ReturnType<typeof askGate>;
    expect(gate).toMatchObject({ allowed: true });
    expect(gate.snapshot).toBeTruthy();
    expect(gate.referenceAge).toContain('取得的参考数据');
    expect(gate.findings.map(({ question }) => question)).toEqual(
      expect.arrayContaining(['supervision', 'personnel', 'equipment', 'age']),
    );
  });

  test('a second machine in the middle of a group is refused', async () => {
    const { record, taskId } = await testedGroup(lab);
    const machine = { startDate: addDays(today(), -30), platformState: 'active' };
    await whileChanged('equipment', 'E002', machine, async () => {
      const technician = await lab.as('jiance');
      const refused = await refusedWithoutTrace(() => openAt(lab, technician, taskId, 'E002'));
      expect(refused.code).toBe('RECORD_OTHER_MACHINE');
      expect(lab.store.get('testRecord', record.recordNo)?.['equipmentId']).toBe('E001');
    });
  });
});

describe('at signing', () => {
  test.each<[string, TableName, string, Row, RegExp]>([
    [
      'a calibration that had ended before the test',
      'equipment',
      'E001',
      { startDate: '2020-01-01' },
      /^GATE_EQUIPMENT/,
    ],
    [
      'a qualification that the platform took back',
      'personQualification',
      'Q-P001-HNT-KY',
      { state: 'deleted' },
      /^GATE_PERSON/,
    ],
    ['a person disabled meanwhile', 'person', 'P001', { state: 'disabled' }, /^GATE_PERSON/],
  ])('%s: no signature, and what was measured is still there', async (_, table, key, patch, code) => {
    const { record } = await testedGroup(lab);
    await whileChanged(table, key, patch, async () => {
      const refused = await refusedWithoutTrace(signTest(lab, record.recordNo));
      expect(refused.code).toMatch(code);
      expect(refused.meaning).toContain('没有签名');
    });
    const after = await (await lab.as('jiance')).call('records.get', { recordNo: record.recordNo });
    expect(after.runs).toEqual(record.runs);
    expect((await signTest(lab, record.recordNo)).state).toBe('tested');
  });

  test('a checker without the qualification', async () => {
    const { record } = await testedGroup(lab);
    const { digest } = await signTest(lab, record.recordNo);
    const { recordNo } = record;
    const seat = await as('P006');
    const refused = await refusedWithoutTrace(
      seat.call('records.signCheck', { recordNo, digest, password: lab.password }),
    );
    expect(refused.code).toMatch(/^GATE_PERSON/);
  });

  test('a commission locked after the test', async () => {
    const { record, commissionNo } = await testedGroup(lab);
    await whileChanged('commission', commissionNo, { platformState: 'locked' }, async () => {
      await refusedWithoutTrace(signTest(lab, record.recordNo));
    });
  });
});

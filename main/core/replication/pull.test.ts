// The live working set: what a window pulls fits the collection's schema, and pulling in pieces ends where pulling
// everything at once ends.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectionNames, collections, type CollectionName } from '../../../shared/entities/collections.ts';
import {
  approve,
  eventually,
  press,
  receive,
  sampleInput,
  signCheck,
  signTest,
  testedGroup,
} from '../../../tests/support/mainJob.ts';
import { openTestCore, refusalOf, type Seat, type TestCore } from '../../../tests/support/testCore.ts';
import { SqliteSyncStore } from '../provincial/syncStore.ts';

type Documents = Map<string, Record<string, unknown>>;

/** A window that knows only what it pulled. */
class WorkingSet {
  readonly documents = new Map<CollectionName, Documents>(collectionNames.map((name) => [name, new Map()]));
  readonly checkpoints = new Map<CollectionName, number>();
  readonly seat: Pick<Seat, 'call'>;

  constructor(seat: Pick<Seat, 'call'>) {
    this.seat = seat;
  }

  async pull(collection: CollectionName, limit: number): Promise<number> {
    const checkpoint = this.checkpoints.get(collection) ?? 0;
    const answer = await this.seat.call('replication.pull', { collection, checkpoint, limit });
    expect(answer.checkpoint).toBeGreaterThanOrEqual(checkpoint);
    const known = this.documents.get(collection) as Documents;
    for (const { _deleted, ...document } of answer.documents) {
      const id = String(document['id']);
      if (_deleted) known.delete(id);
      else known.set(id, document);
    }
    this.checkpoints.set(collection, answer.checkpoint);
    return answer.documents.length;
  }

  async pullAll(limit = 5000): Promise<void> {
    for (const collection of collectionNames) while ((await this.pull(collection, limit)) >= limit);
  }

  content(): Record<string, unknown[]> {
    return Object.fromEntries(
      [...this.documents].map(([name, documents]) => [
        name,
        [...documents.values()].sort((a, b) => String(a['id']).localeCompare(String(b['id']))),
      ]),
    );
  }
}

let lab: TestCore;
let seat: Seat;
beforeAll(async () => {
  lab = await openTestCore();
  seat = await lab.as('zhiliang');
});
afterAll(() => lab.stop());

test('a window that pulls after every step holds what a fresh window pulls at once', async () => {
  const window = new WorkingSet(seat);
  await window.pullAll();
  const quality = await lab.as('zhiliang');
  const actor = { actor: '程序:上传', workstation: 'core' };
  const sync = new SqliteSyncStore(lab.context, () => undefined);
  const institution = sync.institution();
  if (!institution) throw new Error('no institution');
  let recordNo = '';
  let reportNo = '';
  const steps: [string, () => unknown][] = [
    ['received', async () => ({ record: { recordNo } } = await testedGroup(lab))],
    ['a run repeated', async () => {
      const technician = await lab.as('jiance');
      const { runs } = await technician.call('records.get', { recordNo });
      await technician.call('bench.repeat', { runNo: runs[0]?.runNo ?? '', reason: '偏心' });
      await press(lab, technician, recordNo, 1, '770.00');
    }],
    ['tested', () => signTest(lab, recordNo)],
    ['returned', async () => (await lab.as('jiaohe')).call('records.return', { recordNo, reason: '核对' })],
    ['tested again', () => signTest(lab, recordNo)],
    ['checked', () => signCheck(lab, recordNo)],
    ['approved', async () => void (reportNo = await approve(lab, recordNo))],
    ['filed', () => eventually(() => (lab.store.get('report', `${reportNo}#1`)?.['state'] === 'filed' ? true : null))],
    ['printed', () => quality.call('reports.print', { reports: [{ reportNo, revision: 1 }], purpose: 'print' })],
    ['below grade', async () => signTest(lab, (await testedGroup(lab, { loads: ['600.00', '601.00', '602.00'] })).record.recordNo)],
    ['notice read', () => {
      const noticeId = String(lab.store.first(`SELECT noticeId FROM notice WHERE level = 'alarm'`)?.['noticeId']);
      return quality.call('notices.acknowledge', { noticeId });
    }],
    ['machine stopped', async () => (await lab.as('shebei')).call('equipment.setState', { equipmentId: 'E001', state: 'stopped', reason: '检修' })],
    ['account changed', async () => {
      const { user } = await lab.as('jiance2');
      await (await lab.as('admin')).call('users.change', { userId: user.userId, roles: ['checker'], reason: '调岗' });
    }],
    ['commission locked', () => lab.store.transact(actor, (tx) => {
      const commissionNo = String(tx.first('SELECT commissionNo FROM commission')?.['commissionNo']);
      tx.update('commission', commissionNo, { platformState: 'locked' });
    })],
    ['scope taken back', () => sync.saveInstitution({ ...institution, scope: [] }, Date.now())],
    ['scope given back', () => sync.saveInstitution(institution, Date.now())],
  ]; // prettier-ignore
  for (const [name, step] of steps) {
    await step();
    await window.pullAll(3);
    const fresh = new WorkingSet(seat);
    await fresh.pullAll();
    expect(window.content(), `after: ${name}`).toEqual(fresh.content());
  }
  for (const name of collectionNames) {
    const documents = [...(window.documents.get(name)?.values() ?? [])];
    expect(documents.length, name).toBeGreaterThan(0);
    for (const document of documents) expect(() => collections[name].strict().parse(document), name).not.toThrow();
  }
});

describe('checkpoints', () => {
  test('pages come in order of the feed, each once, and the last one is short', async () => {
    for (let index = 0; index < 4; index += 1) await receive(lab, { samples: [sampleInput(), sampleInput()] });
    const seen: number[] = [];
    let checkpoint = 0;
    for (;;) {
      const page = await seat.call('replication.pull', { collection: 'tasks', checkpoint, limit: 4 });
      seen.push(...page.documents.map((document) => Number(document['seq'])));
      checkpoint = page.checkpoint;
      if (page.documents.length < 4) break;
    }
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
    expect(seen).toHaveLength(lab.store.all('SELECT 1 FROM task').length);
    const nothing = await seat.call('replication.pull', { collection: 'tasks', checkpoint, limit: 4 });
    expect(nothing).toEqual({ documents: [], checkpoint, epoch: lab.store.epoch });
  });

  test('a commit is told with the sequence up to which there is something to pull', async () => {
    const heard = seat.events.length;
    await receive(lab);
    const [event] = seat.events.slice(heard);
    expect(event).toMatchObject({ type: 'resync' });
    expect(event?.type === 'resync' && event.seq).toBeGreaterThan(0);
  });

  test('what is finished and old leaves the windows: deleted for those that knew it, never sent to a fresh one', async () => {
    const [received] = await receive(lab);
    const { commissionNo = '' } = received ?? {};
    const window = new WorkingSet(seat);
    await window.pullAll();
    expect(window.documents.get('commissions')?.has(commissionNo)).toBe(true);
    const actor = { actor: '测试', workstation: '测试' };
    const receivedAt = '2026-01-02T09:00:00.000+08:00';
    lab.store.transact(actor, (tx) => tx.update('commission', commissionNo, { receivedAt }));
    await window.pullAll();
    expect(window.documents.get('commissions')?.has(commissionNo)).toBe(false);
    const { documents } = await seat.call('replication.pull', {
      collection: 'commissions',
      checkpoint: 0,
      limit: 5000,
    });
    expect(documents.map(({ id }) => id)).not.toContain(commissionNo);
    // The task is still to be done, so it stays, however old its commission is; search still finds the commission.
    expect(window.documents.get('tasks')?.has(received?.taskId ?? '')).toBe(true);
    const { rows } = await seat.call('commissions.search', { text: commissionNo });
    expect(rows).toHaveLength(1);
  });

  test('a page of old documents alone does not end a fresh window’s first pull', async () => {
    const commissions = await Promise.all(Array.from({ length: 5 }, () => receive(lab)));
    const actor = { actor: '测试', workstation: '测试' };
    lab.store.transact(actor, (tx) => {
      for (const [received] of commissions)
        tx.update('commission', received?.commissionNo ?? '', { receivedAt: '2026-01-02T09:00:00.000+08:00' });
    });
    const [last] = await receive(lab);
    const window = new WorkingSet(seat);
    while ((await window.pull('commissions', 2)) === 2);
    expect(window.documents.get('commissions')?.has(last?.commissionNo ?? '')).toBe(true);
  });

  test('an unknown collection is refused', async () => {
    const pull = seat.call('replication.pull', { collection: 'userAccount', checkpoint: 0, limit: 5 });
    expect((await refusalOf(pull)).code).toBe('INPUT_INVALID');
  });
});

test('no document shows a secret, an account or a password', async () => {
  const window = new WorkingSet(seat);
  await window.pullAll();
  const text = JSON.stringify(window.content());
  for (const word of ['passwordHash', 'argon2', 'sealed', 'accessKey', 'username']) expect(text).not.toContain(word);
});

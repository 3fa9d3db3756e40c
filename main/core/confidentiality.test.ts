// What belongs to people stays with those who need it: identity numbers and keys are sealed, logs and lists hold neither,
// the history of accounts is for whoever keeps them, and whatever leaves the program as a file leaves a trace.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callNames, calls, type CallName } from '../../shared/contract/calls.ts';
import { collectionNames } from '../../shared/entities/collections.ts';
import { approve, eventually, signCheck, signTest, testedGroup } from '../../tests/support/mainJob.ts';
import { openTestCore, refusalOf, type Seat, type TestCore, type TrainingUser } from '../../tests/support/testCore.ts';
import { definitionOf, tableNames, type TableName } from '../store/tables.ts';
import { maskedLog } from './maskedLog.ts';

/** A number that passes the check of its last digit. */
const identityNo = '11010519491231002X';
const users: TrainingUser[] = ['shouyang', 'jiance', 'jiaohe', 'pizhun', 'zhiliang', 'shebei', 'admin'];
let lab: TestCore;
let platformSecret: string;
let signingSecret: string;
let recordNo: string;
let reportNo: string;

beforeAll(async () => {
  lab = await openTestCore();
  const quality = await lab.as('zhiliang');
  await quality.call('registrations.person', {
    localId: 'RY-21',
    name: '周晚晴',
    certificateNo: '粤建检培字第 2199 号',
    identityNo,
    state: 'active',
    reason: '新进人员',
    intent: 'create',
  });
  const { record } = await testedGroup(lab);
  recordNo = record.recordNo;
  await signTest(lab, recordNo);
  await signCheck(lab, recordNo);
  reportNo = await approve(lab, recordNo);
  await eventually(() => (lab.store.get('report', `${reportNo}#1`)?.['state'] === 'filed' ? true : null));
  await quality.call('audit.bundle', { recordNos: [recordNo], reason: '监督检查' });
  platformSecret = await opened('platform');
  signingSecret = await opened('inspectionKey');
}, 60_000);
afterAll(() => lab.stop());

const opened = async (key: string): Promise<string> =>
  lab.context.secrets.open(String(lab.store.get('secret', key)?.['sealed']));
const hidden = () => ({ identityNo, platformSecret, signingSecret });

test('nothing of it is in clear in any file of the data folder', () => {
  expect(String(lab.store.get('personIdentity', 'RY-21')?.['sealed'])).not.toContain(identityNo);
  lab.store.database.pragma('wal_checkpoint(TRUNCATE)');
  const files = readdirSync(lab.folder, { recursive: true, withFileTypes: true }).filter(
    // The embedded platform is the other side; it knows what it was told.
    (entry) => entry.isFile() && !entry.name.startsWith('training-platform'),
  );
  expect(files.length).toBeGreaterThan(3);
  for (const entry of files) {
    const bytes = readFileSync(join(entry.parentPath, entry.name));
    for (const [what, text] of Object.entries(hidden()))
      expect(bytes.includes(text), `${entry.name} holds ${what}`).toBe(false);
  }
});

test('every column that is sealed is a secret of the audit chain', () => {
  for (const table of tableNames) {
    const columns = (lab.store.database.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name);
    const sealed = columns.filter((column) => /^sealed|passwordHash/i.test(column));
    expect(definitionOf(table).secret ?? [], table).toEqual(sealed);
  }
});

/** What any signed-in person can be shown as a list or a document. */
async function everythingShown(seat: Seat): Promise<string> {
  const shown: unknown[] = [];
  const ask = async (name: CallName, input: unknown) => {
    const reply = await seat.raw(name, input);
    if (reply.ok) shown.push(reply.value);
    return reply.ok;
  };
  for (const collection of collectionNames)
    expect(await ask('replication.pull', { collection, checkpoint: 0, limit: 5000 }), collection).toBe(true);
  for (const name of ['settings.get', 'gate.overrides', 'sync.overview', 'users.list', 'audit.state'] as const)
    await ask(name, {});
  for (const name of ['commissions.search', 'records.search', 'reports.search'] as const) await ask(name, { text: '' });
  await ask('sync.entries', { part: 'all', text: '', limit: 200 });
  for (const row of lab.store.all('SELECT entryId FROM outbox')) await ask('sync.entry', { entryId: row['entryId'] });
  await ask('registrations.history', { kind: 'person', localId: 'RY-21' });
  const pairs = lab.store.all('SELECT DISTINCT entity, entityKey FROM audit');
  for (const { entity, entityKey } of pairs) await ask('audit.history', { entity, key: entityKey });
  return JSON.stringify(shown);
}

describe.each(users)('%s', (username) => {
  test('sees no identity number, key or password in any list, document or history', async () => {
    const seat = await lab.as(username);
    const shown = await everythingShown(seat);
    expect(shown.length).toBeGreaterThan(20_000);
    for (const [what, text] of Object.entries(hidden())) expect(shown.includes(text), what).toBe(false);
    expect(shown).not.toContain('$argon2id$');
    // Some digits of the number are for those who keep people, and for nobody else.
    const keeps = ['zhiliang', 'admin'].includes(username);
    expect(shown.includes('110*************2X')).toBe(keeps);
  });
});

test('the history of people and accounts is refused to those who do not keep them, in words', async () => {
  const { user } = await lab.as('zhiliang');
  for (const [entity, key] of [
    ['personIdentity', 'RY-21'],
    ['userAccount', user.userId],
    ['session', 'zhiliang'],
    ['secret', 'platform'],
  ] as const) {
    const refused = await refusalOf((await lab.as('jiance')).call('audit.history', { entity, key }));
    expect(refused.code, entity).toBe('PERMISSION_DENIED');
    expect(refused.message).toContain('梁志远');
    const { entries } = await (await lab.as('admin')).call('audit.history', { entity, key });
    expect(entries.length, entity).toBeGreaterThan(0);
  }
});

describe('the log', () => {
  const lines: string[] = [];
  const log = maskedLog((level, message, facts) => lines.push(`${level} ${message} ${JSON.stringify(facts ?? {})}`));

  test('of the whole job holds none of it', () => {
    const text = lab.log.join('\n');
    for (const [what, secret] of Object.entries(hidden())) expect(text.includes(secret), what).toBe(false);
  });

  test('masks what a message happens to carry', () => {
    log('warn', `人员 ${identityNo} 手机 13800138000 编号 YS2026-000001`, {
      secret: 'S-1',
      nested: [{ password: 'p-1', accessKey: 'k-1', text: `证件 ${identityNo}。`, count: 3, none: null }],
      error: new Error(`bad ${identityNo}`),
    });
    const line = lines.at(-1) ?? '';
    for (const text of [identityNo, '13800138000', 'S-1', 'p-1', 'k-1']) expect(line).not.toContain(text);
    expect(line).toContain('YS2026-000001');
    expect(line).toContain('"count":3');
    log('info', 'plain');
    expect(lines.at(-1)).toBe('info plain {}');
  });

  test('does not go round for ever', () => {
    const round: Record<string, unknown> = {};
    round['self'] = round;
    log('info', 'round', round);
    expect(lines.at(-1)).toContain('…');
  });
});

describe('what leaves the program', () => {
  const handsOut = callNames.filter((name) => /export|print|pdf|paper|bundle|template|evidence|report$/i.test(name));
  /** Leaves as a file: what is left behind. A table: a row; otherwise the entity of an event in the audit chain. */
  const traces: Record<
    string,
    { table?: TableName; event?: string; work?: (seat: Seat) => Promise<unknown> } | string
  > = {
    'reports.print': {
      table: 'printLog',
      work: (seat) => seat.call('reports.print', { reports: [{ reportNo, revision: 1 }], purpose: 'save' }),
    },
    'reports.recordPdf': { event: 'testRecord', work: (seat) => seat.call('reports.recordPdf', { recordNo }) },
    'audit.bundle': {
      event: 'inspection',
      work: (seat) => seat.call('audit.bundle', { recordNos: [recordNo], reason: '再次检查' }),
    },
    'unqualified.export': {
      event: 'unqualified',
      work: (seat) => seat.call('unqualified.export', { part: 'open', text: '' }),
    },
    'sync.export': {
      event: 'sync',
      work: (seat) => seat.call('sync.export', { part: 'all', text: '', format: 'csv' }),
    },
    'tasks.export': { event: 'tasks', work: (seat) => seat.call('tasks.export', {}) },
    'registers.export': {
      event: 'register',
      work: (seat) => seat.call('registers.export', { register: 'people', format: 'csv', reason: '年审' }),
    },
    'standards.export': { event: 'labStandard', work: (seat) => seat.call('standards.export', {}) },
    'overview.export': { event: 'overview', work: (seat) => seat.call('overview.export', { span: 30 }) },
    // Their own tests show the trace.
    'climate.export': 'climate/records.test.ts: climateExport',
    'evaluations.paper': 'evaluations/evaluations.test.ts: evaluation',
    'registers.source': 'registers/registers.test.ts: register',
    'images.show': 'images/images.test.ts: paperImage',
    'changes.evidence': 'afterIssue/changes.test.ts: changeOrder',
    'dossier.export': 'dossier/handlers.ts writes the event dossier',
    // Hold nothing of anybody.
    'imports.template': 'an empty form',
    'registers.template': 'an empty form with the names of the items',
    'methods.validationReport': 'figures of the program itself',
  };

  test('every call that hands out a file is known here', () => {
    expect(handsOut.filter((name) => !(name in traces))).toEqual([]);
    expect(Object.keys(traces).filter((name) => !(name in calls))).toEqual([]);
  });

  test.each(Object.entries(traces).filter(([, trace]) => typeof trace !== 'string'))(
    '%s leaves a trace with the name of who did it',
    async (name, trace) => {
      if (typeof trace === 'string' || trace.work === undefined) throw new Error(name);
      const seat = await lab.as('zhiliang');
      const entity = trace.table ?? trace.event ?? '';
      const action = trace.table ? 'insert' : 'event';
      const entries = () => lab.store.all('SELECT actor FROM audit WHERE entity = ? AND action = ? ORDER BY seq', entity, action); // prettier-ignore
      const before = entries().length;
      await trace.work(seat);
      expect(entries().length).toBeGreaterThan(before);
      expect(String(entries().at(-1)?.['actor'])).toContain(seat.user.name);
    },
  );
});

test('a session that nobody touches locks, and wrong passwords make the next try wait', async () => {
  const admin = await lab.as('admin');
  await admin.call('settings.change', { idleLockMinutes: 1, reason: '试' });
  const window = lab.window();
  await window.call('session.signIn', { username: 'jiance2', password: lab.password });
  await window.call('session.lock', {});
  expect(await window.raw('records.search', { text: '' })).toMatchObject({
    ok: false,
    error: { code: 'SESSION_LOCKED' },
  });
  const other = lab.window();
  const codes: string[] = [];
  for (let n = 0; n < 5; n += 1) {
    const reply = await other.raw('session.signIn', { username: 'jiance2', password: `falsch-${n}` });
    codes.push(reply.ok ? 'in' : reply.error.code);
  }
  expect(codes.slice(0, 3)).toEqual(['SIGN_IN_REFUSED', 'SIGN_IN_REFUSED', 'SIGN_IN_REFUSED']);
  expect(codes.at(-1)).toBe('SIGN_IN_WAIT');
  await admin.call('settings.change', { idleLockMinutes: 10, reason: '恢复' });
});

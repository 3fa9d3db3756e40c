// After issue, over real HTTP: a change order leads to the next revision with a code of its own, a void ends the report,
// and what the lab registers itself waits for the platform; whatever is lost on the way, each is there once.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestOf } from '../wire/digest.ts';
import type { Fault } from './testing/fault-proxy.ts';
import { addOrder, changeEntries, numbers, openLab, personEntry, type TestLab, voidEntry } from './testing/lab.ts';

let lab: TestLab;

beforeEach(async () => {
  lab = await openLab({ port: { timeoutMs: 500, uploadTimeoutMs: 500 } });
});

afterEach(async () => {
  await lab.close();
});

const open = (): string[] =>
  lab.store.document.entries
    .filter((entry) => entry.state !== 'accepted')
    .map((entry) => `${entry.kind} ${entry.state}`);

async function statusOf(revision: number): Promise<string | undefined> {
  const code = lab.store.document.codes[`${numbers(1).reportNo}/${revision}`]!;
  const answer = await lab.port.verify(code.code);
  return answer.outcome === 'ok' ? answer.value?.status : undefined;
}

const writes = (pattern: RegExp): number =>
  lab.proxy.seen.filter(({ method, path }) => pattern.test(`${method} ${path}`)).length;

describe('change and void', () => {
  it('the change goes before the revision it leads to; the old code is replaced, then all are void', async () => {
    const n = addOrder(lab, 1);
    await lab.settle();
    lab.store.add(...changeEntries(n, 2));
    await lab.settle();
    expect(open()).toEqual([]);
    expect(await statusOf(1)).toBe('replaced');
    expect(await statusOf(2)).toBe('valid');
    const order = lab.proxy.seen.findIndex(({ path }) => path.endsWith('/changes'));
    const next = lab.proxy.seen.findIndex(({ path }) => path.endsWith('/revisions/2'));
    expect(order).toBeGreaterThan(-1);
    expect(next).toBeGreaterThan(order);
    lab.store.add(voidEntry(n, 2));
    await lab.settle();
    expect(open()).toEqual([]);
    expect([await statusOf(1), await statusOf(2)]).toEqual(['void', 'void']);
  });

  it('a refused change holds back its revision, not the rest of the queue', async () => {
    const n = addOrder(lab, 1);
    await lab.settle();
    const [order, ...rest] = changeEntries(n, 2);
    const fields = [{ field: 'results.0.value', oldValue: '35.2', newValue: '45.2' }];
    const payload = { ...order!.payload, fields };
    lab.store.add({ ...order!, payload, digest: digestOf(payload) }, ...rest);
    addOrder(lab, 2);
    await lab.settle();
    expect(lab.entry('change-order')).toMatchObject({ state: 'rejected', platformCode: 'VALIDATION' });
    expect(open().sort()).toEqual(['change-order rejected', 'code pending', 'report pending', 'report-file pending']);
    expect(
      lab.platform
        .codes()
        .map((code) => code.reportNo)
        .sort(),
    ).toEqual([1, 2].map((i) => numbers(i).reportNo));
  });

  const faults: Fault[] = ['before', 'after', 'error-500', 'error-500-instead', 'garbage', 'html', 'truncated', 'html-404-instead', 'redirect-instead', 'silence', 'twice']; // prettier-ignore
  it.each(faults)('%s at the change and at the void: each is there once', async (fault) => {
    const n = addOrder(lab, 1);
    await lab.settle();
    const hit = new Set<string>();
    lab.proxy.decide = ({ path }) => {
      const operation = /\/(changes|void)$/.exec(path)?.[1];
      if (operation === undefined || hit.has(operation)) return 'pass';
      hit.add(operation);
      return fault;
    };
    lab.store.add(...changeEntries(n, 2));
    await lab.settle();
    lab.store.add(voidEntry(n, 2));
    await lab.settle();
    expect([...hit]).toEqual(['changes', 'void']);
    expect(open()).toEqual([]);
    expect(lab.platform.counts()).toMatchObject({ change_order: 1, report_void: 1, report: 2, report_code: 2 });
    expect([await statusOf(1), await statusOf(2)]).toEqual(['void', 'void']);
  });
});

describe('registrations', () => {
  it('belong to no commission, are approved, and a later revision goes after the earlier one', async () => {
    lab.store.add(personEntry('L01', '梁小明', 1), personEntry('L01', '梁晓明', 2));
    await lab.settle();
    expect(open()).toEqual([]);
    expect(lab.store.document.registrations['person/L01']).toMatchObject({ state: 'approved' });
    expect(writes(/^PUT \/v1\/registrations\/person\/L01$/)).toBe(2);
  });

  it('an unknown outcome of the first revision holds the second back, so that none overtakes', async () => {
    lab.store.add(personEntry('L01', '梁小明', 1), personEntry('L01', '梁晓明', 2));
    let left = 2;
    lab.proxy.decide = () => (left-- > 0 ? 'after' : 'pass');
    await lab.settle();
    expect(open()).toEqual([]);
    const names = lab.proxy.seen
      .filter(({ path }) => path.includes('/registrations/'))
      .map(({ body }) => (JSON.parse(body.toString('utf8')) as { revision: number }).revision);
    expect(names).toEqual([1, 1, 1, 2]);
  });

  it('what the platform refuses stays with its words', async () => {
    const entry = personEntry('L02', '', 1);
    lab.store.add(entry);
    await lab.settle();
    expect(lab.entry('registration')).toMatchObject({ state: 'rejected', platformCode: 'VALIDATION' });
  });

  it('pending is asked again, and refused ends with the reason', async () => {
    const answers = [
      { platformId: 'P-1', state: 'pending' },
      { platformId: 'P-1', state: 'pending' },
      { platformId: 'P-1', state: 'rejected', reason: '证书编号查无此人' },
    ];
    lab.proxy.decide = () => ({ status: 200, body: answers.shift() });
    lab.store.add(personEntry('L03', '梁小明', 1));
    await lab.settle();
    expect(lab.entry('registration')).toMatchObject({ state: 'rejected', platformMessage: '证书编号查无此人' });
    expect(lab.store.document.registrations['person/L03']).toMatchObject({ state: 'rejected' });
    expect(answers).toEqual([]);
  });
});

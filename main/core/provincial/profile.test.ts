// The profile of the connection: chosen, checked before anything is stored, shown with what is assumed, and used.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestStore, tester, type TestStore } from '../../../tests/support/testStore.ts';
import { PROFILES, profileOf } from '../../../sync/provincial/profiles/index.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import type { Context } from '../context.ts';
import { settingsOf } from '../sessions/settings.ts';
import { PlatformLink } from './link.ts';
import { checkedProfile, shownProfiles } from './profile.ts';

const http = { platformUrl: 'https://jg.example.cn', accessKey: 'AK', secret: 'secret-123' };
const file = { platformUrl: 'file:///D:/x/exchange.sqlite', accessKey: '', secret: '' };

let lab: TestStore;
beforeEach(() => {
  lab = openTestStore();
});
afterEach(() => lab.remove());

test('every profile is shown with its title and what is assumed about it', () => {
  const shown = shownProfiles();
  expect(shown.map((profile) => profile.id)).toEqual(Object.keys(PROFILES));
  for (const { id, title, assumptions } of shown) {
    expect(profileOf(id)?.data.id).toBe(id);
    expect(title).not.toBe('');
    expect(assumptions.length).toBeGreaterThan(8);
  }
});

test('a connection its profile cannot use is refused', () => {
  expect(checkedProfile(http)).toBe('reference');
  expect(checkedProfile({ ...http, profile: 'form' })).toBe('form');
  expect(checkedProfile({ ...file, profile: 'exchange-tables' })).toBe('exchange-tables');
  const wrong = [
    { ...http, profile: 'unheard-of' },
    { ...http, profile: 'toString' },
    { ...http, profile: 'exchange-tables' },
    { ...file, profile: 'form' },
    { ...file },
    { ...http, secret: '' },
    { ...http, accessKey: '', profile: 'form' },
  ];
  for (const connection of wrong) expect(() => checkedProfile(connection)).toThrow(AppError);
});

test('the link stores the profile and starts its port; a refused connection leaves what was set', async () => {
  const secrets: Context['secrets'] = {
    seal: (text) => Promise.resolve(`sealed ${text}`),
    open: (sealed) => Promise.resolve(sealed.slice('sealed '.length)),
  };
  const clock = { measureWith: () => undefined };
  const context = {
    store: lab.store,
    secrets,
    clock,
    log: () => undefined,
    emit: () => undefined,
  } as unknown as Context;
  const link = new PlatformLink(context, () => undefined);
  await link.setConnection(tester, { ...file, orgCode: 'ORG', profile: 'exchange-tables' });
  expect(settingsOf(context)).toMatchObject({ platformProfile: 'exchange-tables', platformUrl: file.platformUrl });
  const refused = link.setConnection(tester, { ...file, orgCode: 'ORG', profile: 'form' });
  await expect(refused).rejects.toThrow(/http/);
  expect(settingsOf(context).platformProfile).toBe('exchange-tables');
  expect(await link.once((engine) => engine.pullReference())).toMatchObject({ failure: { code: 'EXCHANGE_MISSING' } });
  await link.setConnection(tester, { ...http, orgCode: 'ORG' });
  expect(settingsOf(context).platformProfile).toBe('reference');
});

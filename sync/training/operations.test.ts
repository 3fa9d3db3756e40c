// The platform serves every operation of openapi.yaml and nothing beside it: both lists are read, not written here.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from './app.ts';
import { openPlatformDatabase, SCHEMA_STEPS } from './database.ts';
import { NO_FAULTS } from './faults.ts';
import { createRequestLog } from './requests.ts';
import { createSupervisor } from './supervisor.ts';
import { type Fixture, startFixture } from './testing/fixture.ts';

interface Operation {
  method: string;
  path: string;
  isSigned: boolean;
}

/** Paths stand at an indent of two, methods at four; `security: []` makes an operation public. */
function operationsOf(yaml: string): Operation[] {
  const found: Operation[] = [];
  let path = '';
  let inPaths = false;
  for (const line of yaml.split('\n')) {
    if (/^\S/.test(line)) inPaths = line.startsWith('paths:');
    if (!inPaths) continue;
    path = /^ {2}(\/\S*):\s*$/.exec(line)?.[1] ?? path;
    const method = /^ {4}(get|put|post|head|delete|patch|options):/.exec(line)?.[1];
    if (method !== undefined) found.push({ method: method.toUpperCase(), path, isSigned: true });
    if (/^ {6}security: \[\]/.test(line)) found.at(-1)!.isSigned = false;
  }
  return found;
}

const operations = operationsOf(readFileSync(new URL('../wire/openapi.yaml', import.meta.url), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'jiantai-operations-'));
let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(async () => {
  await fixture.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('openapi.yaml', () => {
  it('is read with all its operations', () => {
    expect(operations).toHaveLength(19);
    expect(operations.filter(({ isSigned }) => !isSigned).map(({ path }) => path)).toEqual([
      '/v1/time',
      '/v1/verify/{code}',
      '/verify',
    ]);
  });

  it('names the same operations as the platform has addresses', () => {
    const db = openPlatformDatabase(join(folder, 'routes.sqlite'));
    const context = { db, now: Date.now, publicBase: () => '' };
    const faults = { ...NO_FAULTS };
    const supervisor = createSupervisor(context, faults);
    const app = createApp({ context, faults, supervisor, requests: createRequestLog(), log: () => undefined });
    db.close();
    const served = app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
      // Every handler of a route is listed; HEAD arrives at GET.
      .map((route) => (route === 'GET /v1/media/{sha256}' ? 'HEAD /v1/media/{sha256}' : route));
    const promised = operations.map(({ method, path }) => `${method} ${path}`);
    expect([...new Set(served)].sort()).toEqual(promised.sort());
  });

  it.each(operations)(
    '$method $path answers, and asks for a signature where the contract says so',
    async (operation) => {
      const { method, path, isSigned } = operation;
      const address = path
        .replace('{kind}', path.includes('registrations') ? 'person' : 'item')
        .replace('{sha256}', 'a'.repeat(64))
        .replace('{revision}', '1')
        .replace(/\{\w+\}/g, 'X1');
      const answer = await fetch(`${fixture.platform.url}${address}`, { method });
      const text = await answer.text();
      if (isSigned) {
        expect(answer.status).toBe(401);
        if (method !== 'HEAD') expect(JSON.parse(text)).toMatchObject({ code: 'BAD_SIGNATURE' });
      } else {
        expect([200, 404]).toContain(answer.status);
        expect(text).not.toContain('没有这个地址');
      }
    },
  );
});

describe('a platform file of the version before', () => {
  it('is opened with everything in it', () => {
    const file = join(folder, 'old.sqlite');
    const old = new Database(file);
    old.exec(SCHEMA_STEPS[0]!);
    old.pragma('user_version = 1');
    old.exec(`INSERT INTO registration VALUES ('O', 'person', 'L1', 1, 'd', '{}', 'P-R0001', 'approved', 5)`);
    old.close();
    const db = openPlatformDatabase(file);
    expect(db.prepare('SELECT local_id, platform_id, reason FROM registration').all()).toEqual([
      { local_id: 'L1', platform_id: 'P-R0001', reason: null },
    ]);
    expect(db.prepare('SELECT count(*) AS n FROM act').get()).toEqual({ n: 0 });
    db.close();
    expect(() => openPlatformDatabase(file).close()).not.toThrow();
  });

  it('of a later version is refused and left alone', () => {
    const file = join(folder, 'later.sqlite');
    const later = new Database(file);
    later.pragma('user_version = 99');
    later.close();
    expect(() => openPlatformDatabase(file)).toThrow('99');
  });
});

// The promise of the recipe: a method is added by files inside this folder. No program file outside names a method, except
// where a reason stands here; inside, only a method's own files name it, and each has its tests and its vectors beside it.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { foundationVectors } from './foundation/foundation.vectors.ts';
import { listMethods } from './index.ts';
import { writtenVectors } from './testing/vectors.ts';

const tree = fileURLToPath(new URL('../../', import.meta.url));

/** Files outside this folder that name a method, and why they may. */
const REASONS: Readonly<Record<string, { names: readonly string[]; why: string }>> = {
  'main/cli/prepareLab.ts': { names: ['concrete-cube'], why: 'the headless main job presses cubes' },
  'main/core/sessions/policies.ts': {
    names: ['concrete-cube'],
    why: 'its order of factor and group was a setting of its own once, and old data folders still hold it',
  },
  'main/instruments/files/ready/rebound.ts': {
    names: ['rebound'],
    why: 'the profile of a rebound hammer says into which readings its file goes',
  },
  'main/core/reception/imports/handlers.ts': {
    names: ['concrete-cube'],
    why: 'the example row of the import template is a cube; columns of every other method are read by their labels',
  },
  'renderer/reception/NewCommission.tsx': {
    names: ['concrete-cube'],
    why: 'an empty form begins with the commonest test where the lab may do it, else with the first one',
  },
  'renderer/evaluation/trialForm.ts': {
    names: ['concrete-batch-evaluation'],
    why: 'the page opens with the commonest evaluation',
  },
  'shared/evaluations/sources.ts': {
    names: ['concrete-batch-evaluation', 'concrete-cube', 'concrete-same-condition', 'mortar-batch', 'mortar-cube'],
    why: 'an evaluation takes signed groups of certain tests',
  },
};

const isProgram = (file: string): boolean =>
  /\.(ts|tsx|mjs|typ)$/.test(file) && !/\.test\.tsx?$|test-helper|(^|\/)testing\//.test(file);
const filesOf = (folder: string): string[] =>
  readdirSync(join(tree, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.split(sep).join('/')}`)
    .filter(isProgram);

const METHODS = listMethods();
const IDS = METHODS.map(({ id }) => id);
/** Ids in quotes, comments aside. */
const namedIn = (file: string): string[] => {
  const program = readFileSync(join(tree, file), 'utf8').replaceAll(/^\s*(?:\/\/|\/?\*).*$/gm, '');
  return IDS.filter((id) => new RegExp(`['"\`]${id}['"\`]`).test(program));
};
const homeOf = (id: string): string =>
  filesOf('shared/methods').find((file) => file.endsWith(`/${id}.method.ts`)) ?? '';

describe('nothing outside names a method', () => {
  const outside = ['main', 'renderer', 'sync', 'scripts', 'shared']
    .flatMap(filesOf)
    .filter((file) => !file.startsWith('shared/methods/'));
  const found = Object.fromEntries(
    outside.flatMap((file) => {
      const names = namedIn(file);
      return names.length === 0 ? [] : [[file, names.toSorted()]];
    }),
  );

  test('except where a reason stands', () => {
    expect(outside.length).toBeGreaterThan(300);
    expect(Object.values(REASONS).map(({ why }) => why)).not.toContain('');
    for (const [file, names] of Object.entries(found)) {
      expect([file, names.filter((id) => !(REASONS[file]?.names ?? []).includes(id))]).toEqual([file, []]);
    }
  });

  test('and no reason has outlived its file', () => {
    for (const [file, { names }] of Object.entries(REASONS)) {
      expect([file, names.filter((id) => !(found[file] ?? []).includes(id))]).toEqual([file, []]);
    }
  });
});

describe('inside', () => {
  test('only registry and the own files of a family name a method', () => {
    const central = filesOf('shared/methods').filter((file) => file.split('/').length === 3);
    for (const file of central.filter((name) => !name.endsWith('/registry.ts'))) {
      expect([file, namedIn(file)]).toEqual([file, []]);
    }
  });

  test.each(IDS)('%s has its tests beside it', (id) => {
    const home = homeOf(id);
    expect(home).not.toBe('');
    expect(existsSync(join(tree, home.replace(/\.method\.ts$/, '.test.ts')))).toBe(true);
  });

  test('every vector line belongs to a method or to the foundation', () => {
    const answered = new Set([foundationVectors, ...METHODS.map(({ vectors }) => vectors)].flatMap(Object.keys));
    expect(writtenVectors.filter(({ method }) => !answered.has(method)).map(({ id }) => id)).toEqual([]);
    const ids = writtenVectors.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

import { expect, test } from 'vitest';
import { violationsOf } from './layers.mjs';

const forbidden: [string, string, string][] = [
  ['shared/rules/a.ts', "import { x } from '../../main/core/interface.ts';", 'shared must not know main'],
  ['shared/rules/a.ts', "import { x } from '../../sync/wire/a.ts';", 'shared must not know sync'],
  ['shared/rules/a.ts', "import type { x } from '../../renderer/client.ts';", 'shared must not know renderer'],
  ['sync/hub/a.ts', "import { x } from '../../main/store/store.ts';", 'sync must not know main'],
  ['sync/hub/a.ts', "export * from '../../renderer/client.ts';", 'sync must not know renderer'],
  ['main/core/a.ts', "import { x } from '../../renderer/client.ts';", 'main must not know renderer'],
  ['renderer/a.tsx', "const x = await import('../main/core/interface.ts');", 'renderer must not know main'],
  ['renderer/a.tsx', "import { x } from '../sync/wire/a.ts';", 'renderer must not know sync'],
  ['main/core/a.ts', "import { x } from '../../tests/fixtures/a.ts';", 'main must not know tests'],
  ['main/core/a.ts', "import { x } from '../../../elsewhere/a.ts';", 'outside the repository'],
  ['main/core/a.ts', "import { x } from '../electron/policy.ts';", 'only main/electron knows Electron'],
  ['main/server/a.ts', "import { app } from 'electron';", 'only main/electron/ may import electron'],
  ['main/core/a.ts', "import type { Menu } from 'electron/main';", 'only main/electron/ may import electron'],
  ['main/core/a.ts', "import Database from 'better-sqlite3';", 'may import better-sqlite3'],
  ['sync/hub/a.ts', "import Database from 'better-sqlite3';", 'may import better-sqlite3'],
  ['main/instruments/host.ts', "import { SerialPort } from 'serialport';", 'may import serialport'],
  ['main/core/a.ts', "const { SerialPort } = require('serialport');", 'may import serialport'],
  ['shared/a.ts', "import { readFile } from 'node:fs/promises';", 'runs in a browser'],
  ['shared/a.ts', "import 'fs';", 'runs in a browser'],
  ['renderer/a.tsx', "import {\n  createHash,\n} from 'node:crypto';", 'runs in a browser'],
];

test.each(forbidden)('%s: %s', (file, text, rule) => {
  expect(violationsOf(file, `const before = 1;\n${text}\n`)).toEqual([expect.stringContaining(rule)]);
});

test('the line that is named is the line of the import', () => {
  expect(violationsOf('main/core/a.ts', "// first\nimport {\n  a,\n} from 'electron';\n")).toEqual([
    expect.stringMatching(/^main\/core\/a\.ts:4: /),
  ]);
});

test('imports along the arrows, comments, strings and tests of a folder pass', () => {
  const allowed: [string, string][] = [
    [
      'main/core/a.ts',
      "import { x } from '../../sync/port.ts';\nimport { y } from '../../shared/a.ts';\nimport 'node:fs';",
    ],
    ['main/electron/main.ts', "import { app } from 'electron';\nimport { x } from './policy.ts';"],
    ['main/store/a.ts', "import Database from 'better-sqlite3';"],
    ['sync/training/a.ts', "import Database from 'better-sqlite3';"],
    ['main/instruments/port-process/main.ts', "import { SerialPort } from 'serialport';"],
    ['renderer/a.tsx', "import React from 'react';\nimport { calls } from '../shared/contract/calls.ts';"],
    [
      'shared/a.ts',
      "// import { x } from '../main/a.ts';\n/* import 'fs'; */\nconst text = \"see http://a.example // not '../main'\";",
    ],
    ['shared/a.test.ts', "import { readFileSync } from 'node:fs';\nimport vectors from '../tests/fixtures/v.json';"],
    ['tests/e2e/a.spec.ts', "import { x } from '../../main/core/interface.ts';"],
  ];
  for (const [file, text] of allowed) expect([file, violationsOf(file, text)]).toEqual([file, []]);
});

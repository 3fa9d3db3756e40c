// The same spec files in three shells: `bench` (Chromium and the bench server), `standin` (the built desktop program in
// the stand-in of tests/standin) and `electron` (the same in the real one, skipped where there is no binary).
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { testEnvironment } from './scripts/test-environment.mjs';
import type { ShellOptions } from './tests/e2e/fixtures.ts';
import { chromiumPath } from './tests/e2e/shells.ts';

// Taken over by every browser and program that a test starts.
Object.assign(process.env, testEnvironment(fileURLToPath(new URL('.', import.meta.url))));

export default defineConfig<ShellOptions>({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  // Each test starts a core, a platform and a browser of its own, and waits more than it computes: 8.6 minutes with three
  // at a time on two cores, 10.2 with two.
  workers: 3,
  fullyParallel: true,
  retries: 0,
  // Two programs, two browsers and a platform share two cores with whatever else runs there.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    launchOptions: { executablePath: chromiumPath() },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1440, height: 900 },
    // A trace costs as much CPU again as the test itself (63 s against 34 s for three paths).
    trace: process.env.JIANTAI_TRACE === undefined ? 'off' : 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'bench', use: { shell: 'bench' }, testIgnore: /desktop\.spec/ },
    // What a page does alike in every shell is proved once in Chromium, and once more where the real one is.
    { name: 'standin', use: { shell: 'standin' }, grepInvert: /@bench|@page/ },
    { name: 'electron', use: { shell: 'electron' }, grepInvert: /@bench/ },
  ],
});

// A port setting that was never compared with the display, or was changed since, is said at run start and refuses nothing.
import { expect, test } from 'vitest';
import { decideGate } from './decide.ts';
import { MOMENTS, type GateMoment } from './question.ts';
import { machine, sound } from './testing/facts.ts';

const ask = (moment: GateMoment, commissioning?: 'none' | 'confirmed' | 'unconfirmed') =>
  decideGate({ ...sound(moment), equipment: { ...machine, ...(commissioning ? { commissioning } : {}) } });
const found = (moment: GateMoment, commissioning?: 'none' | 'confirmed' | 'unconfirmed') =>
  ask(moment, commissioning).findings.find(({ code }) => code === 'GATE_EQUIPMENT_UNCONFIRMED');

test('an unconfirmed machine is warned of at run start, and only there', () => {
  const finding = found('run-start', 'unconfirmed');
  expect(finding).toMatchObject({ outcome: 'warn', question: 'equipment' });
  expect(finding?.message).toContain('未确认');
  expect(finding?.next).toContain('连接向导');
  expect(ask('run-start', 'unconfirmed').allowed).toBe(true);
  for (const moment of MOMENTS) if (moment !== 'run-start') expect(found(moment, 'unconfirmed')).toBeUndefined();
});

test('a confirmed one, one without a port, and one that is not said are not', () => {
  for (const state of ['confirmed', 'none', undefined] as const) expect(found('run-start', state)).toBeUndefined();
});

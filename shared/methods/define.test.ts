// What `defineMethod` adds to every method: the edition, the verdict of the whole record, what is asked and what may judge.
import { describe, expect, test } from 'vitest';
import { AppError } from '../errors/appError.ts';
import { defineMethod, editionOf, overallVerdict } from './define.ts';
import { decimal } from './field.ts';
import type { Edition, ParameterResult, Verdict } from './method.ts';

const edition = (id: string): Edition => ({
  id,
  test: id,
  judgement: null,
  rounding: 'GB/T 8170-2008',
  title: '试验',
  inForceFrom: '2020-01-01',
  inForceUntil: null,
});
const editions = [edition('GB 2'), edition('GB 1')];

describe('the edition', () => {
  test('is the newest where none is named, else the one of that name', () => {
    expect(editionOf({ name: '试验', editions }, undefined).id).toBe('GB 2');
    expect(editionOf({ name: '试验', editions }, 'GB 1').id).toBe('GB 1');
  });

  test('that is not there is refused with those that are', () => {
    expect(() => editionOf({ name: '试验', editions }, 'GB 0')).toThrow('试验没有版本“GB 0”（可用：GB 2、GB 1）。');
  });
});

test.each<[Verdict[], Verdict]>([
  [['qualified', 'retest', 'unqualified'], 'unqualified'],
  [['qualified', 'retest', 'not-judged'], 'retest'],
  [['qualified', 'not-judged'], 'not-judged'],
  [['qualified', 'qualified'], 'qualified'],
  [[], 'not-judged'],
])('verdicts %j make the record %s', (verdicts, whole) => {
  expect(overallVerdict(verdicts)).toBe(whole);
});

/** A method whose results are given, to see what becomes of them. */
const given = (parameters: readonly Pick<ParameterResult, 'requirement' | 'verdict'>[], valid = true) =>
  defineMethod({
    id: 'given',
    name: '试验',
    purpose: 'sample',
    itemCode: 'X',
    sampleName: '样品',
    parameters: [],
    recognises: () => false,
    editions,
    fields: [
      decimal({
        name: 'load',
        label: '荷载',
        at: 'bench',
        unit: 'kN',
        resolution: '1',
        max: '9',
        maxReason: '',
        instrument: '压力试验机',
        clause: '4.1',
        parameters: ['A'],
      }),
    ],
    policies: [],
    limits: [{ standard: 'GB 2', clause: '4.1', title: '', status: 'draft', rows: [] }],
    timing: { kind: 'prompt', turnaroundDays: 1 },
    acquisitions: [],
    describe: () => ({ grade: '', spec: '' }),
    evaluate: (_, { asked, judges, policies }) => ({
      outputs: { asked: ['A', 'B'].filter(asked), judges: ['GB 2', 'GB 1'].filter(judges), policies },
      trace: [],
      parameters: parameters.map((each) => ({ parameterCode: 'A', name: '', value: '1', unit: '', ...each })),
      valid,
      text: '',
      record: [],
      report: [],
    }),
    vectors: {},
  });
const open = { requirement: null, verdict: 'not-judged' } as const;
const met = { requirement: '≥1', verdict: 'qualified' } as const;

describe('a method', () => {
  test('of which nothing is required keeps no verdict open, unless nothing is required of anything', () => {
    expect(given([open, met]).compute({}).verdict).toBe('qualified');
    expect(given([open]).compute({}).verdict).toBe('not-judged');
    expect(given([{ ...open, requirement: '≥1' }, met]).compute({}).verdict).toBe('not-judged');
    expect(given([{ ...open, verdict: 'unqualified' }, met]).compute({}).verdict).toBe('unqualified');
    expect(given([met], false).compute({}).verdict).toBe('not-judged');
  });

  test('is asked for what is commissioned, and then refuses to go without its readings', () => {
    expect(given([met]).compute({}).outputs.asked).toEqual(['A', 'B']);
    expect(given([met]).compute({ load: '1' }, { parameters: ['A'] }).outputs.asked).toEqual(['A']);
    expect(given([met]).compute({}, { parameters: ['B'] }).outputs.asked).toEqual(['B']);
    expect(() => given([met]).compute({}, { parameters: ['A'] })).toThrow(AppError);
    expect(() => given([met]).compute({}, { parameters: ['A'] })).toThrow('缺少“荷载”。');
  });

  test('judges by a draft once it is confirmed, and keeps the settings it used', () => {
    expect(given([met]).compute({}).outputs).toMatchObject({ judges: [], policies: { 'limits GB 2': 'draft' } });
    const policies = { 'limits GB 2': 'confirmed' };
    expect(given([met]).compute({}, { policies })).toMatchObject({ policies, outputs: { judges: ['GB 2'] } });
    expect(given([met]).compute({}, { edition: 'GB 1' })).toMatchObject({
      methodId: 'given',
      edition: { id: 'GB 1' },
      warnings: [],
      stops: [],
    });
  });
});

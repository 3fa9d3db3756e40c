// The tables in code must say what openapi.yaml says: codes, statuses, kinds, event types, states.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { WIRE_ERROR_CODES, WIRE_ERROR_STATUS } from './error-codes.ts';
import * as wire from './schemas.ts';
import { addDays, addMonths, wireDate, wireTime } from './wire-time.ts';

// White space is folded, so that the layout of the YAML does not matter.
const openapi = readFileSync(new URL('openapi.yaml', import.meta.url), 'utf8').replace(/\s+/g, ' ');

function enumOf(pattern: RegExp): string[] {
  const list = pattern.exec(openapi)?.[1];
  if (list === undefined) throw new Error(`openapi.yaml has no ${pattern}`);
  return list
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

describe('openapi.yaml and the code agree on', () => {
  it('error codes and their statuses', () => {
    expect(WIRE_ERROR_CODES).toEqual(enumOf(/enum: ?\[ ?(BAD_SIGNATURE[^\]]+)\]/));
    const statuses = /HTTP status: (.*?)INTERNAL/.exec(openapi)?.[1] ?? '';
    for (const group of statuses.split(';')) {
      const status = /\b(\d{3})\b/.exec(group)?.[1];
      for (const code of group.match(/[A-Z_]{5,}/g) ?? []) {
        expect([code, WIRE_ERROR_STATUS[code as keyof typeof WIRE_ERROR_STATUS]]).toEqual([code, Number(status)]);
      }
    }
  });

  it('entry kinds, reference kinds, registration kinds and event types', () => {
    expect([...wire.ENTRY_KINDS]).toEqual(enumOf(/enum: ?\[ ?(test-record[^\]]+)\]/));
    expect([...wire.REFERENCE_KINDS]).toEqual(enumOf(/enum: ?\[ ?(item, [^\]]+)\]/));
    expect([...wire.REGISTRATION_KINDS]).toEqual(enumOf(/enum: ?\[ ?(person, equipment, premises) ?\]/));
    expect([...wire.EVENT_TYPES]).toEqual(enumOf(/enum: ?\[ ?(commission\.locked[^\]]+)\]/));
  });

  it('the states of receipts, reports and verifications', () => {
    expect(wire.receiptSchema.shape.state.options).toEqual(enumOf(/enum: ?\[ ?(accepted, [^\]]+)\]/));
    expect(wire.reportStateSchema.shape.state.options).toEqual(enumOf(/enum: ?\[ ?(submitted, [^\]]+)\]/));
    expect(wire.verificationSchema.shape.status.options).toEqual(enumOf(/enum: ?\[ ?(valid, [^\]]+)\]/));
  });
});

function signatory(id: string) {
  return { id, name: id, signedAt: '2026-11-23T09:00:00+08:00', signatureDigest: 'a'.repeat(64) };
}

describe('field types', () => {
  it('take decimals as strings and times with +08:00 only', () => {
    expect(wire.wireDecimal.safeParse('35.10').success).toBe(true);
    for (const bad of [35.1, '35.', '.5', '1e3', 'NaN', '', ' 1', '1,0']) {
      expect([bad, wire.wireDecimal.safeParse(bad).success]).toEqual([bad, false]);
    }
    expect(wire.wireDateTime.safeParse('2026-11-23T09:00:00+08:00').success).toBe(true);
    for (const bad of ['2026-11-23T09:00:00Z', '2026-11-23T09:00:00', '2026-13-01T09:00:00+08:00', '2026-11-23']) {
      expect([bad, wire.wireDateTime.safeParse(bad).success]).toEqual([bad, false]);
    }
    expect(wire.wireDateOnly.safeParse('2026-02-29').success).toBe(false);
  });

  it('tolerate a field the contract does not name and refuse a missing one', () => {
    const state = { commissionNo: 'W1', platformId: 'p', state: 'active', later: 1 };
    expect(wire.commissionStateSchema.safeParse(state).success).toBe(true);
    expect(wire.commissionStateSchema.safeParse({ ...state, platformId: undefined }).success).toBe(false);
  });

  it('require three different signatories', () => {
    const report = {
      reportNo: 'R1',
      revision: 1,
      commissionNo: 'W1',
      recordNos: ['J1'],
      title: 't',
      conclusion: 1,
      conclusionText: '',
      testedOn: '2026-11-23',
      issuedOn: '2026-11-23',
      tester: signatory('P1'),
      checker: signatory('P2'),
      approver: signatory('P3'),
      basis: ['GB/T 50081-2019'],
      siteAddress: 'a',
      witnessUnit: '',
      witnessName: '',
      contentSha256: 'b'.repeat(64),
      auditHead: 'c'.repeat(64),
    };
    expect(wire.reportPayloadSchema.safeParse(report).success).toBe(true);
    expect(wire.reportPayloadSchema.safeParse({ ...report, approver: signatory('P2') }).success).toBe(false);
  });
});

describe('wire time', () => {
  it('is China time whatever the zone of the machine', () => {
    expect(wireTime(Date.UTC(2026, 10, 22, 16, 30, 0, 5))).toBe('2026-11-23T00:30:00.005+08:00');
    expect(wireDate(Date.UTC(2026, 10, 22, 15, 59))).toBe('2026-11-22');
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
    expect(addMonths('2025-11-23', 12)).toBe('2026-11-23');
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2026-11-30', -9)).toBe('2026-02-28');
  });
});

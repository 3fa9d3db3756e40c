// A record as the bench shows it, and a far side that remembers what was sent; for component tests.
import type { Reading, Run, TestRecord } from '../../shared/entities/record.ts';
import { AppError } from '../../shared/errors/appError.ts';
import type { WindowClient } from '../client.ts';

export const reading = (changes: Partial<Reading>): Reading => ({
  field: 'pan_g',
  specimenNo: 1,
  position: null,
  value: '24.0',
  source: 'keyboard',
  runNo: null,
  personName: '梁志远',
  at: '2026-04-10T09:00:00+08:00',
  reason: null,
  current: true,
  ...changes,
});

export const runOf = (changes: Partial<Run>): Run => ({
  runId: 'R1',
  runNo: 'CJ1',
  recordNo: 'YS1',
  field: null,
  specimenNo: 1,
  equipmentId: 'E006',
  driver: 'line-profile',
  operatorName: '梁志远',
  startedAt: '2026-04-10T09:00:00+08:00',
  endedAt: '2026-04-10T09:01:00+08:00',
  sampleRateHz: '50',
  sampleCount: 100,
  peakKn: '80.00',
  curveValues: [],
  remarks: [],
  extensometer: null,
  loadingRateKnPerS: '2.4',
  validity: 'valid',
  reason: null,
  rawDigest: '00',
  ...changes,
});

export function recordOf(methodId: string, parameters: string[], changes: Partial<TestRecord> = {}): TestRecord {
  const record = {
    recordNo: 'YS1',
    methodId,
    parameters,
    state: 'testing',
    typedPeaks: false,
    sample: { properties: {} },
    readings: [],
    runs: [],
    result: null,
    digest: 'd'.repeat(64),
    ...changes,
  };
  return record as unknown as TestRecord;
}

export interface FarSide {
  client: WindowClient;
  sent: { name: string; input: Record<string, unknown> }[];
  /** The next call is refused with these words. */
  refuse(message: string): void;
}

export function farSide(): FarSide {
  const sent: FarSide['sent'] = [];
  let refusal: string | null = null;
  const client = {
    call(name: string, input: Record<string, unknown>) {
      sent.push({ name, input });
      const message = refusal;
      refusal = null;
      return message === null
        ? Promise.resolve({ timeS: [], loadKn: [], verified: true })
        : Promise.reject(new AppError({ code: 'REFUSED', message, next: '再试。' }));
    },
    subscribe: () => () => undefined,
    watchLink: () => () => undefined,
  };
  return {
    client: client as unknown as WindowClient,
    sent,
    refuse: (message) => {
      refusal = message;
    },
  };
}

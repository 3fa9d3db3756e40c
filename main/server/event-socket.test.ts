import { expect, test } from 'vitest';
import { cutOffAbove, eventSink, leaveOutCurveAbove, type SocketPart } from './event-socket.ts';

function slowSocket(bufferedAmount: number): SocketPart & { sent: string[]; cut: boolean } {
  return {
    bufferedAmount,
    readyState: 1,
    sent: [],
    cut: false,
    send(data: unknown) {
      this.sent.push(data as string);
    },
    terminate() {
      this.cut = true;
    },
  };
}
const curve = { type: 'bench.samples', equipmentId: 'E1', runId: null, timeS: [1], loadKn: [2] } as const;

test('a tab that is behind misses curve points but not the word to pull', () => {
  const socket = slowSocket(leaveOutCurveAbove + 1);
  const sink = eventSink(socket);
  sink.push({ ...curve, timeS: [1], loadKn: [2] });
  sink.push({ type: 'resync', seq: 3 });
  expect(socket.sent).toEqual(['{"type":"resync","seq":3}']);
});

test('a tab that does not read at all is cut off', () => {
  const socket = slowSocket(cutOffAbove + 1);
  eventSink(socket).push({ type: 'resync', seq: 3 });
  expect(socket).toMatchObject({ sent: [], cut: true });
});

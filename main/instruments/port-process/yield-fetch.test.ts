// A controller that finds the yield itself is asked for it after the break; what it answers is in the file with its bytes.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hasSocat, openPtyPeer } from '../../../tests/support/ptyPeer.ts';
import { InstrumentHost } from '../host.ts';
import type { PortEvents } from '../protocol.ts';
import { recomputeRun } from '../run/run-file.ts';

const line = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 } as const;

/** FD 07, code, five bytes, sum of all before. */
function frame(code: number, ...data: number[]): Buffer {
  const bytes = [0xfd, 0x07, code, 0, ...data];
  return Buffer.from([...bytes, bytes.reduce((sum, byte) => sum + byte, 0) & 0xff]);
}
function newtons(code: number, value: number): Buffer {
  const float = Buffer.alloc(4);
  float.writeFloatLE(value);
  return frame(code, ...float);
}

test.skipIf(!hasSocat)('yield forces of the controller stand beside the curve', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'jiantai-yield-'));
  const host = new InstrumentHost({ runsFolder: folder });
  const peer = await openPtyPeer();
  const started = performance.now();
  let readyAsked = 0;
  const asked: number[] = [];
  peer.onHeard = (bytes) => {
    const code = bytes[2] as number;
    asked.push(code);
    if (code === 0x11) {
      const s = (performance.now() - started) / 1000;
      const load_N = Math.round(s < 4 ? 0 : s < 10 ? (s - 4) * 20_000 : 500);
      peer.write(frame(0x11, load_N & 0xff, (load_N >> 8) & 0xff, load_N >> 16, 0));
    } else if (code === 0xd0) {
      readyAsked += 1;
      peer.write(frame(0xd0, readyAsked < 3 ? 0 : 0x55, 0, 0, 0));
    } else if (code === 0xd2) peer.write(newtons(0xd2, 88_500));
    // Cleared by the user: there is no lower yield.
    else if (code === 0xe0) peer.write(frame(0xe1, 0, 0, 0, 0));
  };
  try {
    await host.openChannel({
      channelId: 'c',
      path: peer.path,
      line,
      driver: { id: 'oke-universal', profile: { range_kN: '1000' } },
    });
    const sealed = new Promise<PortEvents['sealed']>((resolve) => host.on('sealed', resolve));
    await host.arm({
      channelId: 'c',
      runId: 'bar',
      context: { recordNo: 'R', specimenNo: '1', equipmentId: 'E', equipmentSerial: 'S', operatorId: 'p' },
      detector: { id: 'tension', params: { range_kN: '1000', tail_s: '0.5' } },
      previousDigest: null,
    });
    const { summary } = await sealed;
    expect(summary.reason).toBeUndefined();
    expect(summary.device).toEqual([{ name: 'FeH', value: '88.500', unit: 'kN' }]);
    expect(summary.remarks?.join()).toContain('低于 50 Hz');
    expect(asked.filter((code) => code === 0xd0)).toHaveLength(3);
    // The load went on being read between the questions.
    expect(asked.lastIndexOf(0x11)).toBeGreaterThan(asked.indexOf(0xd0));
    expect(await recomputeRun(join(folder, summary.file))).toEqual(summary);
  } finally {
    await host.shutdown();
    await peer.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

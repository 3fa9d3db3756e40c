// A scanner on a real pseudo-terminal: what it sends reaches the window of its workstation, and no other.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../../tests/support/mainJob.ts';
import { openTestCore, refusalOf, type TestCore } from '../../../tests/support/testCore.ts';

let lab: TestCore;
beforeAll(async () => {
  lab = await openTestCore();
});
afterAll(() => lab.stop());

test('scans of a serial scanner come as events to signed-in windows of its workstation', async () => {
  const [port, plug] = [join(lab.folder, 'scanner'), join(lab.folder, 'plug')];
  const socat = spawn('socat', [`pty,raw,echo=0,link=${port}`, `pty,raw,echo=0,link=${plug}`]);
  try {
    await eventually(() => (existsSync(port) && existsSync(plug) ? true : null));
    const keeper = await lab.as('shebei');
    const technician = await lab.as('jiance');
    const rule = { prefix: ']C1', suffix: '', minLength: 4, maxLength: 40, check: 'none' as const };
    const set = (workstation: string | null, path = port) =>
      keeper.call('scanners.set', { scannerId: 'S1', path, baudRate: 9600, workstation, rule, reason: '收样台扫码枪' });
    expect((await set('测试工位')).scanners).toMatchObject([{ scannerId: 'S1', state: 'open', trouble: null }]);
    const scans = () => technician.events.flatMap((event) => (event.type === 'scan' ? [event.code] : []));
    writeFileSync(plug, ']C1YP2026-0001\r\n');
    await eventually(() => (scans().length > 0 ? true : null));
    writeFileSync(plug, 'YP2026-0002\r\n]C1样品-0003\r');
    await eventually(() => (scans().length > 1 ? true : null));
    expect(scans()).toEqual(['YP2026-0001', '样品-0003']);
    const nobody = lab.window();
    await set('别的工位');
    writeFileSync(plug, ']C1YP2026-0004\r\n');
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(scans()).toHaveLength(2);
    expect(nobody.events.filter(({ type }) => type === 'scan')).toEqual([]);
    const twin = keeper.call('scanners.set', { scannerId: 'S2', path: port, reason: '第二把', rule });
    expect((await refusalOf(twin)).code).toBe('PORT_TAKEN');
    // A scanner is no machine: nothing of it appears at the benches.
    expect(
      technician.events.some((event) => event.type === 'bench.state' && event.state.equipmentId?.startsWith('scanner')),
    ).toBe(false);
    expect((await set(null, '')).scanners).toEqual([]);
  } finally {
    socat.kill();
  }
}, 30_000);

test('the rule for scanners that type is the lab’s, and contradictions are refused', async () => {
  const keeper = await lab.as('shebei');
  const rule = { prefix: '', suffix: '', minLength: 6, maxLength: 20, check: 'mod10' as const };
  const { wedge, here } = await keeper.call('scanners.set', { scannerId: 'wedge', path: '', rule, reason: '统一标签' });
  expect([wedge, here]).toEqual([rule, '测试工位']);
  const wrong = keeper.call('scanners.set', {
    scannerId: 'wedge',
    path: '',
    rule: { ...rule, minLength: 30 },
    reason: 'x',
  });
  expect((await refusalOf(wrong)).code).toBe('SCANNER_RULE');
});

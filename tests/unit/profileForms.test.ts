// The wizard's forms against the drivers: every profile that a form writes is one that its driver takes.
import { expect, test } from 'vitest';
import { bindDriver, drivers } from '../../main/instruments/drivers/index.ts';
import { put, type Typed } from '../../renderer/equipment/wizard/profileFields.ts';
import { profileForms } from '../../renderer/equipment/wizard/profileForms.ts';
import { toProfile, typedOfShape } from '../../renderer/equipment/wizard/profileText.ts';

test('every driver that needs a profile has a form, and every form belongs to a driver', () => {
  const needing = Object.values(drivers).filter(({ needsProfile }) => needsProfile);
  expect(needing.map(({ id }) => id).filter((id) => profileForms[id] === undefined)).toEqual([]);
  expect(Object.keys(profileForms).filter((id) => drivers[id] === undefined)).toEqual([]);
});

/** What a person would type into each form, beside what it shows by itself. */
const typed: Record<string, Record<string, string | Typed[]>> = {
  'line-profile': { columns: [{ role: 'seq' }, { role: 'time' }, { role: 'load' }, { role: 'extension' }] },
  'frame-profile': { start: '02', end: '03', length: '12', 'value.offset': '2', 'value.size': '6', range: '300' },
  modbus: {
    values: [{ name: 'temperature', register: '0', scale: '0.1', unit: '℃', plausible: { min: '-40', max: '80' } }],
  },
  'ai-bus': { decimals: '1' },
  jianyi: { replyLength: '9', range_kN: '300' },
  'kent-lcd': { range_kN: '300', decimals: '2' },
  'kent-ad': { range_kN: '300', decimals: '2', span: '1000' },
  'kent-led': { range_kN: '300', frameLength: '8' },
};
const confirmers = new Set(['frame-profile', 'xk3190-reversed', 'digimatic', 'ai-bus', 'jianyi', 'kent-lcd', 'kent-ad', 'kent-led']); // prettier-ignore

test.each(Object.keys(profileForms))('%s: the form filled in is a profile of the driver', (driverId) => {
  let form: Typed = {};
  for (const [path, value] of Object.entries(typed[driverId] ?? {})) form = put(form, path, value);
  const profile = { ...toProfile(driverId, form), ...(confirmers.has(driverId) ? { confirmedBy: '张三' } : {}) };
  expect(() => bindDriver(driverId, profile)).not.toThrow();
});

test('columns that a probe saw become a profile as soon as one of them is the load', () => {
  const shape = typedOfShape({ separator: ';', decimal: ',', columns: 2 });
  expect(() => bindDriver('line-profile', toProfile('line-profile', shape))).toThrow();
  const filled = put(shape, 'columns', [{ role: 'ignore' }, { role: 'load', unit: 'N' }]);
  const driver = bindDriver('line-profile', toProfile('line-profile', filled));
  const frames = driver.makeFramer({ joinStream: false }).push(Buffer.from('7;12500,5\r\n'));
  expect(driver.decode(frames[0]!).events).toEqual([{ kind: 'value', value: '12.5005', unit: 'kN' }]);
});

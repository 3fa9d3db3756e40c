// The instrument wizard's calls.
import type { CallName } from '../../../shared/contract/calls.ts';
import type { InstrumentHost } from '../../instruments/host.ts';
import { driverTitle } from '../bench/portSetting.ts';
import type { SomeHandlers } from '../context.ts';
import type { Instruments } from './instruments.ts';
import { parseProfileText } from './profileInput.ts';
import { describeProbe } from './probeWords.ts';

type InstrumentCall = Extract<CallName, `instruments.${string}`>;

export function instrumentHandlers(instruments: Instruments, host: InstrumentHost): SomeHandlers<InstrumentCall> {
  return {
    'instruments.ports': async () => ({ ports: await instruments.ports() }),
    'instruments.drivers': () => ({
      drivers: host
        .listDrivers()
        // A scanner measures nothing; it is set up elsewhere.
        .filter(({ id }) => id !== 'barcode-serial')
        .map(({ id, title, version, streams, runs, needsProfile, line, status, statusNote }) => ({
          id,
          title,
          version,
          streams,
          runs,
          needsProfile,
          line,
          status,
          statusNote: statusNote ?? null,
        })),
    }),
    async 'instruments.probe'({ equipmentId, path, driver, line }) {
      await instruments.takePort(equipmentId, path);
      const profile = driver ? parseProfileText(driver.profile) : null;
      return describeProbe(
        await host.probePort({
          path,
          ...(driver ? { drivers: [{ id: driver.id, ...(profile === null ? {} : { profile }) }] } : {}),
          ...(line ? { lines: [line] } : {}),
        }),
      );
    },
    async 'instruments.cancelProbe'({ path }) {
      await host.cancelProbe(path);
      return {};
    },
    async 'instruments.try'({ equipmentId, path, line, driver }, caller) {
      const chosen = driver && { id: driver.id, profile: parseProfileText(driver.profile) };
      return instruments.try({ equipmentId, path, line, driver: chosen }, caller);
    },
    'instruments.keepTrial': ({ equipmentId }) => instruments.keep(equipmentId),
    async 'instruments.endTrial'({ equipmentId }) {
      await instruments.endTrial(equipmentId);
      return {};
    },
    'instruments.confirmDisplay'({ equipmentId, shown, unit }) {
      const trial = instruments.trial(equipmentId);
      trial.confirmDisplay(shown, unit);
      return trial.describe();
    },
    'instruments.checkZero'({ equipmentId, rangeText }) {
      const trial = instruments.trial(equipmentId);
      trial.checkZero(rangeText);
      return trial.describe();
    },
    'instruments.commission': (input, caller) => instruments.commission(input, caller),
    'instruments.history'({ equipmentId }) {
      const { setting, ...history } = instruments.history(equipmentId);
      return {
        ...history,
        setting: setting && {
          path: setting.path,
          line: setting.line,
          driverId: setting.driver.id,
          driverTitle: driverTitle(setting.driver.id),
          profile: setting.driver.profile === null ? null : JSON.stringify(setting.driver.profile),
          identity: setting.identity,
          place: setting.place,
        },
      };
    },
  };
}

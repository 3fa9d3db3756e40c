// The instrument wizard's service: who holds which port, the search, trials one a machine, and the commission record.
import { ulid } from 'ulid';
import type { Commissioning, PortFacts, Trial as TrialState } from '../../../shared/contract/instruments.ts';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { calibrationValidThrough } from '../../../shared/gate/index.ts';
import type { InstrumentHost } from '../../instruments/host.ts';
import type { PortInfo } from '../../instruments/protocol.ts';
import { requireRow } from '../../store/store.ts';
import type { Row } from '../../store/tables.ts';
import type { Bench } from '../bench/bench.ts';
import { followPort, identityOf, readPortSetting, type PortSetting } from '../bench/portSetting.ts';
import type { Caller, Context } from '../context.ts';
import { commissioningOf, commissionState, newestCommissioning, type CommissionedPort } from './commissionRows.ts';
import { sayFigure } from './quantities.ts';
import { withPerson } from './profileInput.ts';
import { refusals } from './refusals.ts';
import { Trial, type TrialConfig } from './trial.ts';

const KEPT_MS = 20_000;
const TICK_MS = 500;
const SHOWN_BYTES = 2048;

export interface CommissionInput {
  equipmentId: string;
  certificateNo: string;
  rangeText: string;
  accuracyClass: string;
  remark: string;
}

export class Instruments {
  readonly #context: Context;
  readonly #host: InstrumentHost;
  readonly #bench: Bench;
  readonly #trials = new Map<string, Trial>();
  readonly #told = new Map<string, string>();
  readonly #timer: NodeJS.Timeout;

  constructor(context: Context, host: InstrumentHost, bench: Bench) {
    this.#context = context;
    this.#host = host;
    this.#bench = bench;
    host.on('raw', (event) => {
      for (const trial of this.#trials.values()) {
        if (trial.viewId !== event.viewId) continue;
        trial.take(event);
        this.#tell(trial, event.pieces, event.dropped);
      }
    });
    host.on('probe', ({ path, done, total, line, best }) =>
      this.#context.emit({
        type: 'instrument.probe',
        path,
        done,
        total,
        line,
        best: best === null ? null : `${best.driverId} ${best.sample}`,
      }),
    );
    this.#timer = setInterval(() => void this.#tick(), TICK_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#trials.clear();
  }

  async ports(): Promise<PortFacts[]> {
    const listed = await this.#host.listPorts();
    const rows = this.#context.store.all(
      'SELECT equipmentId, name, portJson FROM equipment WHERE portJson IS NOT NULL',
    );
    const owners = new Map<string, { row: Row; former: string }>();
    for (const row of rows) {
      const setting = readPortSetting(row['portJson']);
      if (setting) owners.set(pathNow(String(row['equipmentId']), setting, listed), { row, former: setting.path });
    }
    const facts = (path: string, port: PortInfo | undefined): PortFacts => {
      const owner = owners.get(path);
      return {
        path,
        manufacturer: port?.manufacturer ?? null,
        serialNumber: port?.serialNumber ?? null,
        place: port?.place ?? null,
        present: port !== undefined,
        equipmentId: owner ? String(owner.row['equipmentId']) : null,
        equipmentName: owner ? String(owner.row['name']) : null,
        formerPath: owner && owner.former !== path ? owner.former : null,
      };
    };
    const absent = [...owners.keys()].filter((path) => !listed.some((port) => port.path === path));
    return [...listed.map((port) => facts(port.path, port)), ...absent.map((path) => facts(path, undefined))];
  }

  /** Frees the port: the machine's own connection gives way when no record is open at it, another machine's never. */
  async takePort(equipmentId: string, path: string): Promise<void> {
    requireRow(this.#context.store.get('equipment', equipmentId), '设备', equipmentId);
    const owner = (await this.ports()).find((port) => port.path === path)?.equipmentId;
    if (owner !== undefined && owner !== null && owner !== equipmentId) throw refusals.pathTaken(path, owner);
    const { recordNo } = this.#bench.state(equipmentId);
    if (recordNo !== null) throw refusals.atWork(equipmentId, recordNo);
    const channel = this.#context.channels.get(equipmentId) ?? 'closed';
    if (channel !== 'closed' && channel !== 'none') await this.#bench.disconnect(equipmentId);
    for (const [other, trial] of this.#trials) {
      if (other === equipmentId || trial.config.path === path) await this.endTrial(other);
    }
  }

  /** Opens a trial, or the same one with other settings; what was compared before holds for the former ones only. */
  async try(config: TrialConfig, caller: Caller): Promise<TrialState> {
    const { driver } = config;
    const named =
      driver === null ? null : { ...driver, profile: withPerson(driver.id, driver.profile, caller.user.name) };
    const wanted = { ...config, driver: named };
    const open = this.#trials.get(config.equipmentId);
    if (open && !open.isOrphaned && JSON.stringify(open.config) === JSON.stringify(wanted)) return this.#keep(open);
    await this.takePort(config.equipmentId, config.path);
    const trial = new Trial(wanted, this.#host, () => this.#context.now().getTime());
    trial.keptUntil = Date.now() + KEPT_MS;
    this.#trials.set(config.equipmentId, trial);
    try {
      await trial.open();
    } catch (cause) {
      this.#trials.delete(config.equipmentId);
      throw cause;
    }
    return this.#keep(trial);
  }

  keep(equipmentId: string): TrialState | null {
    const trial = this.#trials.get(equipmentId);
    return trial ? this.#keep(trial) : null;
  }

  #keep(trial: Trial): TrialState {
    trial.keptUntil = Date.now() + KEPT_MS;
    return trial.describe();
  }

  async endTrial(equipmentId: string): Promise<void> {
    const trial = this.#trials.get(equipmentId);
    this.#trials.delete(equipmentId);
    this.#told.delete(equipmentId);
    await trial?.close();
  }

  trial(equipmentId: string): Trial {
    const trial = this.#trials.get(equipmentId);
    if (!trial) throw refusals.noTrial();
    trial.keptUntil = Date.now() + KEPT_MS;
    return trial;
  }

  async commission(input: CommissionInput, caller: Caller): Promise<Commissioning> {
    const { store } = this.#context;
    const { equipmentId, certificateNo, rangeText, accuracyClass, remark } = input;
    const trial = this.trial(equipmentId);
    const { confirmed, zero } = trial;
    const { path, line, driver } = trial.config;
    if (confirmed === null || driver === null) throw refusals.notConfirmed();
    if (trial.hasZero && (zero === null || zero.rangeText !== rangeText.trim())) throw refusals.zeroMissing();
    if (trial.reader.identityState === 'asking') throw refusals.identityPending();
    const port = await this.#bench.portInfo(path);
    // The list took a moment: what was compared must still stand.
    if (trial.confirmed !== confirmed || trial.zero !== zero) throw refusals.notConfirmed();
    const owner = (await this.ports()).find((each) => each.path === path)?.equipmentId;
    if (owner !== undefined && owner !== null && owner !== equipmentId) throw refusals.pathTaken(path, owner);
    const instrument = trial.reader.identity;
    const setting: PortSetting = {
      path,
      line,
      driver: { id: driver.id, profile: driver.profile ?? null },
      identity: identityOf(port),
      place: port?.place ?? null,
      instrument,
    };
    const equipment = requireRow(store.get('equipment', equipmentId), '设备', equipmentId);
    const kept: CommissionedPort = {
      setting,
      manufacturer: port?.manufacturer ?? null,
      serialNumber: port?.serialNumber ?? null,
      place: port?.place ?? null,
      validTo: calibrationValidThrough(String(equipment['startDate']), Number(equipment['validMonths'])),
      identityAsked: trial.reader.identityState !== 'none',
    };
    const rangeKn = trial.reader.runs ? trial.rangeKn(rangeText) : null;
    const row: Row = {
      commissioningId: ulid(),
      equipmentId,
      at: toWallTime(this.#context.now()),
      personId: caller.user.personId,
      personName: caller.user.name,
      portJson: JSON.stringify(kept),
      driver: driver.id,
      driverVersion: trial.reader.version,
      identity: instrument,
      certificateNo,
      rangeText: rangeText.trim(),
      accuracyClass,
      shown: sayFigure(confirmed.shown),
      received: sayFigure(confirmed.received),
      zero: zero === null ? null : sayFigure(zero.received),
      raw: confirmed.raw,
      remark: remark === '' ? null : remark,
    };
    store.transact(caller.actor, (tx) => {
      tx.insert('commissioning', row);
      tx.update(
        'equipment',
        equipmentId,
        {
          portJson: JSON.stringify(setting),
          certificateNo,
          rangeText: rangeText.trim(),
          accuracyClass,
          ...(rangeKn === null ? {} : { rangeKn }),
        },
        '连接向导：核对示值后确认',
      );
    });
    await this.endTrial(equipmentId);
    return commissioningOf(row);
  }

  history(equipmentId: string) {
    const { store } = this.#context;
    const row = requireRow(store.get('equipment', equipmentId), '设备', equipmentId);
    const records = store.all(
      'SELECT * FROM commissioning WHERE equipmentId = ? ORDER BY at DESC, commissioningId DESC LIMIT 200',
      equipmentId,
    );
    return {
      ...commissionState(store, equipmentId, row['portJson']),
      setting: readPortSetting(row['portJson']),
      certificateNo: String(row['certificateNo']),
      rangeText: String(row['rangeText'] ?? (row['rangeKn'] === null ? '' : `0～${String(row['rangeKn'])} kN`)),
      accuracyClass: String(row['accuracyClass'] ?? newestCommissioning(store, equipmentId)?.['accuracyClass'] ?? ''),
      validTo: calibrationValidThrough(String(row['startDate']), Number(row['validMonths'])),
      records: records.map(commissioningOf),
    };
  }

  async #tick(): Promise<void> {
    for (const [equipmentId, trial] of this.#trials) {
      // oxlint-disable-next-line no-await-in-loop -- a handful at most
      if (Date.now() > trial.keptUntil || trial.isOrphaned) await this.endTrial(equipmentId);
      else this.#tell(trial, [], 0);
    }
  }

  /** Only news: a trial that stands still says nothing. */
  #tell(trial: Trial, pieces: readonly { at: number; out: boolean; bytes: Uint8Array }[], dropped: number): void {
    const state = trial.describe();
    const text = JSON.stringify(state);
    const { equipmentId } = trial.config;
    if (pieces.length === 0 && this.#told.get(equipmentId) === text) return;
    this.#told.set(equipmentId, text);
    let room = SHOWN_BYTES;
    let hidden = dropped;
    const shown = pieces.flatMap(({ at, out, bytes }) => {
      const part = bytes.subarray(0, Math.max(0, room));
      room -= bytes.length;
      hidden += bytes.length - part.length;
      return part.length === 0 ? [] : [{ at, out, hex: Buffer.from(part).toString('hex') }];
    });
    this.#context.emit({ type: 'instrument.trial', trial: state, pieces: shown, dropped: hidden });
  }
}

/** Where a machine's adapter is now; a setting that cannot be followed stays where it was. */
function pathNow(equipmentId: string, setting: PortSetting, listed: readonly PortInfo[]): string {
  try {
    return followPort(equipmentId, setting, listed).path;
  } catch {
    return setting.path;
  }
}

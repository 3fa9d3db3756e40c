// The core, put together: store, services, instruments, reports and the link to the platform behind one door. A shell
// gives it a data folder and a way to seal secrets, and gets connections back.
import { mkdirSync } from 'node:fs';
import type { CoreEvent } from '../../shared/contract/events.ts';
import type { TrainingPlatform } from '../../sync/training/platform.ts';
import { InstrumentHost } from '../instruments/host.ts';
import { createReportRenderer } from '../reports/renderer.ts';
import { openStore } from '../store/store.ts';
import { afterIssueHandlers } from './afterIssue/handlers.ts';
import { adoptRunFiles } from './bench/adopt.ts';
import { DiskWatch } from './backup/diskWatch.ts';
import { backupHandlers } from './backup/handlers.ts';
import { BackupService } from './backup/service.ts';
import { Bench } from './bench/bench.ts';
import { BlindCovers } from './blind/cover.ts';
import { blindHandlers } from './blind/handlers.ts';
import { benchHandlers } from './bench/handlers.ts';
import { replayHandlers } from './bench/replay.ts';
import { PortDirectory } from './bench/ports.ts';
import { ClockGuard } from './clock/clockGuard.ts';
import { programActor, type Context } from './context.ts';
import { ClimateLog } from './climate/climateLog.ts';
import { climateHandlers } from './climate/handlers.ts';
import { BusSource } from './climate/source.ts';
import { furnishTrainingRooms } from './climate/virtual/furnish.ts';
import { VirtualMeters } from './climate/virtual/meters.ts';
import { createConnections } from './connections.ts';
import { createDispatcher } from './dispatch.ts';
import { draftHandlers } from './drafts.ts';
import { equipmentHandlers } from './equipment.ts';
import { createFileStore } from './files/fileStore.ts';
import { imagesIn } from './images/files.ts';
import { imageHandlers } from './images/handlers.ts';
import { instrumentHandlers } from './instruments/handlers.ts';
import { Instruments } from './instruments/instruments.ts';
import type { Core, CoreOptions } from './interface.ts';
import { takeDataFolder } from './files/folderLock.ts';
import { evaluationHandlers } from './evaluations/handlers.ts';
import { InstrumentFiles } from './instrumentFiles/handlers.ts';
import { keepRefusal } from './gate/decisions.ts';
import { gateHandlers } from './gate/handlers.ts';
import { maskedLog } from './maskedLog.ts';
import { oversightHandlers } from './oversight.ts';
import { programVersion } from './program.ts';
import { qualificationHandlers } from './qualifications/handlers.ts';
import { registerHandlers } from './registers/handlers.ts';
import { standardHandlers } from './standards/handlers.ts';
import { dossierHandlers } from './dossier/handlers.ts';
import { startReminders } from './dossier/reminders.ts';
import { overviewHandlers } from './overview/handlers.ts';
import { taskHandlers } from './tasks/handlers.ts';
import { syncHandlers } from './provincial/handlers.ts';
import { heldHandlers } from './provincial/held.ts';
import { PlatformLink } from './provincial/link.ts';
import { shownProfiles } from './provincial/profile.ts';
import { receptionHandlers } from './reception/handlers.ts';
import { importHandlers } from './reception/imports/handlers.ts';
import { recoveryHandlers } from './recovery/handlers.ts';
import { registrationHandlers } from './registrations/handlers.ts';
import { recordHandlers } from './records/handlers.ts';
import { reviewHandlers } from './review/handlers.ts';
import { ShownSheets } from './review/shown.ts';
import { startForgetting } from './replication/forgetting.ts';
import { replicationHandlers } from './replication/pull.ts';
import { reportHandlers } from './reports/handlers.ts';
import { retestHandlers } from './retests/handlers.ts';
import { ReportIssuer } from './reports/issue.ts';
import { Scanners } from './scanner/scanners.ts';
import { accountHandlers } from './sessions/accounts.ts';
import { Sessions } from './sessions/sessions.ts';
import { policyHandlers } from './sessions/policies.ts';
import { settingHandlers } from './sessions/settings.ts';
import { validationHandlers } from './validation/handlers.ts';
import { seedTrainingUsers, startTrainingLab } from './training/trainingLab.ts';
import { trainingHandlers } from './training/handlers.ts';
import { VirtualBench } from './training/virtualBench.ts';
import { VirtualInstruments } from './training/virtualInstruments.ts';

/** The core with what its own host process (command line, tests) may reach beside the contract. */
export interface OpenCore extends Core {
  readonly context: Context;
  readonly link: PlatformLink;
  /** The embedded platform of the training lab; null elsewhere. */
  readonly platform: TrainingPlatform | null;
  readonly bench: Bench;
}

export async function createCore(options: CoreOptions): Promise<OpenCore> {
  mkdirSync(options.dataFolder, { recursive: true });
  const unlock = await takeDataFolder(options.dataFolder);
  const log = maskedLog(options.log ?? (() => undefined));
  const store = openStore(options.dataFolder, programActor('数据库'));
  const listeners = new Set<(event: CoreEvent) => void>();
  const base: Omit<Context, 'clock'> = {
    store,
    files: createFileStore(options.dataFolder),
    secrets: options.secrets,
    dataFolder: options.dataFolder,
    log,
    now: () => new Date(),
    channels: new Map(),
    emit: (event) => {
      for (const listener of listeners) listener(event);
    },
  };
  const context: Context = Object.assign(base, { clock: new ClockGuard(base) });
  store.onCommit((seq, collections) => context.emit({ type: 'resync', seq, collections }));

  // Windows that outlived the last core still believe its channels open.
  store.transact(programActor('启动'), (tx) => {
    for (const row of tx.all('SELECT equipmentId FROM equipment')) tx.touch('equipment', String(row['equipmentId']));
  });
  const adopted = await adoptRunFiles(context);
  if (adopted.length > 0) log('warn', 'runs adopted after an unclean end', { adopted });

  const sessions = new Sessions(context);
  const renderer = createReportRenderer({
    imageOf: imagesIn(context.dataFolder),
    ...(options.fontsFolder === undefined ? {} : { fontsFolder: options.fontsFolder }),
  });
  const issuer = new ReportIssuer(context, renderer);
  const link = new PlatformLink(context, () => void issuer.sweep());
  const virtual = options.training || options.virtualMachines ? new VirtualBench(options.virtualSpeed ?? 1) : null;
  const plugged = options.training ? new VirtualInstruments() : null;
  const host = new InstrumentHost({
    runsFolder: context.files.runsFolder,
    ...(plugged ? { morePorts: () => plugged.ports() } : {}),
    log: (level, message) => log(level, message),
  });
  const bench = new Bench(context, new PortDirectory(context, virtual), host);
  const instruments = new Instruments(context, host, bench);

  const platform = options.training ? await startTrainingLab(context, link) : null;
  await link.start();
  context.clock.start();
  if (options.training) {
    await link.refresh();
    await seedTrainingUsers(context);
  }
  void issuer.sweep();
  const climate = new ClimateLog(context);
  climate.addSource(new BusSource(host, log, climate.onRound));
  // The rooms live by the clock on the wall: a lab whose machines run faster than time has none of its own.
  if (options.training && (options.virtualSpeed ?? 1) === 1) {
    furnishTrainingRooms(context);
    climate.addSource(new VirtualMeters(climate.onRound, () => context.now().getTime()));
  }
  climate.start();
  const instrumentFiles = new InstrumentFiles(context, (recordNo) => bench.goOn(recordNo));
  const scanners = new Scanners(context, host);
  scanners.start();
  const stopReminders = startReminders(context);
  const stopForgetting = startForgetting(context);
  const backup = new BackupService(context);
  backup.start();
  const disk = new DiskWatch(context);
  disk.start();

  const shown = new ShownSheets(context);
  const blind = new BlindCovers(context);
  const dispatch = createDispatcher(
    sessions,
    {
      ...replicationHandlers(context, blind),
      ...blindHandlers(context),
      ...draftHandlers(context),
      ...receptionHandlers(context),
      ...importHandlers(context),
      ...benchHandlers(context, bench, virtual, plugged),
      ...trainingHandlers(context, plugged, platform),
      ...replayHandlers(context),
      ...instrumentFiles.handlers,
      ...scanners.handlers,
      ...recordHandlers(context, sessions, (recordNo) => bench.goOn(recordNo), shown),
      ...reportHandlers(context, sessions, renderer, shown, blind),
      ...reviewHandlers(context, sessions, renderer, shown),
      ...afterIssueHandlers(context, sessions, renderer),
      ...retestHandlers(context),
      ...imageHandlers(context, sessions, renderer),
      ...evaluationHandlers(context, renderer),
      ...syncHandlers(context, link, sessions),
      ...heldHandlers(context, () => link.refresh()),
      ...registrationHandlers(context),
      ...oversightHandlers(context, renderer, (reportNo, revision) => link.askReport(reportNo, revision)),
      ...gateHandlers(context, sessions),
      ...overviewHandlers(context),
      ...taskHandlers(context),
      ...dossierHandlers(context),
      ...qualificationHandlers(context),
      ...registerHandlers(context),
      ...standardHandlers(context),
      ...equipmentHandlers(context, bench),
      ...instrumentHandlers(instruments, host),
      ...backupHandlers(context, backup),
      ...recoveryHandlers(),
      ...climateHandlers(context, climate, (path) => bench.portInfo(path)),
      ...accountHandlers(context),
      ...policyHandlers(context),
      ...validationHandlers(context, renderer),
      ...settingHandlers(context, {
        version: programVersion(),
        profiles: shownProfiles(),
      }),
    },
    log,
    (actor, refusal) => keepRefusal(context, actor, refusal),
    (user) => blind.of(user),
  );
  const connections = createConnections(sessions, dispatch, listeners);

  return {
    context,
    link,
    platform,
    bench,
    connect: connections.connect,
    async stop() {
      connections.stop();
      stopReminders();
      stopForgetting();
      disk.stop();
      await backup.stop();
      context.clock.stop();
      instruments.stop();
      instrumentFiles.stop();
      await climate.stop();
      await host.shutdown();
      await virtual?.stopAll();
      await plugged?.stopAll();
      await link.stop();
      await issuer.sweep();
      await renderer.close();
      await platform?.stop();
      store.close();
      unlock();
    },
  };
}

// Every call a window may make, declared once: name, permission, input, output. The Electron preload, the bench
// server's transport and the dispatcher are derived from this table; what is not in it does not exist.
import { z } from 'zod';
import { collectionNames } from '../entities/collections.ts';
import { commissionInputSchema, commissionSchema, environmentSchema } from '../entities/commission.ts';
import { testRecordSchema } from '../entities/record.ts';
import { heldPageSchema } from '../entities/reference.ts';
import {
  equipmentRegistrationSchema,
  personRegistrationSchema,
  premisesRegistrationSchema,
  premisesRowSchema,
  registrationHistorySchema,
  registrationKinds,
} from '../entities/registration.ts';
import { commissionNoText, lineOf, recordNoText, requiredLine } from '../entities/scalars.ts';
import { benchStateSchema, gateAnswerSchema, importPreviewSchema, sessionSchema } from './answers.ts';
import {
  candidateQuerySchema,
  candidatesSchema,
  evaluationPaperInputSchema,
  evaluationPaperSchema,
} from '../evaluations/calls.ts';
import {
  confirmUnitInputSchema,
  previewInputSchema,
  previewSchema,
  profileListSchema,
  saveProfileInputSchema,
  setSourceInputSchema,
  sourceListSchema,
  takeInputSchema,
} from '../instrument-files/calls.ts';
import { scannerListSchema, setScannerInputSchema } from '../instrument-files/scanners.ts';
import { afterIssueCalls } from '../afterIssue/calls.ts';
import { blindCalls } from '../blind/calls.ts';
import { backupCalls } from '../backup/calls.ts';
import { climateCalls } from '../climate/calls.ts';
import { dossierCalls } from '../dossier/calls.ts';
import { overviewCalls } from '../overview/calls.ts';
import { taskCalls } from '../tasks/calls.ts';
import { qualificationCalls } from '../qualifications/calls.ts';
import { registerCalls } from '../registers/calls.ts';
import { standardCalls } from '../standards/calls.ts';
import { imageCalls } from '../images/calls.ts';
import { recoveryCalls } from '../recovery/calls.ts';
import { reviewCalls } from '../review/calls.ts';
import { retestCalls } from '../retests/calls.ts';
import { syncCalls } from '../sync/calls.ts';
import { auditCalls } from './audit.ts';
import { call } from './call.ts';
import { gateCalls } from './gate.ts';
import { instrumentCalls } from './instruments.ts';
import { keepingCalls } from './keeping.ts';
import { methodCalls } from './methods.ts';
import { trainingCalls } from './training.ts';
import { recordCalls, reportCalls } from './records.ts';
import { replayCalls } from './replay.ts';
import { nothing, pageOf, paged, password, reason } from './parts.ts';

export const calls = {
  // ---- session
  'session.current': call('public', nothing, sessionSchema),
  'session.signIn': call('public', z.object({ username: requiredLine(40), password }), sessionSchema),
  'session.signOut': call('session', nothing, sessionSchema),
  'session.lock': call('session', nothing, sessionSchema),
  'session.unlock': call('session', z.object({ password }), sessionSchema),
  /** Keeps the session open while a person works; without it, it locks after the idle time. */
  'session.touch': call('session', nothing, sessionSchema),

  // ---- live working set
  'replication.pull': call(
    'signedIn',
    z.object({
      collection: z.enum(collectionNames as [string, ...string[]]),
      checkpoint: z.number().int().min(0),
      limit: z.number().int().min(1).max(5000),
    }),
    z.object({
      documents: z.array(z.record(z.string(), z.unknown())),
      checkpoint: z.number().int(),
      /** Changes with the store's identity; a window with another one throws its working set away. */
      epoch: z.string(),
    }),
  ),

  // ---- drafts of forms, saved as they are typed
  'drafts.save': call('signedIn', z.object({ form: requiredLine(60), content: z.string().max(2_000_000) }), nothing),
  'drafts.load': call(
    'signedIn',
    z.object({ form: requiredLine(60) }),
    z.object({ content: z.string().nullable(), savedAt: z.string().nullable() }),
  ),
  'drafts.discard': call('signedIn', z.object({ form: requiredLine(60) }), nothing),

  // ---- reception
  'commissions.check': call(
    'commission.register',
    z.object({ projectId: requiredLine(40), contractNo: lineOf(40).optional(), itemCodes: z.array(requiredLine(20)) }),
    gateAnswerSchema,
  ),
  'commissions.register': call('commission.register', commissionInputSchema, commissionSchema),
  'commissions.get': call('signedIn', z.object({ commissionNo: commissionNoText }), commissionSchema),
  'commissions.search': call(
    'signedIn',
    z.object({ text: lineOf(100).default(''), ...pageOf(50) }),
    paged(
      z.object({
        commissionNo: z.string(),
        projectName: z.string(),
        clientUnit: z.string(),
        receivedAt: z.string(),
        sampleCount: z.number().int(),
        platformState: z.string(),
      }),
    ),
  ),
  'imports.template': call('commission.register', nothing, z.object({ fileName: z.string(), bytesBase64: z.string() })),
  'imports.preview': call(
    'commission.register',
    z.object({ fileName: requiredLine(200), bytesBase64: z.string().max(28_000_000) }),
    importPreviewSchema,
  ),
  /** Registers the good rows; the bad ones stay in the preview for correction. */
  'imports.commit': call(
    'commission.register',
    z.object({ importId: requiredLine(40), acceptPartial: z.boolean() }),
    z.object({ commissionNos: z.array(z.string()), sampleCount: z.number().int() }),
  ),
  /** Finds what a scanned code means, wherever the focus is. */
  'scan.resolve': call(
    'signedIn',
    z.object({ code: requiredLine(200) }),
    z.object({
      kind: z.enum(['sample', 'commission', 'record', 'report', 'unknown']),
      key: z.string().nullable(),
      taskId: z.string().nullable(),
      recordNo: z.string().nullable(),
    }),
  ),

  // ---- bench
  'bench.ports': call(
    'ports.read',
    nothing,
    z.object({ ports: z.array(z.object({ path: z.string(), name: z.string(), inUse: z.boolean() })) }),
  ),
  'bench.connect': call('bench.run', z.object({ equipmentId: requiredLine(40) }), benchStateSchema),
  'bench.disconnect': call('bench.run', z.object({ equipmentId: requiredLine(40) }), benchStateSchema),
  /** Training only: puts the next group of specimens into the virtual machine (`loadSmooth`: bars without a yield point), takes
   *  the extensometer off, or pulls and plugs its cable. */
  'bench.virtual': call(
    'bench.run',
    z.object({ equipmentId: requiredLine(40), action: z.enum(['load', 'loadSmooth', 'unclip', 'pull', 'plug']) }),
    nothing,
  ),
  'bench.state': call('bench.run', z.object({ equipmentId: requiredLine(40) }), benchStateSchema),
  /** The extensometer that goes on the bars of a machine from now on; null for none. Gate: run start, where a record lies open. */
  'bench.extensometer': call(
    'bench.run',
    z.object({ equipmentId: requiredLine(40), extensometerId: requiredLine(40).nullable() }),
    benchStateSchema,
  ),
  /** Opens (or creates) the record of a task at this machine and arms the first open specimen. Gate: run start. */
  'bench.open': call(
    'bench.run',
    z.object({ taskId: requiredLine(60), equipmentId: requiredLine(40) }),
    testRecordSchema,
  ),
  'bench.environment': call(
    'bench.run',
    z.object({ recordNo: recordNoText, environment: environmentSchema, reason: reason.optional() }),
    testRecordSchema,
  ),
  /** Marks a run invalid, with a reason, and arms the same specimen again; the run and its bytes stay. */
  'bench.repeat': call('bench.run', z.object({ runNo: requiredLine(30), reason }), testRecordSchema),
  'bench.close': call('bench.run', z.object({ recordNo: recordNoText }), nothing),
  'runs.curve': call(
    'signedIn',
    z.object({ runId: requiredLine(40), points: z.number().int().min(10).max(5000).default(600) }),
    z.object({ timeS: z.array(z.number()), loadKn: z.array(z.number()), verified: z.boolean() }),
  ),

  // ---- readings from files of instruments
  'instrumentFiles.profiles': call('signedIn', nothing, profileListSchema),
  'instrumentFiles.saveProfile': call('equipment.keep', saveProfileInputSchema, profileListSchema),
  /** The true unit of a figure, by one known value. */
  'instrumentFiles.confirmUnit': call('equipment.keep', confirmUnitInputSchema, profileListSchema),
  /** What a file would bring into a record; nothing is written. */
  'instrumentFiles.preview': call('record.test', previewInputSchema, previewSchema),
  /** Takes over what the preview showed; a value in the place of another needs a reason. */
  'instrumentFiles.take': call('record.test', takeInputSchema, testRecordSchema),
  'instrumentFiles.sources': call('signedIn', nothing, sourceListSchema),
  'instrumentFiles.setSource': call('equipment.keep', setSourceInputSchema, sourceListSchema),
  'scanners.list': call('signedIn', nothing, scannerListSchema),
  'scanners.set': call('equipment.keep', setScannerInputSchema, scannerListSchema),

  // ---- records, signatures, reports
  ...recordCalls,
  ...reportCalls,

  // ---- blind samples
  ...blindCalls,

  // ---- many at once
  ...reviewCalls,

  // ---- after issue
  ...afterIssueCalls,
  ...retestCalls,
  ...imageCalls,

  // ---- evaluations of batches
  /** Groups of a project that are signed and may enter an evaluation. */
  'evaluations.candidates': call('signedIn', candidateQuerySchema, candidatesSchema),
  /** Computes the evaluation from the stored records and makes its paper; the making is in the audit log. */
  'evaluations.paper': call('evaluation.make', evaluationPaperInputSchema, evaluationPaperSchema),

  // ---- what the lab keeps of people, machines and standards; what waits
  ...dossierCalls,
  ...qualificationCalls,
  ...registerCalls,
  ...standardCalls,
  ...overviewCalls,
  ...taskCalls,

  // ---- synchronisation
  ...syncCalls,
  'sync.connection': call(
    'setting.manage',
    z.object({
      platformUrl: z.url().max(300),
      orgCode: requiredLine(30),
      /** Both empty where the profile asks for none. */
      accessKey: lineOf(100),
      secret: z.union([z.literal(''), z.string().min(8).max(300)]),
      /** The reference profile where none is named. */
      profile: requiredLine(40).optional(),
    }),
    nothing,
  ),

  /** Downloads that wait for a person, newest first, with who would be lost. */
  'sync.held': call('signedIn', nothing, z.object({ pages: z.array(heldPageSchema) })),
  /** Takes a download that was held back, or leaves it. */
  'sync.decideHeld': call(
    'sync.manage',
    z.object({ heldId: requiredLine(40), decision: z.enum(['accepted', 'refused']), reason }),
    z.object({ page: heldPageSchema }),
  ),

  // ---- people, machines and premises that the lab enters and the platform approves
  'registrations.person': call('person.keep', personRegistrationSchema, nothing),
  'registrations.equipment': call('equipment.keep', equipmentRegistrationSchema, nothing),
  'registrations.premises': call('person.keep', premisesRegistrationSchema, nothing),
  'premises.list': call(
    'signedIn',
    nothing,
    z.object({ master: z.enum(['platform', 'local-then-approved']), rows: z.array(premisesRowSchema) }),
  ),
  'registrations.history': call(
    'signedIn',
    z.object({ kind: z.enum(registrationKinds), localId: requiredLine(40) }),
    registrationHistorySchema,
  ),

  // ---- what happened
  'notices.acknowledge': call('signedIn', z.object({ noticeId: requiredLine(40) }), nothing),
  ...auditCalls,

  // ---- keeping
  'equipment.setState': call(
    'equipment.keep',
    z.object({ equipmentId: requiredLine(40), state: z.enum(['inUse', 'stopped']), reason }),
    nothing,
  ),
  'equipment.setPort': call(
    'equipment.keep',
    z.object({
      equipmentId: requiredLine(40),
      path: lineOf(200),
      baudRate: z.number().int().min(300).max(921_600),
      /** Line profile as JSON text; empty for the virtual machine's own stream. */
      lineProfile: z.string().max(20_000),
    }),
    nothing,
  ),
  ...instrumentCalls,

  // ---- virtual instruments of the training lab
  ...trainingCalls,
  ...backupCalls,
  ...recoveryCalls,
  ...climateCalls,
  ...replayCalls,
  ...gateCalls,
  ...keepingCalls,
  ...methodCalls,
} as const;

export type Calls = typeof calls;
export type CallName = keyof Calls;
/** What a caller passes (defaults may be left out). */
export type CallInput<N extends CallName> = z.input<Calls[N]['input']>;
/** What the service receives. */
export type ParsedInput<N extends CallName> = z.output<Calls[N]['input']>;
export type CallOutput<N extends CallName> = z.output<Calls[N]['output']>;
export const callNames = Object.keys(calls) as CallName[];
export function isCallName(name: string): name is CallName {
  return Object.hasOwn(calls, name);
}

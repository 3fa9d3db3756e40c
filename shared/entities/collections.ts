// The live working set of every window: projections of the store, one zod schema each. The RxDB schema of the
// window and the projection of the store are both derived from this file, so that they cannot drift apart.
// Every document carries `id` (primary key) and `seq` (its place in the change feed).
import { z } from 'zod';
import { extensometerSchema } from './extensometer.ts';
import { recordStates, runValidities, verdicts } from './record.ts';
import { registrationStates } from './registration.ts';
import { roleSchema } from './roles.ts';

const document = <T extends z.ZodRawShape>(shape: T) =>
  z.object({ id: z.string().max(100), seq: z.number().int(), ...shape });

/** The newest entry made at this lab: how it stands with the platform; null where there is none. */
const registrationOf = {
  registration: z.enum(registrationStates).nullable(),
  /** Whether it changes facts that the platform approved before and that hold until it is decided. */
  registrationChange: z.boolean(),
  registrationReason: z.string().nullable(),
};

export const taskStates = ['waiting', ...recordStates] as const;
export const reportStates = [
  'draft',
  'approved',
  'submitted',
  'coded',
  'filed',
  'rejected',
  'void',
  'replaced',
] as const;
/** How a report stands towards those who hold it: its own state, and what became of it since. */
export const reportStandings = [...reportStates, 'changing', 'revoked', 'voidedThere', 'withdrawn'] as const;
export type ReportStanding = (typeof reportStandings)[number];
export const outboxStates = ['pending', 'sending', 'unknown', 'accepted', 'queued', 'rejected', 'parked'] as const;

export const collections = {
  commissions: document({
    projectName: z.string(),
    clientUnit: z.string(),
    receivedAt: z.string(),
    receiverName: z.string(),
    sampleCount: z.number().int(),
    platformState: z.enum(['active', 'locked', 'voided']),
  }),
  tasks: document({
    commissionNo: z.string(),
    sampleNo: z.string(),
    sampleCode: z.string(),
    itemCode: z.string(),
    itemName: z.string(),
    sampleName: z.string(),
    projectName: z.string(),
    structurePart: z.string(),
    grade: z.string(),
    spec: z.string(),
    madeOn: z.string().nullable(),
    ageDays: z.number().int().nullable(),
    /** Day the specimens reach the age asked for, or by which the sample is to be tested. */
    dueOn: z.string(),
    state: z.enum(taskStates),
    recordNo: z.string().nullable(),
    /** Between which moments it may be tested, where a tolerance of its age is known. */
    opensAt: z.string().nullable().optional(),
    closesAt: z.string().nullable().optional(),
    /** Whose work it is; anybody else who is qualified may test it all the same. */
    assigneeId: z.string().nullable().optional(),
    assigneeName: z.string().nullable().optional(),
  }),
  records: document({
    taskId: z.string(),
    commissionNo: z.string(),
    sampleNo: z.string(),
    projectName: z.string(),
    structurePart: z.string(),
    grade: z.string(),
    itemName: z.string(),
    state: z.enum(recordStates),
    /** The result in a few words; null while there is none. */
    headline: z.string().nullable(),
    verdict: z.enum(verdicts).nullable(),
    alarming: z.boolean(),
    testedAt: z.string().nullable(),
    testerId: z.string().nullable(),
    testerName: z.string().nullable(),
    checkerId: z.string().nullable(),
    checkerName: z.string().nullable(),
    invalidRuns: z.number().int(),
    /** What a checker looks at first: hardly possible figures let pass, changes after the first save, returns before. */
    released: z.number().int(),
    modified: z.number().int(),
    returns: z.number().int(),
    returnedReason: z.string().nullable(),
  }),
  runs: document({
    runNo: z.string(),
    recordNo: z.string(),
    specimenNo: z.number().int(),
    equipmentId: z.string(),
    startedAt: z.string(),
    peakKn: z.string().nullable(),
    validity: z.enum(runValidities),
    reason: z.string().nullable(),
  }),
  reports: document({
    reportNo: z.string(),
    revision: z.number().int(),
    commissionNo: z.string(),
    projectName: z.string(),
    title: z.string(),
    state: z.enum(reportStates),
    standing: z.enum(reportStandings),
    /** Why no copy is made of it any more, in words. */
    stopped: z.string().nullable(),
    /** Whether a later revision has the signatures of the first two; they are asked for in the preview. */
    signedAgain: z.array(z.enum(['test', 'check'])),
    /** A change order that waits for its approval. */
    changePending: z.string().nullable(),
    /** Paper originals of it are to come back. */
    originalOpen: z.boolean(),
    conclusionText: z.string(),
    alarming: z.boolean(),
    code: z.string().nullable(),
    /** What the QR code on the report opens, as the platform gave it. */
    verifyUrl: z.string().nullable(),
    codedAt: z.string().nullable(),
    approvedAt: z.string().nullable(),
    approverName: z.string().nullable(),
    recordNos: z.array(z.string()),
    printCount: z.number().int(),
    /** What is still missing for the code, in the platform's words. */
    waitingFor: z.string().nullable(),
  }),
  equipment: document({
    name: z.string(),
    model: z.string(),
    serial: z.string(),
    itemCodes: z.array(z.string()),
    /** Last day the calibration is valid. */
    validTo: z.string(),
    /** Of an extensometer, with its certificate; other machines have none. */
    extensometer: extensometerSchema.extend({ certificateNo: z.string() }).nullable().optional(),
    state: z.enum(['inUse', 'stopped', 'scrapped', 'pending', 'rejected', 'deleted']),
    ...registrationOf,
    port: z.string().nullable(),
    /** Whether the setting of its port is the one that was compared with the display; `none` without a port. */
    commissioning: z.enum(['none', 'confirmed', 'unconfirmed']).optional(),
    channelState: z.enum(['none', 'open', 'closed', 'silent', 'denied', 'reconnecting', 'swapped']),
  }),
  people: document({
    name: z.string(),
    certificateNo: z.string(),
    state: z.string(),
    ...registrationOf,
    qualifications: z.array(z.object({ itemCode: z.string(), validTo: z.string() })),
    roles: z.array(roleSchema),
  }),
  projects: document({
    name: z.string(),
    supervisionCode: z.string(),
    ownerUnit: z.string(),
    authority: z.string(),
    state: z.string(),
    contracts: z.array(z.object({ contractNo: z.string(), itemCodes: z.array(z.string()), state: z.string() })),
  }),
  items: document({
    name: z.string(),
    parameters: z.array(z.object({ code: z.string(), name: z.string(), unit: z.string() })),
    methods: z.array(z.string()),
    acquisition: z.string(),
    /** Inside the lab's valid scope today. */
    inScope: z.boolean(),
    /** The built-in method; null where there is none. */
    methodId: z.string().nullable(),
  }),
  /** One document, id `now`: how many entries of the outbox stand how. The entries are paged with SQL (`sync.entries`). */
  ledger: document({
    waiting: z.number().int(),
    frozen: z.number().int(),
    /** Refused by the platform or stopped by the program: a person must act. */
    refused: z.number().int(),
    /** Set aside by a person. */
    aside: z.number().int(),
  }),
  notices: document({
    level: z.enum(['info', 'warning', 'alarm']),
    text: z.string(),
    at: z.string(),
    subjectKind: z.string(),
    subjectKey: z.string(),
    acknowledgedBy: z.string().nullable(),
  }),
  /** One document, id `now`: the banner's facts. */
  status: document({
    platformUrl: z.string(),
    /** `stopped`: the queue stopped and waits for a person (auth). */
    connection: z.enum(['unknown', 'online', 'offline', 'stopped']),
    connectionText: z.string(),
    lastContactAt: z.string().nullable(),
    referenceSnapshot: z.string().nullable(),
    referenceFetchedAt: z.string().nullable(),
    /** Kinds that the last download did not bring down, since when, and the platform's words. */
    referenceFailed: z.array(z.object({ name: z.string(), since: z.string(), words: z.string() })),
    clockOffsetMs: z.number().nullable(),
    /** Whether the clock may date a signature; why not, in words. */
    clock: z.enum(['right', 'backwards', 'off']),
    clockText: z.string().nullable(),
    /** Downloads that wait for a person. */
    held: z.array(z.object({ heldId: z.string(), kind: z.string(), at: z.string(), lost: z.number().int() })),
    /** Age of the reference data from which the gate refuses, days; 0: never. */
    referenceRefuseDays: z.number().int(),
    /** How many places the lab backs up to, and the newest good backup on any of them. */
    backupTargets: z.number().int(),
    backupGoodAt: z.string().nullable(),
    /** From this age of it on it is told, hours; and what the last try that failed said. */
    backupAlarmHours: z.number().int(),
    backupFailure: z.string().nullable(),
    /** What is to be said of the free space of the data folder's disk. */
    disk: z.enum(['ok', 'low', 'floor']),
    diskText: z.string().nullable(),
  }),
} as const;

export type CollectionName = keyof typeof collections;
export const collectionNames = Object.keys(collections) as CollectionName[];
export type CollectionDocument<N extends CollectionName> = z.infer<(typeof collections)[N]>;

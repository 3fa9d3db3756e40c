// The tables that `transact` may write: their keys, what of them is evidence (audited field by field), what must
// never be shown in the audit log, which collections of the windows a row belongs to, and what can be searched.
import type { CollectionName } from '../../shared/entities/collections.ts';

export type Value = string | number | null;
export type Row = Record<string, Value>;
type Touch = readonly [CollectionName, Value | undefined];

export interface TableDefinition {
  readonly key: readonly string[];
  /** `fields`: every insert and every changed field goes into the audit chain. `no`: bookkeeping that has its own ledger. */
  readonly audit: 'fields' | 'no';
  /** Columns whose values enter the audit chain as a digest only. */
  readonly secret?: readonly string[];
  /** Documents of the live working set that change with a row. */
  readonly touches?: (row: Row) => readonly Touch[];
  /** Text by which whole-history search finds a row. */
  readonly search?: (row: Row) => { kind: string; text: string };
}

const texts = (...values: (Value | undefined)[]): string =>
  values.filter((value) => value != null && value !== '').join(' ');

export const tables = {
  institution: { key: ['orgCode'], audit: 'fields', touches: () => [['status', 'now']] },
  item: { key: ['itemCode'], audit: 'fields', touches: (row) => [['items', row['itemCode']]] },
  person: { key: ['personId'], audit: 'fields', touches: (row) => [['people', row['personId']]] },
  personQualification: { key: ['qualificationId'], audit: 'fields', touches: (row) => [['people', row['personId']]] },
  equipment: { key: ['equipmentId'], audit: 'fields', touches: (row) => [['equipment', row['equipmentId']]] },
  project: { key: ['projectId'], audit: 'fields', touches: (row) => [['projects', row['projectId']]] },
  contract: { key: ['contractId'], audit: 'fields', touches: (row) => [['projects', row['projectId']]] },
  referenceCursor: { key: ['kind'], audit: 'no', touches: () => [['status', 'now']] },
  userAccount: {
    key: ['userId'],
    audit: 'fields',
    secret: ['passwordHash'],
    touches: (row) => [['people', row['personId']]],
  },
  setting: {
    key: ['key'],
    audit: 'fields',
    // How the lab reads the standards, and how old reference data may be: every window asks again.
    touches: (row) => (/^policy\.|^referenceRefuseDays$/.test(String(row['key'])) ? [['status', 'now']] : []),
  },
  secret: { key: ['key'], audit: 'fields', secret: ['sealed'] },
  fact: { key: ['key'], audit: 'no', touches: () => [['status', 'now']] },
  draft: { key: ['userId', 'form'], audit: 'no' },
  commission: {
    key: ['commissionNo'],
    audit: 'fields',
    touches: (row) => [
      ['commissions', row['commissionNo']],
      // Whether it is frozen is part of the counts of the ledger.
      ['ledger', 'now'],
    ],
    search: (row) => ({
      kind: 'commission',
      text: texts(row['commissionNo'], row['projectName'], row['clientUnit'], row['contractorUnit'], row['receivedAt']),
    }),
  },
  sample: { key: ['sampleNo'], audit: 'fields' },
  task: { key: ['taskId'], audit: 'fields', touches: (row) => [['tasks', row['taskId']]] },
  testRecord: {
    key: ['recordNo'],
    audit: 'fields',
    search: (row) => ({ kind: 'testRecord', text: texts(row['recordNo'], row['commissionNo'], row['sampleNo']) }),
    touches: (row) => [
      ['records', row['recordNo']],
      ['tasks', row['taskId']],
    ],
  },
  run: {
    key: ['runId'],
    audit: 'fields',
    touches: (row) => [
      ['runs', row['runId']],
      ['records', row['recordNo']],
    ],
  },
  runMark: { key: ['markId'], audit: 'fields', touches: (row) => [['runs', row['runId']]] },
  reading: { key: ['readingId'], audit: 'fields', touches: (row) => [['records', row['recordNo']]] },
  stopRelease: { key: ['releaseId'], audit: 'fields', touches: (row) => [['records', row['recordNo']]] },
  // What a person agreed to after its sheet was shown, until it is signed or taken back.
  agreement: { key: ['personId', 'entity', 'entityKey'], audit: 'fields' },
  blindSample: { key: ['sampleNo'], audit: 'fields' },
  retest: { key: ['sampleNo'], audit: 'fields' },
  supplement: { key: ['taskId'], audit: 'fields', touches: (row) => [['tasks', row['taskId']]] },
  paperImage: { key: ['imageId'], audit: 'fields' },
  paperImageAct: { key: ['imageId', 'act'], audit: 'fields' },
  dossierEntry: { key: ['entryId'], audit: 'fields' },
  dossierWithdrawal: { key: ['entryId'], audit: 'fields' },
  qualificationEntry: { key: ['entryId'], audit: 'fields', touches: (row) => [['people', row['personId']]] },
  qualificationWithdrawal: { key: ['entryId'], audit: 'fields' },
  labStandard: { key: ['standardNo'], audit: 'fields' },
  registerImport: { key: ['importId'], audit: 'fields' },
  commissioning: {
    key: ['commissioningId'],
    audit: 'fields',
    touches: (row) => [['equipment', row['equipmentId']]],
  },
  climatePlace: { key: ['placeId'], audit: 'fields' },
  // A value a minute: the rows themselves are append-only and kept; the audit chain holds who set the places up.
  climateReading: { key: ['placeId', 'minute'], audit: 'no' },
  climateGap: { key: ['placeId', 'fromMinute'], audit: 'no' },
  instrumentFile: { key: ['sha256'], audit: 'fields' },
  signature: { key: ['signatureId'], audit: 'fields' },
  report: {
    key: ['reportKey'],
    audit: 'fields',
    touches: (row) => [['reports', row['reportKey']]],
    search: (row) => ({ kind: 'report', text: texts(row['reportNo'], row['commissionNo'], row['code'], row['title']) }),
  },
  reportRecord: { key: ['reportKey', 'recordNo'], audit: 'fields', touches: (row) => [['reports', row['reportKey']]] },
  printLog: { key: ['printId'], audit: 'fields', touches: (row) => [['reports', row['reportKey']]] },
  modification: { key: ['logNo'], audit: 'fields' },
  unqualified: { key: ['ledgerNo'], audit: 'fields' },
  unqualifiedHandling: { key: ['handlingId'], audit: 'fields' },
  changeOrder: { key: ['changeNo'], audit: 'fields' },
  premises: { key: ['premisesId'], audit: 'fields' },
  changeWithdrawal: { key: ['changeNo'], audit: 'fields' },
  signedSample: { key: ['recordNo', 'contentRevision'], audit: 'fields' },
  originalReturn: { key: ['reportKey'], audit: 'fields', touches: (row) => [['reports', row['reportKey']]] },
  media: { key: ['sha256'], audit: 'fields' },
  importBatch: { key: ['importId'], audit: 'no' },
  notice: { key: ['noticeId'], audit: 'no', touches: (row) => [['notices', row['noticeId']]] },
  numberSeries: { key: ['series', 'year'], audit: 'no' },
  numberIssued: { key: ['number'], audit: 'fields' },
  // One document of counts: the entries themselves are paged with SQL.
  outbox: { key: ['entryId'], audit: 'no', touches: () => [['ledger', 'now']] },
  outboxMark: { key: ['markId'], audit: 'fields' },
  outboxAttempt: { key: ['attemptId'], audit: 'no' },
  setAside: { key: ['asideId'], audit: 'no', touches: () => [['ledger', 'now']] },
  registration: {
    key: ['registrationId'],
    audit: 'fields',
    touches: (row) =>
      row['kind'] === 'premises' ? [] : [[row['kind'] === 'person' ? 'people' : 'equipment', row['localId']]],
  },
  personIdentity: {
    key: ['personId'],
    audit: 'fields',
    secret: ['sealed'],
    touches: (row) => [['people', row['personId']]],
  },
  gateDecision: { key: ['decisionId'], audit: 'fields' },
  gateOverride: { key: ['overrideId'], audit: 'fields' },
  referenceHeld: { key: ['heldId'], audit: 'fields', touches: () => [['status', 'now']] },
} as const satisfies Record<string, TableDefinition>;

export type TableName = keyof typeof tables;
export const tableNames = Object.keys(tables) as TableName[];
export const definitionOf = (table: TableName): TableDefinition => tables[table];

export function keyOf(definition: TableDefinition, row: Row): string {
  return definition.key.map((column) => String(row[column])).join('\u001f');
}

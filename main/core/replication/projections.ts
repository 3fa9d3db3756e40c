// How the store looks from a window: one small query per collection that turns a key into a document. A document that
// is finished and old is no longer part of the working set; whole-history screens read it with SQL paging instead.
import { commissionState } from '../instruments/commissionRows.ts';
import type { CollectionDocument, CollectionName } from '../../../shared/entities/collections.ts';
import type { RegistrationKind } from '../../../shared/entities/registration.ts';
import { addDays, toCalendarDay } from '../../../shared/entities/scalars.ts';
import { calibrationValidThrough } from '../../../shared/gate/index.ts';
import { windowOf } from '../../../shared/tasks/due.ts';
import { jsonOf as json, nullableNumber, nullableText as nullable, textOf as text } from '../../store/cells.ts';
import type { Row, Value } from '../../store/tables.ts';
import { certifiedExtensometer } from '../bench/extensometers.ts';
import { catalogueMethod } from '../catalogue.ts';
import type { Context } from '../context.ts';
import { isAskedFor } from '../afterIssue/originals.ts';
import { reportStanding } from '../afterIssue/standing.ts';
import { inScope } from '../gate/scope.ts';
import { openCounts } from '../provincial/ledger/parts.ts';
import { statusDocument } from '../provincial/status.ts';
import { agedOf } from '../tasks/due.ts';
import { registrationStanding } from '../registrations/registrationRows.ts';
import { describeRecord } from './recordSummary.ts';

/** Finished work stays in the windows for this long. */
const workingSetDays = 45;

type Projector<N extends CollectionName> = (
  context: Context,
  key: string,
) => Omit<CollectionDocument<N>, 'id' | 'seq'> | null;

function isOld(context: Context, at: Value | undefined): boolean {
  return (
    at !== null && at !== undefined && text(at).slice(0, 10) < addDays(toCalendarDay(context.now()), -workingSetDays)
  );
}

function testableOf(context: Context, row: Row): { opensAt: string | null; closesAt: string | null } {
  const { hours } = agedOf(
    context.store,
    text(row['itemCode']),
    nullableNumber(row['ageDays'] ?? row['requiredAgeDays']),
  );
  return windowOf(text(row['dueOn']), nullable(row['madeAt']), hours) ?? { opensAt: null, closesAt: null };
}

const projectors: { [N in CollectionName]: Projector<N> } = {
  commissions(context, key) {
    const row = context.store.get('commission', key);
    if (!row || isOld(context, row['receivedAt'])) return null;
    const count = context.store.first('SELECT count(*) AS n FROM sample WHERE commissionNo = ?', key);
    return {
      projectName: text(row['projectName']),
      clientUnit: text(row['clientUnit']),
      receivedAt: text(row['receivedAt']),
      receiverName: text(row['receiverName']),
      sampleCount: Number(count?.['n'] ?? 0),
      platformState: text(row['platformState']) as 'active',
    };
  },
  tasks(context, key) {
    const row = context.store.first(
      `SELECT task.*, sample.sampleCode, sample.name AS sampleName, sample.structurePart, sample.grade, sample.spec, sample.sideMm,
         sample.madeOn, sample.madeAt, sample.requiredAgeDays, commission.projectName, item.name AS itemName
       FROM task JOIN sample USING (sampleNo) JOIN commission ON commission.commissionNo = task.commissionNo
         LEFT JOIN item ON item.itemCode = task.itemCode WHERE task.taskId = ?`,
      key,
    );
    if (!row || (row['state'] === 'approved' && isOld(context, row['dueOn']))) return null;
    return {
      commissionNo: text(row['commissionNo']),
      sampleNo: text(row['sampleNo']),
      sampleCode: text(row['sampleCode']),
      itemCode: text(row['itemCode']),
      itemName: text(row['itemName'] ?? row['itemCode']),
      sampleName: text(row['sampleName']),
      projectName: text(row['projectName']),
      structurePart: text(row['structurePart']),
      grade: text(row['grade']),
      spec: nullable(row['spec']) ?? `${text(row['sideMm'])} mm`,
      madeOn: nullable(row['madeOn']),
      ageDays: nullableNumber(row['ageDays'] ?? row['requiredAgeDays']),
      dueOn: text(row['dueOn']),
      state: text(row['state']) as 'waiting',
      recordNo: nullable(row['recordNo']),
      ...testableOf(context, row),
      assigneeId: nullable(row['assigneeId']),
      assigneeName: nullable(row['assigneeName']),
    };
  },
  records(context, key) {
    const row = context.store.get('testRecord', key);
    if (!row || (row['state'] === 'approved' && isOld(context, row['checkedAt']))) return null;
    return describeRecord(context, row);
  },
  runs(context, key) {
    const row = context.store.first(
      `SELECT run.*, (SELECT json_object('validity', validity, 'reason', reason) FROM runMark WHERE runMark.runId = run.runId
         ORDER BY markId DESC LIMIT 1) AS mark FROM run WHERE runId = ?`,
      key,
    );
    if (!row || isOld(context, row['startedAt'])) return null;
    const mark = row['mark'] ? json<{ validity: string; reason: string }>(row['mark']) : null;
    return {
      runNo: text(row['runNo']),
      recordNo: text(row['recordNo']),
      specimenNo: Number(row['specimenNo']),
      equipmentId: text(row['equipmentId']),
      startedAt: text(row['startedAt']),
      peakKn: nullable(row['peakKn']),
      validity: (mark?.validity ?? text(row['validity'])) as 'valid',
      reason: mark?.reason ?? nullable(row['reason']),
    };
  },
  reports(context, key) {
    const row = context.store.get('report', key);
    if (
      !row ||
      row['state'] === 'withdrawn' ||
      (['filed', 'void', 'replaced'].includes(text(row['state'])) && isOld(context, row['approvedAt']))
    )
      return null;
    const original = context.store.get('originalReturn', key);
    const pending = context.store.first(
      `SELECT changeNo FROM changeOrder WHERE reportNo = ? AND revision = ? AND state = 'applied'`,
      row['reportNo'] ?? '',
      Number(row['revision']) + 1,
    );
    const again = context.store.all(
      `SELECT DISTINCT meaning FROM signature WHERE entity = 'report' AND entityKey = ? AND meaning <> 'approve'`,
      key,
    );
    const draft = json<{ conclusionText: string; belowGrade?: boolean; alarming?: boolean }>(row['draftJson']);
    const prints = context.store.first('SELECT count(*) AS n FROM printLog WHERE reportKey = ?', key);
    return {
      reportNo: text(row['reportNo']),
      revision: Number(row['revision']),
      commissionNo: text(row['commissionNo']),
      projectName: text(context.store.get('commission', row['commissionNo'] ?? '')?.['projectName']),
      title: text(row['title']),
      state: text(row['state']) as 'draft',
      ...reportStanding(context.store, row),
      signedAgain: again.map(({ meaning }) => text(meaning) as 'test'),
      changePending: pending ? text(pending['changeNo']) : null,
      originalOpen: original !== undefined && original['handledAt'] === null && isAskedFor(context.store, key),
      conclusionText: draft.conclusionText,
      alarming: (draft.alarming ?? draft.belowGrade ?? false) || holdsAlarming(context, key),
      code: nullable(row['code']),
      verifyUrl: nullable(row['verifyUrl']),
      codedAt: nullable(row['codeIssuedAt']),
      approvedAt: nullable(row['approvedAt']),
      approverName: nullable(row['approverName']),
      recordNos: context.store
        .all('SELECT recordNo FROM reportRecord WHERE reportKey = ? ORDER BY recordNo', key)
        .map((record) => text(record['recordNo'])),
      printCount: Number(prints?.['n'] ?? 0),
      waitingFor: nullable(row['waitingFor']),
    };
  },
  equipment(context, key) {
    const row = context.store.get('equipment', key);
    // Merged: the platform's own row stands for it.
    if (!row || row['platformState'] === 'merged') return null;
    return {
      name: text(row['name']),
      model: text(row['model']),
      serial: text(row['serial']),
      itemCodes: json<string[]>(row['itemCodesJson']),
      validTo: calibrationValidThrough(text(row['startDate']), Number(row['validMonths'])),
      extensometer: certifiedExtensometer(row),
      state: equipmentState(row),
      ...registrationOf(context, 'equipment', key, text(row['platformState'])),
      port: row['portJson'] ? json<{ path: string }>(row['portJson']).path : null,
      commissioning: commissionState(context.store, key, row['portJson']).state,
      channelState: context.channels.get(key) ?? 'none',
    };
  },
  people(context, key) {
    const row = context.store.get('person', key);
    if (!row || row['state'] === 'merged') return null;
    const accounts = context.store.all('SELECT rolesJson FROM userAccount WHERE personId = ? AND disabled = 0', key);
    return {
      name: text(row['name']),
      certificateNo: text(row['certificateNo']),
      state: text(row['state']),
      ...registrationOf(context, 'person', key, text(row['state'])),
      qualifications: context.store
        .all(
          `SELECT itemCode, validTo FROM personQualification WHERE personId = ? AND state = 'active' ORDER BY itemCode`,
          key,
        )
        .map((qualification) => ({
          itemCode: text(qualification['itemCode']),
          validTo: text(qualification['validTo']),
        })),
      roles: [
        ...new Set(accounts.flatMap((account) => json<CollectionDocument<'people'>['roles']>(account['rolesJson']))),
      ],
    };
  },
  projects(context, key) {
    const row = context.store.get('project', key);
    if (!row) return null;
    return {
      name: text(row['name']),
      supervisionCode: text(row['supervisionCode']),
      ownerUnit: text(row['ownerUnit']),
      authority: text(row['authority']),
      state: text(row['state']),
      contracts: context.store
        .all('SELECT * FROM contract WHERE projectId = ? ORDER BY contractNo', key)
        .map((contract) => ({
          contractNo: text(contract['contractNo']),
          itemCodes: json<string[]>(contract['itemCodesJson']),
          state: text(contract['state']),
        })),
    };
  },
  items(context, key) {
    const row = context.store.get('item', key);
    if (!row) return null;
    return {
      name: text(row['name']),
      parameters: json<{ code: string; name: string; unit: string }[]>(row['parametersJson']),
      methods: json<string[]>(row['methodsJson']),
      acquisition: text(row['acquisition']),
      inScope: inScope(context, key),
      methodId: catalogueMethod(context.store, key)?.id ?? null,
    };
  },
  ledger(context, key) {
    if (key !== 'now') return null;
    const { waiting, frozen, rejected, parked, aside } = openCounts(context.store);
    return { waiting, frozen, refused: rejected + parked, aside };
  },
  notices(context, key) {
    const row = context.store.get('notice', key);
    if (!row || isOld(context, row['at'])) return null;
    return {
      level: text(row['level']) as 'info',
      text: text(row['text']),
      at: text(row['at']),
      subjectKind: text(row['subjectKind']),
      subjectKey: text(row['subjectKey']),
      acknowledgedBy: nullable(row['acknowledgedBy']),
    };
  },
  status: (context) => statusDocument(context),
};

/** The signatory is warned before the approval, not after it. */
function holdsAlarming(context: Context, reportKey: string): boolean {
  const found = context.store.first(
    `SELECT 1 FROM reportRecord JOIN testRecord USING (recordNo)
     WHERE reportRecord.reportKey = ? AND (json_extract(resultJson, '$.alarming') = 1 OR json_extract(resultJson, '$.belowGrade') = 1)`,
    reportKey,
  );
  return found !== undefined;
}

function registrationOf(context: Context, kind: RegistrationKind, localId: string, rowState: string) {
  const standing = registrationStanding(context.store, kind, localId, rowState);
  return {
    registration: standing?.state ?? null,
    registrationChange: standing?.change ?? false,
    registrationReason: standing?.reason ?? null,
  };
}

function equipmentState(row: Row): CollectionDocument<'equipment'>['state'] {
  const state = text(row['platformState']);
  if (state === 'scrapped' || state === 'pending' || state === 'rejected' || state === 'deleted') return state;
  return row['localState'] === 'stopped' || row['platformState'] === 'stopped' ? 'stopped' : 'inUse';
}

/** The document for a key as the window shall hold it, or null when it is not part of the working set. */
export function project<N extends CollectionName>(
  context: Context,
  collection: N,
  key: string,
): Omit<CollectionDocument<N>, 'id' | 'seq'> | null {
  return projectors[collection](context, key);
}

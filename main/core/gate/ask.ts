// Asks the gate on the side of the store: gathers the facts, lets shared/gate judge, and hands back the findings with
// the snapshot of the reference data they rest on. Nothing reaches a record past this function.
import { roleNames, type Role } from '../../../shared/entities/roles.ts';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { decideGate, type GateEquipment, type GateMoment, type GateQuestion } from '../../../shared/gate/index.ts';
import { ageTolerance } from '../../../shared/methods/index.ts';
import { catalogueMethod } from '../catalogue.ts';
import { jsonOf as json, textOf as text } from '../../store/cells.ts';
import { requireRow } from '../../store/store.ts';
import type { Row } from '../../store/tables.ts';
import type { Context } from '../context.ts';
import { commissionState } from '../instruments/commissionRows.ts';
import { referenceState } from '../provincial/referenceState.ts';
import { registrationReason } from '../registrations/registrationRows.ts';
import { GateRefused } from './decisions.ts';
import { overridesFor } from './overrides.ts';
import { parameterFacts } from '../qualifications/gateFacts.ts';
import { oldReference } from './referenceAge.ts';
import { scopeRows } from './scope.ts';

export interface GateAnswer {
  allowed: boolean;
  findings: {
    question: string;
    outcome: 'pass' | 'warn' | 'refuse' | 'not-enforced';
    code: string;
    message: string;
    meaning: string;
    next: string;
    source: string;
  }[];
  /** Version of the reference data the decision rests on, and its age in words. */
  snapshot: string | null;
  snapshotFetchedAt: string | null;
  referenceAge: string;
  /** What was asked, as far as a reader of the decision needs it. */
  asked: Pick<
    GateInput,
    'moment' | 'itemCode' | 'projectId' | 'commissionNo' | 'taskId' | 'personId' | 'role' | 'equipmentIds'
  >;
}

export interface GateInput {
  moment: GateMoment;
  /** Left out: the test of a sample. */
  purpose?: GateQuestion['purpose'];
  itemCode: string;
  parameterCodes: readonly string[];
  projectId?: string;
  contractNo?: string | null;
  commissionNo?: string;
  personId?: string;
  role?: Role;
  equipmentIds?: readonly string[];
  sampleNo?: string;
  /** Task of the sample, which has the age where there are several. */
  taskId?: string;
  /** When the test was done, where that is not now. */
  testedAt?: string;
}

export function askGate(context: Context, input: GateInput): GateAnswer {
  const { store } = context;
  const commission = input.commissionNo ? store.get('commission', input.commissionNo) : undefined;
  const projectId = input.projectId ?? commission?.['projectId'] ?? null;
  const contractNo = input.contractNo ?? commission?.['contractNo'] ?? null;
  const institution = store.first('SELECT * FROM institution');
  const controls = institution ? json<Record<string, boolean | undefined>>(institution['controlsJson']) : {};
  const snapshot = referenceState(store);
  const project = store.get('project', projectId);
  const contract = store.first('SELECT * FROM contract WHERE contractNo = ?', contractNo);

  const question: GateQuestion = {
    moment: input.moment,
    at: toWallTime(context.now()),
    testedAt: input.testedAt ?? null,
    purpose: input.purpose ?? 'sample',
    itemCode: input.itemCode,
    itemName: text(store.get('item', input.itemCode)?.['name'] ?? input.itemCode),
    parameterCodes: [...input.parameterCodes],
    institution: {
      name: text(institution?.['name'] ?? '本机构'),
      scope: scopeRows(context),
      ...(institution ? { qualifications: json(institution['qualificationsJson']) } : {}),
    },
    controls: {
      scope: controls['scope'] !== false,
      contract: controls['contract'] !== false,
      personnel: controls['personnel'] !== false,
      equipment: controls['equipment'] !== false,
    },
    project: project
      ? { id: text(project['projectId']), name: text(project['name']), state: text(project['state']) }
      : null,
    contract: contract
      ? {
          contractNo: text(contract['contractNo']),
          projectId: text(contract['projectId']),
          itemCodes: json(contract['itemCodesJson']),
          state: text(contract['state']),
        }
      : null,
    commission: commission
      ? { commissionNo: text(commission['commissionNo']), state: text(commission['platformState']) as 'active' }
      : null,
    person: input.personId ? personFacts(context, input.personId, input.role) : null,
    roleNeeded: input.role ? { role: input.role, name: roleNames[input.role] } : null,
    equipment: input.equipmentIds ? equipmentFacts(context, input.equipmentIds) : null,
    specimen: input.sampleNo ? specimenFacts(context, input.itemCode, input.sampleNo, input.taskId) : null,
    referenceSnapshot: snapshot,
    overrides: overridesFor(store, {
      projectId: projectId === null ? null : text(projectId),
      commissionNo: input.commissionNo ?? null,
      itemCode: input.itemCode,
      contractNo: contractNo === null ? null : text(contractNo),
      personId: input.personId ?? null,
      equipmentIds: input.equipmentIds ?? [],
    }),
  };
  const decision = decideGate(question);
  const old = oldReference(context, snapshot);
  const { moment, itemCode, taskId, personId, role, equipmentIds } = input;
  return {
    allowed: decision.allowed && old?.outcome !== 'refuse',
    findings: [...(old ? [old] : []), ...decision.findings].map(
      ({ question: subject, outcome, code, message, meaning, next, source }) => ({
        question: subject,
        outcome,
        code,
        message,
        meaning,
        next,
        source,
      }),
    ),
    snapshot: decision.reference.version,
    snapshotFetchedAt: decision.reference.fetchedAt,
    referenceAge: decision.reference.text,
    asked: {
      moment,
      itemCode,
      ...(projectId === null ? {} : { projectId: text(projectId) }),
      ...(input.commissionNo === undefined ? {} : { commissionNo: input.commissionNo }),
      ...(taskId === undefined ? {} : { taskId }),
      ...(personId === undefined ? {} : { personId }),
      ...(role === undefined ? {} : { role }),
      ...(equipmentIds === undefined ? {} : { equipmentIds }),
    },
  };
}

function personFacts(context: Context, personId: string, role: Role | undefined): GateQuestion['person'] {
  const row = context.store.get('person', personId);
  if (!row) return null;
  return {
    id: personId,
    name: text(row['name']),
    state: text(row['state']),
    stateReason: registrationReason(context.store, 'person', personId),
    // The dispatcher has already checked the role of the user against the call.
    roles: role ? [role] : [],
    qualifications: context.store
      .all(`SELECT itemCode, validTo FROM personQualification WHERE personId = ? AND state = 'active'`, personId)
      .map((qualification) => ({ itemCode: text(qualification['itemCode']), validTo: text(qualification['validTo']) })),
    parameters: parameterFacts(context.store, personId),
  };
}

function equipmentFacts(context: Context, equipmentIds: readonly string[]): GateEquipment[] {
  return equipmentIds.map((equipmentId) => {
    const row = requireRow(context.store.get('equipment', equipmentId), '设备', equipmentId);
    return {
      id: equipmentId,
      name: text(row['name']),
      itemCodes: json<string[]>(row['itemCodesJson']),
      calibratedOn: text(row['startDate']) || null,
      validMonths: Number(row['validMonths']) || null,
      state: equipmentGateState(row),
      stateReason: registrationReason(context.store, 'equipment', equipmentId),
      commissioning: commissionState(context.store, equipmentId, row['portJson']).state,
      ...(row['localState'] === 'stopped' && row['localSince'] ? { stateSince: text(row['localSince']) } : {}),
    };
  });
}

function equipmentGateState(row: Row): string {
  if (row['platformState'] !== 'active') return text(row['platformState']);
  return row['localState'] === 'stopped' ? 'stopped' : 'active';
}

function specimenFacts(
  context: Context,
  itemCode: string,
  sampleNo: string,
  taskId: string | undefined,
): GateQuestion['specimen'] {
  const sample = requireRow(context.store.get('sample', sampleNo), '样品', sampleNo);
  const method = catalogueMethod(context.store, itemCode);
  const asked = (taskId && context.store.get('task', taskId)?.['ageDays']) || sample['requiredAgeDays'];
  if (asked === null || asked === undefined) return null;
  const days = Number(asked);
  const tolerance = method ? ageTolerance(method, days) : null;
  const madeOn = sample['madeOn'] ? text(sample['madeOn']) : null;
  return {
    name: `样品 ${sampleNo}`,
    madeOn: madeOn && sample['madeAt'] ? `${madeOn}T${text(sample['madeAt'])}:00+08:00` : madeOn,
    requiredAgeDays: days,
    tolerance: tolerance ? { hours: tolerance.toleranceHours, clause: tolerance.clause } : null,
  };
}

/** Throws the refusal of a gate that does not allow, with every reason in words. `consequence` says what was not done. */
export function refuseUnlessAllowed(answer: GateAnswer, consequence: string): void {
  if (answer.allowed) return;
  const refused = answer.findings.filter((finding) => finding.outcome === 'refuse');
  throw new GateRefused(
    {
      code: refused[0]?.code ?? 'GATE_REFUSED',
      message: refused.map((finding) => finding.message).join(' '),
      meaning: [consequence, refused[0]?.meaning].filter(Boolean).join(' '),
      next: refused.map((finding) => finding.next).join(' '),
      details: refused.map((finding) => ({ field: finding.question, rule: finding.source, message: finding.message })),
    },
    answer,
  );
}

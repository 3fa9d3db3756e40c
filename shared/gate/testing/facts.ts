// Test help: a question with no fault at any moment, and every single fault that can be added to it.
import type { GateEquipment, GateMoment, GateQuestion, GateSubject } from '../question.ts';

export const machine: GateEquipment = {
  id: 'YLJ-01',
  name: '压力试验机',
  itemCodes: ['HNT-KY'],
  calibratedOn: '2026-03-15',
  validMonths: 12,
  state: 'active',
};

/** Sound on 2026-11-23 10:00: everything valid, specimens exactly 28 days old. */
export function sound(moment: GateMoment): GateQuestion {
  return {
    moment,
    at: '2026-11-23T10:00:00+08:00',
    purpose: 'sample',
    itemCode: 'HNT-KY',
    itemName: '混凝土立方体抗压强度',
    parameterCodes: ['KY'],
    institution: {
      name: '示例检测有限公司',
      scope: [{ itemCode: 'HNT-KY', parameterCodes: ['KY'], validTo: '2027-06-30', state: 'active' }],
      qualifications: [
        { certificateNo: '粤检 001', specialty: '建筑材料', validFrom: '2024-01-01', validTo: '2028-12-31' },
      ],
    },
    controls: { scope: true, contract: true, personnel: true, equipment: true },
    project: { id: 'P1', name: '河畔花园', state: 'active' },
    contract: { contractNo: 'HT-1', projectId: 'P1', itemCodes: ['HNT-KY'], state: 'active' },
    commission: { commissionNo: 'WT2026-0001', state: 'active' },
    person: {
      id: 'U1',
      name: '王工',
      state: 'active',
      roles: ['technician'],
      qualifications: [{ itemCode: 'HNT-KY', validTo: '2027-01-01' }],
    },
    roleNeeded: { role: 'technician', name: '检测' },
    equipment: machine,
    specimen: {
      name: '样品 YP-1',
      madeOn: '2026-10-26T10:00:00+08:00',
      requiredAgeDays: 28,
      tolerance: { hours: 20, clause: 'GB/T 50081-2019 龄期允许偏差' },
    },
    referenceSnapshot: { version: '17', fetchedAt: '2026-11-20T08:00:00+08:00' },
  };
}

export interface SingleFault {
  code: string;
  subject: GateSubject;
  /** Faults of one fact replace one another; faults of different facts add up. */
  fact: string;
  /** A supervisor's switch and a named override may let it pass. */
  overridable: boolean;
  add(question: GateQuestion): GateQuestion;
}

type Scope = GateQuestion['institution']['scope'][number];

function scope(change: Partial<Scope>): SingleFault['add'] {
  return (question) => {
    const rows = question.institution.scope.map((row) => ({ ...row, ...change }));
    return { ...question, institution: { ...question.institution, scope: rows } };
  };
}

function contract(change: Partial<NonNullable<GateQuestion['contract']>>): SingleFault['add'] {
  return (question) => ({ ...question, contract: question.contract && { ...question.contract, ...change } });
}

function person(change: Partial<NonNullable<GateQuestion['person']>>): SingleFault['add'] {
  return (question) => ({ ...question, person: question.person && { ...question.person, ...change } });
}

function equipment(change: Partial<GateEquipment>): SingleFault['add'] {
  return (question) => {
    const machines = question.equipment === null ? [] : [question.equipment].flat();
    return { ...question, equipment: machines.map((each) => ({ ...each, ...change })) };
  };
}

function specimen(change: Partial<NonNullable<GateQuestion['specimen']>>): SingleFault['add'] {
  return (question) => ({ ...question, specimen: question.specimen && { ...question.specimen, ...change } });
}

function commission(state: 'locked' | 'voided'): SingleFault['add'] {
  return (question) => ({ ...question, commission: question.commission && { ...question.commission, state } });
}

type ByParameter = NonNullable<NonNullable<GateQuestion['person']>['parameters']>[number];

/** Covers the sound question. */
export const byParameter = (change: Partial<ByParameter> = {}): ByParameter => ({
  itemCode: 'HNT-KY',
  parameterCode: 'KY',
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
  withdrawn: false,
  ...change,
});

const FACT: Readonly<Record<string, string>> = {
  GATE_PERSON_NOT_QUALIFIED: 'qualifications',
  GATE_PERSON_EXPIRED: 'qualifications',
  GATE_PERSON_PARAMETER: 'parameters',
  GATE_PERSON_PARAMETER_EXPIRED: 'parameters',
  GATE_PERSON_PARAMETER_EARLY: 'parameters',
  GATE_PERSON_INACTIVE: 'person state',
  GATE_PERSON_PENDING: 'person state',
  GATE_PERSON_REJECTED: 'person state',
  GATE_EQUIPMENT_STOPPED: 'machine state',
  GATE_EQUIPMENT_PENDING: 'machine state',
  GATE_EQUIPMENT_REJECTED: 'machine state',
  GATE_EQUIPMENT_SCRAPPED: 'machine state',
  GATE_EQUIPMENT_NOT_CALIBRATED: 'calibration',
  GATE_EQUIPMENT_EXPIRED: 'calibration',
  GATE_EQUIPMENT_CALIBRATED_LATER: 'calibration',
  GATE_AGE_UNKNOWN: 'made on',
  GATE_AGE_EARLY: 'made on',
  GATE_AGE_LATE: 'made on',
  GATE_COMMISSION_LOCKED: 'commission',
  GATE_COMMISSION_VOIDED: 'commission',
};

const fault = (code: string, subject: GateSubject, add: SingleFault['add'], overridable = true): SingleFault => ({
  code,
  subject,
  fact: FACT[code] ?? code,
  add,
  overridable,
});

export const FAULTS: readonly SingleFault[] = [
  fault('GATE_SCOPE_ITEM_NOT_COVERED', 'scope', scope({ itemCode: 'GJ-LS' })),
  fault('GATE_SCOPE_EXPIRED', 'scope', scope({ validTo: '2026-11-22' })),
  fault('GATE_SCOPE_SUSPENDED', 'scope', scope({ state: 'suspended' })),
  fault('GATE_SCOPE_PARAMETER_NOT_COVERED', 'scope', scope({ parameterCodes: ['PL'] })),
  fault('GATE_CERTIFICATE_EXPIRED', 'scope', (question) => ({
    ...question,
    institution: { ...question.institution, qualifications: [] },
  })),
  fault('GATE_PROJECT_INACTIVE', 'contract', (question) => ({
    ...question,
    project: question.project && { ...question.project, state: 'suspended' },
  })),
  fault('GATE_CONTRACT_INACTIVE', 'contract', contract({ state: 'ended' })),
  fault('GATE_CONTRACT_OTHER_PROJECT', 'contract', contract({ projectId: 'P2' })),
  fault('GATE_CONTRACT_ITEM', 'contract', contract({ itemCodes: [] })),
  fault('GATE_PERSON_INACTIVE', 'personnel', person({ state: 'left' }), false),
  fault('GATE_PERSON_PENDING', 'personnel', person({ state: 'pending' }), false),
  fault('GATE_PERSON_REJECTED', 'personnel', person({ state: 'rejected', stateReason: '证书编号不符' }), false),
  fault('GATE_PERSON_ROLE', 'personnel', person({ roles: [] }), false),
  fault('GATE_PERSON_NOT_QUALIFIED', 'personnel', person({ qualifications: [] })),
  fault(
    'GATE_PERSON_EXPIRED',
    'personnel',
    person({ qualifications: [{ itemCode: 'HNT-KY', validTo: '2026-11-22' }] }),
  ),
  fault('GATE_PERSON_PARAMETER', 'personnel', person({ parameters: [byParameter({ parameterCode: 'PL' })] })),
  fault(
    'GATE_PERSON_PARAMETER_EXPIRED',
    'personnel',
    person({ parameters: [byParameter({ validTo: '2026-11-22' }), byParameter({ parameterCode: 'PL' })] }),
  ),
  fault('GATE_PERSON_PARAMETER_EARLY', 'personnel', person({ parameters: [byParameter({ validFrom: '2026-11-24' })] })),
  fault('GATE_EQUIPMENT_STOPPED', 'equipment', equipment({ state: 'stopped' })),
  fault('GATE_EQUIPMENT_SCRAPPED', 'equipment', equipment({ state: 'scrapped' }), false),
  fault('GATE_EQUIPMENT_PENDING', 'equipment', equipment({ state: 'pending' }), false),
  fault('GATE_EQUIPMENT_REJECTED', 'equipment', equipment({ state: 'rejected' }), false),
  fault('GATE_EQUIPMENT_NOT_CALIBRATED', 'equipment', equipment({ calibratedOn: null })),
  fault('GATE_EQUIPMENT_EXPIRED', 'equipment', equipment({ calibratedOn: '2025-11-23' })),
  fault('GATE_EQUIPMENT_CALIBRATED_LATER', 'equipment', equipment({ calibratedOn: '2026-11-24' })),
  fault('GATE_EQUIPMENT_ITEM', 'equipment', equipment({ itemCodes: ['GJ-LS'] })),
  fault('GATE_AGE_UNKNOWN', 'age', specimen({ madeOn: null }), false),
  fault('GATE_AGE_EARLY', 'age', specimen({ madeOn: '2026-10-27T06:00:01+08:00' }), false),
  fault('GATE_AGE_LATE', 'age', specimen({ madeOn: '2026-10-25T13:59:59+08:00' }), false),
  fault('GATE_COMMISSION_LOCKED', 'supervision', commission('locked'), false),
  fault('GATE_COMMISSION_VOIDED', 'supervision', commission('voided'), false),
];

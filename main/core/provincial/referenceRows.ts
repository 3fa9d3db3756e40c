// Reference data of the platform become rows of the store. The platform is their master: a row it withdraws stays, with
// the state `deleted`, since records name it; what the lab itself keeps of a machine (port, range, stop) is not touched.
import { referenceDataSchemas, type ReferenceKind } from '../../../sync/wire/schemas.ts';
import { REFERENCE_PROFILE } from '../../../sync/provincial/profiles/reference/index.ts';
import type { ReferenceRow } from '../../../sync/provincial/port.ts';
import type { Row, TableName } from '../../store/tables.ts';
import type { Transaction } from '../../store/transaction.ts';

interface Mapping {
  table: TableName;
  key: string;
  stateColumn: string;
  row: (id: string, data: never) => Row;
}

type Data<K extends ReferenceKind> = import('../../../sync/wire/schemas.ts').ReferenceData[K];

const mappings: Record<ReferenceKind, Mapping> = {
  item: {
    table: 'item',
    key: 'itemCode',
    stateColumn: 'state',
    row: (_id, data: Data<'item'>) => ({
      name: data.name,
      parametersJson: JSON.stringify(data.parameters),
      methodsJson: JSON.stringify(data.methods),
      acquisition: data.acquisition,
      structuralSafety: data.structuralSafety ? 1 : 0,
      state: 'active',
    }),
  },
  person: {
    table: 'person',
    key: 'personId',
    stateColumn: 'state',
    row: (_id, data: Data<'person'>) => ({
      name: data.name,
      certificateNo: data.certificateNo,
      state: stateOf(data.state),
    }),
  },
  'person-qualification': {
    table: 'personQualification',
    key: 'qualificationId',
    stateColumn: 'state',
    row: (_id, data: Data<'person-qualification'>) => ({
      personId: data.personId,
      itemCode: data.itemCode,
      validTo: data.validTo,
      state: 'active',
    }),
  },
  equipment: {
    table: 'equipment',
    key: 'equipmentId',
    stateColumn: 'platformState',
    row: (_id, data: Data<'equipment'>) => ({
      name: data.name,
      model: data.model,
      serial: data.serial,
      itemCodesJson: JSON.stringify(data.itemCodes),
      startDate: data.startDate,
      validMonths: data.validMonths,
      platformState: stateOf(data.state),
    }),
  },
  project: {
    table: 'project',
    key: 'projectId',
    stateColumn: 'state',
    row: (_id, data: Data<'project'>) => ({
      name: data.name,
      supervisionCode: data.supervisionCode,
      authority: data.authority,
      ownerUnit: data.ownerUnit,
      state: stateOf(data.state),
    }),
  },
  contract: {
    table: 'contract',
    key: 'contractId',
    stateColumn: 'state',
    row: (_id, data: Data<'contract'>) => ({
      contractNo: data.contractNo,
      projectId: data.projectId,
      itemCodesJson: JSON.stringify(data.itemCodes),
      state: stateOf(data.state),
    }),
  },
};

export const isActive = (word: string): boolean => REFERENCE_PROFILE.activeWords.includes(word.trim().toLowerCase());

/** The platform's word for a state; every word that means usable becomes `active`, any other stays as it is. */
const stateOf = (word: string): string => (isActive(word) ? 'active' : word);

/** What a machine has here before anybody entered anything. */
const equipmentDefaults: Row = {
  rangeKn: null,
  certificateNo: '',
  localState: 'inUse',
  localReason: null,
  localSince: null,
  portJson: null,
};

/** Writes one row; the order of the pages is the order of the changes. A row that does not parse is refused whole. */
export function applyReferenceRow(tx: Transaction, kind: ReferenceKind, row: ReferenceRow): void {
  const mapping = mappings[kind];
  const known = tx.get(mapping.table, row.id);
  if (row.deleted || row.data === null) {
    if (known)
      tx.update(mapping.table, row.id, { [mapping.stateColumn]: 'deleted', version: row.version }, '平台已撤销');
    return;
  }
  const data = referenceDataSchemas[kind].parse(row.data);
  const fields = { ...mapping.row(row.id, data as never), version: row.version };
  if (known) tx.update(mapping.table, row.id, fields, '平台数据更新');
  else
    tx.insert(mapping.table, { [mapping.key]: row.id, ...(kind === 'equipment' ? equipmentDefaults : {}), ...fields });
}

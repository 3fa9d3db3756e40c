// Reference data of the platform become rows of the store. The platform is their master: a row it withdraws stays, with
// the state `deleted`, since records name it; what the lab itself keeps of a machine (port, range, stop) is not touched.
import { referenceDataSchemas, type ReferenceKind } from '../../../sync/wire/schemas.ts';
import type { ReferenceRow } from '../../../sync/provincial/port.ts';
import type { Row, TableName } from '../../store/tables.ts';
import type { Transaction } from '../../store/transaction.ts';
import { localIdOf } from '../registrations/registrationRows.ts';
import { stateOf } from './profileInForce.ts';

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
      state: data.state,
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
      platformState: data.state,
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
      state: data.state,
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
      state: data.state,
    }),
  },
};

/** What a machine has here before anybody entered anything. */
const equipmentDefaults: Row = {
  rangeKn: null,
  certificateNo: '',
  localState: 'inUse',
  localReason: null,
  localSince: null,
  portJson: null,
};

/** Where the row stands here: what was entered at this lab keeps its own key, with the platform's id beside it. */
const keyHere = (tx: Transaction, kind: ReferenceKind, id: string): string =>
  kind === 'person' || kind === 'equipment' ? localIdOf(tx, kind, id) : id;

/** Writes one row; the order of the pages is the order of the changes. A row that does not parse is refused whole. */
export function applyReferenceRow(tx: Transaction, kind: ReferenceKind, row: ReferenceRow): void {
  const mapping = mappings[kind];
  const key = keyHere(tx, kind, row.id);
  const known = tx.get(mapping.table, key);
  if (row.deleted || row.data === null) {
    if (known) tx.update(mapping.table, key, { [mapping.stateColumn]: 'deleted', version: row.version }, '平台已撤销');
    return;
  }
  const data = referenceDataSchemas[kind].parse(row.data);
  const fields: Row = { ...mapping.row(row.id, data as never), version: row.version };
  fields[mapping.stateColumn] = stateOf(tx, String(fields[mapping.stateColumn]));
  if (kind === 'person-qualification') fields['personId'] = localIdOf(tx, 'person', String(fields['personId']));
  if (known) tx.update(mapping.table, key, fields, '平台数据更新');
  else tx.insert(mapping.table, { [mapping.key]: key, ...(kind === 'equipment' ? equipmentDefaults : {}), ...fields });
}

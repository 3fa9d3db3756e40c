// Filling the Jg_* tables for the lab: the institution, its scope and controls, people, machines, projects, contracts.
// Every row written gets a version of its own; a row that has not changed keeps the one it has.
import type { TrainingLab } from '../seed.ts';
import { type ClientDatabase, type ClientFiles, nextOf } from './files.ts';

type Values = Record<string, string | number>;

/** Writes a row under a new version where it differs from what is there; answers whether it did. */
export function fillRow(files: ClientFiles, table: string, key: readonly string[], values: Values): boolean {
  const { exchange, platform } = files;
  const where = key.map((column) => `${column} = ?`).join(' AND ');
  const there = exchange
    .prepare<(string | number)[], Values>(`SELECT * FROM ${table} WHERE ${where}`)
    .get(...key.map((column) => values[column]!));
  const wanted: Values = { Deleted: 0, ...values };
  if (there !== undefined && Object.entries(wanted).every(([name, value]) => there[name] === value)) return false;
  const row = { ...wanted, Row_Ver: nextOf(platform, 'Row_Ver') };
  const names = Object.keys(row);
  exchange
    .prepare(`INSERT OR REPLACE INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
    .run(...Object.values(row));
  return true;
}

function fillInstitution(files: ClientFiles, { institution }: TrainingLab): void {
  const { orgCode, name, address, qualifications, controls, limits } = institution;
  const fact = (kind: string, named: string, value: unknown): void => {
    const values = { Auth_Kind: kind, Auth_Name: named, Auth_Value: JSON.stringify(value) };
    fillRow(files, 'Jg_Enterpriseauthorize', ['Auth_Kind', 'Auth_Name'], values);
  };
  fact('organ', orgCode, { name, ...(address === undefined ? {} : { address }) });
  for (const one of qualifications) fact('qualification', one.certificateNo, one);
  for (const [control, enforced] of Object.entries(controls)) fact('control', control, enforced);
  for (const [limit, value] of Object.entries(limits)) fact('limit', limit, value);
}

function fillItems(files: ClientFiles, { institution, reference }: TrainingLab): void {
  for (const { id, data } of reference.item) {
    const scope = institution.scope.find((one) => one.itemCode === id);
    fillRow(files, 'Jg_Aptitude', ['Item_Code'], {
      Item_Code: id,
      Content: JSON.stringify(data),
      In_Scope: scope === undefined ? 0 : 1,
      Params: scope?.parameterCodes === undefined ? '' : JSON.stringify(scope.parameterCodes),
      Valid_To: scope?.validTo ?? '',
      State: scope?.state ?? '',
    });
  }
}

function fillPeople(files: ClientFiles, { reference }: TrainingLab): void {
  for (const { id, data } of reference.person) {
    const values = { Emp_Id: id, Emp_Name: data.name, Cert_Num: data.certificateNo, State: data.state };
    fillRow(files, 'Jg_Employee', ['Emp_Id'], values);
  }
  for (const { id, data } of reference['person-qualification']) {
    const values = { Apt_Id: id, Emp_Id: data.personId, Item_Code: data.itemCode, Valid_To: data.validTo };
    fillRow(files, 'Jg_Empaptitude', ['Apt_Id'], values);
  }
}

function fillMachines(files: ClientFiles, { reference }: TrainingLab): void {
  for (const { id, data } of reference.equipment) {
    for (const [index, itemCode] of data.itemCodes.entries()) {
      const values = { Device_Id: id, Item_Code: itemCode, Seq: index };
      fillRow(files, 'Jg_Deviceaptitude', ['Device_Id', 'Item_Code'], values);
    }
    fillRow(files, 'Jg_Device', ['Device_Id'], {
      Device_Id: id,
      Device_Name: data.name,
      Model: data.model,
      Serial_Num: data.serial,
      Start_Date: data.startDate,
      Valid_Months: data.validMonths,
      State: data.state,
    });
  }
}

function fillProjects(files: ClientFiles, { reference }: TrainingLab): void {
  for (const { id, data } of reference.project) {
    fillRow(files, 'Jg_Project', ['Project_Id'], {
      Project_Id: id,
      Project_Name: data.name,
      Jd_Code: data.supervisionCode,
      Jd_Unti: data.authority,
      Owner: data.ownerUnit,
      State: data.state,
    });
  }
  for (const { id, data } of reference.contract) {
    fillRow(files, 'Jg_Contract', ['Contract_Id'], {
      Contract_Id: id,
      Contract_Num: data.contractNo,
      Project_Id: data.projectId,
      Items: JSON.stringify(data.itemCodes),
      State: data.state,
    });
  }
}

function learn(platform: ClientDatabase, { reference }: TrainingLab): void {
  const person = platform.prepare('INSERT OR REPLACE INTO person (id, name, state) VALUES (?, ?, ?)');
  for (const { id, data } of reference.person) person.run(id, data.name, data.state);
  const project = platform.prepare('INSERT OR IGNORE INTO project (id) VALUES (?)');
  for (const { id } of reference.project) project.run(id);
}

/** The whole lab into the exchange file; done again, it changes nothing. */
export function fillExchange(files: ClientFiles, lab: TrainingLab): void {
  files.platform
    .transaction(() => {
      learn(files.platform, lab);
      files.exchange
        .transaction(() => {
          for (const fill of [fillInstitution, fillItems, fillPeople, fillMachines, fillProjects]) fill(files, lab);
        })
        .immediate();
    })
    .immediate();
}

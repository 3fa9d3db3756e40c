// The controls the supervisor enforces (Hebei software chapter: scope, contract, personnel, equipment), judged at the
// time of the test and only where the institution's switch says so. They are the platform's own judgement: the lab's
// gate asks the same questions earlier, and a lab that lets something through is refused here.
import { calibrationValidThrough } from '../../shared/gate/calibration.ts';
import { type CommissionPayload, type TestRecordPayload, type WireInstitution } from '../wire/schemas.ts';
import { type PlatformContext } from './context.ts';
import { type Problem } from './platform-error.ts';
import { findReference, listReference } from './reference.ts';

const ACTIVE = 'active';

/** Is the item, and each parameter, inside the lab's qualification on that day? */
export function scopeProblems(
  institution: WireInstitution,
  itemCode: string,
  parameterCodes: readonly string[],
  onDate: string,
  field: string,
): Problem[] {
  if (institution.controls.scope !== true) return [];
  const row = institution.scope.find((candidate) => candidate.itemCode === itemCode);
  const refuse = (message: string): Problem[] => [{ code: 'SCOPE', field, rule: 'scope', message }];
  if (row === undefined) return refuse(`检测项目 ${itemCode} 不在机构资质范围内`);
  if (row.state !== ACTIVE) return refuse(`检测项目 ${itemCode} 的资质已暂停`);
  if (row.validTo < onDate) return refuse(`检测项目 ${itemCode} 的资质已于 ${row.validTo} 到期`);
  const permitted = row.parameterCodes;
  const outside = permitted === undefined ? [] : parameterCodes.filter((code) => !permitted.includes(code));
  if (outside.length > 0) return refuse(`检测参数 ${outside.join('、')} 不在机构资质范围内`);
  return [];
}

/** Project active, and a contract of it that covers every item; where none is named, any active one will do. */
export function commissionProblems(
  context: PlatformContext,
  institution: WireInstitution,
  commission: CommissionPayload,
): Problem[] {
  const problems: Problem[] = [];
  const received = commission.receivedAt.slice(0, 10);
  for (const [index, sample] of commission.samples.entries()) {
    const field = `samples.${index}.itemCode`;
    problems.push(...scopeProblems(institution, sample.itemCode, sample.requestedParameters, received, field));
  }
  const project = findReference(context.db, 'project', commission.projectId);
  if (project === undefined) {
    problems.push({
      code: 'REFERENCE_MISSING',
      field: 'projectId',
      rule: 'project',
      message: `平台没有工程 ${commission.projectId}`,
    });
    return problems;
  }
  if (institution.controls.contract !== true) return problems;
  if (project.state !== ACTIVE) {
    problems.push({
      code: 'VALIDATION',
      field: 'projectId',
      rule: 'contract',
      message: `工程 ${project.name} 已结束，不再接收委托`,
    });
  }
  problems.push(...contractProblems(context, commission));
  return problems;
}

function contractProblems(context: PlatformContext, commission: CommissionPayload): Problem[] {
  const contracts = listReference(context.db, 'contract');
  const named = contracts.find((contract) => contract.contractNo === commission.contractNo);
  if (commission.contractNo !== undefined && named === undefined) {
    const message = `平台没有合同 ${commission.contractNo}`;
    return [{ code: 'REFERENCE_MISSING', field: 'contractNo', rule: 'contract', message }];
  }
  const usable = (named === undefined ? contracts : [named]).filter(
    (contract) => contract.projectId === commission.projectId && contract.state === ACTIVE,
  );
  return commission.samples.flatMap((sample, index): Problem[] =>
    usable.some((contract) => contract.itemCodes.includes(sample.itemCode))
      ? []
      : [
          {
            code: 'VALIDATION',
            field: `samples.${index}.itemCode`,
            rule: 'contract',
            message: `没有有效合同包含检测项目 ${sample.itemCode}`,
          },
        ],
  );
}

/** Does the person hold a valid qualification for the item on that day? */
function personProblems(
  context: PlatformContext,
  personId: string,
  itemCode: string,
  onDate: string,
  field: string,
): Problem[] {
  const person = findReference(context.db, 'person', personId);
  if (person === undefined) {
    return [{ code: 'REFERENCE_MISSING', field, rule: 'personnel', message: `平台没有人员 ${personId}` }];
  }
  const refuse = (message: string): Problem[] => [{ code: 'VALIDATION', field, rule: 'personnel', message }];
  if (person.state !== ACTIVE) return refuse(`人员 ${person.name} 已停用`);
  const held = listReference(context.db, 'person-qualification').filter(
    (row) => row.personId === personId && row.itemCode === itemCode,
  );
  if (held.length === 0) return refuse(`人员 ${person.name} 没有检测项目 ${itemCode} 的资格`);
  if (held.some((row) => row.validTo >= onDate)) return [];
  const last =
    held
      .map((row) => row.validTo)
      .sort()
      .at(-1) ?? '';
  return refuse(`人员 ${person.name} 的检测项目 ${itemCode} 资格已于 ${last} 到期`);
}

function equipmentProblems(context: PlatformContext, equipmentId: string, onDate: string, field: string): Problem[] {
  const equipment = findReference(context.db, 'equipment', equipmentId);
  if (equipment === undefined) {
    return [{ code: 'REFERENCE_MISSING', field, rule: 'equipment', message: `平台没有设备 ${equipmentId}` }];
  }
  const refuse = (message: string): Problem[] => [{ code: 'VALIDATION', field, rule: 'equipment', message }];
  const label = `${equipment.name} ${equipment.model}（${equipmentId}）`;
  if (equipment.state !== ACTIVE) return refuse(`设备 ${label} 已停用`);
  if (onDate < equipment.startDate) return refuse(`设备 ${label} 的检定/校准自 ${equipment.startDate} 起有效`);
  const end = calibrationValidThrough(equipment.startDate, equipment.validMonths);
  return end < onDate ? refuse(`设备 ${label} 的检定/校准已于 ${end} 到期`) : [];
}

/** Everything the supervisor asks about one test: scope, people, equipment, all on the day of the test. */
export function recordProblems(
  context: PlatformContext,
  institution: WireInstitution,
  record: TestRecordPayload,
): Problem[] {
  const onDate = record.testedAt.slice(0, 10);
  const problems = scopeProblems(institution, record.itemCode, record.parameterCodes, onDate, 'itemCode');
  if (institution.controls.personnel === true) {
    problems.push(...personProblems(context, record.testerId, record.itemCode, onDate, 'testerId'));
    problems.push(...personProblems(context, record.checkerId, record.itemCode, onDate, 'checkerId'));
  }
  if (institution.controls.equipment === true) {
    for (const [index, id] of record.equipmentIds.entries()) {
      problems.push(...equipmentProblems(context, id, onDate, `equipmentIds.${index}`));
    }
  }
  return problems;
}

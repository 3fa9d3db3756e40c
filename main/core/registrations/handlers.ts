// The calls of registration: enter or change a person or a machine, and look at how it went.
import { extensometerSchema, sayExtensometer } from '../../../shared/entities/extensometer.ts';
import { permits } from '../../../shared/entities/roles.ts';
import type { RegistrationHistory, RegistrationKind } from '../../../shared/entities/registration.ts';
import { jsonOf as json, nullableNumber, nullableText as nullable, textOf as text } from '../../store/cells.ts';
import type { Context, SomeHandlers } from '../context.ts';
import { extensometerOf } from '../bench/extensometers.ts';
import { enterEquipment, enterPerson, enterPremises } from './enter.ts';
import { masterOf } from './master.ts';
import { listPremises } from './premises.ts';

type RegistrationCall =
  | 'registrations.person' | 'registrations.equipment' | 'registrations.premises' | 'registrations.history' | 'premises.list'; // prettier-ignore

export function registrationHandlers(context: Context): SomeHandlers<RegistrationCall> {
  return {
    async 'registrations.person'(input, caller) {
      await enterPerson(context, caller, input);
      return {};
    },
    'registrations.equipment'(input, caller) {
      enterEquipment(context, caller, input);
      return {};
    },
    'registrations.premises'(input, caller) {
      enterPremises(context, caller, input);
      return {};
    },
    'premises.list': () => listPremises(context),
    'registrations.history'({ kind, localId }, caller) {
      return historyOf(context, kind, localId, permits(caller.user.roles, 'person.keep'));
    },
  };
}

function historyOf(context: Context, kind: RegistrationKind, localId: string, mayKeep: boolean): RegistrationHistory {
  const { store } = context;
  const row = store.get(kind, localId);
  const identity = kind === 'person' && mayKeep ? store.get('personIdentity', localId) : undefined;
  const machine = kind === 'equipment' ? row : undefined;
  return {
    master: masterOf(context, kind),
    platformId: nullable(row?.['platformId'] ?? null),
    identityMasked: nullable(identity?.['masked'] ?? null),
    certificateNo: nullable(row?.['certificateNo'] ?? null),
    rangeKn: nullable(machine?.['rangeKn'] ?? null),
    extensometer: machine === undefined ? null : extensometerOf(machine),
    startDate: nullable(machine?.['startDate'] ?? null),
    validMonths: nullableNumber(machine?.['validMonths'] ?? null),
    entries: store
      .all('SELECT * FROM registration WHERE kind = ? AND localId = ? ORDER BY revision DESC LIMIT 50', kind, localId)
      .map((entry) => ({
        revision: Number(entry['revision']),
        state: text(entry['state']) as 'pending',
        reason: text(entry['reason']),
        platformReason: nullable(entry['platformReason']),
        enteredByName: text(entry['enteredByName']),
        enteredAt: text(entry['enteredAt']),
        decidedAt: nullable(entry['decidedAt']),
        facts: factsOf(context, kind, json(entry['dataJson'])),
      })),
  };
}

const labels: Record<string, string> = {
  name: '名称',
  model: '型号',
  serial: '出厂编号',
  itemCodes: '检测项目',
  startDate: '检定（校准）日期',
  validMonths: '有效期（月）',
  certificateNo: '证书编号',
  rangeKn: '量程 kN',
  extensometerJson: '引伸计',
  address: '地址',
  state: '状态',
};
const stateWords: Record<string, string> = { left: '离岗', scrapped: '报废' };

function factsOf(
  context: Context,
  kind: RegistrationKind,
  data: { payload: Record<string, unknown>; own: Record<string, unknown> },
) {
  const labelOf = (name: string): string => (kind === 'person' && name === 'name' ? '姓名' : (labels[name] ?? name));
  return Object.entries({ ...data.payload, ...data.own })
    .filter(([name, value]) => labels[name] !== undefined && value !== null)
    .map(([name, value]): [string, string] => [labelOf(name), wordsOf(context, kind, name, value)]);
}

function wordsOf(context: Context, kind: RegistrationKind, name: string, value: unknown): string {
  if (name === 'state' && value === 'active') return kind === 'person' ? '在岗' : '在用';
  if (name === 'extensometerJson') {
    const { classStandard, rangeMm, ...gauge } = extensometerSchema.parse(JSON.parse(String(value)));
    return `${sayExtensometer(gauge)}（${classStandard}），量程 ${rangeMm} mm`;
  }
  if (name === 'state') return stateWords[String(value)] ?? String(value);
  if (!Array.isArray(value)) return String(value);
  return value.map((code) => text(context.store.get('item', String(code))?.['name'] ?? String(code))).join('、');
}

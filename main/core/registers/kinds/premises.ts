// 检测场所: entered as the form does.
import { premisesRegistrationSchema, type PremisesRegistration } from '../../../../shared/entities/registration.ts';
import { textOf as text } from '../../../store/cells.ts';
import { writePremises } from '../../registrations/enter.ts';
import { refuseUnlessLocal } from '../../registrations/master.ts';
import type { Column } from '../columns.ts';
import type { Facts, Known, Register, Values } from '../register.ts';
import { enteredFacts, lockedBy, plainText, refuseTakenNumber, schemaProblems, standingColumn, standingText } from './facts.ts'; // prettier-ignore

const columns: readonly Column[] = [
  { name: 'premisesId', heading: '场所编号', synonyms: ['编号', '房间编号'], kind: 'text', required: true, example: 'CS-1', how: '字母、数字和 - _ .，以字母或数字开头，最多 20 字' },
  { name: 'name', heading: '场所名称', synonyms: ['名称', '房间名称'], kind: 'text', required: true, example: '力学室', how: '最多 60 字' },
  { name: 'address', heading: '地址', synonyms: ['场所地址', '详细地址'], kind: 'text', required: true, example: '检测路 8 号 101', how: '最多 120 字' },
  standingColumn,
]; // prettier-ignore

function known({ reader }: Facts): Known[] {
  return reader.all('SELECT * FROM premises ORDER BY premisesId').map((row) => {
    const premisesId = text(row['premisesId']);
    const state = text(row['state']);
    const { payload } = enteredFacts(reader, 'premises', premisesId, state) ?? { payload: row };
    const values: Values = {
      premisesId,
      name: plainText(payload['name']),
      address: plainText(payload['address']),
      standing: standingText(reader, 'premises', premisesId, state),
    };
    return { key: premisesId, values, locked: lockedBy(state) };
  });
}

export const premises: Register = {
  id: 'premises',
  name: '场所',
  permission: 'person.keep',
  personal: false,
  columns,
  keyOf: ({ premisesId = '' }) => premisesId || null,
  nameOf: ({ name = '' }) => name,
  known,
  refuseUnlessOpen: (context) => refuseUnlessLocal(context, 'premises'),
  check({ reader }, values, before, reason) {
    const { premisesId = '', name, address } = values;
    const problems = before === null ? refuseTakenNumber(reader, 'premises', premisesId, '场所编号') : [];
    const intent = before === null ? 'create' : 'change';
    const parsed = premisesRegistrationSchema.safeParse({ intent, localId: premisesId, name, address, reason });
    return {
      input: parsed.data ?? null,
      problems: [...problems, ...schemaProblems(parsed, columns, { localId: 'premisesId' })],
    };
  },
  write: ({ tx, caller, at }, input) => writePremises(tx, caller, at, input as PremisesRegistration),
  allowed: () => [],
};

// 人员: entered as the form does; the identity number is compared in clear, sealed when it is new, shown in part only.
import {
  isIdentityNo,
  maskedIdentityNo,
  personRegistrationSchema,
  type PersonRegistration,
} from '../../../../shared/entities/registration.ts';
import { textOf as text } from '../../../store/cells.ts';
import { writePerson } from '../../registrations/enter.ts';
import { refuseUnlessLocal } from '../../registrations/master.ts';
import type { Column } from '../columns.ts';
import type { Facts, Known, Problem, Register, Values } from '../register.ts';
import { enteredFacts, lockedBy, plainText, refuseTakenNumber, schemaProblems, standingColumn, standingText, wordsOf } from './facts.ts'; // prettier-ignore

const columns: readonly Column[] = [
  { name: 'personId', heading: '人员编号', synonyms: ['编号', '工号', '员工编号', '人员代码'], kind: 'text', required: true, example: 'RY-001', how: '字母、数字和 - _ .，以字母或数字开头，最多 20 字' },
  { name: 'name', heading: '姓名', synonyms: ['人员姓名', '名字'], kind: 'text', required: true, example: '张三', how: '最多 40 字' },
  { name: 'certificateNo', heading: '证书编号', synonyms: ['检测员证号', '上岗证号', '岗位证书编号', '证号', '资格证书编号'], kind: 'text', required: true, example: '粤建检培字第 100 号', how: '最多 60 字' },
  { name: 'identityNo', heading: '公民身份号码', synonyms: ['身份证号', '身份证号码', '身份证', '证件号码'], kind: 'identity', required: false, example: '', how: '18 位，文本格式；不填则不变。加密保存，不上传' },
  { name: 'state', heading: '状态', synonyms: ['人员状态', '在岗状态', '在职状态'], kind: 'choice', required: true, example: '在岗', how: '在岗、离岗', choices: { 在岗: 'active', 在职: 'active', 离岗: 'left', 离职: 'left', 停用: 'disabled' } },
  standingColumn,
]; // prettier-ignore

const words: Readonly<Record<string, string>> = { active: '在岗', left: '离岗', disabled: '停用' };

function known({ reader, identities }: Facts): Known[] {
  const sealed = new Map(reader.all('SELECT * FROM personIdentity').map((row) => [text(row['personId']), row]));
  return reader.all('SELECT * FROM person ORDER BY personId').map((row) => {
    const personId = text(row['personId']);
    const state = text(row['state']);
    const { payload } = enteredFacts(reader, 'person', personId, state) ?? { payload: row };
    const identity = sealed.get(personId);
    const values: Values = {
      personId,
      name: plainText(payload['name']),
      certificateNo: plainText(payload['certificateNo']),
      identityNo: identity === undefined ? '' : (identities.get(text(identity['sealed'])) ?? text(identity['masked'])),
      state: plainText(payload['state'] ?? 'active'),
      standing: standingText(reader, 'person', personId, state),
    };
    return { key: personId, values, locked: lockedBy(state) };
  });
}

/** A blank says nothing, and what an export has masked means what is there. */
function resolve({ reader, identities }: Facts, values: Values): { values: Values; problems: Problem[] } {
  const { identityNo = '', ...rest } = values;
  if (identityNo === '') return { values: rest, problems: [] };
  if (!identityNo.includes('*')) return { values, problems: [] };
  const row = reader.get('personIdentity', values['personId'] ?? '');
  if (row && text(row['masked']) === identityNo) {
    return { values: { ...rest, identityNo: identities.get(text(row['sealed'])) ?? identityNo }, problems: [] };
  }
  const next = '请填写完整的号码，或留空表示不变。';
  return { values: rest, problems: [{ column: '公民身份号码', code: 'IDENTITY_MASKED', message: '是隐去了中间位数的号码，与已登记的不一致', next }] }; // prettier-ignore
}

function check({ reader }: Facts, values: Values, before: Values | null, reason: string) {
  const { personId = '', identityNo = '', state = '', ...plain } = values;
  const problems: Problem[] = before === null ? refuseTakenNumber(reader, 'person', personId, '人员编号') : [];
  if (!['active', 'left'].includes(state))
    problems.push({ column: '状态', code: 'CHOICE', message: `“${words[state] ?? state}”不能登记`, next: '请填写“在岗”或“离岗”。' });
  if (identityNo !== '' && identityNo !== before?.['identityNo'] && !isIdentityNo(identityNo))
    problems.push({ column: '公民身份号码', code: 'IDENTITY_WRONG', message: '位数或校验位不对', next: '请与身份证核对；号码须是文本格式。' });
  if (problems.length > 0) return { input: null, problems };
  const parsed = personRegistrationSchema.safeParse({
    intent: before === null ? 'create' : 'change',
    localId: personId,
    name: plain['name'],
    certificateNo: plain['certificateNo'],
    state,
    reason,
    ...(identityNo === '' || identityNo === before?.['identityNo'] ? {} : { identityNo }),
  });
  return { input: parsed.data ?? null, problems: schemaProblems(parsed, columns, { localId: 'personId' }) };
} // prettier-ignore

export const people: Register = {
  id: 'people',
  name: '人员',
  permission: 'person.keep',
  personal: true,
  columns,
  keyOf: ({ personId = '' }) => personId || null,
  nameOf: ({ name = '' }) => name,
  known,
  refuseUnlessOpen: (context) => refuseUnlessLocal(context, 'person'),
  resolve,
  check,
  unique: ({ identityNo = '' }) => [{ column: '公民身份号码', text: identityNo.includes('*') ? '' : identityNo }],
  write({ tx, caller, at, sealed }, input) {
    const person = input as PersonRegistration;
    writePerson(tx, caller, at, person, person.identityNo === undefined ? null : (sealed.get(person.identityNo) ?? null));
  },
  show(column, value) {
    if (column.name === 'identityNo') return value.includes('*') ? value : maskedIdentityNo(value);
    return column.name === 'state' ? (words[value] ?? value) : value;
  },
  allowed: (_facts, column) => (column.name === 'state' ? ['在岗', '离岗'] : wordsOf(column)),
}; // prettier-ignore

// The chain as people read it: whatever the store audits has a name, whatever column it has a label, and nothing of what a
// whole job wrote is shown as JSON.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { columnName } from '../../shared/history/fields.ts';
import { entityNames } from '../../shared/history/entities.ts';
import { readEntry } from '../../shared/history/read.ts';
import { readValue } from '../../shared/history/values.ts';
import { approve, eventually, press, signCheck, signTest, testedGroup } from '../../tests/support/mainJob.ts';
import { openTestCore, type TestCore } from '../../tests/support/testCore.ts';
import { definitionOf, tableNames } from '../store/tables.ts';

let lab: TestCore;
beforeAll(async () => {
  lab = await openTestCore();
  const { record } = await testedGroup(lab);
  const technician = await lab.as('jiance');
  const [run] = record.runs;
  await technician.call('bench.repeat', { runNo: run?.runNo ?? '', reason: '试件偏心' });
  await press(lab, technician, record.recordNo, 1, '766.00');
  await signTest(lab, record.recordNo);
  const checker = await lab.as('jiaohe');
  await checker.call('records.return', { recordNo: record.recordNo, reason: '请补充说明' });
  await signTest(lab, record.recordNo);
  await signCheck(lab, record.recordNo);
  const reportNo = await approve(lab, record.recordNo);
  await eventually(() => (lab.store.get('report', `${reportNo}#1`)?.['state'] === 'filed' ? true : null));
});
afterAll(() => lab.stop());

const audited = tableNames.filter((table) => definitionOf(table).audit === 'fields');

test.each(audited)('%s has a name, and each of its columns a label', (table) => {
  expect(entityNames[table]?.name, 'shared/history/entities.ts').toMatch(/[\u4e00-\u9fff]/);
  const columns = (lab.store.database.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name);
  const unnamed = columns.filter((column) => columnName(table, column) === null);
  expect(unnamed, 'shared/history/fields.ts').toEqual([]);
});

test('everything a job wrote has a name, and is read without braces, quotes or bare words of the program', () => {
  const entries = lab.store.all('SELECT entity, action, field, oldValue, newValue FROM audit ORDER BY seq');
  expect(new Set(entries.map(({ entity }) => entity)).size).toBeGreaterThan(15);
  for (const row of entries) {
    const entity = String(row['entity']);
    expect(Object.hasOwn(entityNames, entity), entity).toBe(true);
    for (const line of readEntry(entity, row as never)) {
      for (const text of [line.old ?? '', line.now ?? '']) {
        expect(text, `${entity} ${line.label}`).not.toMatch(/[{}]|":|\\"|\[object/);
        expect(text, `${entity} ${line.label}`).not.toMatch(/^(testing|tested|checked|approved|active|inUse|valid)$/);
      }
    }
  }
});

describe('values', () => {
  test.each<[string, string, unknown, string]>([
    ['userAccount', 'rolesJson', '["technician","checker"]', '检测员、校核员'],
    ['userAccount', 'passwordHash', 'sha256:0123456789abcdef', '密文（摘要 01234567…）'],
    ['userAccount', 'disabled', 1, '停用'],
    ['testRecord', 'state', 'checked', '已校核'],
    ['testRecord', 'temperatureC', '20.5', '20.5'],
    ['testRecord', 'testedAt', '2026-11-23T09:30:05.123+08:00', '2026-11-23 09:30:05'],
    ['testRecord', 'returnedReason', null, '（空）'],
    ['sample', 'state', '完好', '完好'],
    ['equipment', 'itemCodesJson', '["HNT-KY","SJ-KY"]', 'HNT-KY、SJ-KY'],
    ['gateDecision', 'allowed', 0, '不允许'],
    ['gateDecision', 'findingsJson', '[{"outcome":"pass","message":"在用"}]', '各项通过（1 项）'],
    ['gateDecision', 'findingsJson', '[{"outcome":"refuse","message":"设备已停用。"}]', '不允许：设备已停用。'],
    ['institution', 'controlsJson', '{"scope":true,"personnel":false}', '是'],
    ['setting', 'value', '{"a":1}', 'a 1'],
    ['run', 'rawDigest', 'a'.repeat(64), `${'a'.repeat(16)}…`],
    ['commission', 'remarks', '长'.repeat(400), `${'长'.repeat(300)}…（共 400 字）`],
    ['commission', 'remarks', '{"not":"json column"}', '{"not":"json column"}'],
  ])('%s.%s %j', (entity, column, value, said) => {
    const read = readValue(entity, column, value);
    if (column === 'controlsJson') expect(read).toContain(said);
    else expect(read).toBe(said);
  });

  test('what is no JSON in a JSON column is shown as it is, not thrown at', () => {
    expect(readValue('testRecord', 'resultJson', 'kaputt')).toBe('kaputt');
    expect(readEntry('testRecord', { action: 'insert', field: null, oldValue: null, newValue: 'kaputt' })).toEqual([]);
    expect(readEntry('x', { action: 'event', field: null, oldValue: null, newValue: '打印' })).toEqual([{ label: '', old: null, now: '打印' }]); // prettier-ignore
  });
});

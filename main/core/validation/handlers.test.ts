// The validation as a window asks for it: only the quality manager may, the file is kept, the audit log names it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestCore, refusalOf, type TestCore } from '../../../tests/support/testCore.ts';
import { sha256Hex } from '../../../sync/wire/digest.ts';
import { readVectorFiles } from './vectorFiles.ts';

let lab: TestCore;
beforeAll(async () => {
  lab = await openTestCore();
});
afterAll(() => lab.stop());

test('the quality manager gets report and figures; the file is kept and the audit log says who, when, what', async () => {
  const manager = await lab.as('zhiliang');
  const answer = await manager.call('methods.validate', {});
  const lines = readVectorFiles().reduce((sum, file) => sum + file.lines.length, 0);
  expect(answer).toMatchObject({ lines, equal: lines, different: [] });
  const pdf = Buffer.from(answer.pdfBase64, 'base64');
  expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-');
  expect(sha256Hex(pdf)).toBe(answer.sha256);
  expect(answer.fileName).toMatch(/^方法验证报告-\d+\.\d+\.\d+-\d{8}T\d{6}\.pdf$/);
  const kept = join(lab.context.files.reportsFolder, `${answer.sha256}.pdf`);
  expect(readFileSync(kept).equals(pdf)).toBe(true);

  const history = { entity: 'methodValidation', key: 'methods' };
  const { entries } = await manager.call('audit.history', history);
  expect(entries).toHaveLength(1);
  expect(entries[0]?.actor).toContain(manager.user.name);
  expect(entries[0]?.newValue).toBe(
    `方法验证：共 ${lines} 行，一致 ${lines} 行，不一致 0 行；${answer.fileName}，SHA-256 ${answer.sha256}`,
  );
  expect((await manager.call('audit.verify', {})).ok).toBe(true);

  // An earlier report is opened again from the same entry; a file that was changed since is not.
  const { validations } = await manager.call('methods.validations', {});
  expect(validations).toEqual([
    {
      at: entries[0]?.at,
      by: entries[0]?.actor,
      words: `共 ${lines} 行，一致 ${lines} 行，不一致 0 行`,
      fileName: answer.fileName,
      sha256: answer.sha256,
    },
  ]);
  const again = { sha256: answer.sha256 };
  const { fileName, pdfBase64 } = await manager.call('methods.validationReport', again);
  expect([fileName, pdfBase64 === answer.pdfBase64]).toEqual([answer.fileName, true]);
  writeFileSync(kept, 'another');
  expect((await refusalOf(manager.call('methods.validationReport', again))).code).toBe('FILE_DAMAGED');
  writeFileSync(kept, pdf);
});

test('only a report of a validation is handed out, not every file that is kept', async () => {
  const sha256 = lab.context.files.keep(Buffer.from('%PDF-1.7 of another kind'), 'pdf');
  const manager = await lab.as('zhiliang');
  expect((await refusalOf(manager.call('methods.validationReport', { sha256 }))).code).toBe('VALIDATION_UNKNOWN');
});

test('nobody else may, and a refused attempt leaves no entry of a validation', async () => {
  const count = () =>
    Number(lab.store.first("SELECT count(*) AS n FROM audit WHERE entity = 'methodValidation'")?.['n']);
  const before = count();
  for (const name of ['jiance', 'jiaohe', 'pizhun', 'shouyang', 'shebei', 'admin'] as const)
    for (const call of ['methods.validate', 'methods.validations'] as const)
      expect((await refusalOf((await lab.as(name)).call(call, {}))).code).toBe('PERMISSION_DENIED');
  expect(count()).toBe(before);
});

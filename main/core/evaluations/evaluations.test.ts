// Evaluations of what the lab has tested: which groups are offered, what is refused by code, that the figures are those of
// the signed records whatever a window says, and what stands on the paper.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CallInput } from '../../../shared/contract/calls.ts';
import type { Candidate } from '../../../shared/evaluations/calls.ts';
import { addDays, toCalendarDay } from '../../../shared/entities/scalars.ts';
import { denseText, missingTools, textOf } from '../../reports/pdf-tools.test-helper.ts';
import {
  approve,
  sampleInput,
  signCheck,
  signTest,
  testedGroup,
  type SampleInput,
} from '../../../tests/support/mainJob.ts';
import { countsOf, openTestCore, refusalOf, type Seat, type TestCore } from '../../../tests/support/testCore.ts';

type PaperInput = CallInput<'evaluations.paper'>;
type SampleChanges = NonNullable<Parameters<typeof sampleInput>[0]>;

let lab: TestCore;
let quality: Seat;
beforeAll(async () => {
  lab = await openTestCore();
  quality = await lab.as('zhiliang');
});
afterAll(() => lab.stop());

/** A group that is tested and signed; loads in kN on 150 mm cubes. */
async function groupOf(
  sample: SampleInput,
  loads: readonly string[],
  until: 'test' | 'check' | 'approve' = 'check',
): Promise<{ recordNo: string; sampleNo: string; reportNo: string | null }> {
  const { record } = await testedGroup(lab, { loads, commission: { samples: [sample] } });
  await signTest(lab, record.recordNo);
  if (until !== 'test') await signCheck(lab, record.recordNo);
  const reportNo = until === 'approve' ? await approve(lab, record.recordNo) : null;
  return { recordNo: record.recordNo, sampleNo: record.sample.sampleNo, reportNo };
}

const group = (changes: SampleChanges, loads: readonly string[], until?: 'test' | 'check' | 'approve') =>
  groupOf(sampleInput(changes), loads, until);

const candidatesOf = async (more: Partial<CallInput<'evaluations.candidates'>> = {}) =>
  quality.call('evaluations.candidates', {
    methodId: 'concrete-batch-evaluation',
    projectId: 'G001',
    ...more,
  });

const paperOf = (groups: PaperInput['groups'], more: Partial<PaperInput> = {}): PaperInput => ({
  methodId: 'concrete-batch-evaluation',
  edition: 'GB/T 50107-2010',
  batchName: '三层梁板',
  fields: { designGrade: 'C30' },
  groups,
  ...more,
});
const taken = ({ recordNo, digest }: Pick<Candidate, 'recordNo' | 'digest'>) => ({ from: 'record', recordNo, digest }) as const; // prettier-ignore
const typedGroup = (no: string, value: string | null, more: Record<string, string | null> = {}) =>
  ({
    from: 'typed',
    cells: { sampleNos: no, states: value === null ? 'invalid' : 'valid', curings: '标准养护', values_MPa: value, ...more },
  }) as const; // prettier-ignore
/** The limits of GB/T 50107 judge only when the lab has confirmed them. */
async function settleLimits(option: 'draft' | 'confirmed'): Promise<void> {
  const [methodId, name] = ['concrete-batch-evaluation', 'limits GB/T 50107-2010'];
  const { chosen } = await quality.call('policies.get', {});
  const now = chosen.find((one) => one.methodId === methodId && one.name === name)?.option ?? 'draft';
  if (now !== option) await quality.call('policies.change', { methodId, name, option, reason: '试验' });
}
const pdfOf = (answer: { pdfBase64: string }): Uint8Array => Buffer.from(answer.pdfBase64, 'base64');

describe('candidates', () => {
  test('signed groups with what their records say; unsigned, other and foreign ones are not offered', async () => {
    const good = await group({ structurePart: '一层柱' }, ['765.00', '772.00', '780.00'], 'approve');
    const invalid = await group({ structurePart: '一层梁' }, ['500.00', '765.00', '980.00']);
    const unchecked = await group({ structurePart: '一层板' }, ['765.00', '772.00', '780.00'], 'test');
    const other = await group({ designGrade: 'C35' }, ['880.00', '885.00', '890.00']);
    const { groups, projectName, truncated } = await candidatesOf({ grade: 'C30' });
    expect(projectName).toContain('云岭花园');
    expect(truncated).toBe(false);
    const numbers = groups.map(({ sampleNo }) => sampleNo);
    expect(numbers).toEqual([good.sampleNo, invalid.sampleNo]);
    expect(numbers).not.toContain(unchecked.sampleNo);
    expect(numbers).not.toContain(other.sampleNo);
    // 765, 772, 780 kN on 22500 mm²: 34.0, 34.3, 34.7, mean 34.3.
    expect(groups[0]).toMatchObject({
      recordNo: good.recordNo,
      reportNo: good.reportNo,
      structurePart: '一层柱',
      grade: 'C30',
      curing: '标准养护',
      madeOn: addDays(toCalendarDay(Date.now()), -28),
      testedOn: toCalendarDay(Date.now()),
      ageDays: 28,
      valid: true,
      value: '34.3',
      barred: null,
    });
    expect(groups[1]).toMatchObject({ valid: false, value: null, reportNo: null, barred: null });
    const everything = await candidatesOf();
    expect(everything.groups.map(({ sampleNo }) => sampleNo)).toContain(other.sampleNo);
  });

  test('a period and a curing narrow them; what cannot be counted says why', async () => {
    const wet = await group({ designGrade: 'C40', properties: { curing: '同条件养护' } }, [
      '980.00',
      '985.00',
      '990.00',
    ]);
    const early = await group(
      { designGrade: 'C40', madeOn: addDays(toCalendarDay(Date.now()), -7), sampledOn: addDays(toCalendarDay(Date.now()), -7), requiredAgeDays: 7 },
      ['980.00', '985.00', '990.00'],
    ); // prettier-ignore
    const all = await candidatesOf({ grade: 'C40' });
    expect(all.groups.map(({ sampleNo, barred }) => [sampleNo, barred])).toEqual([
      [wet.sampleNo, '同条件养护的试件按立方体抗压强度检测，强度没有除以 0.88'],
      [early.sampleNo, '龄期 7 d，不足 28 d'],
    ]);
    const recent = await candidatesOf({ grade: 'C40', from: addDays(toCalendarDay(Date.now()), -10) });
    expect(recent.groups.map(({ sampleNo }) => sampleNo)).toEqual([early.sampleNo]);
    const before = await candidatesOf({ grade: 'C40', until: addDays(toCalendarDay(Date.now()), -10) });
    expect(before.groups.map(({ sampleNo }) => sampleNo)).toEqual([wet.sampleNo]);
    const cured = await candidatesOf({ grade: 'C40', curing: '标准养护' });
    expect(cured.groups.map(({ sampleNo }) => sampleNo)).toEqual([early.sampleNo]);
    const barred = await refusalOf(
      quality.call('evaluations.paper', paperOf(all.groups.slice(0, 1).map(taken), { fields: { designGrade: 'C40' } })),
    );
    expect(barred.code).toBe('EVALUATION_BARRED');
  });

  test('same-condition cubes enter with their value divided by 0.88, and never beside standard ones', async () => {
    const { madeOn: _, requiredAgeDays: __, ...plain } = sampleInput({ name: '混凝土同条件养护试块' });
    const own = await groupOf(
      {
        ...plain,
        itemCode: 'HNT-TTJ',
        sampledOn: toCalendarDay(Date.now()),
        properties: { designGrade: 'C30', side_mm: '150', maturity_Cd: '612.5' },
      },
      ['765.00', '772.00', '780.00'],
    );
    const { groups } = await candidatesOf({ grade: 'C30' });
    const standard = groups.find(({ valid, curing }) => valid && curing === '标准养护');
    const [wet, ...others] = (await candidatesOf({ grade: 'C30', curing: '同条件养护' })).groups;
    expect(others).toEqual([]);
    // 34.3 ÷ 0.88 = 38.98.
    expect(wet).toMatchObject({ sampleNo: own.sampleNo, value: '39.0', madeOn: null, ageDays: null, barred: null });
    const mixed = await refusalOf(quality.call('evaluations.paper', paperOf([taken(standard!), taken(wet!)])));
    expect(mixed.code).toBe('EVALUATION_AGE_MIXED');
    const alone = await quality.call('evaluations.paper', paperOf([taken(wet!)]));
    expect(alone.text).toContain('39.0');
  });

  test('a method without tests of its own, and a project that is not there', async () => {
    expect((await candidatesOf({ methodId: 'concrete-cube' })).groups).toEqual([]);
    expect((await refusalOf(candidatesOf({ projectId: 'G999' }))).code).toBe('NOT_FOUND');
  });
});

describe('what is refused, and leaves nothing behind', () => {
  const refused = async (input: PaperInput, by: Seat = quality): Promise<string> => {
    const before = { ...countsOf(lab.store), audit: lab.store.auditHead().seq };
    const { code } = await refusalOf(by.call('evaluations.paper', input));
    expect({ ...countsOf(lab.store), audit: lab.store.auditHead().seq }).toEqual(before);
    return code;
  };

  test('a record of another grade, of another project, of no signature, of another test, and one that changed', async () => {
    const { groups } = await candidatesOf();
    const [c30] = groups.filter(({ grade, valid }) => grade === 'C30' && valid);
    const [c35] = groups.filter(({ grade }) => grade === 'C35');
    const elsewhere = await testedGroup(lab, {
      loads: ['765.00', '772.00', '780.00'],
      commission: { projectId: 'G003', contractNo: `HT${toCalendarDay(Date.now()).slice(0, 4)}-003`, samples: [sampleInput()] },
    });
    await signTest(lab, elsewhere.record.recordNo);
    await signCheck(lab, elsewhere.record.recordNo);
    const [foreign] = (await candidatesOf({ projectId: 'G003' })).groups;
    const unsigned = await group({}, ['765.00', '772.00', '780.00'], 'test');
    const { digest } = await quality.call('records.get', { recordNo: unsigned.recordNo });
    expect(await refused(paperOf([taken(c30!), taken(c35!)]))).toBe('EVALUATION_GRADE_MISMATCH');
    expect(await refused(paperOf([taken(c30!), taken(foreign!)]))).toBe('EVALUATION_PROJECT_MIXED');
    expect(await refused(paperOf([{ from: 'record', recordNo: unsigned.recordNo, digest }]))).toBe('EVALUATION_UNSIGNED');
    expect(await refused(paperOf([{ ...taken(c30!), digest: '0'.repeat(64) }]))).toBe('EVALUATION_RECORD_CHANGED');
    expect(await refused(paperOf([taken(c30!)], { methodId: 'mortar-batch', edition: 'GB 50203-2011' }))).toBe('EVALUATION_OTHER_TEST');
    expect(await refused(paperOf([taken(c30!)], { methodId: 'concrete-cube' }))).toBe('EVALUATION_METHOD');
    expect(await refused(paperOf([taken(c30!), taken(c30!)]))).toBe('METHOD_DUPLICATE_GROUP');
    expect(await refused(paperOf([taken(c30!)], { fields: { designGrade: 'C30', age_d: '60' } }))).toBe('EVALUATION_AGE_MIXED');
  }); // prettier-ignore

  test('groups of two ages; a figure typed for a sample of the lab itself', async () => {
    const old = await group(
      { madeOn: addDays(toCalendarDay(Date.now()), -60), sampledOn: addDays(toCalendarDay(Date.now()), -60), requiredAgeDays: 60 },
      ['865.00', '872.00', '880.00'],
    ); // prettier-ignore
    const { groups } = await candidatesOf({ grade: 'C30' });
    const [good] = groups.filter(({ valid, ageDays }) => valid && ageDays === 28);
    const sixty = groups.find(({ sampleNo }) => sampleNo === old.sampleNo);
    expect(await refused(paperOf([taken(good!), taken(sixty!)]))).toBe('EVALUATION_AGE_MIXED');
    expect(await refused(paperOf([typedGroup(good!.sampleNo, '45.0')], { projectName: '甲工程' }))).toBe('EVALUATION_OWN_SAMPLE');
    expect(await refused(paperOf([typedGroup(` ${good!.sampleNo} `, '45.0')], { projectName: '甲工程' }))).toBe('EVALUATION_OWN_SAMPLE');
  }); // prettier-ignore

  test('figures that can hardly be without a word about them, typed groups without a project, and who may not', async () => {
    expect(await refused(paperOf([typedGroup('外-1', '9.5')], { projectName: '甲工程' }))).toBe('EVALUATION_STOPPED');
    expect(await refused(paperOf([typedGroup('外-1', '35.0')]))).toBe('EVALUATION_PROJECT_MISSING');
    expect(await refused(paperOf([typedGroup('外-1', '35,0')], { projectName: '甲工程' }))).toMatch(/^METHOD_/);
    expect(await refused(paperOf([typedGroup('外-1', '35.0')], { projectName: '甲工程' }), await lab.as('jiance'))).toBe('PERMISSION_DENIED');
  }); // prettier-ignore
});

describe.skipIf(missingTools)(`the paper (${missingTools ?? 'read with poppler'})`, () => {
  test('lists the records, never counts an invalid one, names what was left out and what it is', async () => {
    const { groups } = await candidatesOf({ grade: 'C30' });
    const of28 = groups.filter(({ ageDays }) => ageDays === 28);
    const valid = of28.filter((one) => one.valid);
    const [invalid] = of28.filter((one) => !one.valid);
    expect(valid.length).toBeGreaterThan(0);
    await settleLimits('draft');
    const before = lab.store.auditHead().seq;
    const answer = await quality.call('evaluations.paper', paperOf([...valid, invalid!].map(taken)));
    const dense = denseText(pdfOf(answer));
    for (const { recordNo, sampleNo } of of28) for (const text of [recordNo, sampleNo]) expect(dense).toContain(text);
    for (const text of [
      '混凝土强度检验评定表',
      '本表是对下列各组检测结果的统计评定，不是检测报告，没有防伪监管标识码',
      'GB/T50107-2010混凝土强度检验评定标准',
      '非统计方法',
      `有效试件${valid.length}组，少于10组`,
      'GB/T50107-20105.2.2',
      '试验结果无效',
      '其中试验结果无效1组，不计入',
      // The limits are drafts until the lab confirms them: figures, and no verdict.
      '评定结论需人工判定',
      '未与标准原文核对：不自动判定，需人工判定',
      '龄期28d',
      answer.checkNo,
    ])
      expect(dense).toContain(text.replaceAll(' ', ''));
    expect(dense).toMatch(/批准日期年月日审核日期年月日统计评定日期年月日/);
    expect(dense).not.toContain('未列入的已签名记录');
    expect(answer).toMatchObject({ verdict: 'not-judged' });
    // One entry in the audit log under the paper's number; nothing else was written.
    const entries = await quality.call('audit.history', { entity: 'evaluation', key: answer.checkNo });
    expect(lab.store.auditHead().seq).toBe(before + 1);
    expect(entries.entries).toHaveLength(1);
    expect(entries.entries[0]).toMatchObject({ action: 'event', reason: '混凝土强度检验评定表：三层梁板' });
    expect(entries.entries[0]!.newValue).toContain(valid[0]!.digest);
    // The same again is the same paper.
    const again = await quality.call('evaluations.paper', paperOf([...valid, invalid!].map(taken)));
    expect(again.pdfBase64).toBe(answer.pdfBase64);
  });

  test('what would belong to the batch and is not in it stands on the paper', async () => {
    const weak = await group({ structurePart: '弱组' }, ['600.00', '605.00', '610.00']);
    const { groups } = await candidatesOf({ grade: 'C30' });
    const chosen = groups.filter((one) => one.ageDays === 28 && one.valid && one.sampleNo !== weak.sampleNo);
    const dense = denseText(pdfOf(await quality.call('evaluations.paper', paperOf(chosen.map(taken)))));
    expect(dense).toContain('未列入的已签名记录');
    expect(dense).toContain(`${weak.sampleNo}（26.9MPa）`);
  });

  test('typed groups are marked; confirmed limits judge, by the settings of the lab alone', async () => {
    await settleLimits('confirmed');
    const [own] = (await candidatesOf({ grade: 'C30' })).groups.filter((one) => one.valid && one.ageDays === 28);
    const mixed = await quality.call(
      'evaluations.paper',
      paperOf([taken(own!), typedGroup('外检-07', '36.2', { parts: '二层梁' }), typedGroup('外检-08', null)]),
    );
    const dense = denseText(pdfOf(mixed));
    expect(dense).toMatch(/外检-07二层梁—标准养护36\.2——手工录入—/);
    expect(dense).toContain('签名的原始记录1组；手工录入2组');
    // 34.3 and 36.2: mean 35.25, to even 35.2, limit 1.15 × 30 = 34.5; least 34.3, limit 28.5.
    expect(dense).toContain('34.5');
    expect(mixed.verdict).toBe('qualified');
    expect(dense).toContain('评定结论评定为合格');
    const far = await quality.call(
      'evaluations.paper',
      paperOf([typedGroup('外-1', '9.5')], { projectName: '乙工程', stopReason: '试件受冻，数值属实' }),
    );
    const text = textOf(pdfOf(far)).replaceAll(/\s/g, '');
    expect(far.verdict).toBe('unqualified');
    for (const part of ['乙工程', '试件受冻，数值属实', '第二人确认', '相差悬殊']) expect(text).toContain(part);
  });

  test('mortar by its own standard, from records of mortar cubes', async () => {
    const { groups } = await candidatesOf({ methodId: 'mortar-batch' });
    expect(groups).toEqual([]);
    const answer = await quality.call('evaluations.paper', {
      methodId: 'mortar-batch',
      edition: 'GB 50203-2011',
      batchName: '一层砌体',
      projectName: '甲工程',
      fields: { designGrade: 'M10' },
      groups: ['11.2', '12.0', '10.9'].map((value, index) => ({
        from: 'typed' as const,
        cells: { sampleNos: `S-${index + 1}`, states: 'valid', values_MPa: value },
      })),
    });
    const dense = denseText(pdfOf(answer));
    for (const part of ['砌筑砂浆强度验收评定表', 'GB50203-2011', '11.4', 'M10']) expect(dense).toContain(part);
  });
});

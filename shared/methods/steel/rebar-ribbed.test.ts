import { describe, expect, test } from 'vitest';
import { Exact } from '../foundation/decimal.ts';
import { everything, item, ribbedBase, ribbedDraft, ribbedJudged, verdicts, warningCodes } from '../testing/rebar.ts';
import { refusalOf } from '../testing/refusals.ts';
import ribbed from './rebar-ribbed.method.ts';

const retest = {
  round: 'retest',
  initialRecordNo: 'YS-2026-0012',
  FeL_kN: ['138.2', '139.0', '137.5', '140.1'],
  Fm_kN: ['185.3', '186.1', '184.4', '187.0'],
  Lu_mm: ['125.25', '126.00', '124.75', '127.50'],
  fractureDistance_mm: ['45', '50', '40', '60'],
  agtFinal_mm: ['112.1', '111.3', '112.0', '111.8'],
  bendFindings: ['no-crack', 'no-crack', 'no-crack', 'no-crack'],
  reverseBendFindings: ['no-crack', 'no-crack'],
  lengths_mm: undefined,
  totalMass_g: undefined,
};
/** Force of an exact stress on φ20, kN. */
const force = (stress: string): string => new Exact(stress).times('314.2').div(1000).toFixed();
const weak = (stress: string) => ({ FeL_kN: [force(stress), '139.0'] });

describe('a sound sample', () => {
  test('passes every item under confirmed limits, and only then', () => {
    const answer = ribbedJudged();
    expect(answer.verdict).toBe('qualified');
    expect(answer.result.text).toBe('所检项目符合 GB 1499.2-2024 中 HRB400 的要求。');
    expect(verdicts(answer)).toEqual({
      QF: 'qualified',
      KL: 'qualified',
      SC: 'qualified',
      ZL: 'qualified',
      WQ: 'qualified',
      FW: 'qualified',
      ZLPC: 'qualified',
    });
    expect([answer.warnings, answer.stops]).toEqual([[], []]);
    expect(answer.trace.every((step) => step.clause !== '' && step.rule !== '' && step.formula !== '')).toBe(true);
  });

  test('without confirmed limits the figures print and nothing is judged', () => {
    const answer = ribbedDraft();
    expect(answer.outputs).toEqual(ribbedJudged().outputs);
    expect(answer.verdict).toBe('not-judged');
    expect(new Set(Object.values(verdicts(answer)))).toEqual(new Set(['not-judged']));
    expect(answer.result.text).toContain('限值未与标准原文核对，需人工判定');
    expect(answer.result.text).not.toMatch(/符合/);
    expect(everything(answer)).not.toContain('"符合"');
  });

  test('a clear failure under unconfirmed limits is told to the supervisor and not judged', () => {
    const answer = ribbedDraft(weak('390'));
    expect(answer.verdict).toBe('not-judged');
    const warning = answer.warnings.find(({ code }) => code === 'STEEL_BELOW_DRAFT_LIMIT');
    expect(warning).toMatchObject({ notify: 'supervisor' });
    expect(warning?.message).toContain('下屈服强度 390/440');
  });

  test('only the commissioned parameters are answered, and their readings are required', () => {
    const answer = ribbedJudged({}, { parameters: ['KL', 'ZLPC'] });
    expect(Object.keys(verdicts(answer))).toEqual(['KL', 'ZLPC']);
    expect(answer.outputs).toMatchObject({ ReL_MPa: null, Rm_MPa: ['590', '590'], A_percent: null });
    for (const [code, field] of [
      ['QF', 'FeL_kN'],
      ['KL', 'Fm_kN'],
      ['SC', 'Lu_mm'],
      ['ZL', 'agtFinal_mm'],
      ['QQB', 'FeL_kN'],
      ['WQ', 'bendFindings'],
      ['FW', 'reverseBendFindings'],
      ['ZLPC', 'totalMass_g'],
    ] as const) {
      const run = () => ribbedJudged({ [field]: undefined }, { parameters: [code] });
      expect(refusalOf(run)).toMatchObject({ code: 'METHOD_MISSING', field });
    }
    expect(refusalOf(() => ribbed.compute({ grade: 'HRB400', nominalDiameter_mm: '20', round: 'initial' })).code).toBe(
      'METHOD_MISSING',
    );
  });

  test('record and report carry every reading, the requirement and the single verdict', () => {
    const answer = ribbedJudged({ fractureTypes: ['ductile', null], sampleState: '无锈蚀' });
    const record = JSON.stringify(answer.record);
    for (const text of ['138.2', '186.1', '439.85', '589.75', '125.25', '25.25', '45', '延性断裂', '112.1', '80（4d）'])
      expect(record).toContain(text);
    for (const text of ['100（5d）', '510、512、508、511、509', '2550', '6298.5', '-1.564', '无锈蚀', '初验'])
      expect(record).toContain(text);
    const rows = answer.report[1]?.rows.map((row) =>
      row.slice(-4).map((cell) => (typeof cell === 'string' ? cell : cell.text)),
    );
    expect(rows?.[0]).toEqual(['MPa', '≥400 MPa', '440/440', '符合']);
    expect(rows?.[6]).toEqual(['%', '±4.5 %', '-1.6', '符合']);
    expect(answer.report.every((table) => table.joins === true)).toBe(true);
  });
});

describe('each specimen by itself', () => {
  test('the mean of two bars is never judged', () => {
    const answer = ribbedJudged({ FeL_kN: [force('395'), force('450')] });
    expect(item(answer, 'QF')).toMatchObject({ value: '395/450', verdict: 'retest' });
  });

  test.each([
    ['397.5', 'qualified'],
    ['397.49', 'retest'],
  ])('a yield of %s MPa in one bar: %s', (stress, verdict) => {
    expect(item(ribbedJudged(weak(stress)), 'QF').verdict).toBe(verdict);
  });

  test('one cracked bar of two fails the bend', () => {
    const answer = ribbedJudged({ bendFindings: ['no-crack', 'crack'] });
    expect(item(answer, 'WQ')).toMatchObject({ value: '无裂纹/有裂纹', verdict: 'retest' });
    expect(item(ribbedJudged({ reverseBendFindings: ['broken'] }), 'FW').verdict).toBe('retest');
  });
});

describe('re-test', () => {
  test('the first failure asks for double the number, in words, and is no verdict on the batch', () => {
    const answer = ribbedJudged(weak('390'));
    expect(answer.verdict).toBe('retest');
    expect(answer.result.text).toBe(
      '下屈服强度初验不符合 GB 1499.2-2024 中 HRB400 的要求，应从同批中取双倍数量试样复验该项。' +
        '抗拉强度、断后伸长率、最大力总延伸率、弯曲、反向弯曲、重量偏差符合 GB 1499.2-2024 中 HRB400 的要求。',
    );
    expect(answer.warnings).toMatchObject([{ code: 'STEEL_RETEST', notify: 'supervisor' }]);
    expect(answer.result.text).not.toContain('不合格');
  });

  test('mass deviation has none: unqualified at once, whatever else is to be tested again', () => {
    const answer = ribbedJudged({ ...weak('390'), totalMass_g: '6010' });
    expect(verdicts(answer)).toMatchObject({ QF: 'retest', ZLPC: 'unqualified' });
    expect(answer.verdict).toBe('unqualified');
    expect(answer.result.text).toContain('重量偏差不允许复验');
    expect(warningCodes(answer)).toEqual(expect.arrayContaining(['STEEL_RETEST', 'STEEL_UNQUALIFIED']));
    expect(
      refusalOf(() => ribbedJudged({ ...retest, totalMass_g: '6200', lengths_mm: ribbedBase.lengths_mm })),
    ).toMatchObject({
      code: 'METHOD_NO_RETEST',
      field: 'lengths_mm',
    });
  });

  test('in the re-test four sound bars pass and one failing bar fails the batch', () => {
    expect(ribbedJudged(retest).verdict).toBe('qualified');
    expect(ribbedJudged(retest).result.text).toBe('复验，所检项目符合 GB 1499.2-2024 中 HRB400 的要求。');
    for (const change of [
      { FeL_kN: ['138.2', '139.0', '137.5', force('397')] },
      { bendFindings: ['no-crack', 'crack', 'no-crack', 'no-crack'] },
      { reverseBendFindings: ['crack', 'no-crack'] },
    ]) {
      const answer = ribbedJudged({ ...retest, ...change });
      expect(answer.verdict).toBe('unqualified');
      expect(Object.values(verdicts(answer))).not.toContain('retest');
      expect(answer.result.text).toMatch(/^复验，所检项目不符合 GB 1499\.2-2024 中 HRB400 的要求/);
      expect(warningCodes(answer)).toEqual(['STEEL_UNQUALIFIED']);
    }
  });

  test('counts follow the round, and a re-test names its first record', () => {
    for (const [change, field] of [
      [{ FeL_kN: ['1', '2', '3'] }, 'FeL_kN'],
      [{ ...retest, round: 'initial' }, 'FeL_kN'],
      [{ ...retest, bendFindings: ['no-crack', 'no-crack'] }, 'bendFindings'],
      [{ ...retest, reverseBendFindings: ['no-crack'] }, 'reverseBendFindings'],
      [{ reverseBendFindings: ['no-crack', 'no-crack'] }, 'reverseBendFindings'],
      [{ bendFindings: ['no-crack', 'no-crack', 'no-crack'] }, 'bendFindings'],
    ] as const) {
      expect(refusalOf(() => ribbedJudged(change))).toMatchObject({ code: 'METHOD_WRONG_COUNT', field });
    }
    expect(refusalOf(() => ribbedJudged({ ...retest, initialRecordNo: undefined }))).toMatchObject({
      code: 'METHOD_MISSING',
      field: 'initialRecordNo',
    });
    expect(refusalOf(() => ribbedJudged({ round: undefined }))).toMatchObject({
      code: 'METHOD_MISSING',
      field: 'round',
    });
  });
});

describe('place of the fracture', () => {
  /** A of bar 1 is 13 %: below 16. */
  const near = (distance: string) => ({ Lu_mm: ['113.00', '126.00'], fractureDistance_mm: [distance, '50'] });

  test('at least L0/3 from the nearest mark the value counts, and fails', () => {
    const answer = ribbedJudged(near('33.34'));
    expect(item(answer, 'SC')).toMatchObject({ value: '13/26', verdict: 'retest' });
    expect(
      item(
        ribbedJudged({
          ...near('30'),
          nominalDiameter_mm: '18',
          Lu_mm: ['101.70', '113.40'],
          fractureDistance_mm: ['30', '40'],
        }),
        'SC',
      ).verdict,
    ).toBe('retest');
  });

  test('nearer, a value that does not reach the requirement is no value', () => {
    const answer = ribbedJudged(near('33.3'));
    expect(item(answer, 'SC')).toMatchObject({ value: '无效/26', verdict: 'not-judged' });
    expect(answer.outputs.A_percent).toEqual([null, '26']);
    expect(answer.verdict).toBe('not-judged');
    expect(answer.result.text).toContain('断后伸长率试验结果无效，应另取试件重做');
    expect(warningCodes(answer)).toContain('STEEL_ELONGATION_INVALID');
    expect(everything(answer)).not.toMatch(/"13(?:\.00)?"/);
  });

  test('nearer, a value that reaches the requirement counts wherever the bar broke', () => {
    const answer = ribbedJudged({ fractureDistance_mm: ['0', '50'] });
    expect(item(answer, 'SC')).toMatchObject({ value: '25/26', verdict: 'qualified' });
    expect(warningCodes(answer)).toEqual(['STEEL_FRACTURE_NEAR_MARK']);
  });

  test('a valid failing bar is not washed away by another one without a value', () => {
    const answer = ribbedJudged({ Lu_mm: ['113.00', '113.00'], fractureDistance_mm: ['10', '50'] });
    expect(item(answer, 'SC')).toMatchObject({ value: '无效/13', verdict: 'retest' });
    expect(answer.result.text).not.toContain('重做');
  });

  test('unconfirmed limits leave it to a person, with the figure', () => {
    const answer = ribbedDraft(near('10'));
    expect(item(answer, 'SC')).toMatchObject({ value: '13/26', verdict: 'not-judged' });
    expect(warningCodes(answer)).toContain('STEEL_FRACTURE_UNDECIDED');
  });

  test('a sample without any value is invalid and has no figure anywhere', () => {
    const answer = ribbedJudged(
      { Lu_mm: ['113.25', '114.25'], fractureDistance_mm: ['10', '20'] },
      { parameters: ['SC'] },
    );
    expect(answer.result).toMatchObject({ valid: false, parameters: [{ value: null, verdict: 'not-judged' }] });
    expect(answer.verdict).toBe('not-judged');
    expect(answer.result.text).toBe('断后伸长率试验结果无效，应另取试件重做。');
    expect(answer.outputs).toMatchObject({ A_percent: [null, null], ReL_MPa: null, Rm_MPa: null });
    expect(everything(answer)).not.toMatch(/"1[34](?:\.25|\.\d)?"/);
    expect(answer.trace.filter((step) => step.symbol === 'A').map((step) => step.value)).toEqual([null, null]);
  });

  test('a distance beyond half the length was not taken to the nearest mark', () => {
    expect(refusalOf(() => ribbedJudged({ fractureDistance_mm: ['62.7', '50'] }))).toMatchObject({
      code: 'METHOD_OUT_OF_RANGE',
      field: 'fractureDistance_mm.0',
    });
  });
});

describe('bend', () => {
  test.each([
    ['HRB400', '25', '100', '125'],
    ['HRB400', '28', '140', '168'],
    ['HRBF400', '40', '200', '240'],
    ['HRB400E', '50', '300', '350'],
    ['HRB500', '25', '150', '175'],
    ['HRB500E', '32', '224', '256'],
    ['HRB600', '6', '36', '42'],
    ['HRB600', '50', '400', '450'],
  ])('the former of %s φ%s is %s mm, for reverse bend %s mm', (grade, size, former, reverse) => {
    const inputs = {
      grade,
      nominalDiameter_mm: size,
      round: 'initial',
      bendFindings: ['no-crack', 'no-crack'],
      reverseBendFindings: ['no-crack'],
    };
    const { outputs } = ribbed.compute(inputs, { parameters: ['WQ', 'FW'] });
    expect([outputs.bendFormer_mm, outputs.reverseBendFormer_mm]).toEqual([former, reverse]);
  });
});

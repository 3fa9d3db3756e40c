// A fault that stood here: the steps of plain bars, and of bars commissioned under a former edition, gave the ribbed bars'
// standard of 2024 as the source of section, mass per metre and ratios.
import { describe, expect, test } from 'vitest';
import { plainJudged, ribbedJudged, straightenedJudged } from '../../testing/rebar.ts';
import { refusalOf } from '../../testing/refusals.ts';

type Answer = ReturnType<typeof ribbedJudged>;
const TABLED = '公称横截面面积与理论重量';
const sources = ({ trace }: Answer, name: RegExp) => [
  ...new Set(trace.filter((step) => name.test(step.name)).map(({ clause }) => clause)),
];
const tabled = (answer: Answer) => sources(answer, /^(?:公称横截面面积|理论总重量)$/);

describe('section and mass per metre are of the standard of the bar', () => {
  test.each([
    ['ribbed', () => ribbedJudged(), 'GB 1499.2-2024'],
    ['ribbed of 2018', () => ribbedJudged({}, { edition: 'GB/T 1499.2-2018' }), 'GB/T 1499.2-2018'],
    ['plain', () => plainJudged(), 'GB 1499.1-2024'],
    ['plain of 2017', () => plainJudged({}, { edition: 'GB/T 1499.1-2017' }), 'GB/T 1499.1-2017'],
    ['straightened', () => straightenedJudged(), 'GB 1499.2-2024'],
    ['straightened plain', () => straightenedJudged({ grade: 'HPB300' }), 'GB 1499.1-2024'],
  ])('%s', (_name, answer, standard) => {
    expect(tabled(answer())).toEqual([`${standard} ${TABLED}`]);
  });

  test('in the refusal of a plain bar that is not tabled, too', () => {
    expect(refusalOf(() => plainJudged({ nominalDiameter_mm: '28' })).rule).toBe(`GB 1499.1-2024 ${TABLED}`);
    expect(refusalOf(() => ribbedJudged({ nominalDiameter_mm: '24' })).rule).toBe(`GB 1499.2-2024 ${TABLED}`);
  });
});

test('ratios are of the edition that judges them', () => {
  const ratios = (edition: string) =>
    sources(ribbedJudged({ grade: 'HRB400E' }, { edition }), /^拉伸试件 \d (?:强屈比|屈标比)$/);
  for (const edition of ['GB 1499.2-2024', 'GB/T 1499.2-2018'])
    expect(ratios(edition)).toEqual([`${edition} 力学性能`]);
});

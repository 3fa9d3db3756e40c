// Non-pumped concrete: its strengths stand in table 附录 A of the standard. The only machine-readable copy of that table
// has wrong digits, so it is not built in. The technician reads the printed table and types value, Rm and dm; the Rm and dm
// must be those of the record, and values that cannot stand in one table together, or are far from the pumped curve, stop it.
import { AppError } from '../../../errors/appError.ts';
import { Exact, decimalFault, faultWords, refusal } from '../../foundation/decimal.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import type { PlausibilityStop } from '../../method.ts';
import { curveValue } from './curve.ts';
import { CLAUSE_TABLE_A, NATIONAL_PUMPED, RANGE } from './data.ts';

export const BELOW = `<${RANGE.min_MPa}`;
export const ABOVE = `>${RANGE.max_MPa}`;

/** A typed value may lie between these multiples of the pumped curve. */
const BAND = { low: '0.5', high: '1.3' } as const;

const FIELD = 'tableStrength_MPa';

export interface Row {
  rebound: string;
  carbonation_mm: string;
}

export interface Typed {
  strengths: readonly (string | null)[] | undefined;
  rebounds: readonly (string | null)[] | undefined;
  carbonations: readonly (string | null)[] | undefined;
}

/** Refused without typed values: says which rows to look up. */
function uncertain(rows: readonly Row[], missing: readonly number[]): AppError {
  const wanted = missing.map(
    (index) => `测区 ${index + 1}（Rm ${rows[index]?.rebound}，dm ${rows[index]?.carbonation_mm} mm）`,
  );
  const message = `非泵送混凝土的强度换算值须查标准附录 A 的表，程序没有可靠的该表，不能计算：${wanted.join('、')}。`;
  return new AppError({
    code: 'METHOD_TABLE_UNCERTAIN',
    message,
    meaning: '本次计算未进行，已录入的内容保持不变；程序只对泵送混凝土按公式计算强度换算值，不会用它代替附录 A。',
    next: '请按所列的 Rm 和 dm 查纸质标准附录 A，逐测区录入查得的强度换算值及所用的 Rm、dm；如为泵送混凝土，请更正混凝土类型。',
    details: missing.map((index) => ({ field: `${FIELD}.${index}`, message, rule: CLAUSE_TABLE_A })),
  });
}

function checkedValue(value: string, index: number): string {
  if (value === BELOW || value === ABOVE) return value;
  const field = `${FIELD}.${index}`;
  const label = `测区 ${index + 1} 附录 A 查得的强度换算值`;
  const next = `请录入一位小数，例如 30.1；表中空白处填 ${BELOW} 或 ${ABOVE}。`;
  const fault = decimalFault(value);
  if (fault !== null) {
    const words = faultWords(fault, label, value);
    throw refusal(words.code, words.message, field, CLAUSE_TABLE_A, next);
  }
  const exact = new Exact(value);
  if (exact.lessThan(RANGE.min_MPa) || exact.greaterThan(RANGE.max_MPa)) {
    const message = `${label} ${value} MPa 不在附录 A 的 ${RANGE.min_MPa}～${RANGE.max_MPa} MPa 之内。`;
    throw refusal('METHOD_OUT_OF_RANGE', message, field, CLAUSE_TABLE_A, next);
  }
  if (!/\.\d$/.test(value)) {
    throw refusal('METHOD_RESOLUTION', `${label} ${value} MPa 应精确至 0.1 MPa。`, field, CLAUSE_TABLE_A, next);
  }
  return value;
}

function checkRow(typed: string | null | undefined, own: string, what: string, field: string, index: number): void {
  const next = '请按记录中的 Rm 和 dm 重新查表，三项一起更正。';
  if (typed === null || typed === undefined) {
    const message = `测区 ${index + 1} 缺少查附录 A 所用的 ${what}。`;
    throw refusal('METHOD_MISSING', message, `${field}.${index}`, CLAUSE_TABLE_A, next);
  }
  if (new Exact(typed).equals(own)) return;
  const message = `测区 ${index + 1} 查附录 A 所用的 ${what} 为 ${typed}，记录中为 ${own}。`;
  throw refusal('METHOD_CONFLICT', message, `${field}.${index}`, CLAUSE_TABLE_A, next);
}

/** The typed strengths, one for each zone, read at the zone's own Rm and dm. */
export function tableStrengths(rows: readonly Row[], typed: Typed): { strengths: string[]; trace: TraceStep[] } {
  const missing = rows.flatMap((_, index) => (typeof typed.strengths?.[index] === 'string' ? [] : [index]));
  if (missing.length > 0) throw uncertain(rows, missing);
  const strengths = rows.map(({ rebound, carbonation_mm: depth }, index) => {
    checkRow(typed.rebounds?.[index], rebound, 'Rm', 'tableRm', index);
    checkRow(typed.carbonations?.[index], depth, 'dm', 'tableDm_mm', index);
    return checkedValue(typed.strengths?.[index] ?? '', index);
  });
  const trace = strengths.map((value, index): TraceStep => ({
    name: `测区 ${index + 1} 强度换算值`,
    symbol: 'f^c_{cu}',
    formula: '查附录 A',
    substituted: `Rm ${rows[index]?.rebound}，dm ${rows[index]?.carbonation_mm} mm`,
    value,
    unit: 'MPa',
    rule: '检测人员查纸质标准录入，非程序计算',
    clause: CLAUSE_TABLE_A,
  }));
  return { strengths, trace };
}

/** Words as numbers for comparing: below everything, above everything. */
function comparable(value: string): Exact {
  if (value === BELOW) return new Exact(0);
  return value === ABOVE ? new Exact(1000) : new Exact(value);
}

const LOOK = '请重新查附录 A 核对，说明原因并由第二人确认后继续。';

/** Values that contradict one another: the table rises with Rm and falls with dm. */
export function tableStops(rows: readonly Row[], strengths: readonly string[]): PlausibilityStop[] {
  const stops: PlausibilityStop[] = [];
  for (const [index, value] of strengths.entries()) {
    const row = rows[index];
    if (row === undefined) continue;
    const against = strengths.findIndex((other, at) => {
      const against = rows[at];
      if (against === undefined || at === index) return false;
      const notHarder = new Exact(against.rebound).lessThanOrEqualTo(row.rebound);
      const notShallower = new Exact(against.carbonation_mm).greaterThanOrEqualTo(row.carbonation_mm);
      return notHarder && notShallower && comparable(other).greaterThan(comparable(value));
    });
    if (against >= 0) {
      const message = `测区 ${index + 1}（Rm ${row.rebound}，dm ${row.carbonation_mm} mm）的 ${value} MPa 低于测区 ${against + 1}（Rm ${rows[against]?.rebound}，dm ${rows[against]?.carbonation_mm} mm）的 ${strengths[against]} MPa。`;
      const meaning = '附录 A 中强度随 Rm 增大、随 dm 减小而不减，两个值至少有一个查错或录错。';
      stops.push({
        code: 'STOP_TABLE_STRENGTH_ORDER',
        message,
        meaning,
        next: LOOK,
        field: `${FIELD}.${index}`,
        clause: CLAUSE_TABLE_A,
      });
    }
    const curve = new Exact(curveValue(NATIONAL_PUMPED, row.rebound, row.carbonation_mm));
    const [low, high] = [curve.times(BAND.low), curve.times(BAND.high)];
    const tooHigh = value === ABOVE ? high.lessThanOrEqualTo(RANGE.max_MPa) : comparable(value).greaterThan(high);
    const tooLow = value === BELOW ? low.greaterThanOrEqualTo(RANGE.min_MPa) : comparable(value).lessThan(low);
    if (!tooHigh && !tooLow) continue;
    const message = `测区 ${index + 1} 录入的附录 A 强度换算值 ${value} MPa 与同一 Rm ${row.rebound}、dm ${row.carbonation_mm} mm 的泵送曲线值 ${curve.toFixed(1)} MPa 相差太大。`;
    const meaning = `附录 A 的值应在泵送曲线值的 ${BAND.low}～${BAND.high} 倍之内，否则多半是查错或录错。`;
    stops.push({
      code: 'STOP_TABLE_STRENGTH_BAND',
      message,
      meaning,
      next: LOOK,
      field: `${FIELD}.${index}`,
      clause: CLAUSE_TABLE_A,
    });
  }
  return stops;
}

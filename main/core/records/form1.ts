// Records signed before methods brought their own tables: results of cubes in a shape of their own. They are shown and
// printed as they were signed, and their digest is formed as it was then, so that their signatures still answer for them.
import type { RecordResult, Run } from '../../../shared/entities/record.ts';
import type { Sample } from '../../../shared/entities/commission.ts';
import { areaOf } from '../../../shared/methods/concrete/cube/singles.ts';
import { cubeRecordTables, cubeReportTables } from '../../../shared/methods/concrete/cube/tables.ts';
import type { TestMethod } from '../../../shared/methods/index.ts';
import { digestOf } from '../../../sync/wire/digest.ts';
import { textOf as text } from '../../store/cells.ts';
import type { Row } from '../../store/tables.ts';
import { resultTables } from './resultOf.ts';
import { validRunOf } from './runRows.ts';

interface CubeResult {
  singlesMpa: string[];
  rule: 'mean' | 'middle' | 'invalid';
  sizeFactor: string;
  representativeValueMpa: string | null;
  percentOfGrade: string | null;
  belowGrade: boolean;
  conclusionText: string;
  trace: RecordResult['trace'];
  warnings: string[];
}

/** What was signed is in the old shape. */
export function isForm1(resultJson: Row[string] | undefined): resultJson is string {
  return typeof resultJson === 'string' && Object.hasOwn(JSON.parse(resultJson) as object, 'singlesMpa');
}

export function resultOfForm1(
  resultJson: string,
  method: TestMethod,
  sample: Sample,
  runs: readonly Run[],
): RecordResult {
  const cube = JSON.parse(resultJson) as CubeResult;
  const value = cube.representativeValueMpa;
  const { side_mm: side = '', designGrade, curing } = sample.properties;
  const figures = {
    designGrade,
    curing,
    loads: cube.singlesMpa.map((_, index) => validRunOf(method, runs, index + 1, 'loads_kN')?.peakKn ?? '—'),
  };
  const group = {
    side_mm: side,
    area_mm2: side === '' ? '—' : areaOf(side),
    single_MPa: cube.singlesMpa,
    sizeFactor: cube.sizeFactor,
    rule: cube.rule,
    groupValue_MPa: value,
    percentOfGrade: cube.percentOfGrade,
  };
  return {
    valid: value !== null,
    verdict: 'not-judged',
    parameters: [
      { parameterCode: 'KY', name: '抗压强度代表值', value, unit: 'MPa', requirement: null, verdict: 'not-judged' },
    ],
    conclusionText: cube.conclusionText,
    trace: cube.trace,
    warnings: cube.warnings,
    alarming: cube.belowGrade || value === null,
    stops: [],
    policies: [],
    outputs: { ...group },
    record: resultTables(cubeRecordTables(figures, group)),
    report: resultTables(cubeReportTables(figures, group)),
  };
}

export function digestOfForm1(row: Row, sample: Sample, runs: readonly Run[]): string {
  const { edition: _edition, spec: _spec, properties, ...plain } = sample;
  return digestOf({
    recordNo: text(row['recordNo']),
    contentRevision: row['contentRevision'],
    commissionNo: row['commissionNo'],
    sample: { ...plain, sideMm: properties['side_mm'], curing: properties['curing'] },
    methodStandard: row['methodStandard'],
    policies: row['policiesJson'],
    equipmentId: row['equipmentId'],
    environment: { temperatureC: row['temperatureC'], humidityPercent: row['humidityPercent'] },
    runs: runs.map(({ runNo, specimenNo, peakKn, validity, reason, rawDigest }) => ({
      runNo,
      specimenNo,
      peakKn,
      validity,
      reason,
      rawDigest,
    })),
    result: JSON.parse(text(row['resultJson'])),
  });
}

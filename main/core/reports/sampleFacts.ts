// What papers say of a sample and its test beside the figures: its properties in the method's words, its days, its age.
import type { Run } from '../../../shared/entities/record.ts';
import { describeProperties, fieldOfRun, specimenLabel } from '../../../shared/methods/index.ts';
import type { TestMethod } from '../../../shared/methods/index.ts';
import type { TableFacts } from '../../../shared/reports/paper-tables.ts';
import type { PrintedFact } from '../../../shared/reports/test-report.ts';
import { testedAtOf, type RecordFacts } from '../records/recordRows.ts';

/** Day on which the specimens were tested; the tester may sign later. */
export function testedOn(facts: Pick<RecordFacts, 'runs' | 'readings'>): string {
  return testedAtOf(facts)?.slice(0, 10) ?? '';
}

function daysBetween(madeOn: string | undefined, tested: string): string {
  if (madeOn === undefined || tested === '') return '';
  const days = (Date.parse(`${tested}T00:00:00Z`) - Date.parse(`${madeOn}T00:00:00Z`)) / 86_400_000;
  return String(Math.max(0, Math.round(days)));
}

export function tableFactsOf(record: RecordFacts): TableFacts {
  const { sample, row } = record;
  const tested = testedOn(record);
  return {
    sampleNo: sample.sampleNo,
    recordNo: String(row['recordNo']),
    structurePart: sample.structurePart,
    madeOn: sample.madeOn ?? '',
    testedOn: tested,
    ageDays: daysBetween(sample.madeOn, tested),
    representedQuantity: sample.representedQuantity,
    batchNo: sample.batchNo ?? '',
    maker: sample.maker ?? '',
  };
}

/** What a report says of a sample beside its results: name, properties, maker, batch. */
export function sampleFactsOf({ method, sample }: Pick<RecordFacts, 'method' | 'sample'>): PrintedFact[] {
  return [['样品名称', sample.name], ...originFacts({ method, sample })];
}

/** Properties, maker and batch. */
export function originFacts({ method, sample }: Pick<RecordFacts, 'method' | 'sample'>): PrintedFact[] {
  return [
    ...describeProperties(method, sample.properties),
    ...(sample.maker ? [['生产厂家', sample.maker] satisfies PrintedFact] : []),
    ...(sample.batchNo ? [['批号', sample.batchNo] satisfies PrintedFact] : []),
  ];
}

/** `抗折试件 2`. */
export function specimenName(method: TestMethod, run: Pick<Run, 'field' | 'specimenNo'>): string {
  return `${specimenLabel(method, fieldOfRun(method, run))} ${run.specimenNo}`;
}

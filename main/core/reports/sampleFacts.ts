// What papers say of a sample and its test beside the figures: its properties in the method's words, its days, its age.
import type { Run } from '../../../shared/entities/record.ts';
import type { TestMethod } from '../../../shared/methods/index.ts';
import type { TableFacts } from '../../../shared/reports/paper-tables.ts';
import type { PrintedFact } from '../../../shared/reports/test-report.ts';
import type { Row } from '../../store/tables.ts';
import type { Context } from '../context.ts';
import { ageDaysOf, testedAtOf, type RecordFacts } from '../records/recordRows.ts';

/** Day on which the specimens were tested; the tester may sign later. */
export function testedOn(facts: Pick<RecordFacts, 'runs' | 'readings'>): string {
  return testedAtOf(facts)?.slice(0, 10) ?? '';
}

export function ageOf(context: Context, row: Row): number | null {
  return ageDaysOf(context.store, row);
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

/** The sample's properties as the reception form asked for them, in its order and words. */
export function propertyFacts({ method, sample }: Pick<RecordFacts, 'method' | 'sample'>): PrintedFact[] {
  const properties = method.fields.flatMap((field): PrintedFact[] => {
    const value = sample.properties[field.name];
    if (field.at !== 'reception' || value === undefined) return [];
    if (field.kind === 'choice') {
      return [[field.label, field.options.find((option) => option.value === value)?.label ?? value]];
    }
    return [[field.label, field.kind === 'decimal' && field.unit !== '' ? `${value} ${field.unit}` : value]];
  });
  return [
    ['样品名称', sample.name],
    ...properties,
    ...(sample.maker ? [['生产厂家', sample.maker] satisfies PrintedFact] : []),
    ...(sample.batchNo ? [['批号', sample.batchNo] satisfies PrintedFact] : []),
  ];
}

/** `抗折试件 2`; only the set's own label where the method has one set. */
export function specimenName(
  method: TestMethod,
  { field: name, specimenNo }: Pick<Run, 'field' | 'specimenNo'>,
): string {
  const field = method.fields.find((candidate) => candidate.name === (name ?? method.acquisitions[0]?.field));
  const set = method.sets.find(({ id }) => id === field?.set);
  return `${set?.label ?? '试件'} ${specimenNo}`;
}

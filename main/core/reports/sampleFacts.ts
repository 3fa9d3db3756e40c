// What papers say of a sample and its test beside the figures: its properties in the method's words, its days, its age.
import type { Run } from '../../../shared/entities/record.ts';
import { describeProperties, fieldOfRun, specimenLabel } from '../../../shared/methods/index.ts';
import type { TestMethod } from '../../../shared/methods/index.ts';
import type { TableFacts } from '../../../shared/reports/paper-tables.ts';
import type { PrintedFact } from '../../../shared/reports/test-report.ts';
import type { Transaction } from '../../store/transaction.ts';
import { siteAddressOf } from '../records/recordPayload.ts';
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
    sampleState: sample.state,
  };
}

/**
 * What a report says of a sample beside its results: name, properties, maker, batch. `told`: what stands in the result
 * tables already (`PaperTable.describes`).
 */
export function sampleFactsOf(
  { method, sample }: Pick<RecordFacts, 'method' | 'sample'>,
  told: readonly string[] = [],
): PrintedFact[] {
  const name: PrintedFact[] = told.includes('name') ? [] : [['样品名称', sample.name]];
  return [...name, ...originFacts({ method, sample }, told)];
}

/** Properties, maker and batch. */
export function originFacts(
  { method, sample }: Pick<RecordFacts, 'method' | 'sample'>,
  told: readonly string[] = [],
): PrintedFact[] {
  const untold = Object.fromEntries(Object.entries(sample.properties).filter(([name]) => !told.includes(name)));
  return [
    ...describeProperties(method, untold),
    ...(sample.maker && !told.includes('maker') ? [['生产厂家', sample.maker] satisfies PrintedFact] : []),
    ...(sample.batchNo && !told.includes('batchNo') ? [['批号', sample.batchNo] satisfies PrintedFact] : []),
  ];
}

/** Where the test was done: a field test on the site, everything else in the institution's rooms. */
export function testAddressOf(reader: Pick<Transaction, 'first' | 'get'>, { method, row }: RecordFacts): string {
  const site = method.purpose === 'field' ? reader.get('commission', row['commissionNo'] ?? '')?.['siteAddress'] : null;
  return site ? String(site) : siteAddressOf(reader);
}

/** The settings that the result rests on; limits of an edition that the record does not go by say nothing about it. */
export function policiesInForce({ method, row, result }: Pick<RecordFacts, 'method' | 'row' | 'result'>) {
  const edition = method.editions.find(({ id }) => id === row['edition']);
  const named =
    edition === undefined ? null : [edition.id, edition.test, edition.judgement ?? '', edition.title].join(' ');
  return (result?.policies ?? []).filter(({ name }) => {
    const standard = /^limits (.+)$/u.exec(name)?.[1];
    return standard === undefined || named === null || named.includes(standard);
  });
}

/** `抗折试件 2`. */
export function specimenName(method: TestMethod, run: Pick<Run, 'field' | 'specimenNo'>): string {
  return `${specimenLabel(method, fieldOfRun(method, run))} ${run.specimenNo}`;
}

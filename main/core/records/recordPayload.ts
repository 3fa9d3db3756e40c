// The test record as the reference profile's summary row.
import type { RecordResult } from '../../../shared/entities/record.ts';
import { fieldOfRun } from '../../../shared/methods/index.ts';
import { platformParameter } from '../catalogue.ts';
import type { Row } from '../../store/tables.ts';
import type { Transaction } from '../../store/transaction.ts';
import { queue } from '../provincial/outbox.ts';
import { platformIdOf } from '../registrations/registrationRows.ts';
import { equipmentUsed } from './extensometersUsed.ts';
import { recordFacts, testedAtOf } from './recordRows.ts';
import { counts } from './runRows.ts';

export function siteAddressOf(tx: Pick<Transaction, 'first'>): string {
  return String(tx.first('SELECT address FROM institution')?.['address'] || '本机构试验室');
}

/** 0 none, 1 qualified, 2 unqualified. What is not judged, and what waits for a retest, is neither. */
export function conclusionCode(verdicts: readonly RecordResult['verdict'][]): 0 | 1 | 2 {
  if (verdicts.includes('unqualified')) return 2;
  return verdicts.length > 0 && verdicts.every((verdict) => verdict === 'qualified') ? 1 : 0;
}

/** The platform knows three verdicts: a sample that is to be retested is not judged yet. */
const wireVerdict = (verdict: RecordResult['verdict']) => (verdict === 'retest' ? 'not-judged' : verdict);

export function queueTestRecord(tx: Transaction, recordNo: string): void {
  const { row, method, sample, runs, readings, result } = recordFacts(tx, recordNo);
  if (!result) return;
  const text = (column: keyof Row) => String(row[column] ?? '');
  const used = runs.filter((run) => counts(method, runs, run));
  const results = result.parameters
    .map((parameter) => ({
      parameterCode: platformParameter(tx, sample, parameter.parameterCode),
      value: parameter.value ?? '试验结果无效',
      unit: parameter.unit,
      requirement: parameter.requirement ?? '',
      verdict: wireVerdict(parameter.verdict),
    }))
    .filter(({ parameterCode }) => sample.parameterCodes.includes(parameterCode));
  queue(tx, {
    kind: 'test-record',
    commissionNo: text('commissionNo'),
    key: recordNo,
    payload: {
      recordNo,
      commissionNo: text('commissionNo'),
      testNo: recordNo,
      sampleNo: sample.sampleNo,
      itemCode: sample.itemCode,
      parameterCodes: sample.parameterCodes,
      methodStandard: text('methodStandard'),
      judgementStandard: text('judgementStandard'),
      testedAt: testedAtOf({ runs, readings }) ?? text('testedAt'),
      siteAddress: siteAddressOf(tx),
      environment: { temperature: text('temperatureC'), humidity: text('humidityPercent') },
      equipmentIds: equipmentUsed(text('equipmentId'), { method, runs }).map((id) => platformIdOf(tx, 'equipment', id)),
      testerId: platformIdOf(tx, 'person', text('testerId')),
      checkerId: platformIdOf(tx, 'person', text('checkerId')),
      readings: {
        method: method.id,
        edition: text('edition') || sample.edition,
        properties: sample.properties,
        runs: used.map((run) => ({
          field: fieldOfRun(method, run),
          specimenNo: String(run.specimenNo),
          load_kN: run.peakKn,
          runNo: run.runNo,
        })),
        typed: readings
          .filter(({ current }) => current)
          .map(({ field, specimenNo, position, value }) => ({ field, specimenNo, position, value })),
        outputs: result.outputs,
      },
      results,
      conclusion: conclusionCode(results.map(({ verdict }) => verdict)),
      conclusionText: result.conclusionText,
      acquisitionKeys: used.map((run) => run.runNo),
    },
  });
}

// The test record as the reference profile's summary row.
import type { Row } from '../../store/tables.ts';
import type { Transaction } from '../../store/transaction.ts';
import { queue } from '../provincial/outbox.ts';
import { recordFacts, testedAtOf, validRunOf } from './recordRows.ts';

export function siteAddressOf(tx: Pick<Transaction, 'first'>): string {
  return String(tx.first('SELECT address FROM institution')?.['address'] || '本机构试验室');
}

/** 0 none, 1 qualified, 2 unqualified: a single concrete group is never judged by itself. */
export function conclusionCode(): 0 {
  return 0;
}

export function queueTestRecord(tx: Transaction, recordNo: string): void {
  const { row, sample, runs, computation } = recordFacts(tx, recordNo);
  if (!computation) return;
  const text = (column: keyof Row) => String(row[column] ?? '');
  const used = [1, 2, 3].flatMap((specimenNo) => validRunOf(runs, specimenNo) ?? []);
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
      judgementStandard: '',
      testedAt: testedAtOf({ runs }) ?? text('testedAt'),
      siteAddress: siteAddressOf(tx),
      environment: { temperature: text('temperatureC'), humidity: text('humidityPercent') },
      equipmentIds: [text('equipmentId')],
      testerId: text('testerId'),
      checkerId: text('checkerId'),
      readings: {
        side_mm: sample.sideMm,
        specimens: used.map((run) => ({ specimenNo: String(run.specimenNo), load_kN: run.peakKn, runNo: run.runNo })),
        outputs: computation.outputs,
      },
      results: computation.result.parameters.map((parameter) => ({
        // The catalogue's own code: the method knows the test, the platform names it.
        parameterCode: sample.parameterCodes[0] ?? parameter.parameterCode,
        value: parameter.value ?? '试验结果无效',
        unit: parameter.unit,
        requirement: parameter.requirement ?? '',
        verdict: parameter.verdict,
      })),
      conclusion: conclusionCode(),
      conclusionText: computation.result.text,
      acquisitionKeys: used.map((run) => run.runNo),
    },
  });
}

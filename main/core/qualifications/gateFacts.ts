// What the gate is told of a person's qualifications by parameter, the withdrawn ones among them.
import type { GateQuestion } from '../../../shared/gate/index.ts';
import { textOf as text } from '../../store/cells.ts';
import type { Store } from '../../store/store.ts';

type ParameterFacts = NonNullable<NonNullable<GateQuestion['person']>['parameters']>;

export const parameterFacts = (store: Pick<Store, 'all'>, personId: string): ParameterFacts =>
  store
    .all(
      `SELECT itemCode, parameterCode, validFrom, validTo, qualificationWithdrawal.entryId IS NOT NULL AS withdrawn
       FROM qualificationEntry LEFT JOIN qualificationWithdrawal USING (entryId) WHERE personId = ?`,
      personId,
    )
    .map((row) => ({
      itemCode: text(row['itemCode']),
      parameterCode: text(row['parameterCode']),
      validFrom: text(row['validFrom']),
      validTo: text(row['validTo']),
      withdrawn: row['withdrawn'] === 1,
    }));

// The list of 检测场所: each with what the platform has approved of it and how its newest registration stands.
import type { PremisesRow } from '../../../shared/entities/registration.ts';
import { nullableText as nullable, textOf as text } from '../../store/cells.ts';
import type { Reader } from '../records/runRows.ts';
import { masterOf } from './master.ts';
import { registrationStanding } from './registrationRows.ts';
import type { Context } from '../context.ts';

export function listPremises(context: Pick<Context, 'store'>): {
  master: 'platform' | 'local-then-approved';
  rows: PremisesRow[];
} {
  const reader: Reader = context.store;
  return {
    master: masterOf(context, 'premises'),
    rows: reader.all('SELECT * FROM premises ORDER BY premisesId').map((row) => {
      const premisesId = text(row['premisesId']);
      const state = text(row['state']);
      return {
        premisesId,
        name: text(row['name']),
        address: text(row['address']),
        state: state as PremisesRow['state'],
        platformId: nullable(row['platformId'] ?? null),
        standing: registrationStanding(reader, 'premises', premisesId, state),
      };
    }),
  };
}

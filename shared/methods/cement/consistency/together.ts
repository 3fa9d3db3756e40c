// Readings that make sense only together: half of them is refused by name and never passed over in silence.
import { refusal } from '../../foundation/decimal.ts';
import { CONSISTENCY_FIELDS } from './fields.ts';
import type { ConsistencyInputs } from './fields.ts';

/** Whether the named readings are there; refuses when only some are. */
export function readTogether(inputs: ConsistencyInputs, names: readonly (keyof ConsistencyInputs)[]): boolean {
  const lacking = names.filter((name) => inputs[name] === undefined);
  if (lacking.length === names.length) return false;
  const field = CONSISTENCY_FIELDS.find(({ name }) => name === lacking[0]);
  if (field === undefined) return true;
  throw refusal('METHOD_MISSING', `缺少“${field.label}”。`, field.name, field.clause);
}

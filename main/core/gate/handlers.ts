// The calls about the gate itself.
import type { gateCalls } from '../../../shared/contract/gate.ts';
import type { Context, SomeHandlers } from '../context.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { askGate } from './ask.ts';
import { keepDecision } from './decisions.ts';
import { endOverride, openControls, overrideGate, overrideOf } from './overrides.ts';

export function gateHandlers(context: Context, sessions: Sessions): SomeHandlers<keyof typeof gateCalls> {
  const { store } = context;
  return {
    'gate.overrides': () => ({
      open: openControls(store),
      rows: store.all('SELECT * FROM gateOverride ORDER BY overrideId DESC LIMIT 500').map((row) => overrideOf(row)),
    }),
    'gate.override': (input, caller) => overrideGate(context, sessions, caller, input),
    'gate.endOverride'({ overrideId, reason }, caller) {
      endOverride(context, caller, overrideId, reason);
      return {};
    },
    'gate.ownWork'({ equipmentId, itemCode, purpose }, caller) {
      const answer = askGate(context, {
        moment: 'run-start',
        purpose,
        itemCode,
        parameterCodes: [],
        personId: caller.user.personId,
        role: 'technician',
        equipmentIds: [equipmentId],
      });
      store.transact(caller.actor, (tx) =>
        keepDecision(tx, context.now(), answer, { entity: 'equipment', key: equipmentId }),
      );
      return answer;
    },
  };
}

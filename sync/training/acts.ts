// The supervisor's acts by name, as a form or a JSON body names them: one table for the console page and for `/admin`.
import { z } from 'zod';
import { WIRE_ERROR_CODES } from '../wire/error-codes.ts';
import { REGISTRATION_KINDS } from '../wire/schemas.ts';
import { parseOrRefuse } from './context.ts';
import { RULE_KINDS, RULE_VERDICTS } from './rules.ts';
import { CONTROLS, type Supervisor } from './supervisor.ts';

const reason = z.string().trim().min(1, '须写明理由').max(500);
const subject = z.string().trim().min(1, '须指明对象').max(100);
const onSubject = z.object({ subject, reason });
const registration = z.object({ kind: z.enum(REGISTRATION_KINDS), localId: subject, reason });
const blank = (text: string | undefined): string | undefined => (text?.trim() === '' ? undefined : text?.trim());

interface ActDefinition {
  run(supervisor: Supervisor, input: unknown): void;
}

function define<T>(schema: z.ZodType<T>, run: (supervisor: Supervisor, input: T) => void): ActDefinition {
  return { run: (supervisor, input) => run(supervisor, parseOrRefuse(schema, input)) };
}

export const ACTS: Record<string, ActDefinition> = {
  'commission.lock': define(onSubject, (supervisor, act) => supervisor.lockCommission(act.subject, act.reason)),
  'commission.unlock': define(onSubject, (supervisor, act) => supervisor.unlockCommission(act.subject, act.reason)),
  'commission.void': define(onSubject, (supervisor, act) => supervisor.voidCommission(act.subject, act.reason)),
  'qualification.revoke': define(onSubject, (supervisor, act) =>
    supervisor.revokeQualification(act.subject, act.reason),
  ),
  'code.revoke': define(onSubject, (supervisor, act) => supervisor.revokeCode(act.subject, act.reason)),
  notice: define(onSubject, (supervisor, act) => supervisor.notify(act.subject, act.reason)),
  'unqualified.close': define(onSubject, (supervisor, act) => supervisor.closeNotice(act.subject, act.reason)),
  'registration.approve': define(registration, (supervisor, act) =>
    supervisor.approveRegistration(act.kind, act.localId, act.reason),
  ),
  'registration.reject': define(registration, (supervisor, act) =>
    supervisor.rejectRegistration(act.kind, act.localId, act.reason),
  ),
  'registration.approval': define(z.object({ by: z.enum(['automatic', 'supervisor']), reason }), (supervisor, act) =>
    supervisor.setRegistrationApproval(act.by, act.reason),
  ),
  control: define(
    z.object({ control: z.enum(CONTROLS), enforced: z.enum(['true', 'false']), reason }),
    (supervisor, act) => supervisor.setControl(act.control, act.enforced === 'true', act.reason),
  ),
  'rule.add': define(
    z.object({
      kind: z.enum([...RULE_KINDS, 'any']),
      itemCode: z.string().max(64).optional(),
      key: z.string().max(100).optional(),
      verdict: z.enum(RULE_VERDICTS),
      code: z.enum(WIRE_ERROR_CODES),
      message: z.string().trim().min(1, '须写明平台的原话').max(500),
      times: z.coerce.number().int().min(-1).max(1_000_000),
      polls: z.coerce.number().int().min(0).max(1000).default(0),
      waitMs: z.coerce.number().int().min(0).max(86_400_000).default(0),
      reason,
    }),
    (supervisor, { reason: why, ...rule }) => {
      supervisor.addRule({ ...rule, itemCode: blank(rule.itemCode), key: blank(rule.key) }, why);
    },
  ),
  'rule.remove': define(z.object({ id: z.coerce.number().int(), reason }), (supervisor, act) =>
    supervisor.removeRule(act.id, act.reason),
  ),
};

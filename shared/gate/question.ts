// What the gate is asked. The asker (always on the side of the store, never a picker) gathers the facts; the gate only
// judges them. A fact that is needed and missing is null, and null is never a pass.
import { z } from 'zod';
import { isDay, isTimestamp } from './calendar.ts';

const day = z.string().refine(isDay, '应为存在的日期，写作 2026-11-23。');
const timestamp = z.string().refine(isTimestamp, '应为带时区的时刻，写作 2026-11-23T09:30:00+08:00。');
const localTimestamp = timestamp.refine((text) => text.endsWith('+08:00'), '时刻应使用东八区 +08:00。');

export const MOMENTS = ['reception', 'run-start', 'signing', 'approval', 'import'] as const;
export type GateMoment = (typeof MOMENTS)[number];

export const QUESTIONS = ['supervision', 'scope', 'contract', 'personnel', 'equipment', 'age'] as const;
export type GateSubject = (typeof QUESTIONS)[number];

/** Questions the supervisor may leave off (platform `controls`). */
export const SWITCHED = ['scope', 'contract', 'personnel', 'equipment'] as const;
export type SwitchedSubject = (typeof SWITCHED)[number];

const named = { id: z.string().min(1), name: z.string().min(1) };

export const gateEquipmentSchema = z.object({
  ...named,
  itemCodes: z.array(z.string()),
  /** Day of the last calibration (检定/校准); null when there is none on file. */
  calibratedOn: day.nullable(),
  validMonths: z.int().positive().nullable(),
  /**
   * `active` or `inUse` passes; anything else is refused in words. `scrapped` is refused for every purpose; `pending`
   * and `rejected` are registrations that the platform has not approved.
   */
  state: z.string(),
  /** The platform's words for the state, where it gave any. */
  stateReason: z.string().nullish(),
  /** Since when the state holds, so that a later stop does not undo an earlier test. */
  stateSince: timestamp.nullish(),
  /** `unconfirmed`: its port setting is not the one that was compared with the display. */
  commissioning: z.enum(['none', 'confirmed', 'unconfirmed']).nullish(),
});
export type GateEquipment = z.infer<typeof gateEquipmentSchema>;

export const gateOverrideSchema = z.object({
  question: z.enum(SWITCHED),
  by: z.object({ id: z.string(), name: z.string() }),
  reason: z.string(),
});
export type GateOverride = z.infer<typeof gateOverrideSchema>;

export const gateQuestionSchema = z.object({
  moment: z.enum(MOMENTS),
  /** When the question is asked, +08:00. */
  at: localTimestamp,
  /** When the test was done: machine and age are judged as of then. Absent: `at`. */
  testedAt: timestamp.nullish(),
  purpose: z.enum(['sample', 'calibration', 'intermediate-check', 'qc']),
  itemCode: z.string().min(1),
  itemName: z.string().optional(),
  parameterCodes: z.array(z.string().min(1)),
  institution: z.object({
    name: z.string(),
    scope: z.array(
      z.object({
        itemCode: z.string(),
        parameterCodes: z.array(z.string()).optional(),
        validTo: day,
        state: z.string(),
      }),
    ),
    /** Certificates; absent where the platform does not send them. */
    qualifications: z
      .array(z.object({ certificateNo: z.string(), specialty: z.string(), validFrom: day, validTo: day }))
      .optional(),
  }),
  /** Which controls the supervisor enforces. */
  controls: z.object({ scope: z.boolean(), contract: z.boolean(), personnel: z.boolean(), equipment: z.boolean() }),
  project: z.object({ ...named, state: z.string() }).nullable(),
  contract: z
    .object({ contractNo: z.string().min(1), projectId: z.string(), itemCodes: z.array(z.string()), state: z.string() })
    .nullable(),
  commission: z.object({ commissionNo: z.string().min(1), state: z.enum(['active', 'locked', 'voided']) }).nullable(),
  person: z
    .object({
      ...named,
      state: z.string(),
      stateReason: z.string().nullish(),
      roles: z.array(z.string()),
      qualifications: z.array(z.object({ itemCode: z.string(), validTo: day })),
      /**
       * What the lab has entered by item and parameter; an empty parameter means all of the item. Withdrawn ones say
       * only that the lab keeps this person's item parameter by parameter.
       */
      parameters: z
        .array(
          z.object({
            itemCode: z.string(),
            parameterCode: z.string(),
            validFrom: day,
            validTo: day,
            withdrawn: z.boolean(),
          }),
        )
        .optional(),
    })
    .nullable(),
  /** Role the act needs, with its Chinese name; null where any active person may do it. */
  roleNeeded: z.object({ role: z.string().min(1), name: z.string().min(1) }).nullable(),
  /** One machine or all machines used. */
  equipment: z.union([gateEquipmentSchema, z.array(gateEquipmentSchema)]).nullable(),
  specimen: z
    .object({
      name: z.string().min(1),
      /** Day or instant of making; null when it is not known. */
      madeOn: z.union([day, timestamp]).nullable(),
      requiredAgeDays: z.int().positive(),
      /** Null where the method's table has no tolerance for this age: a person decides. */
      tolerance: z.object({ hours: z.number().nonnegative(), clause: z.string() }).nullable(),
    })
    .nullable(),
  /** Reference data the facts come from; null when none was ever fetched. */
  referenceSnapshot: z.object({ version: z.string().min(1), fetchedAt: timestamp }).nullable(),
  overrides: z.array(gateOverrideSchema).optional(),
});
export type GateQuestion = z.infer<typeof gateQuestionSchema>;

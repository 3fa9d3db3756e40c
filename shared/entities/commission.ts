// 委托单 and its samples, as entered at reception. Field limits are those of the platform's tables.
import { z } from 'zod';
import { calendarDay, decimalText, lineOf, requiredLine } from './scalars.ts';

export const testCategories = ['见证取样', '委托检测', '监督抽检'] as const;

export const sampleInputSchema = z.object({
  /** QR or chip on the sample; unique in the store when given. */
  sampleCode: lineOf(50).optional(),
  itemCode: requiredLine(20),
  parameterCodes: z.array(requiredLine(20)).min(1, '至少一个检测参数'),
  name: requiredLine(50),
  /** Edition of the standards the work is commissioned under; the method's newest in force when not given. */
  edition: lineOf(60).optional(),
  /** What the method asks about a sample (grade, size, kind …), by field name; the method checks them. */
  properties: z.record(z.string().max(60), requiredLine(100)).default({}),
  /** Day the specimens were made; only where the test has an age. */
  madeOn: calendarDay.optional(),
  /** Time of making on that day, HH:MM; needed to judge an age tolerance in hours. */
  madeAt: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, '应为时刻 HH:MM')
    .optional(),
  /** Age the client asks for, days. */
  requiredAgeDays: z
    .number('龄期应为整天数')
    .int('龄期应为整天数')
    .min(1, '龄期至少 1 天')
    .max(365, '龄期不超过 365 天')
    .optional(),
  sampledOn: calendarDay,
  structurePart: requiredLine(100),
  /** Represented quantity with its unit, e.g. 100 m³. */
  representedQuantity: requiredLine(50).regex(/^\d+(\.\d+)?\s*[^\d\s.].*$/u, '代表数量应写数量和单位，如 100 m³'),
  maker: lineOf(100).optional(),
  batchNo: lineOf(50).optional(),
  state: requiredLine(100),
});
/** As a form or a caller gives it. */
export type SampleInput = z.infer<typeof sampleInputSchema>;

export const commissionInputSchema = z.object({
  projectId: requiredLine(40),
  contractNo: lineOf(40).optional(),
  clientUnit: requiredLine(100),
  ownerUnit: lineOf(100),
  contractorUnit: requiredLine(100),
  supervisorUnit: lineOf(100),
  witnessUnit: requiredLine(100),
  witnessName: requiredLine(30),
  witnessCertNo: requiredLine(40),
  samplerName: requiredLine(30),
  /** Whether the owner itself commissioned the tests; a report says so when not. */
  commissionedByOwner: z.boolean('应为是或否'),
  testCategory: z.enum(testCategories, `检测类别应为${testCategories.join('、')}之一`),
  siteAddress: lineOf(150),
  remarks: lineOf(200).optional(),
  samples: z.array(sampleInputSchema).min(1, '至少一个样品').max(200),
});
export type CommissionInput = z.infer<typeof commissionInputSchema>;

export const sampleSchema = sampleInputSchema.extend({
  sampleNo: z.string(),
  /** What it goes by at the bench, where the lab tests it blind. */
  blindNo: z.string().optional(),
  sampleCode: z.string(),
  edition: z.string(),
  /** Grade and size in the method's words, e.g. `C30` and `150×150×150 mm`. */
  grade: z.string(),
  spec: z.string(),
});
export type Sample = z.infer<typeof sampleSchema>;

export const commissionSchema = commissionInputSchema.omit({ samples: true }).extend({
  commissionNo: z.string(),
  projectName: z.string(),
  supervisionCode: z.string(),
  receivedAt: z.string(),
  receiverId: z.string(),
  receiverName: z.string(),
  /** What the platform says of it; `active` until it says otherwise. */
  platformState: z.enum(['active', 'locked', 'voided']),
  platformReason: z.string().nullable(),
  samples: z.array(sampleSchema),
});
export type Commission = z.infer<typeof commissionSchema>;

/** One environment reading pair of a test, with units in the names. */
const within = (least: number, most: number) => (text: string) => Number(text) >= least && Number(text) <= most;

export const environmentSchema = z.object({
  temperatureC: decimalText.refine(within(-30, 60), '温度应在 -30 ℃ 至 60 ℃ 之间'),
  humidityPercent: decimalText.refine(within(0, 100), '相对湿度应在 0 至 100 % 之间'),
});

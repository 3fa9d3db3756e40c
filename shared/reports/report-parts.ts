// What every report carries, whatever was tested: institution, head, code, signatures, declarations. Order and wording
// follow the usual layout of such reports and 住建部令第57号 第二十一条.
import { z } from 'zod';
import { signatureMeanings } from '../entities/record.ts';
import { calendarDay, reportNoText, wallTime } from '../entities/scalars.ts';
import { printedCurveSchema } from './load-curve.ts';
import { printedLine, requiredPrintedLine } from './printable.ts';

/** 声明 of the usual form; an institution may put its own in their place. */
export const standardDeclarations: readonly string[] = [
  '本报告未加盖检测专用章无效，多页未加盖骑缝章无效。',
  '本报告无检测、审核、批准人签字无效。',
  '本报告涂改、换页、漏页无效。',
  '未经本机构书面同意，不得部分复制本报告；复制件未重新加盖检测专用章无效。',
  '委托检测的结果仅对收到的样品负责；委托方提供的信息由委托方负责。',
  '对本报告如有异议，应于收到报告之日起十五日内向本机构提出，逾期视为认可。',
];

export const printedSignatureSchema = z.object({
  meaning: z.enum(signatureMeanings),
  name: requiredPrintedLine(30),
  at: wallTime,
  /** First characters of the digest that was signed. */
  digestShort: requiredPrintedLine(24),
});
export type PrintedSignature = z.infer<typeof printedSignatureSchema>;

/** An image by its digest; the bytes are kept in the data folder. */
export const printedImageSchema = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/, '应为 SHA-256'),
  format: z.enum(['png', 'jpg']),
});
export type PrintedImage = z.infer<typeof printedImageSchema>;

/** Decoration beside stored signatures, chosen by the moment of each; the seal stands only on a report with its code. */
export const paperImagesSchema = z.object({
  signatures: z
    .array(
      printedImageSchema.extend({ meaning: z.enum(signatureMeanings), name: requiredPrintedLine(30), at: wallTime }),
    )
    .max(400),
  seal: printedImageSchema.nullable(),
});
export type PaperImages = z.infer<typeof paperImagesSchema>;

export const reportCodeSchema = z.object({
  /** Opaque visible ASCII from the platform (防伪监管标识码). */
  code: z.string().regex(/^[\x21-\x7e]{1,64}$/, '防伪监管标识码应为 1 至 64 个可见 ASCII 字符'),
  verifyUrl: z.string().regex(/^https?:\/\/[\x21-\x7e]{1,500}$/, '核验地址应为 http 或 https 地址'),
});
export type ReportCode = z.infer<typeof reportCodeSchema>;

export const printedInstitutionSchema = z.object({
  name: requiredPrintedLine(100),
  address: printedLine(150),
  telephone: printedLine(60),
  /** 资质证书编号. */
  certificateNo: requiredPrintedLine(60),
  /** 资质认定（CMA）证书编号; null when there is none. */
  cmaNo: printedLine(40).nullable(),
});

export const reportHeadSchema = z.object({
  commissionNo: printedLine(25),
  clientUnit: requiredPrintedLine(100),
  projectName: requiredPrintedLine(150),
  contractorUnit: printedLine(100),
  structurePart: printedLine(200),
  witnessUnit: printedLine(100),
  witnessName: printedLine(60),
  /** A day, or the first and the last one, as printed. */
  receivedOn: requiredPrintedLine(30),
  testedOn: requiredPrintedLine(30),
  testCategory: requiredPrintedLine(30),
  sampleSource: printedLine(60),
  sampleState: requiredPrintedLine(200),
  equipment: z
    .array(
      z.object({
        name: requiredPrintedLine(60),
        equipmentNo: requiredPrintedLine(40),
        /** End of the calibration's validity. */
        validTo: calendarDay,
      }),
    )
    .min(1, '至少一台主要设备'),
  environment: requiredPrintedLine(100),
  testAddress: requiredPrintedLine(150),
  testBasis: z.array(requiredPrintedLine(120)).min(1, '至少一项检测依据'),
  judgementBasis: z.array(requiredPrintedLine(120)),
  /** 代表数量(批次), required by 令第57号. */
  representedQuantity: requiredPrintedLine(200),
});

/** Fields of a report beside its results, its conclusion and its kind. */
export const reportShape = {
  institution: printedInstitutionSchema,
  /** The items lie inside the certified scope (CMA). */
  cmaInScope: z.boolean(),
  title: requiredPrintedLine(60),
  reportNo: reportNoText,
  revision: z.number().int().min(1),
  /** Revision 2 and later: what it takes the place of, and what was changed. */
  replaces: printedLine(60).nullable(),
  changeText: printedLine(300).nullable(),
  /** A retest or a supplement: the first report that it answers, in words. */
  relations: z.array(requiredPrintedLine(1000)).min(1).max(200).optional(),
  code: reportCodeSchema.nullable(),
  head: reportHeadSchema,
  curves: z.array(printedCurveSchema),
  remarks: z.array(printedLine(300)),
  declarations: z.array(requiredPrintedLine(200)).default([...standardDeclarations]),
  signatures: z.array(printedSignatureSchema),
  images: paperImagesSchema.optional(),
  /** 签发日期; null before approval. It is also the file's creation date, so that equal content gives equal bytes. */
  issuedOn: calendarDay.nullable(),
  /** Short head of the audit chain. */
  auditHeadShort: printedLine(40),
};

/** Revision 2 and later may not be silent about what it replaces and what changed. */
export function checkRevision(
  content: { revision: number; replaces: string | null; changeText: string | null },
  context: z.core.$RefinementCtx,
): void {
  if (content.revision < 2) return;
  if (!content.replaces)
    context.addIssue({ code: 'custom', path: ['replaces'], message: '第 2 版起必须写明代替的报告' });
  if (!content.changeText)
    context.addIssue({ code: 'custom', path: ['changeText'], message: '第 2 版起必须写明变更内容' });
}

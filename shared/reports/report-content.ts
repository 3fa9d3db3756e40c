// A 混凝土立方体抗压强度检测报告 as it was issued before result tables became data. Contents of this kind are stored, signed and
// digested; they stay printable for ever. New reports are of the kind in `test-report.ts`.
import { z } from 'zod';
import { calendarDay, decimalText, sampleNoText } from '../entities/scalars.ts';
import { printedLine, printedText, requiredPrintedLine } from './printable.ts';
import { checkRevision, reportShape } from './report-parts.ts';

const singleSchema = z.object({
  specimenNo: z.number().int().min(1).max(3),
  /** 破坏荷载, kN. */
  failureLoadKn: decimalText.nullable(),
  /** 抗压强度 of this specimen, MPa. */
  strengthMpa: decimalText.nullable(),
});

export const concreteRowSchema = z.object({
  sampleNo: sampleNoText,
  structurePart: requiredPrintedLine(100),
  grade: requiredPrintedLine(10),
  /** 公称尺寸, e.g. 150×150×150 (mm). */
  nominalSize: requiredPrintedLine(20),
  madeOn: calendarDay,
  testedOn: calendarDay,
  ageDays: z.string().regex(/^\d{1,4}$/, '龄期应为整天数'),
  curing: requiredPrintedLine(20),
  singles: z.array(singleSchema).length(3),
  /** Which rule gave the representative value (GB/T 50081-2019). */
  rule: z.enum(['mean', 'middle', 'invalid']),
  /** 尺寸换算系数, printed where it is not 1. */
  sizeFactor: decimalText,
  /** Null exactly when the rule is `invalid`: 试验结果无效. */
  representativeValueMpa: decimalText.nullable(),
  percentOfGrade: decimalText.nullable(),
});
export type ConcreteRow = z.infer<typeof concreteRowSchema>;

const checkedRowSchema = concreteRowSchema.superRefine((row, context) => {
  if ((row.rule === 'invalid') !== (row.representativeValueMpa === null)) {
    context.addIssue({
      code: 'custom',
      path: ['representativeValueMpa'],
      message: '试验结果无效的一组不得有代表值，有效的一组必须有代表值',
    });
  }
  if (row.rule === 'invalid' && row.percentOfGrade !== null) {
    context.addIssue({
      code: 'custom',
      path: ['percentOfGrade'],
      message: '试验结果无效的一组不得有达到设计强度百分率',
    });
  }
  if (new Set(row.singles.map((single) => single.specimenNo)).size !== 3) {
    context.addIssue({ code: 'custom', path: ['singles'], message: '三个试件的编号应各不相同' });
  }
});

export const concreteReportContentSchema = z
  .object({
    kind: z.literal('concrete-cube-report'),
    ...reportShape,
    rows: z.array(checkedRowSchema).min(1, '至少一组试件').max(200),
    /** Lines under the result table. */
    tableNotes: z.array(printedLine(200)).default([]),
    conclusionText: printedText(1000),
  })
  .superRefine(checkRevision);

export type ConcreteReportContent = z.infer<typeof concreteReportContentSchema>;

// The papers that the program can print, by the `kind` of their content.
import { concreteReportPaper } from './concrete-report.ts';
import { evaluationPaper } from './evaluation.ts';
import { methodValidationPaper } from './method-validation.ts';
import { picturePaper } from './picture.ts';
import { testRecordPaper } from './test-record.ts';
import { testReportPaper } from './test-report.ts';

export const papers = {
  'test-report': testReportPaper,
  'test-record': testRecordPaper,
  evaluation: evaluationPaper,
  'method-validation': methodValidationPaper,
  picture: picturePaper,
  // No longer made; contents issued earlier are printed as they were.
  'concrete-cube-report': concreteReportPaper,
} as const;

export type PaperKind = keyof typeof papers;

// The papers that the program can print, by the `kind` of their content.
import { concreteRecordPaper } from './concrete-record.ts';
import { concreteReportPaper } from './concrete-report.ts';

export const papers = {
  'concrete-cube-report': concreteReportPaper,
  'concrete-cube-record': concreteRecordPaper,
} as const;

export type PaperKind = keyof typeof papers;

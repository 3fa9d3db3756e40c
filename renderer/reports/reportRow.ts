// A line of the reports' lists: of the live working set, or found in the whole history.
import type { CollectionDocument } from '../../shared/entities/collections.ts';

export type LiveReport = CollectionDocument<'reports'>;
export interface ReportRow {
  key: string;
  reportNo: string;
  revision: number;
  commissionNo: string;
  projectName: string;
  state: string;
  standing?: string;
  code: string | null;
  approvedAt: string | null;
}

export const keyOfReport = (row: { reportNo: string; revision: number }): string => `${row.reportNo}#${row.revision}`;

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}
export function countsOf(report: unknown): Counts;
export function sumOf(reports: unknown[]): Counts;
export function closingLine(counts: Counts): string;
export function readReport(file: string): unknown;

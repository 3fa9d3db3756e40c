// The signed result of a record in a few words, for lists: nothing is computed.
import { resultHeadline, type RecordResult } from '../../../shared/entities/record.ts';
import type { Value } from '../../store/tables.ts';
import { isForm1 } from './form1.ts';

export interface StoredSummary {
  headline: string | null;
  verdict: RecordResult['verdict'] | null;
  alarming: boolean;
}

export function storedSummary(resultJson: Value | undefined): StoredSummary {
  if (resultJson == null) return { headline: null, verdict: null, alarming: false };
  if (isForm1(resultJson)) {
    const cube = JSON.parse(resultJson) as { representativeValueMpa: string | null; belowGrade: boolean };
    const value = cube.representativeValueMpa;
    return {
      headline: value === null ? '试验结果无效' : `${value} MPa`,
      verdict: 'not-judged',
      alarming: cube.belowGrade || value === null,
    };
  }
  const result = JSON.parse(String(resultJson)) as RecordResult;
  return { headline: resultHeadline(result), verdict: result.verdict, alarming: result.alarming };
}

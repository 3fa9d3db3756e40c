// How a report revision stands towards the public, and why it is not printed: the platform's word goes before the lab's own.
import type { ErrorInfo } from '../../../shared/errors/appError.ts';
import type { ReportStanding } from '../../../shared/entities/collections.ts';
import { textOf as text } from '../../store/cells.ts';
import type { Row } from '../../store/tables.ts';
import type { Reader } from '../records/runRows.ts';

export interface StandingOfReport {
  standing: ReportStanding;
  /** Why no copy is made of it any more; null while copies may be made. */
  stopped: string | null;
}

export function reportStanding(reader: Reader, row: Row): StandingOfReport {
  const state = text(row['state']) as ReportStanding;
  if (state === 'void') return { standing: 'void', stopped: `已作废：${text(row['voidReason']) || '原因见审计'}` };
  if (state === 'withdrawn')
    return { standing: 'withdrawn', stopped: `变更单 ${text(row['changeNo'])} 已撤回，这一版没有发出` };
  if (state === 'draft') return { standing: 'draft', stopped: null };
  const commission = reader.get('commission', row['commissionNo'] ?? '');
  if (commission?.['platformState'] === 'voided') {
    return { standing: 'voidedThere', stopped: `委托单已被监管平台作废：${text(commission['platformReason'])}` };
  }
  if (row['codeRevokedReason'] !== null && row['codeRevokedReason'] !== undefined) {
    return { standing: 'revoked', stopped: `标识码已被监管平台撤销：${text(row['codeRevokedReason'])}` };
  }
  const newer = reader.first(
    `SELECT revision, changeNo FROM report WHERE reportNo = ? AND revision > ? AND state NOT IN ('void', 'withdrawn') ORDER BY revision DESC LIMIT 1`,
    row['reportNo'] ?? '',
    row['revision'] ?? 0,
  );
  if (state === 'replaced') return { standing: 'replaced', stopped: `已被第 ${text(newer?.['revision'])} 版代替` };
  if (newer === undefined) return { standing: state, stopped: null };
  return {
    standing: 'changing',
    stopped: `变更单 ${text(newer['changeNo'])} 已批准，第 ${text(newer['revision'])} 版取得标识码后代替本版`,
  };
}

/** The words across every page of a copy that is only looked at. */
export function markOf({ standing }: StandingOfReport): string | null {
  const words: Partial<Record<ReportStanding, string>> = {
    void: '本报告已作废',
    voidedThere: '本报告已作废',
    revoked: '标识码已撤销',
    replaced: '本版已被代替',
    changing: '本版正在变更',
    withdrawn: '本版已撤回',
  };
  return words[standing] ?? null;
}

export function notPrintable(row: Row, why: string): ErrorInfo {
  return {
    code: 'REPORT_NOT_PRINTABLE',
    message: `报告 ${text(row['reportNo'])} 第 ${text(row['revision'])} 版${why}，不能打印。`,
    meaning: '没有效力的报告不出副本；一份也没有打印。',
    next: '请从选择中去掉它；已被代替的请打印新版。原文仍可在屏幕上查看。',
  };
}

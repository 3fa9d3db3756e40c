// How old reference data may be: a warning on every decision after a week, and a refusal only where the lab has set one.
// Age alone never stops field work by default: a laptop on a site is offline for days.
import { seriousReferenceDays } from '../../../shared/entities/reference.ts';
import { sayInstant } from '../../../shared/gate/index.ts';
import type { GateFinding } from '../../../shared/gate/index.ts';
import type { Context } from '../context.ts';
import type { ReferenceState } from '../provincial/referenceState.ts';
import { settingsOf } from '../sessions/settings.ts';

const dayMs = 24 * 3_600_000;
const source = '本机构设置（基础数据最长使用天数）';

export type ReferenceFinding = Omit<GateFinding, 'question' | 'override'> & { question: 'reference' };

export function oldReference(
  context: Pick<Context, 'store' | 'now'>,
  snapshot: ReferenceState | null,
): ReferenceFinding | null {
  if (snapshot === null) return null;
  const ageMs = context.now().getTime() - Date.parse(snapshot.fetchedAt);
  const refuseAfter = settingsOf(context).referenceRefuseDays;
  const message = `基础数据最后一次从监管平台下载是 ${sayInstant(snapshot.fetchedAt)}，距今 ${Math.floor(ageMs / dayMs)} 天。`;
  const finding = { question: 'reference' as const, message, source, overridable: false };
  if (refuseAfter > 0 && ageMs > refuseAfter * dayMs) {
    return {
      ...finding,
      outcome: 'refuse',
      code: 'GATE_REFERENCE_TOO_OLD',
      meaning: `人员资格、设备和合同在平台上可能已经变更；本机构规定超过 ${refuseAfter} 天不再据此检测。`,
      next: '请连上监管平台，下载基础数据后再试。',
    };
  }
  if (ageMs <= seriousReferenceDays * dayMs) return null;
  return {
    ...finding,
    outcome: 'warn',
    code: 'GATE_REFERENCE_OLD',
    meaning: '人员资格、设备和合同在平台上可能已经变更，可以继续。',
    next: '请尽早连上监管平台，下载基础数据。',
  };
}

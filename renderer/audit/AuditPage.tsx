// 审计: prove that nothing was changed behind the program's back, read what happened to any one thing, hand it to an
// inspector, and see what was let pass.
import { useHotkeys } from '../design/hotkeys.ts';
import { Pane } from '../design/Pane.tsx';
import './audit.css';
import { BundleCard } from './BundleCard.tsx';
import { HistoryCard } from './HistoryCard.tsx';
import { OverridesCard } from './OverridesCard.tsx';
import { ReplayCard } from './ReplayCard.tsx';
import { useAuditState, VerifyCard } from './VerifyCard.tsx';

function goTo(id: string): void {
  const field = document.getElementById(id);
  field?.scrollIntoView({ block: 'center' });
  field?.focus();
}

export function AuditPage() {
  const { state, running } = useAuditState();
  useHotkeys('审计', [
    { keys: 'F2', name: '核对报告上印的链头', run: () => goTo('audit-head') },
    { keys: 'F3', name: '查看经过', run: () => goTo('audit-key') },
    { keys: 'F4', name: '导出检查包', run: () => goTo('bundle-records') },
    { keys: 'F6', name: '放行', run: () => goTo('override-subject') },
  ]);
  return (
    <Pane title="审计">
      <div className="jt-form" data-testid="place-audit">
        <VerifyCard state={state} running={running} />
        <HistoryCard />
        <BundleCard fingerprint={state?.fingerprint ?? null} />
        <OverridesCard />
        <ReplayCard />
      </div>
    </Pane>
  );
}

// Under the list: how far the review is, and the one button that signs what was agreed to.
import { Button } from 'antd';
import { ErrorBlock } from '../../design/ErrorBlock.tsx';
import type { StateWord } from '../../design/words.ts';
import type { Batch, Mark } from './useBatch.ts';

export const markWords: Record<Mark, StateWord> = {
  agreed: { word: '已阅同意', tone: 'good', shape: '✓' },
  changed: { word: '同意后有改动，请重看', tone: 'bad', shape: '▲' },
  skipped: { word: '已跳过', tone: 'quiet', shape: '→' },
};

export function BatchBar({ batch }: { batch: Batch }) {
  const { counts } = batch;
  if (!batch.permitted) return null;
  return (
    <div className="jt-batch-bar" data-testid="batch-bar" data-agreed={counts.agreed} data-open={counts.open}>
      <ErrorBlock error={batch.error} onClose={batch.clearError} />
      <p>
        <span className="jt-tone-good">✓ 已同意 {counts.agreed}</span>
        {counts.changed > 0 && <span className="jt-tone-bad">▲ 有改动 {counts.changed}</span>}
        {counts.skipped > 0 && <span className="jt-soft">→ 跳过 {counts.skipped}</span>}
        <span className="jt-soft">○ 待看 {counts.open}</span>
      </p>
      <Button
        type="primary"
        block
        disabled={counts.agreed + counts.changed === 0}
        loading={batch.beginning}
        onClick={batch.begin}
        data-testid="batch-sign"
      >
        签已同意的 {counts.agreed} 份 <kbd className="jt-key">Shift+F8</kbd>
      </Button>
    </div>
  );
}

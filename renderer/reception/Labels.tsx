// Sample labels: number as text and as QR, item, day received, state. A sample that is tested blind goes by its blind number,
// and nothing on its label tells whose it is. Printed by the page's own print view, one label
// of 60 × 40 mm after the other, nothing else on the paper.
import { Button } from 'antd';
import type { Commission } from '../../shared/entities/commission.ts';
import { Dialog } from '../design/Dialog.tsx';
import { useHotkeys } from '../design/hotkeys.ts';
import { QrCode } from '../design/QrCode.tsx';

function Keys({ onPrint }: { onPrint: () => void }) {
  useHotkeys('样品标签', [{ keys: 'Ctrl+P', name: '打印标签', run: onPrint }]);
  return null;
}

export function Labels({
  commission,
  itemName,
  onClose,
}: {
  commission: Commission;
  itemName: (code: string) => string;
  onClose: () => void;
}) {
  const print = (): void => window.print();
  return (
    <Dialog title={`样品标签 · ${commission.commissionNo}`} onClose={onClose} width={820}>
      <Keys onPrint={print} />
      <div className="jt-labels" data-testid="labels">
        {commission.samples.map((sample) => (
          <article key={sample.sampleNo} className="jt-label">
            <QrCode text={sample.blindNo ?? (sample.sampleCode || sample.sampleNo)} size={110} />
            <div>
              <strong>{sample.blindNo ?? sample.sampleNo}</strong>
              <p>{itemName(sample.itemCode)}</p>
              <p>
                {[sample.grade, sample.spec, sample.requiredAgeDays === undefined ? '' : `${sample.requiredAgeDays} d`]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
              <p>{sample.blindNo === undefined ? sample.structurePart : '盲样'}</p>
              <p>
                收样 {commission.receivedAt.slice(0, 10)} · {sample.state}
              </p>
            </div>
          </article>
        ))}
      </div>
      <div className="jt-dialog-actions">
        <Button onClick={onClose}>
          关闭 <kbd className="jt-key">Esc</kbd>
        </Button>
        <Button type="primary" autoFocus onClick={print} data-testid="labels-print">
          打印 {commission.samples.length} 张 <kbd className="jt-key">Ctrl+P</kbd>
        </Button>
      </div>
    </Dialog>
  );
}

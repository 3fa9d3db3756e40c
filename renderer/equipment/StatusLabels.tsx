// 设备状态标识: one label per machine, 60 × 40 mm, its state as a word and a frame: 合格 (in use and in date) or 停用.
import { Button } from 'antd';
import type { CollectionDocument } from '../../shared/entities/collections.ts';
import { Dialog } from '../design/Dialog.tsx';
import { useHotkeys } from '../design/hotkeys.ts';
import { QrCode } from '../design/QrCode.tsx';
import { daysUntil } from '../design/time.ts';

type Machine = CollectionDocument<'equipment'>;

/** A machine past its date is no more usable than one that was stopped. */
export const labelState = ({ state, validTo }: Pick<Machine, 'state' | 'validTo'>): '合格' | '停用' =>
  state === 'inUse' && daysUntil(validTo) >= 0 ? '合格' : '停用';

function Keys({ onPrint }: { onPrint: () => void }) {
  useHotkeys('设备标识', [{ keys: 'Ctrl+P', name: '打印标识', run: onPrint }]);
  return null;
}

export function StatusLabels({ machines, onClose }: { machines: readonly Machine[]; onClose: () => void }) {
  const print = (): void => window.print();
  return (
    <Dialog title={`设备状态标识 · ${machines.length} 张`} onClose={onClose} width={820}>
      <Keys onPrint={print} />
      <div className="jt-labels" data-testid="status-labels">
        {machines.map((machine) => {
          const state = labelState(machine);
          return (
            <article key={machine.id} className="jt-label" data-testid="status-label" data-state={state}>
              <QrCode text={machine.id} size={110} />
              <div>
                <strong className={state === '合格' ? 'jt-tone-good' : 'jt-tone-bad'}>
                  {state === '合格' ? '✓' : '✕'} {state}
                </strong>
                <p>
                  <b>{machine.id}</b> {machine.name}
                </p>
                <p>
                  {machine.model} {machine.serial}
                </p>
                <p>检定/校准有效期至 {machine.validTo}</p>
              </div>
            </article>
          );
        })}
      </div>
      <div className="jt-dialog-actions">
        <Button onClick={onClose}>
          关闭 <kbd className="jt-key">Esc</kbd>
        </Button>
        <Button type="primary" autoFocus onClick={print} data-testid="status-labels-print">
          打印 {machines.length} 张 <kbd className="jt-key">Ctrl+P</kbd>
        </Button>
      </div>
    </Dialog>
  );
}

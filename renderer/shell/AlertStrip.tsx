// The lines under the banner; nothing is drawn while all is well.
import { Button } from 'antd';
import { useState } from 'react';
import { useHotkeys } from '../design/hotkeys.ts';
import { useLiveOne } from '../live/useLive.tsx';
import { usePermit, useSession } from '../state/session.ts';
import { alertsOf } from './alerts.ts';
import { HeldDialog } from './HeldDialog.tsx';
import { useMinute } from './useMinute.ts';

export function AlertStrip() {
  const now = useMinute();
  const status = useLiveOne('status', 'now');
  const training = useSession((state) => state.session?.trainingMode !== false);
  const mayDecide = usePermit('sync.manage');
  const [open, setOpen] = useState(false);
  const alerts = alertsOf(status, now, training);
  useHotkeys('各处通用', [{ keys: 'Alt+K', name: '暂缓采用的平台数据', run: () => setOpen(true) }]);
  return (
    <div className="jt-alerts" role="status">
      {alerts.map(({ id, tone, text }) => (
        <p key={id} className={`jt-alert jt-tone-${tone}`} data-testid={`alert-${id}`}>
          <span className="jt-state-shape" aria-hidden="true">
            {tone === 'bad' ? '■' : '▲'}
          </span>
          <span>{text}</span>
          {id === 'held' && (
            <Button size="small" onClick={() => setOpen(true)} data-testid="held-open">
              {mayDecide ? '核对名单…' : '查看名单…'} <kbd className="jt-key">Alt+K</kbd>
            </Button>
          )}
        </p>
      ))}
      {open && <HeldDialog mayDecide={mayDecide} onClose={() => setOpen(false)} />}
    </div>
  );
}

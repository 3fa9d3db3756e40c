// 检测专用章: the image of the seal, and whether it is printed or room is left for the stamp by hand.
import { Button } from 'antd';
import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { sealModeNames, sealModes } from '../../shared/images/calls.ts';
import { toErrorInfo, useClient } from '../client.ts';
import { Dialog } from '../design/Dialog.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { ReasonDialog } from '../design/ReasonDialog.tsx';
import { usePermit } from '../state/session.ts';
import { ImageList } from './ImageList.tsx';

export function SealDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const cache = useQueryClient();
  const mayKeep = usePermit('person.keep');
  const [mode, setMode] = useState<(typeof sealModes)[number] | null>(null);
  const query = useQuery({
    queryKey: ['images.list', null],
    queryFn: () => client.call('images.list', { personId: null }),
  });
  const now = query.data?.sealMode ?? null;
  const other = now === 'print' ? 'blank' : 'print';
  return (
    <Dialog title="检测专用章" onClose={onClose} width={860}>
      <div data-testid="seal-dialog">
        <ErrorBlock error={query.error === null ? null : toErrorInfo(query.error)} />
        <p data-testid="seal-mode" data-mode={now ?? ''}>
          报告上的检测专用章：<b>{now === null ? '…' : sealModeNames[now]}</b>
          <span className="jt-soft">（对以后批准的报告有效；已批准的不变）</span>{' '}
          {mayKeep && now !== null && (
            <Button size="small" onClick={() => setMode(other)} data-testid="seal-mode-change">
              改为“{sealModeNames[other]}”…
            </Button>
          )}
        </p>
        <ImageList personId={null} personName="本机构" />
        <div className="jt-dialog-actions">
          <span className="jt-spring" />
          <Button onClick={onClose}>
            关闭 <kbd className="jt-key">Esc</kbd>
          </Button>
        </div>
      </div>
      {mode !== null && (
        <ReasonDialog
          title={`检测专用章：${sealModeNames[mode]}`}
          usual={mode === 'print' ? ['启用电子印章'] : ['恢复手工盖章', '印章更换']}
          confirmText="更改"
          onClose={() => setMode(null)}
          onConfirm={async (reason) => {
            await client.call('images.sealMode', { mode, reason });
            setMode(null);
            void cache.invalidateQueries({ queryKey: ['images.list'] });
          }}
        />
      )}
    </Dialog>
  );
}

// What a person has to know although they did not ask: acknowledged by name, never deleted.
import { Button } from 'antd';
import { useClient } from '../client.ts';
import { Dialog } from '../design/Dialog.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { StateTag } from '../design/StateTag.tsx';
import { showTime } from '../design/time.ts';
import { useCommand } from '../design/useCommand.ts';
import type { StateWord } from '../design/words.ts';
import { useLive } from '../live/useLive.tsx';

const levels: Record<'info' | 'warning' | 'alarm', StateWord> = {
  info: { word: '告知', tone: 'quiet', shape: '○' },
  warning: { word: '注意', tone: 'warn', shape: '▲' },
  alarm: { word: '紧急', tone: 'bad', shape: '■' },
};

export function NoticesDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const { rows } = useLive('notices');
  const acknowledge = useCommand((noticeId: string) => client.call('notices.acknowledge', { noticeId }));
  const sorted = [...rows].sort(
    (a, b) => Number(a.acknowledgedBy !== null) - Number(b.acknowledgedBy !== null) || b.at.localeCompare(a.at),
  );
  return (
    <Dialog title="通知" onClose={onClose} width={760}>
      <ErrorBlock error={acknowledge.error} onClose={acknowledge.clear} />
      {sorted.length === 0 && <p className="jt-soft">没有通知。</p>}
      <ul className="jt-notices">
        {sorted.slice(0, 200).map((notice) => (
          <li key={notice.id}>
            <StateTag state={levels[notice.level]} />
            <div>
              <p>{notice.text}</p>
              <p className="jt-soft">{showTime(notice.at)}</p>
            </div>
            {notice.acknowledgedBy === null ? (
              <Button size="small" disabled={acknowledge.busy} onClick={() => void acknowledge.run(notice.id)}>
                知道了
              </Button>
            ) : (
              <span className="jt-soft">{notice.acknowledgedBy} 已阅</span>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

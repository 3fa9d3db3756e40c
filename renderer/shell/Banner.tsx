// The line that says where we stand: platform, age of the reference data, what waits and what was refused, training.
import { Button } from 'antd';
import { StateTag } from '../design/StateTag.tsx';
import { showAge, showTime } from '../design/time.ts';
import type { StateWord } from '../design/words.ts';
import { useLive, useLiveOne, useLiveState } from '../live/useLive.tsx';
import { useSession } from '../state/session.ts';
import { useUi } from '../state/ui.ts';
import { useMinute } from './useMinute.ts';

const platformWords: Record<string, StateWord> = {
  online: { word: '监管平台：在线', tone: 'good', shape: '●' },
  offline: { word: '监管平台：离线', tone: 'warn', shape: '▲' },
  stopped: { word: '监管平台：上传已停止', tone: 'bad', shape: '■' },
  unknown: { word: '监管平台：尚未联系', tone: 'quiet', shape: '○' },
};

export interface BannerProps {
  linked: boolean;
  onNotices: () => void;
}

export function Banner({ linked, onNotices }: BannerProps) {
  const now = useMinute();
  const session = useSession((state) => state.session);
  const go = useUi((state) => state.go);
  const live = useLiveState();
  const status = useLiveOne('status', 'now');
  const ledger = useLiveOne('ledger', 'now');
  const { rows: notices } = useLive('notices', { selector: { acknowledgedBy: null } });
  const counts = { refused: ledger?.refused ?? 0, waiting: (ledger?.waiting ?? 0) + (ledger?.frozen ?? 0) };
  const platform = platformWords[status?.connection ?? 'unknown'] ?? platformWords.unknown!;
  const offline = status?.connection === 'offline' || status?.connection === 'stopped';
  return (
    <header className={`jt-banner${offline || !linked ? ' jt-banner-offline' : ''}`} data-testid="banner">
      <strong className="jt-institution">{session?.institutionName}</strong>
      {session?.trainingMode === true && (
        <span className="jt-training" data-testid="banner-training">
          ◆ 培训模式
        </span>
      )}
      <span className="jt-banner-facts">
        <span data-testid="banner-connection" data-connection={status?.connection ?? 'unknown'}>
          {linked ? (
            <StateTag state={platform} title={status?.connectionText} />
          ) : (
            <StateTag state={{ word: '与检台程序断开，正在重连', tone: 'bad', shape: '✕' }} />
          )}
          {linked && offline && (
            <span className="jt-banner-note">
              {status.connectionText}
              {status.lastContactAt !== null && `，最后联系 ${showTime(status.lastContactAt)}`}
            </span>
          )}
          {linked && live.phase !== 'live' && <span className="jt-banner-note">正在载入数据…</span>}
        </span>
        <span data-testid="banner-reference" title={showTime(status?.referenceFetchedAt)}>
          基础数据：
          {status?.referenceFetchedAt ? `${showAge(status.referenceFetchedAt, now)}更新` : '尚未取得'}
        </span>
        <button type="button" className="jt-banner-button" onClick={() => go('ledger')} data-testid="banner-waiting">
          待上传 <b>{counts.waiting}</b>
          {counts.refused > 0 ? (
            <span className="jt-tone-bad">
              {' '}
              ✕ 需处理 <b>{counts.refused}</b>
            </span>
          ) : (
            <> · 需处理 0</>
          )}
        </button>
      </span>
      <Button size="small" onClick={onNotices} data-testid="banner-notices">
        通知{' '}
        {notices.length > 0 ? (
          <b className={notices.some((notice) => notice.level === 'alarm') ? 'jt-tone-bad' : undefined}>
            {notices.length}
          </b>
        ) : (
          '0'
        )}{' '}
        <kbd className="jt-key">Alt+N</kbd>
      </Button>
    </header>
  );
}

// One entry: where it stands and the one step that helps, what it waits for, the platform's words, who decided what about
// it, every try with what was sent and answered, and its content.
import { Button } from 'antd';
import type { EntryDetail as Detail } from '../../shared/sync/calls.ts';
import { kindName, type Standing } from '../../shared/sync/words.ts';
import type { ErrorInfo } from '../../shared/errors/appError.ts';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { Facts, type Fact } from '../design/Facts.tsx';
import { StateTag } from '../design/StateTag.tsx';
import { showTime } from '../design/time.ts';
import { Attempts } from './Attempts.tsx';
import { markWords, shortKey, standingWord } from './words.ts';

const has = (standing: Standing, list: readonly Standing[]): boolean => list.includes(standing);
export const canRetry = (standing: Standing): boolean =>
  has(standing, ['rejected', 'parked', 'waiting', 'asking', 'queued']);
export const canPutBack = (standing: Standing): boolean => has(standing, ['aside', 'settled']);
export const canSetAside = (standing: Standing): boolean => has(standing, ['waiting', 'rejected', 'parked']);
export const canResolve = (standing: Standing): boolean => has(standing, ['rejected', 'parked', 'aside', 'frozen']);

/** A line of its own; none where there is nothing to say. */
const wide = (name: string, value: string): Fact[] => (value === '' ? [] : [[name, value, 'wide']]);

export function EntryDetail({
  detail,
  error,
  mayManage,
  busy,
  onRetry,
  onAside,
  onResolve,
  onOpen,
}: {
  detail: Detail | null;
  error: ErrorInfo | null;
  mayManage: boolean;
  busy: boolean;
  onRetry: () => void;
  onAside: () => void;
  onResolve: () => void;
  onOpen: (entryId: string) => void;
}) {
  if (detail === null) {
    return (
      <div className="jt-split-detail jt-empty">
        <ErrorBlock error={error} />
        {error === null && '选一条，这里显示平台答复、历次尝试和该做什么。'}
      </div>
    );
  }
  const { row } = detail;
  const back = canPutBack(row.standing);
  // A single detail often says what the answer says already.
  const details = detail.details.filter(({ message }) => message !== row.platformMessage);
  return (
    <div className="jt-split-detail" data-testid="ledger-detail" data-standing={row.standing}>
      <header className="jt-detail-head">
        <h3 title={row.key}>
          {kindName(row.kind)} {shortKey(row.key)}
          {row.revision > 1 && ` 第 ${row.revision} 版`}
        </h3>
        <StateTag state={standingWord(row.standing)} />
      </header>
      <ErrorBlock error={error} />
      <p className="jt-note" data-testid="ledger-next">
        <b>下一步：</b>
        {row.next}
      </p>
      {mayManage && (
        <p className="jt-sync-actions">
          <Button
            disabled={!(back || canRetry(row.standing))}
            loading={busy}
            onClick={onRetry}
            data-testid="ledger-retry"
          >
            {back ? '放回队列' : '重试'} <kbd className="jt-key">F9</kbd>
          </Button>
          <Button disabled={!canSetAside(row.standing)} onClick={onAside} data-testid="ledger-aside">
            搁置 <kbd className="jt-key">F8</kbd>
          </Button>
          <Button disabled={!canResolve(row.standing)} onClick={onResolve} data-testid="ledger-resolve">
            办结 <kbd className="jt-key">F7</kbd>
          </Button>
        </p>
      )}
      <Facts
        columns={2}
        facts={[
          ...wide('委托', row.commissionNo),
          ...wide('重试次数', row.attempts === 0 ? '' : String(row.attempts)),
          ['产生', showTime(row.createdAt, true), 'wide'],
          ...wide('下次尝试', row.nextTryAt === null ? '' : showTime(row.nextTryAt, true)),
          ...wide('平台接收', row.acceptedAt === null ? '' : showTime(row.acceptedAt, true)),
          ...wide('平台代码', row.platformCode ?? ''),
          ['内容摘要', <code key="digest" title={detail.digest}>{`${detail.digest.slice(0, 16)}…`}</code>, 'wide'],
          ...wide('平台答复', row.platformMessage ?? ''),
          ...wide('说明', row.why.endsWith(row.platformMessage ?? '\u0000') ? '' : row.why),
        ]}
      />
      {details.length > 0 && (
        <ul className="jt-sync-list" aria-label="平台逐项说明">
          {details.map((item) => (
            <li key={`${item.field ?? ''}${item.rule ?? ''}${item.message}`}>
              {[item.field, item.rule].filter(Boolean).join(' ')} {item.message}
            </li>
          ))}
        </ul>
      )}
      {detail.blockers.length > 0 && (
        <>
          <h4>等待下列条目先被平台接收</h4>
          <ul className="jt-sync-list" data-testid="ledger-blockers">
            {detail.blockers.map((blocker) => (
              <li key={blocker.entryId}>
                <button type="button" className="jt-link" onClick={() => onOpen(blocker.entryId)}>
                  {kindName(blocker.kind)} {shortKey(blocker.key)}
                </button>{' '}
                <StateTag state={standingWord(blocker.standing)} />
              </li>
            ))}
          </ul>
        </>
      )}
      {detail.marks.length > 0 && (
        <>
          <h4>人工处理</h4>
          <ul className="jt-sync-list" data-testid="ledger-marks">
            {detail.marks.map((mark) => (
              <li key={`${mark.at}${mark.action}`}>
                {showTime(mark.at, true)} {mark.byName} <b>{markWords[mark.action]}</b>
                {mark.secondName !== null && `（${mark.secondName} 复核）`}：{mark.reason}
              </li>
            ))}
          </ul>
        </>
      )}
      <Attempts attempts={detail.attempts} />
      {detail.payload !== '' && (
        <>
          <h4>上传内容</h4>
          <pre className="jt-payload">{pretty(detail.payload)}</pre>
        </>
      )}
    </div>
  );
}

export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

// Every exchange about an entry: when, what, how it ended, and under it what was sent (masked) and answered.
import type { Attempt } from '../../shared/sync/calls.ts';
import { StateTag } from '../design/StateTag.tsx';
import { showTime } from '../design/time.ts';
import { attemptOutcome, operationName } from './attemptWords.ts';
import { pretty } from './EntryDetail.tsx';

export function Attempts({ attempts }: { attempts: readonly Attempt[] }) {
  return (
    <>
      <h4>历次尝试</h4>
      {attempts.length === 0 && <p className="jt-soft">还没有尝试过。</p>}
      <ol className="jt-sync-attempts" data-testid="ledger-attempts">
        {attempts.map((attempt) => (
          <li key={attempt.attemptId}>
            <details>
              <summary>
                <span>{showTime(attempt.at, true)}</span>
                <span>{operationName(attempt.operation)}</span>
                <StateTag state={attemptOutcome(attempt.outcome)} />
                <span className="jt-sync-said">{[attempt.code, attempt.message].filter(Boolean).join(' ')}</span>
              </summary>
              <dl className="jt-sync-exchange">
                <dt>地址</dt>
                <dd>{attempt.target}</dd>
                <dt>用时</dt>
                <dd>{Math.max(0, Date.parse(attempt.endedAt) - Date.parse(attempt.at))} ms</dd>
                {attempt.batchId !== null && (
                  <>
                    <dt>批次</dt>
                    <dd>{attempt.batchId}</dd>
                  </>
                )}
                <dt>请求摘要</dt>
                <dd>
                  <code>{attempt.requestDigest}</code>
                </dd>
                <dt>请求（已遮盖）</dt>
                <dd>
                  <pre className="jt-payload">{pretty(attempt.request) || '（空）'}</pre>
                </dd>
                <dt>平台应答</dt>
                <dd>
                  <pre className="jt-payload">{pretty(attempt.answer) || '（没有等到应答）'}</pre>
                </dd>
              </dl>
            </details>
          </li>
        ))}
      </ol>
    </>
  );
}

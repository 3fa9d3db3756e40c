// What happened to a report number, newest revision first: code, change order, void, paper originals.
import type { ReportHistory } from '../../../shared/afterIssue/calls.ts';
import { StateTag } from '../../design/StateTag.tsx';
import { showTime } from '../../design/time.ts';
import { reportWords, wordOf, type StateWord } from '../../design/words.ts';
import { OrderFacts } from './OrderFacts.tsx';
import { causeWords } from './OriginalDialog.tsx';
import { orderWords } from './words.ts';

type Revision = ReportHistory['revisions'][number];

export function Timeline({
  history,
  onOpen,
}: {
  history: ReportHistory;
  onOpen: (reportNo: string, revision: number) => void;
}) {
  const orderOf = (revision: number, state: 'approved') =>
    history.orders.find(
      (order) => order.revision === revision && order.state === state && withdrawalOf(order.changeNo) === undefined,
    );
  const withdrawalOf = (changeNo: string) => history.withdrawals.find((one) => one.changeNo === changeNo);
  const others = history.orders.filter(
    (order) => order.state !== 'approved' || withdrawalOf(order.changeNo) !== undefined,
  );
  return (
    <ol className="jt-timeline" aria-label="报告的经过" data-testid="report-timeline">
      {others.map((order) => (
        <li key={order.changeNo} data-testid="timeline-order" data-key={order.changeNo} data-state={order.state}>
          <p>
            <b>变更单 {order.changeNo}</b>{' '}
            <StateTag state={withdrawalOf(order.changeNo) ? withdrawnWord : orderWords[order.state]} />
          </p>
          <WithdrawalLine one={withdrawalOf(order.changeNo)} />
          <OrderFacts order={order} />
        </li>
      ))}
      {history.revisions.map((one) => {
        const order = orderOf(one.revision, 'approved');
        return (
          <li key={one.revision} data-testid="timeline-revision" data-key={one.revision} data-standing={one.standing}>
            <p>
              <button type="button" className="jt-link" onClick={() => onOpen(history.reportNo, one.revision)}>
                第 {one.revision} 版
              </button>{' '}
              <StateTag state={standingWord(one)} />
              {one.approvedAt !== null && (
                <span className="jt-soft">
                  {' '}
                  {one.approverName} {showTime(one.approvedAt)} 批准
                </span>
              )}
              {one.prints > 0 && <span className="jt-soft"> · 打印或存出 {one.prints} 次</span>}
            </p>
            <RevisionLines one={one} />
            {order !== undefined && (
              <details>
                <summary>
                  由变更单 {order.changeNo} 产生，代替第 {one.revision - 1} 版
                </summary>
                <OrderFacts order={order} />
              </details>
            )}
          </li>
        );
      })}
      {history.madeAgainAs !== null && (
        <li>
          用同样的原始记录另出了报告 <b>{history.madeAgainAs}</b>
        </li>
      )}
    </ol>
  );
}

const withdrawnWord: StateWord = { word: '已撤回', tone: 'quiet', shape: '○' };

function WithdrawalLine({ one }: { one: ReportHistory['withdrawals'][number] | undefined }) {
  if (one === undefined) return null;
  return (
    <p className="jt-soft" data-testid="timeline-withdrawal">
      {one.platformWords !== null && `平台答复：${one.platformWords}。`}
      {one.by} {showTime(one.at)} 撤回：{one.reason}
    </p>
  );
}

const standingWord = ({ standing, revision }: Revision): StateWord =>
  standing === 'draft' && revision > 1
    ? { word: '待三人签名', tone: 'warn', shape: '▲' }
    : wordOf(reportWords, standing);

function RevisionLines({ one }: { one: Revision }) {
  const { original } = one;
  return (
    <>
      {one.code !== null && (
        <p>
          标识码 <span className="jt-figure">{one.code}</span> <span className="jt-soft">{showTime(one.codedAt)}</span>
        </p>
      )}
      {one.revokedReason !== null && (
        <p className="jt-tone-bad">
          ✕ {showTime(one.revokedAt)} 标识码被监管平台撤销：{one.revokedReason}
        </p>
      )}
      {one.voidedAt !== null && (
        <p className="jt-tone-bad">
          ✕ {one.voidedBy} {showTime(one.voidedAt)} 作废：{one.voidReason}
        </p>
      )}
      {original !== null && (
        <p className={original.handledAt === null ? 'jt-tone-warn' : 'jt-soft'}>
          {original.handledAt === null
            ? `▲ 原件待收回（${causeWords[original.cause]}，打印过 ${original.copies} 份）`
            : `原件收回 ${original.returned ?? 0} 份${original.broughtBy === null ? '' : `，${original.broughtBy} 交回`}（${original.returnedOn ?? ''}，${original.handledBy ?? ''} 登记）${original.missingReason === null ? '' : `；未全部收回：${original.missingReason}`}`}
        </p>
      )}
    </>
  );
}

// One line of the ledger: what was found, the proof that the authority has it, what was done about it.
import { closingNames, type UnqualifiedRow } from '../../../shared/afterIssue/calls.ts';
import { Facts } from '../../design/Facts.tsx';
import { StateTag } from '../../design/StateTag.tsx';
import { showTime } from '../../design/time.ts';
import { outboxWords, wordOf } from '../../design/words.ts';
import { FirstLine, RetestLine } from '../retests/RetestLines.tsx';
import { sendingWords } from './words.ts';

export function UnqualifiedDetail({ row }: { row: UnqualifiedRow }) {
  const { notice } = row;
  return (
    <div className="jt-split-detail" data-testid="unqualified-detail" data-key={row.ledgerNo}>
      <header className="jt-detail-head">
        <h3>{row.ledgerNo}</h3>
        <StateTag state={sendingWords[row.sending]} />
      </header>
      <Facts
        columns={2}
        facts={[
          ['工程', row.projectName, 'wide'],
          ['工程部位', row.structurePart, 'wide'],
          ['检测项目', row.itemName],
          ['参数', row.parameterName],
          ['结果', row.value],
          ['要求', row.requirement],
          ['样品', row.sampleNo],
          ['原始记录', row.recordNo],
          ['委托', row.commissionNo],
          ['报告', row.reportNos.join('、')],
          ['发现时间', showTime(row.foundAt, true)],
          ['上报时限', showTime(row.deadline, true)],
        ]}
      />
      <h4>上报凭据</h4>
      {row.reportOtherwise !== null && (
        <p className="jt-tone-warn" data-testid="unqualified-otherwise">
          ▲ {row.reportOtherwise}
        </p>
      )}
      {notice === null ? (
        row.reportOtherwise === null && (
          <p className="jt-soft">本平台不接收不合格结果上报，没有上报条目；另行上报的经过见下。</p>
        )
      ) : (
        <Facts
          columns={2}
          facts={[
            ['监督机构', row.authority, 'wide'],
            ['上报编号', notice.noticeNo, 'wide'],
            ['状态', <StateTag key="state" state={wordOf(outboxWords, notice.state)} />],
            ['平台接收', showTime(notice.acceptedAt, true)],
            ['尝试次数', String(notice.attempts)],
            ['平台答复', notice.platformWords ?? ''],
          ]}
        />
      )}
      {(row.retestOf !== null || row.retests.length > 0) && (
        <>
          <h4>复检</h4>
          <ul className="jt-timeline" data-testid="unqualified-retests">
            {row.retestOf !== null && <FirstLine link={row.retestOf} />}
            {row.retests.map((link) => (
              <RetestLine key={link.sampleNo} link={link} />
            ))}
          </ul>
        </>
      )}
      <h4>处置经过</h4>
      {row.handling.length === 0 ? (
        <p className="jt-soft">还没有登记。</p>
      ) : (
        <ol className="jt-timeline">
          {row.handling.map((one) => (
            <li key={`${one.at}${one.text}`} data-testid="unqualified-step">
              <p>
                {one.how === 'reported' && <b>已另行上报：</b>}
                {one.how !== 'note' && one.how !== 'reported' && <b>办结（{closingNames[one.how]}）：</b>}
                {one.text}
              </p>
              <p className="jt-soft">
                {one.personName} {showTime(one.at)}
              </p>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

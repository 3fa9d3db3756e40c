// What the gate decided on the way of a record, and by which reference data.
import type { GateDecisionLine, TestRecord } from '../../shared/entities/record.ts';
import { StateTag } from '../design/StateTag.tsx';
import { showTime } from '../design/time.ts';

const moments: Record<string, string> = { 'run-start': '开始检测', signing: '签名', approval: '批准', import: '导入' };

function momentOf({ moment, runNo }: GateDecisionLine): string {
  return runNo === null ? (moments[moment] ?? moment) : `采集 ${runNo}`;
}

export function GateDecisions({ record }: { record: TestRecord }) {
  if (record.gateDecisions.length === 0) return null;
  return (
    <section>
      <h4>合规检查</h4>
      <table className="jt-table" data-testid="record-decisions">
        <thead>
          <tr>
            <th>时间</th>
            <th>环节</th>
            <th>人员</th>
            <th>设备</th>
            <th>结果</th>
            <th>依据的基础数据</th>
          </tr>
        </thead>
        <tbody>
          {record.gateDecisions.map((decision) => (
            <tr key={`${decision.at}${decision.moment}${decision.runNo ?? ''}`}>
              <td>{showTime(decision.at, true)}</td>
              <td>{momentOf(decision)}</td>
              <td>{decision.personName}</td>
              <td>{decision.equipmentIds.join('、')}</td>
              <td>
                <StateTag
                  state={
                    decision.allowed
                      ? { word: '允许', tone: 'good', shape: '✓' }
                      : { word: '不允许', tone: 'bad', shape: '✕' }
                  }
                />
                {decision.warnings.map((warning) => (
                  <div key={warning} className="jt-tone-warn">
                    ▲ {warning}
                  </div>
                ))}
              </td>
              <td>
                {decision.snapshot === null ? (
                  '尚未取得'
                ) : (
                  <>
                    {showTime(decision.snapshotFetchedAt)} 取得
                    <div className="jt-soft">{decision.snapshot}</div>
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

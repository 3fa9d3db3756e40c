// How a result came about, step by step: formula, figures put in, rule and clause.
import type { RecordResult } from '../../shared/entities/record.ts';

export function TraceTable({ steps }: { steps: RecordResult['trace'] }) {
  if (steps.length === 0) return null;
  return (
    <section>
      <h4>计算过程</h4>
      <table className="jt-table jt-trace" data-testid="record-trace">
        <thead>
          <tr>
            <th>项目</th>
            <th>公式与代入</th>
            <th className="jt-right">值</th>
            <th>规则</th>
            <th>依据条文</th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- steps of one result do not move, and may read alike
            <tr key={index}>
              <td>
                {step.name}
                {step.symbol !== undefined && <i> {step.symbol}</i>}
              </td>
              <td>
                {step.formula}
                {step.substituted !== undefined && <div className="jt-soft">{step.substituted}</div>}
              </td>
              <td className="jt-right jt-figure">
                {step.value} {step.unit}
              </td>
              <td>{step.rule}</td>
              <td>{step.clause}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

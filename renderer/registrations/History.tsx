// Every entry made here about one person or machine: what, why, by whom, and what the platform said.
import type { RegistrationHistory } from '../../shared/entities/registration.ts';
import { StateTag } from '../design/StateTag.tsx';
import { showTime } from '../design/time.ts';
import { entryWords } from './words.ts';

export function History({ history }: { history: RegistrationHistory }) {
  if (history.entries.length === 0) return null;
  return (
    <section>
      <h4>登记与变更</h4>
      <table className="jt-table" data-testid="registration-history">
        <thead>
          <tr>
            <th>次</th>
            <th>状态</th>
            <th>内容</th>
            <th>原因</th>
            <th>登记人</th>
          </tr>
        </thead>
        <tbody>
          {history.entries.map((entry) => (
            <tr key={entry.revision}>
              <td>{entry.revision}</td>
              <td>
                <StateTag state={entryWords[entry.state]} />
                {entry.platformReason !== null && <div className="jt-tone-bad">{entry.platformReason}</div>}
                {entry.decidedAt !== null && <div className="jt-soft">{showTime(entry.decidedAt)}</div>}
              </td>
              <td>{entry.facts.map(([name, value]) => `${name} ${value}`).join('；')}</td>
              <td>{entry.reason}</td>
              <td>
                {entry.enteredByName}
                <div className="jt-soft">{showTime(entry.enteredAt)}</div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {history.platformId !== null && <p className="jt-soft">平台编号 {history.platformId}</p>}
    </section>
  );
}

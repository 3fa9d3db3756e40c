// 概况: editions and the days they are in force, what is reported, specimens, the age at test, what a machine delivers.
import { fieldNamed } from '../../shared/methods/index.ts';
import type { TestMethod } from '../../shared/methods/index.ts';
import { Facts, type Fact } from '../design/Facts.tsx';
import { StateTag } from '../design/StateTag.tsx';
import { today } from '../design/time.ts';
import { toleranceWords } from './fieldWords.ts';
import { editionState, editionWords } from './methodList.ts';
import { confirmationWords } from './policyState.ts';

function Editions({ method }: { method: TestMethod }) {
  return (
    <table className="jt-table jt-method-table" data-testid="method-editions">
      <thead>
        <tr>
          <th>版本</th>
          <th>检测依据</th>
          <th>判定依据</th>
          <th>数值修约</th>
          <th>实施</th>
        </tr>
      </thead>
      <tbody>
        {method.editions.map((edition) => (
          <tr key={edition.id}>
            <td>
              <b>{edition.id}</b>
              <small>{edition.title}</small>
            </td>
            <td>{edition.test}</td>
            <td>{edition.judgement ?? '不作判定'}</td>
            <td>{edition.rounding}</td>
            <td className="jt-nowrap">
              <StateTag state={editionWords[editionState(edition, today())]} />
              <small>{edition.inForceFrom} 起</small>
              {edition.inForceUntil !== null && <small>{edition.inForceUntil} 止</small>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function namesOf(method: TestMethod, codes: readonly string[] | undefined): string {
  const all = codes === undefined || codes.length === method.parameters.length;
  if (all) return '全部参数';
  return method.parameters.flatMap(({ code, name }) => (codes.includes(code) ? [name] : [])).join('、');
}

function Specimens({ method }: { method: TestMethod }) {
  if (method.sets.length === 0) return <p className="jt-soft">每个样品只有一份读数，不分试件。</p>;
  return (
    <table className="jt-table jt-method-table">
      <thead>
        <tr>
          <th>试件</th>
          <th>数量</th>
          <th>用于</th>
        </tr>
      </thead>
      <tbody>
        {method.sets.map(({ id, label, count, parameters }) => (
          <tr key={id}>
            <td>{label}</td>
            <td className="jt-figure">
              {typeof count === 'number' ? `${count} 个` : `${count.min}～${count.max} 个，通常 ${count.usual} 个`}
            </td>
            <td>{namesOf(method, parameters)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Timing({ method: { timing } }: { method: TestMethod }) {
  if (timing.kind === 'prompt') return <p>收样后 {timing.turnaroundDays} 天内检测，没有龄期要求。</p>;
  return (
    <>
      <p>
        {timing.kind === 'age'
          ? `按委托的龄期检测，常用 ${timing.usualDays.join('、')} d。`
          : `分龄期检测：${timing.ageDays.join('、')} d，每个龄期一份记录、一份报告。`}
      </p>
      {timing.tolerances.length === 0 ? (
        <p className="jt-soft">没有列出允许偏差：龄期不符时由人决定。</p>
      ) : (
        <table className="jt-table jt-method-table" data-testid="method-tolerances">
          <thead>
            <tr>
              <th>龄期</th>
              <th>允许偏差</th>
              <th>条款</th>
              <th>数据</th>
            </tr>
          </thead>
          <tbody>
            {timing.tolerances.map((row) => (
              <tr key={`${row.days}${row.openEnded}`}>
                <td className="jt-figure">
                  {row.days} d{row.openEnded ? ' 及以上' : ''}
                </td>
                <td className="jt-figure">{toleranceWords(row.toleranceHours)}</td>
                <td>{row.clause}</td>
                <td>
                  <StateTag state={confirmationWords[row.status]} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function Acquisitions({ method }: { method: TestMethod }) {
  return (
    <ul>
      {method.acquisitions.map(({ field, rateField, rateWindow, preview }) => (
        <li key={field}>
          {fieldNamed(method, field)?.label ?? field}：取每个试件的峰值
          {rateField !== undefined && '，并记平均加载速率'}
          {rateWindow !== undefined && '，按样品核对加载速率范围'}
          {preview !== undefined && `；采集中显示${preview.label}（${preview.unit}）`}。
        </li>
      ))}
    </ul>
  );
}

export function Overview({ method }: { method: TestMethod }) {
  const facts: Fact[] = method.parameters.map(({ code, name, unit }) => [
    code,
    unit === '' ? name : `${name}（${unit}）`,
  ]);
  return (
    <div className="jt-method-part" data-testid="method-overview">
      <h4>版本</h4>
      <Editions method={method} />
      <p className="jt-soft">新委托采用收样日现行的版本（或委托时指定的版本）；已登记的委托保持其版本。</p>
      <h4>检测参数</h4>
      <Facts columns={2} facts={facts} />
      <h4>试件</h4>
      <Specimens method={method} />
      <h4>检测时间</h4>
      <Timing method={method} />
      {method.acquisitions.length > 0 && (
        <>
          <h4>试验机采集</h4>
          <Acquisitions method={method} />
        </>
      )}
    </div>
  );
}

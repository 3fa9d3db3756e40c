// Parts of a record's sheet that not every record has: typed readings with what they replaced, stops that were let go on,
// and how the lab reads the standard.
import type { TestRecord } from '../../shared/entities/record.ts';
import { fileOriginOf } from '../../shared/instrument-files/fileOrigin.ts';
import { fieldNamed, methodById, shownValue, specimenLabel } from '../../shared/methods/index.ts';
import { showTime } from '../design/time.ts';

export function TypedReadings({ record }: { record: TestRecord }) {
  const typed = record.readings.filter(({ runNo }) => runNo === null);
  const ofFiles = typed.filter(({ source }) => source === 'file').length;
  if (typed.length === 0) return null;
  const method = methodById(record.methodId);
  return (
    <details>
      <summary>
        {ofFiles > 0 ? '录入和从文件取入的读数' : '键盘录入的读数'} {typed.filter(({ current }) => current).length} 个
        {typed.some(({ current }) => !current) && `，更正 ${typed.filter(({ current }) => !current).length} 次`}
      </summary>
      <table className="jt-table" data-testid="record-typed">
        <thead>
          <tr>
            <th>试件</th>
            <th>读数</th>
            <th className="jt-right">值</th>
            <th>录入人 · 时间</th>
            <th>更正原因</th>
          </tr>
        </thead>
        <tbody>
          {typed.map((reading) => {
            const field = fieldNamed(method, reading.field);
            const shown = reading.value === null ? '（取消）' : shownValue(field, reading.value);
            return (
              <tr key={[reading.field, reading.specimenNo, reading.position, reading.at, reading.value].join('|')}>
                <td>
                  {reading.specimenNo === null ? '—' : `${specimenLabel(method, reading.field)} ${reading.specimenNo}`}
                </td>
                <td>
                  {field?.label ?? reading.field}
                  {reading.position === null ? '' : ` 第 ${reading.position} 个`}
                </td>
                <td className="jt-right jt-figure">
                  {reading.current ? shown : <s>{shown}</s>} {field?.kind === 'decimal' ? field.unit : ''}
                </td>
                <td>
                  {reading.personName} {showTime(reading.at, true)}
                  {reading.source === 'file' && <FileOfReading raw={reading.origin?.raw ?? null} />}
                </td>
                <td>{reading.reason ?? ''}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </details>
  );
}

/** From which row of which file a reading was taken, and what stood there. */
function FileOfReading({ raw }: { raw: string | null }) {
  const origin = fileOriginOf(raw);
  if (origin === null) return <span className="jt-soft"> · 文件</span>;
  const measured = origin.measuredAt === null ? '' : `，仪器时间 ${showTime(origin.measuredAt, true)}`;
  return (
    <span className="jt-soft" title={`${origin.cells}${measured}`}>
      {' '}
      · 文件 {origin.file} 第 {origin.row} 行
    </span>
  );
}

export function Releases({ record }: { record: TestRecord }) {
  const stops = record.result?.stops ?? [];
  if (stops.length === 0) return null;
  return (
    <section>
      <h4>可疑数据</h4>
      <ul className="jt-warnings" data-testid="record-stops">
        {stops.map((stop) => (
          <li key={`${stop.code}${stop.field}`} className={stop.release === null ? 'jt-tone-bad' : undefined}>
            ▲ {stop.message}
            {stop.release === null
              ? ' 尚未确认。'
              : ` ${stop.release.personName} 与 ${stop.release.secondName} 于 ${showTime(stop.release.at, true)} 确认：${stop.release.reason}`}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Policies({ record }: { record: TestRecord }) {
  const policies = record.result?.policies ?? [];
  if (policies.length === 0) return null;
  return (
    <section>
      <h4>本机构的方法设置</h4>
      <ul className="jt-soft" data-testid="record-policies">
        {policies.map((policy) => (
          <li key={policy.name}>
            {policy.label}：{policy.option}（{policy.clause}）
          </li>
        ))}
      </ul>
    </section>
  );
}

// Turn-around, machines and people as tables; a column of figures reads downwards.
import type { ReactNode } from 'react';
import type { Overview } from '../../shared/overview/calls.ts';
import { sayHours } from './words.ts';

interface Head {
  text: string;
  figure?: true;
}

const figure = (text: string): Head => ({ text, figure: true });

function Table({
  heads,
  rows,
  empty,
  testId,
}: {
  heads: readonly Head[];
  rows: readonly (readonly [key: string, ...cells: ReactNode[]])[];
  empty: string;
  testId: string;
}) {
  if (rows.length === 0) return <p className="jt-empty">{empty}</p>;
  return (
    <table className="jt-table" data-testid={testId}>
      <thead>
        <tr>
          {heads.map(({ text, figure: right }) => (
            <th key={text} className={right && 'jt-right'}>
              {text}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([key, ...cells]) => (
          <tr key={key} data-key={key}>
            {cells.map((cell, index) => (
              <td key={heads[index]?.text} className={heads[index]?.figure && 'jt-right'}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export const TurnaroundTable = ({ rows }: { rows: Overview['turnaround'] }) => (
  <>
    <Table
      testId="turnaround"
      empty="这段时间没有取得标识码的报告。"
      heads={[
        { text: '检测项目' },
        ...['报告', '收样到取码 中位数', 'P90', '最长', '检测到取码 中位数', 'P90 ', '最长 '].map(figure),
      ]}
      rows={rows.map(({ itemCode, itemName, fromReceipt, fromTest }) => [
        itemCode,
        itemName,
        fromReceipt.count,
        ...[fromReceipt.median, fromReceipt.p90, fromReceipt.longest].map(sayHours),
        ...[fromTest.median, fromTest.p90, fromTest.longest].map(sayHours),
      ])}
    />
    <p className="jt-soft">
      收样到取码包含试件的龄期；检测到取码从最后一个读数算起，是本机构自己用的时间。只算第 1 版报告。
    </p>
  </>
);

export const MachinesTable = ({ rows }: { rows: Overview['machines'] }) => (
  <Table
    testId="machines"
    empty="这段时间没有试验机采集的数据。"
    heads={[{ text: '设备' }, { text: '名称' }, ...['试验次数', '其中不计入', '使用天数', '加载时间'].map(figure)]}
    rows={rows.map(({ equipmentId, name, runs, notCounting, days, minutes }) => [
      equipmentId,
      equipmentId,
      name,
      runs,
      notCounting,
      days,
      minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`,
    ])}
  />
);

export const PeopleTable = ({ rows }: { rows: Overview['people'] }) => (
  <Table
    testId="people-load"
    empty="这段时间没有签名。"
    heads={[{ text: '人员' }, ...['检测记录', '校核记录', '批准报告', '退回后重签'].map(figure)]}
    rows={rows.map(({ personId, name, tested, checked, approved, returned }) => [
      personId,
      name,
      tested,
      checked,
      approved,
      returned,
    ])}
  />
);

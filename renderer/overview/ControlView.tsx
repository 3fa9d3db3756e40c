// Control chart of the repeatability of an item, of all machines or of one; the groups outside as a list below.
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Overview } from '../../shared/overview/calls.ts';
import { ENOUGH_GROUPS } from '../../shared/overview/control.ts';
import { toErrorInfo, useClient } from '../client.ts';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { useHotkeys } from '../design/hotkeys.ts';
import { useUi } from '../state/ui.ts';
import { ControlChart } from './ControlChart.tsx';
import { saveChart } from './svg.tsx';
import type { Span } from './words.ts';

export function ControlView({ span, machines }: { span: Span; machines: Overview['machines'] }) {
  const client = useClient();
  const go = useUi((state) => state.go);
  const svg = useRef<SVGSVGElement>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [equipmentId, setEquipmentId] = useState('');
  const items = useQuery({
    queryKey: ['overview.controlItems'],
    queryFn: () => client.call('overview.controlItems', {}),
  });
  const itemCode = chosen ?? items.data?.items[0]?.itemCode ?? null;
  const chart = useQuery({
    queryKey: ['overview.control', itemCode, equipmentId, span],
    queryFn: () =>
      client.call('overview.control', {
        itemCode: itemCode ?? '',
        span,
        ...(equipmentId === '' ? {} : { equipmentId }),
      }),
    enabled: itemCode !== null,
    placeholderData: (previous) => previous,
  });
  const control = chart.data;
  const itemName = items.data?.items.find((item) => item.itemCode === itemCode)?.itemName ?? '';
  useHotkeys('控制图', [
    {
      keys: 'F10',
      name: '保存图',
      run: () => saveChart(svg, `极差控制图-${itemName}.svg`),
      disabled: control === undefined || control.points.length === 0,
    },
  ]);
  if (items.data?.items.length === 0)
    return <p className="jt-empty">近一年没有由试验机成组检测、检测员已签名的记录。</p>;
  const odd = control?.points.filter(({ outside, recordNo }) => outside || control.shifts.includes(recordNo)) ?? [];
  return (
    <>
      <div className="jt-overview-bar">
        <select
          className="jt-input"
          aria-label="检测项目"
          value={itemCode ?? ''}
          onChange={(event) => setChosen(event.target.value)}
          data-testid="control-item"
        >
          {items.data?.items.map((item) => (
            <option key={item.itemCode} value={item.itemCode}>
              {item.itemName}（{item.groups} 组）
            </option>
          ))}
        </select>
        <select
          className="jt-input"
          aria-label="设备"
          value={equipmentId}
          onChange={(event) => setEquipmentId(event.target.value)}
          data-testid="control-machine"
        >
          <option value="">全部设备</option>
          {machines.map((machine) => (
            <option key={machine.equipmentId} value={machine.equipmentId}>
              {machine.equipmentId} {machine.name}
            </option>
          ))}
        </select>
        {control !== undefined && control.points.length > 0 && (
          <span data-testid="control-said">
            {control.reading}，每组 {control.size} 个，{control.points.length} 组
            {control.leftOut > 0 && `；另有 ${control.leftOut} 组个数不同或没有极差，未画`}
            {control.points.length < ENOUGH_GROUPS && `；不足 ${ENOUGH_GROUPS} 组，控制限只供参考`}
          </span>
        )}
      </div>
      <ErrorBlock error={chart.error === null ? null : toErrorInfo(chart.error)} onRetry={() => void chart.refetch()} />
      {control !== undefined && control.points.length === 0 && <p className="jt-empty">这段时间没有可以画的组。</p>}
      {control !== undefined && control.points.length > 0 && (
        <>
          <ControlChart control={control} svg={svg} />
          <p className="jt-soft">
            点为每组的极差除以平均值；控制限按 GB/T 17989.2 的极差图系数由这些组算得，只看本机构的重复性，不判样品。
          </p>
          {odd.length === 0 ? (
            <p className="jt-tone-good" data-testid="control-good">
              ✓ 没有超出控制限的组，也没有连续 9 组在中心线同一侧。
            </p>
          ) : (
            <ul className="jt-overview-odd">
              {odd.map((point) => (
                <li key={point.recordNo}>
                  <button
                    type="button"
                    className="jt-link"
                    onClick={() => go('review', point.recordNo)}
                    data-testid="control-odd"
                  >
                    {point.recordNo}
                  </button>{' '}
                  {point.testedAt.slice(0, 10)} {point.testerName} {point.equipmentId} {point.grade}：
                  {point.range_percent} %{point.outside ? '，超出控制限' : '，连续 9 组在中心线同一侧'}
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </>
  );
}

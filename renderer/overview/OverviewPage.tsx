// 一览: what a quality manager opens in the morning. Figures above, what they count or how the work goes below.
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import type { FigureId } from '../../shared/overview/figures.ts';
import { toErrorInfo, useClient } from '../client.ts';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { saveFile } from '../design/files.ts';
import { useHotkeys } from '../design/hotkeys.ts';
import { Pane } from '../design/Pane.tsx';
import { Tabs } from '../design/Tabs.tsx';
import { useCommand } from '../design/useCommand.ts';
import { ControlView } from './ControlView.tsx';
import { DaysChart } from './DaysChart.tsx';
import { FigureList } from './FigureList.tsx';
import { saveChart } from './svg.tsx';
import { MachinesTable, PeopleTable, TurnaroundTable } from './Tables.tsx';
import { Tiles } from './Tiles.tsx';
import { spanNames, type Span } from './words.ts';

const views = [
  { id: 'list', name: '明细', keys: 'F2' },
  { id: 'days', name: '每日', keys: 'F3' },
  { id: 'turnaround', name: '周转', keys: 'F4' },
  { id: 'machines', name: '设备', keys: 'F6' },
  { id: 'people', name: '人员', keys: 'F7' },
  { id: 'control', name: '控制图', keys: 'F8' },
] as const;
type View = (typeof views)[number]['id'];

const spans = Object.keys(spanNames).map(Number) as Span[];

export function OverviewPage() {
  const client = useClient();
  const [figure, setFigure] = useState<FigureId>('tasksOverdue');
  const [view, setView] = useState<View>('list');
  const [span, setSpan] = useState<Span>(30);
  /** Counts how often the list was asked to take the focus. */
  const [focus, setFocus] = useState(0);
  const svg = useRef<SVGSVGElement>(null);
  const query = useQuery({
    queryKey: ['overview.read', span],
    queryFn: () => client.call('overview.read', { span }),
    refetchInterval: 60_000,
    placeholderData: (previous) => previous,
  });
  const save = useCommand(async () => {
    const { fileName, text } = await client.call('overview.export', { span });
    saveFile(fileName, new Blob([text], { type: 'text/csv;charset=utf-8' }));
  });
  const openList = (): void => {
    setView('list');
    setFocus(focus + 1);
  };
  const nextSpan = (): void => setSpan(spans[(spans.indexOf(span) + 1) % spans.length] ?? 30);
  useHotkeys('一览', [
    ...views.map(({ id, name, keys }) => ({ keys, name, run: () => (id === 'list' ? openList() : setView(id)) })),
    { keys: 'F5', name: '重新统计', run: () => void query.refetch() },
    { keys: 'F9', name: '统计期', run: nextSpan },
    { keys: 'F10', name: '保存图', run: () => saveChart(svg, '每日工作量.svg'), disabled: view !== 'days' },
    { keys: 'Ctrl+S', name: '导出表格', run: () => void save.run() },
  ]);
  const data = query.data;
  return (
    <Pane
      title="一览"
      actions={
        <>
          {data !== undefined && (
            <span className="jt-soft" data-testid="overview-at">
              {data.at.slice(0, 16).replace('T', ' ')} 统计 · {data.from} 至 {data.to}
            </span>
          )}
          <Button onClick={nextSpan} data-testid="overview-span" data-span={span}>
            {spanNames[span]} <kbd className="jt-key">F9</kbd>
          </Button>
          <Button onClick={() => void query.refetch()} loading={query.isFetching}>
            重新统计 <kbd className="jt-key">F5</kbd>
          </Button>
          <Button onClick={() => void save.run()} loading={save.busy} data-testid="overview-export">
            导出 <kbd className="jt-key">Ctrl+S</kbd>
          </Button>
        </>
      }
    >
      <div className="jt-fill" data-testid="place-overview">
        <ErrorBlock error={save.error} onClose={save.clear} />
        <ErrorBlock
          error={query.error === null ? null : toErrorInfo(query.error)}
          onRetry={() => void query.refetch()}
        />
        <Tiles
          counts={data?.figures ?? null}
          current={figure}
          onCurrent={(id) => {
            setFigure(id);
            setView('list');
          }}
          onOpen={openList}
        />
        <Tabs label="一览" tabs={views} current={view} onChange={setView} />
        <div className="jt-overview-view">
          {view === 'list' && <FigureList figure={figure} focus={focus} />}
          {data !== undefined && (
            <>
              {view === 'days' && <DaysChart days={data.days} svg={svg} />}
              {view === 'turnaround' && <TurnaroundTable rows={data.turnaround} />}
              {view === 'machines' && <MachinesTable rows={data.machines} />}
              {view === 'people' && <PeopleTable rows={data.people} />}
              {view === 'control' && <ControlView span={span} machines={data.machines} />}
            </>
          )}
        </div>
      </div>
    </Pane>
  );
}

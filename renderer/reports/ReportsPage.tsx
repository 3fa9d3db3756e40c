// 报告: those that wait for a signature, all recent ones, the whole history; the paper originals that are to come back, and
// the ledger of unqualified results.
import { useRef, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useClient } from '../client.ts';
import { useHotkeys } from '../design/hotkeys.ts';
import { Tabs } from '../design/Tabs.tsx';
import { useLive } from '../live/useLive.tsx';
import { usePermit } from '../state/session.ts';
import { useUi } from '../state/ui.ts';
import { OriginalsPane } from './afterIssue/OriginalsPane.tsx';
import { UnqualifiedPane } from './afterIssue/UnqualifiedPane.tsx';
import { ReportList, type ListPart } from './ReportList.tsx';

type Part = ListPart | 'originals' | 'unqualified';

export function ReportsPage() {
  const client = useClient();
  const mayApprove = usePermit('report.approve');
  const asked = useUi((state) => state.asked);
  const [chosen, setChosen] = useState<{ part: Part; asked: number }>({ part: mayApprove ? 'draft' : 'recent', asked });
  const setPart = (next: Part): void => setChosen({ part: next, asked });
  // A scan asks for a report: it is shown in the list, whatever lay open.
  const aside = chosen.part === 'originals' || chosen.part === 'unqualified';
  const part: Part = aside && chosen.asked !== asked ? 'recent' : chosen.part;
  const searchField = useRef<HTMLInputElement>(null);
  const { rows: live } = useLive('reports');
  const unqualified = useQuery({
    queryKey: ['unqualified.list', 'open', ''],
    queryFn: () => client.call('unqualified.list', { part: 'open', text: '', limit: 200 }),
    refetchInterval: 60_000,
  });
  useHotkeys('报告的各部分', [
    {
      keys: 'F4',
      name: '在全部历史中查',
      run: () => {
        setPart('all');
        setTimeout(() => searchField.current?.focus());
      },
    },
    { keys: 'Alt+Y', name: '原件收回', run: () => setPart('originals') },
    { keys: 'Alt+U', name: '不合格台账', run: () => setPart('unqualified') },
  ]);
  return (
    <section className="jt-pane" data-testid="place-reports">
      <Tabs
        label="报告"
        current={part}
        onChange={setPart}
        tabs={[
          { id: 'draft', name: '待批准', count: live.filter((report) => report.state === 'draft').length },
          { id: 'recent', name: '近期', count: live.length },
          { id: 'all', name: '全部报告', keys: 'F4' },
          {
            id: 'originals',
            name: '原件收回',
            count: live.filter((report) => report.originalOpen).length,
            keys: 'Alt+Y',
          },
          {
            id: 'unqualified',
            name: '不合格台账',
            ...(unqualified.data === undefined ? {} : { count: unqualified.data.counts.open }),
            keys: 'Alt+U',
          },
        ]}
      />
      {part === 'originals' ? (
        <OriginalsPane />
      ) : part === 'unqualified' ? (
        <UnqualifiedPane />
      ) : (
        <ReportList part={part} searchField={searchField} />
      )}
    </section>
  );
}

// Under a report: the retests and supplements of its results and how each came out, the first report where it is itself one,
// and the way to begin one.
import { App, Button } from 'antd';
import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { toErrorInfo, useClient } from '../../client.ts';
import { ErrorBlock } from '../../design/ErrorBlock.tsx';
import { useHotkeys } from '../../design/hotkeys.ts';
import { FirstLine, RetestLine, SupplementLine } from './RetestLines.tsx';
import { RetestDialog } from './RetestDialog.tsx';
import { SupplementDialog } from './SupplementDialog.tsx';

export function RelatedReports({ reportNo, stamp }: { reportNo: string; stamp: string }) {
  const client = useClient();
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [open, setOpen] = useState<{ what: 'retest' | 'supplement'; recordNo: string } | null>(null);
  const query = useQuery({
    queryKey: ['retests.related', reportNo, stamp],
    queryFn: () => client.call('retests.related', { reportNo }),
    // What is tested elsewhere moves on while this is open.
    refetchInterval: 30_000,
    placeholderData: (previous) => previous,
  });
  const about = query.data ?? null;
  const retestable = about?.records.filter(({ mayRetest, verdict }) => mayRetest && verdict !== 'qualified') ?? [];
  const addable = about?.records.filter(({ maySupplement }) => maySupplement) ?? [];
  const [first] = retestable;
  const [added] = addable;
  const done = (text: string): void => {
    setOpen(null);
    void message.success(text);
    void cache.invalidateQueries({ queryKey: ['retests.related'] });
  };
  useHotkeys('复检和补充检测', [
    {
      keys: 'Alt+R',
      name: '委托复检',
      run: () => first && setOpen({ what: 'retest', recordNo: first.recordNo }),
      disabled: first === undefined,
    },
    {
      keys: 'Alt+B',
      name: '补充检测',
      run: () => added && setOpen({ what: 'supplement', recordNo: added.recordNo }),
      disabled: added === undefined,
    },
  ]);
  const lines = about === null ? 0 : about.retestOf.length + about.retests.length + about.supplementOf.length + about.supplements.length; // prettier-ignore
  if (lines === 0 && first === undefined && added === undefined) return null;
  return (
    <div className="jt-after" data-testid="related">
      <ErrorBlock error={query.error === null ? null : toErrorInfo(query.error)} onRetry={() => void query.refetch()} />
      {about !== null && lines > 0 && (
        <ul className="jt-timeline">
          {about.retestOf.map((link) => (
            <FirstLine key={link.sampleNo} link={link} />
          ))}
          {about.supplementOf.map((link) => (
            <SupplementLine key={link.begunAt} link={link} own />
          ))}
          {about.retests.map((link) => (
            <RetestLine key={link.sampleNo} link={link} />
          ))}
          {about.supplements.map((link) => (
            <SupplementLine key={link.begunAt} link={link} />
          ))}
        </ul>
      )}
      <div className="jt-after-bar">
        {retestable.map(({ recordNo, sampleNo }, index) => (
          <Button key={recordNo} onClick={() => setOpen({ what: 'retest', recordNo })} data-testid="report-retest">
            委托复检{retestable.length > 1 ? ` ${sampleNo}` : ''} {index === 0 && <kbd className="jt-key">Alt+R</kbd>}
          </Button>
        ))}
        {addable.map(({ recordNo, sampleNo }, index) => (
          <Button
            key={recordNo}
            onClick={() => setOpen({ what: 'supplement', recordNo })}
            data-testid="report-supplement"
          >
            补充检测{addable.length > 1 ? ` ${sampleNo}` : ''} {index === 0 && <kbd className="jt-key">Alt+B</kbd>}
          </Button>
        ))}
      </div>
      {open?.what === 'retest' && (
        <RetestDialog
          recordNo={open.recordNo}
          onClose={() => setOpen(null)}
          onDone={({ commissionNo, samples }) =>
            done(`已登记复检委托 ${commissionNo}，样品 ${samples[0]?.sampleNo ?? ''}；标签在收样里打印。`)
          }
        />
      )}
      {open?.what === 'supplement' && (
        <SupplementDialog
          recordNo={open.recordNo}
          onClose={() => setOpen(null)}
          onDone={({ parameterNames }) => done(`已登记补充检测：${parameterNames.join('、')}，任务已在检测台。`)}
        />
      )}
    </div>
  );
}

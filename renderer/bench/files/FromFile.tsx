// 从文件读取: the button at a record, with a word when a watched source has something for it.
import { Button } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import type { TestRecord } from '../../../shared/entities/record.ts';
import type { WatchedSource } from '../../../shared/instrument-files/calls.ts';
import { useClient } from '../../client.ts';
import { useHotkeys } from '../../design/hotkeys.ts';
import { usePermit } from '../../state/session.ts';
import { FileDialog } from './FileDialog.tsx';

/** What watched places offer now; asked again whenever one of them says that something changed. */
function useSources(active: boolean): readonly WatchedSource[] {
  const client = useClient();
  const [sources, setSources] = useState<readonly WatchedSource[]>([]);
  const ask = useCallback(() => {
    client.call('instrumentFiles.sources', {}).then(
      (answer) => setSources(answer.sources),
      () => undefined,
    );
  }, [client]);
  useEffect(() => {
    if (!active) return undefined;
    ask();
    return client.subscribe((event) => {
      if (event.type === 'instrument.files') ask();
    });
  }, [active, ask, client]);
  return sources;
}

export function FromFile({ record, onChanged }: { record: TestRecord; onChanged: () => void }) {
  const permitted = usePermit('record.test');
  const [open, setOpen] = useState(false);
  const editable = permitted && record.state === 'testing';
  const sources = useSources(editable);
  const offers = sources.flatMap(({ offers: found }) => found.filter(({ trouble }) => trouble === null));
  const own = offers.filter(
    ({ samples }) => samples.includes(record.sample.sampleNo) || samples.includes(record.sample.sampleCode),
  );
  useHotkeys('检测台 · 文件', [{ keys: 'Ctrl+O', name: '从文件读取', run: () => setOpen(true), disabled: !editable }]);
  if (!editable) return null;
  return (
    <>
      <Button size="large" onClick={() => setOpen(true)} data-testid="bench-from-file">
        从文件读取{own.length > 0 ? `（${own.length} 个新文件）` : ''} <kbd className="jt-key">Ctrl+O</kbd>
      </Button>
      {open && <FileDialog record={record} sources={sources} onClose={() => setOpen(false)} onTaken={onChanged} />}
    </>
  );
}

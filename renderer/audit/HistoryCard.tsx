// 查看经过: any one thing by its number.
import { Button, Select } from 'antd';
import { useState } from 'react';
import type { HistoryEntry } from '../../shared/contract/audit.ts';
import { entityNames } from '../../shared/history/entities.ts';
import { useClient } from '../client.ts';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { useCommand } from '../design/useCommand.ts';
import { HistoryTable } from './HistoryTable.tsx';

const options = Object.entries(entityNames).map(([value, { name }]) => ({ value, label: name }));

export function HistoryCard() {
  const client = useClient();
  const [entity, setEntity] = useState('testRecord');
  const [key, setKey] = useState('');
  const [shown, setShown] = useState<{ entity: string; entries: HistoryEntry[] } | null>(null);
  const read = useCommand(async () => {
    const { entries } = await client.call('audit.history', { entity, key: key.trim() });
    setShown({ entity, entries });
  });
  return (
    <section className="jt-card">
      <h3>
        查看经过 <kbd className="jt-key">F3</kbd>
      </h3>
      <form
        className="jt-audit-ask"
        onSubmit={(event) => {
          event.preventDefault();
          if (key.trim() !== '') void read.run();
        }}
      >
        <Select
          aria-label="对象"
          value={entity}
          options={options}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(value) => setEntity(value)}
        />
        <input
          className="jt-input"
          id="audit-key"
          aria-label="编号"
          placeholder={entityNames[entity]?.key ?? '编号'}
          value={key}
          onChange={(event) => setKey(event.target.value)}
          data-testid="audit-key"
        />
        <Button htmlType="submit" loading={read.busy} disabled={key.trim() === ''} data-testid="audit-read">
          查看 <kbd className="jt-key">Enter</kbd>
        </Button>
      </form>
      <ErrorBlock error={read.error} />
      {shown !== null && shown.entries.length > 0 && <HistoryTable {...shown} />}
      {shown?.entries.length === 0 && <p className="jt-soft">没有这个编号的记录。请核对对象和编号。</p>}
      {shown?.entries.length === 500 && <p className="jt-soft">只列出最近 500 条；更早的请导出检查包查看。</p>}
    </section>
  );
}

// 盲样编号: for which work samples go by a blind number (the quality manager decides, with a reason), and which number
// belongs to which sample, for those who may see through.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { blindScopeNames, blindScopes, type BlindScope } from '../../../shared/blind/calls.ts';
import { toErrorInfo, useClient } from '../../client.ts';
import { DataGrid, type Column } from '../../design/DataGrid.tsx';
import { Dialog } from '../../design/Dialog.tsx';
import { ErrorBlock } from '../../design/ErrorBlock.tsx';
import { ReasonDialog } from '../../design/ReasonDialog.tsx';
import { SearchField } from '../../design/SearchField.tsx';
import { StateTag } from '../../design/StateTag.tsx';
import { usePagedSearch } from '../../design/usePagedSearch.ts';
import type { CallOutput } from '../../../shared/contract/calls.ts';
import { useLive } from '../../live/useLive.tsx';
import { usePermit } from '../../state/session.ts';

type Row = CallOutput<'blind.list'>['rows'][number];

const columns: readonly Column<Row>[] = [
  { key: 'blind', title: '盲样编号', width: '130px', render: (row) => <b className="jt-figure">{row.blindNo}</b> },
  { key: 'sample', title: '样品编号', width: '130px', render: (row) => row.sampleNo },
  { key: 'commission', title: '委托编号', width: '130px', render: (row) => row.commissionNo },
  {
    key: 'what',
    title: '项目、工程、部位',
    width: 'minmax(180px, 1fr)',
    render: (row) => [row.itemName, row.projectName, row.structurePart].join(' · '),
  },
  {
    key: 'state',
    title: '对检测人员',
    width: '110px',
    render: (row) => (
      <StateTag
        state={row.covered ? { word: '遮盖', tone: 'busy', shape: '◐' } : { word: '已公开', tone: 'quiet', shape: '○' }}
      />
    ),
  },
];

export function BlindDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const mayChange = usePermit('policy.manage');
  const search = usePagedSearch<Row>('blind', (text, cursor) =>
    client.call('blind.list', { text, limit: 100, ...(cursor === undefined ? {} : { cursor }) }),
  );
  const [current, setCurrent] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  return (
    <Dialog title="盲样编号" onClose={onClose} width={980}>
      <p>
        启用后登记的样品以随机的盲样编号流转：标签、检测台和检测人员看到的一切都只有盲样编号，不显示委托编号、委托单位、工程、部位和生产厂家，直至报告批准。
        一张委托单里有一个项目实行盲样的，全部样品都用盲样编号。已登记的样品不受影响。
      </p>
      <BlindScopeForm mayChange={mayChange} />
      <h4>盲样对照</h4>
      <SearchField ref={field} search={search} placeholder="盲样编号、样品编号或委托编号" testId="blind-search" />
      <ErrorBlock error={search.error} onRetry={search.retry} />
      <div className="jt-blind-list">
        <DataGrid
          label="盲样对照"
          columns={columns}
          rows={search.rows}
          rowKey={(row) => row.blindNo}
          current={current}
          onCurrent={setCurrent}
          onEndReached={search.more}
          empty="没有盲样。"
          rowTestId="blind-row"
        />
      </div>
      <p className="jt-soft">查看盲样对照记入审计。</p>
    </Dialog>
  );
}

function BlindScopeForm({ mayChange }: { mayChange: boolean }) {
  const client = useClient();
  const queries = useQueryClient();
  const query = useQuery({ queryKey: ['blind.setting'], queryFn: () => client.call('blind.setting', {}) });
  const { rows: items } = useLive('items');
  const [chosen, setChosen] = useState<{ scope: BlindScope; itemCodes: readonly string[] } | null>(null);
  const [asking, setAsking] = useState(false);
  const setting = chosen ?? query.data ?? null;
  if (setting === null)
    return (
      <ErrorBlock error={query.error === null ? null : toErrorInfo(query.error)} onRetry={() => void query.refetch()} />
    );
  const { scope, itemCodes } = setting;
  const testable = items.filter(({ methodId, inScope }) => methodId !== null && inScope);
  const toggle = (code: string): void =>
    setChosen({
      scope,
      itemCodes: itemCodes.includes(code) ? itemCodes.filter((one) => one !== code) : [...itemCodes, code],
    });
  const incomplete = scope === 'items' && itemCodes.length === 0;
  return (
    <fieldset
      className="jt-blind-scope"
      disabled={!mayChange}
      data-testid="blind-setting"
      data-scope={query.data?.scope}
    >
      <legend>适用范围{mayChange ? '' : '（由质量负责人更改）'}</legend>
      <p>
        {blindScopes.map((one) => (
          <label key={one} className="jt-check">
            <input
              type="radio"
              name="blind-scope"
              autoFocus={one === scope}
              checked={one === scope}
              onChange={() => setChosen({ scope: one, itemCodes })}
              data-testid={`blind-scope-${one}`}
            />
            {blindScopeNames[one]}
          </label>
        ))}
        <Button
          disabled={!mayChange || chosen === null || incomplete}
          onClick={() => setAsking(true)}
          data-testid="blind-save"
        >
          更改…
        </Button>
      </p>
      {scope === 'items' && (
        <div className="jt-blind-items">
          {testable.map(({ id, name }) => (
            <label key={id} className="jt-check">
              <input
                type="checkbox"
                checked={itemCodes.includes(id)}
                onChange={() => toggle(id)}
                data-testid={`blind-item-${id}`}
              />
              {name}
            </label>
          ))}
        </div>
      )}
      {asking && (
        <ReasonDialog
          title={`盲样编号：${blindScopeNames[scope]}`}
          usual={['内部质量监督，实行盲样检测', '按监督机构要求', '不再实行盲样检测']}
          confirmText="更改"
          onClose={() => setAsking(false)}
          onConfirm={async (reason) => {
            await client.call('blind.change', { scope, itemCodes: [...itemCodes], reason });
            setAsking(false);
            setChosen(null);
            await queries.invalidateQueries({ queryKey: ['blind.setting'] });
          }}
        >
          <p>只对此后登记的样品有效；已有盲样编号的样品不变。</p>
        </ReasonDialog>
      )}
    </fieldset>
  );
}

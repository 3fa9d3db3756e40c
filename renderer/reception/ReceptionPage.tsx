// 收样: a new commission, many from a file, and what was received before.
import { useState } from 'react';
import type { Commission } from '../../shared/entities/commission.ts';
import { useHotkeys } from '../design/hotkeys.ts';
import { Tabs } from '../design/Tabs.tsx';
import { useLive } from '../live/useLive.tsx';
import { useUi } from '../state/ui.ts';
import { CommissionLists } from './CommissionLists.tsx';
import { ImportPane } from './ImportPane.tsx';
import { Labels } from './Labels.tsx';
import { NewCommission } from './NewCommission.tsx';

type Part = 'new' | 'import' | 'list';

export function ReceptionPage() {
  const open = useUi((state) => state.open.reception ?? null);
  const go = useUi((state) => state.go);
  const [chosen, setChosen] = useState<Part>('new');
  const [seen, setSeen] = useState<string | null>(null);
  const [registered, setRegistered] = useState<Commission | null>(null);
  const [labels, setLabels] = useState<Commission | null>(null);
  const { rows: items } = useLive('items');
  // A scan or a link from elsewhere shows the commission; afterwards the tabs decide again.
  if (open !== seen) {
    setSeen(open);
    if (open !== null) setChosen('list');
  }
  const show = (part: Part): void => setChosen(part);
  useHotkeys('收样', [
    { keys: 'F2', name: '新委托', run: () => show('new') },
    { keys: 'F3', name: '从文件导入', run: () => show('import') },
    { keys: 'F4', name: '近期与查询', run: () => show('list') },
  ]);
  return (
    <section className="jt-pane" data-testid="place-reception">
      <Tabs
        label="收样"
        current={chosen}
        onChange={show}
        tabs={[
          { id: 'new', name: '新委托', keys: 'F2' },
          { id: 'import', name: '从文件导入', keys: 'F3' },
          { id: 'list', name: '近期与查询', keys: 'F4' },
        ]}
      />
      {registered !== null && (
        <p className="jt-note jt-tone-good" data-testid="reception-registered">
          ✓ 已登记 <b>{registered.commissionNo}</b>，样品{' '}
          {registered.samples.map((sample) => sample.sampleNo).join('、')}。
          <button
            type="button"
            className="jt-link"
            onClick={() => setLabels(registered)}
            data-testid="reception-labels"
          >
            打印标签
          </button>
          <button type="button" className="jt-link" onClick={() => setRegistered(null)}>
            知道了
          </button>
        </p>
      )}
      {/* Forms stay mounted while another tab is in front: what was typed or looked through is still there. */}
      <div className="jt-pane-body" hidden={chosen !== 'new'}>
        <NewCommission
          active={chosen === 'new'}
          onRegistered={(commission) => {
            setRegistered(commission);
            setLabels(commission);
          }}
        />
      </div>
      <div className="jt-pane-body" hidden={chosen !== 'import'}>
        <ImportPane active={chosen === 'import'} onDone={(numbers) => go('reception', numbers[0])} />
      </div>
      {chosen === 'list' && (
        <div className="jt-pane-body">
          <CommissionLists open={open} onOpen={(commissionNo) => go('reception', commissionNo)} onLabels={setLabels} />
        </div>
      )}
      {labels !== null && (
        <Labels
          commission={labels}
          itemName={(code) => items.find((item) => item.id === code)?.name ?? code}
          onClose={() => setLabels(null)}
        />
      )}
    </section>
  );
}

// 人员: who is qualified for what until when. The facts are the platform's; here they are read only.
import { useMemo, useState } from 'react';
import type { CollectionDocument } from '../../shared/entities/collections.ts';
import { roleNames } from '../../shared/entities/roles.ts';
import { DataGrid, type Column } from '../design/DataGrid.tsx';
import { Pane } from '../design/Pane.tsx';
import { StateTag } from '../design/StateTag.tsx';
import { daysUntil } from '../design/time.ts';
import type { StateWord } from '../design/words.ts';
import { useLive } from '../live/useLive.tsx';

const stateWords: Record<string, StateWord> = {
  active: { word: '在岗', tone: 'good', shape: '✓' },
  disabled: { word: '停用', tone: 'warn', shape: '▲' },
  left: { word: '离岗', tone: 'warn', shape: '▲' },
};

type Person = CollectionDocument<'people'>;

export function PeoplePage() {
  const { rows, ready } = useLive('people');
  const { rows: items } = useLive('items');
  const [current, setCurrent] = useState<string | null>(null);
  const sorted = useMemo(() => [...rows].sort((a, b) => a.id.localeCompare(b.id)), [rows]);
  const columns = useMemo<readonly Column<Person>[]>(
    () => [
      { key: 'name', title: '姓名', width: '110px', render: (person) => <b>{person.name}</b> },
      { key: 'certificate', title: '证书编号', width: '170px', render: (person) => person.certificateNo },
      {
        key: 'state',
        title: '状态',
        width: '90px',
        render: (person) => (
          <StateTag state={stateWords[person.state] ?? { word: person.state, tone: 'warn', shape: '▲' }} />
        ),
      },
      {
        key: 'roles',
        title: '角色',
        width: 'minmax(140px, 1fr)',
        render: (person) => person.roles.map((role) => roleNames[role]).join('、') || '—',
      },
      {
        key: 'qualifications',
        title: '检测资格（有效期至）',
        width: 'minmax(260px, 2fr)',
        render: (person) =>
          person.qualifications.length === 0
            ? '—'
            : person.qualifications.map((qualification) => {
                const days = daysUntil(qualification.validTo);
                return (
                  <span
                    key={qualification.itemCode}
                    className={days < 0 ? 'jt-tone-bad' : days < 31 ? 'jt-tone-warn' : undefined}
                  >
                    {days < 0 ? '✕ ' : days < 31 ? '▲ ' : ''}
                    {items.find(({ id }) => id === qualification.itemCode)?.name ?? qualification.itemCode}{' '}
                    {qualification.validTo}
                    {days < 0 && ' 已过期'}{' '}
                  </span>
                );
              }),
      },
    ],
    [items],
  );
  return (
    <Pane title="人员" actions={<span className="jt-soft">人员与资格随基础数据从监管平台取得，此处只读</span>}>
      <div className="jt-fill" data-testid="place-people">
        <DataGrid
          label="人员"
          columns={columns}
          rows={sorted}
          rowKey={({ id }) => id}
          current={current}
          onCurrent={setCurrent}
          empty={ready ? '没有人员。' : '正在载入…'}
          rowTestId="person-row"
          autoFocus
        />
      </div>
    </Pane>
  );
}

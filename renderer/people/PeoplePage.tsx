// 人员: who is qualified for what until when. Qualifications are the platform's; people are entered here where it lets
// the lab do so, and count when it has approved them.
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import type { CollectionDocument } from '../../shared/entities/collections.ts';
import { roleNames } from '../../shared/entities/roles.ts';
import { DataGrid, type Column } from '../design/DataGrid.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { useHotkeys } from '../design/hotkeys.ts';
import { Pane } from '../design/Pane.tsx';
import { StateTag } from '../design/StateTag.tsx';
import { daysUntil } from '../design/time.ts';
import type { StateWord } from '../design/words.ts';
import { useLive } from '../live/useLive.tsx';
import { Dossier } from '../dossier/Dossier.tsx';
import { Qualifications } from '../qualifications/Qualifications.tsx';
import { RegisterPane } from '../registers/RegisterPane.tsx';
import { ImageList } from '../images/ImageList.tsx';
import { SealDialog } from '../images/SealDialog.tsx';
import { History } from '../registrations/History.tsx';
import { PremisesPane } from '../registrations/PremisesPane.tsx';
import { PersonDialog } from '../registrations/PersonDialog.tsx';
import { useRegistration } from '../registrations/useRegistration.ts';
import { standingWord } from '../registrations/words.ts';
import { usePermit } from '../state/session.ts';

const stateWords: Record<string, StateWord> = {
  active: { word: '在岗', tone: 'good', shape: '✓' },
  disabled: { word: '停用', tone: 'warn', shape: '▲' },
  left: { word: '离岗', tone: 'warn', shape: '▲' },
  pending: { word: '待平台批准', tone: 'busy', shape: '◐' },
  rejected: { word: '平台退回', tone: 'bad', shape: '✕' },
  deleted: { word: '平台已撤销', tone: 'bad', shape: '✕' },
};

type Person = CollectionDocument<'people'>;

export function PeoplePage() {
  const { rows, ready } = useLive('people');
  const { rows: items } = useLive('items');
  const [current, setCurrent] = useState<string | null>(null);
  const [entering, setEntering] = useState<'new' | 'change' | null>(null);
  const mayKeep = usePermit('person.keep');
  const person = rows.find(({ id }) => id === current) ?? null;
  const { history, error } = useRegistration('person', person?.id ?? null, person?.seq ?? 0);
  const mayEnter = mayKeep && history?.master === 'local-then-approved';
  const changes = mayEnter && person !== null && person.state !== 'deleted';
  const [premises, setPremises] = useState(false);
  const [files, setFiles] = useState(false);
  const [seal, setSeal] = useState(false);
  useHotkeys(
    '人员',
    premises || files
      ? []
      : [
          { keys: 'F2', name: '登记人员', run: () => setEntering('new'), disabled: !mayEnter },
          { keys: 'F3', name: '变更当前人员', run: () => setEntering('change'), disabled: !changes },
          { keys: 'F6', name: '检测场所', run: () => setPremises(true) },
          { keys: 'Alt+G', name: '检测专用章', run: () => setSeal(true) },
          { keys: 'Ctrl+I', name: '导入导出', run: () => setFiles(true), disabled: !mayKeep },
        ],
  );
  const sorted = useMemo(() => [...rows].sort((a, b) => a.id.localeCompare(b.id)), [rows]);
  const columns = useMemo<readonly Column<Person>[]>(
    () => [
      { key: 'name', title: '姓名', width: '110px', render: (person) => <b>{person.name}</b> },
      { key: 'certificate', title: '证书编号', width: '170px', render: (person) => person.certificateNo },
      {
        key: 'state',
        title: '状态',
        width: '110px',
        render: (person) => (
          <StateTag state={stateWords[person.state] ?? { word: person.state, tone: 'warn', shape: '▲' }} />
        ),
      },
      {
        key: 'registration',
        title: '登记',
        width: 'minmax(120px, 1fr)',
        render: (person) => {
          const standing = standingWord(person);
          return standing === null ? '—' : <StateTag state={standing} title={standing.word} />;
        },
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
  if (files)
    return (
      <RegisterPane
        registers={['people', 'qualifications', 'premises']}
        backName="人员"
        onBack={() => setFiles(false)}
      />
    );
  if (premises) return <PremisesPane onBack={() => setPremises(false)} />;
  return (
    <Pane
      title="人员"
      actions={
        <>
          <span className="jt-soft">
            {history?.master === 'local-then-approved'
              ? '检测资格由监管平台下发；人员在此登记，平台批准后生效'
              : '人员与资格随基础数据从监管平台取得，此处只读'}
          </span>
          {mayEnter && (
            <>
              <Button onClick={() => setEntering('new')} data-testid="person-new">
                登记人员 <kbd className="jt-key">F2</kbd>
              </Button>
              <Button disabled={!changes} onClick={() => setEntering('change')} data-testid="person-change">
                变更 <kbd className="jt-key">F3</kbd>
              </Button>
            </>
          )}
          {mayKeep && (
            <Button onClick={() => setFiles(true)} data-testid="people-files">
              导入导出 <kbd className="jt-key">Ctrl+I</kbd>
            </Button>
          )}
          <Button onClick={() => setSeal(true)} data-testid="people-seal">
            检测专用章 <kbd className="jt-key">Alt+G</kbd>
          </Button>
          <Button onClick={() => setPremises(true)} data-testid="people-premises">
            检测场所 <kbd className="jt-key">F6</kbd>
          </Button>
        </>
      }
    >
      <ErrorBlock error={error} />
      <div className="jt-people" data-testid="place-people">
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
        {person !== null && history !== null && (
          <div className="jt-people-detail">
            <History history={history} />
            <Qualifications key={`q-${person.id}`} personId={person.id} personName={person.name} />
            <ImageList key={`i-${person.id}`} personId={person.id} personName={person.name} />
            <Dossier key={person.id} subject="person" subjectId={person.id} subjectName={person.name} />
          </div>
        )}
      </div>
      {seal && <SealDialog onClose={() => setSeal(false)} />}
      {entering !== null && history !== null && (
        <PersonDialog
          person={entering === 'change' ? person : null}
          history={entering === 'change' ? history : { ...history, identityMasked: null }}
          onClose={() => setEntering(null)}
          onSaved={(localId) => {
            setCurrent(localId);
            setEntering(null);
          }}
        />
      )}
    </Pane>
  );
}

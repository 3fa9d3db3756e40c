// 方法库: every test method the program knows, how it is set here, and which limits the lab has confirmed. Everybody may
// read; the quality manager changes.
import { Button } from 'antd';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { DataGrid, type Column } from '../design/DataGrid.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { useHotkeys } from '../design/hotkeys.ts';
import { KeyHint } from '../design/KeyHint.tsx';
import { Pane } from '../design/Pane.tsx';
import { StateTag } from '../design/StateTag.tsx';
import { today } from '../design/time.ts';
import { StandardsPane } from '../standards/StandardsPane.tsx';
import { usePermit } from '../state/session.ts';
import { useUi } from '../state/ui.ts';
import { MethodDetail, type Part } from './MethodDetail.tsx';
import { findMethods, methodRows, type MethodRow } from './methodList.ts';
import { changedCount, limitBadge, policyStates } from './policyState.ts';
import { usePolicies } from './usePolicies.ts';
import { BlindDialog } from './blind/BlindDialog.tsx';
import { ValidationDialog } from './ValidationDialog.tsx';

const gridOf = (pane: HTMLElement | null): HTMLElement | null =>
  pane?.querySelector<HTMLElement>('[role="grid"]') ?? null;

export function MethodsPage() {
  const mayChange = usePermit('policy.manage');
  const open = useUi((state) => state.open.methods ?? null);
  const go = useUi((state) => state.go);
  const policies = usePolicies();
  const [text, setText] = useState('');
  const [searching, setSearching] = useState(false);
  const [part, setPart] = useState<Part>('overview');
  const [validating, setValidating] = useState(false);
  const [standards, setStandards] = useState(false);
  const [blind, setBlind] = useState(false);
  const seesThrough = usePermit('sample.identity');
  const opener = useRef<HTMLElement | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const detail = useRef<HTMLDivElement>(null);
  const all = useMemo(() => methodRows(today()), []);
  const rows = useMemo(() => findMethods(all, text), [all, text]);
  const row = all.find(({ method }) => method.id === open) ?? null;
  const toList = (): void => gridOf(list.current)?.focus();
  const validate = (): void => {
    opener.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    setValidating(true);
  };
  // After the dialog one goes on where one was; the dialog itself holds the focus until it is gone.
  useEffect(() => {
    if (validating || opener.current === null) return;
    if (opener.current === document.body || !opener.current.isConnected) gridOf(list.current)?.focus();
    else opener.current.focus({ preventScroll: true });
    opener.current = null;
  }, [validating]);
  const keys = [
    // While something is searched, a slash is a character of a standard's number.
    ...(searching ? [] : [{ keys: '/', name: '查找方法', run: () => search.current?.focus() }]),
    { keys: 'Escape', name: '回到方法列表', run: toList },
    ...(seesThrough ? [{ keys: 'F7', name: '盲样编号', run: () => setBlind(true) }] : []),
    { keys: 'F8', name: '标准库', run: () => setStandards(true) },
    ...(mayChange ? [{ keys: 'F9', name: '方法验证报告', run: validate }] : []),
  ];
  useHotkeys('方法库', standards ? [] : keys);
  const onSearchKey = (event: KeyboardEvent): void => {
    if ((event.key !== 'Enter' && event.key !== 'ArrowDown') || event.nativeEvent.isComposing) return;
    event.preventDefault();
    const found = rows.find(({ method }) => method.id === open) ?? rows[0];
    if (found === undefined) return;
    go('methods', found.method.id);
    if (event.key === 'Enter') detail.current?.focus();
    else toList();
  };
  const { answer } = policies;
  const columns = useMemo<readonly Column<MethodRow>[]>(
    () => [
      {
        key: 'method',
        title: '方法',
        width: 'minmax(0, 1fr)',
        render: ({ method, edition }) => {
          const states = policyStates(method, answer);
          const badge = limitBadge(states);
          const changed = changedCount(states);
          return (
            <div className="jt-method-row">
              <b>{method.name}</b>
              <span className="jt-method-row-facts">
                <span className="jt-soft">{edition.id}</span>
                {changed > 0 && <span className="jt-changed">改 {changed}</span>}
                {badge !== null && <StateTag state={badge} />}
              </span>
            </div>
          );
        },
      },
    ],
    [answer],
  );
  if (standards) return <StandardsPane onBack={() => setStandards(false)} />;
  return (
    <Pane
      title="方法库"
      actions={
        <>
          <span className="jt-soft">
            {mayChange ? '更改和确认须写明原因，记入审计' : '此处只读；更改由质量负责人进行'}
          </span>
          {seesThrough && (
            <Button onClick={() => setBlind(true)} data-testid="blind-open">
              盲样编号 <KeyHint keys="F7" />
            </Button>
          )}
          <Button onClick={() => setStandards(true)} data-testid="standards">
            标准库 <KeyHint keys="F8" />
          </Button>
          {mayChange && (
            <Button onClick={validate} data-testid="validation">
              验证报告 <KeyHint keys="F9" />
            </Button>
          )}
        </>
      }
    >
      <div className="jt-split jt-split-narrow jt-methods" data-testid="place-methods">
        <div className="jt-split-list" ref={list}>
          <div className="jt-search">
            <input
              ref={search}
              className="jt-input"
              type="search"
              placeholder="方法、标准、参数"
              aria-label="查找方法"
              value={text}
              onChange={(event) => setText(event.target.value)}
              onFocus={() => setSearching(true)}
              onBlur={() => setSearching(false)}
              onKeyDown={onSearchKey}
              data-testid="method-search"
            />
            <span className="jt-soft" aria-live="polite">
              {rows.length} 个 <KeyHint keys="/" />
            </span>
          </div>
          <ErrorBlock error={policies.error} onRetry={policies.reread} />
          <DataGrid
            label="方法"
            columns={columns}
            rows={rows}
            rowKey={({ method }) => method.id}
            groupOf={({ family }) => family}
            current={open}
            onCurrent={(id) => go('methods', id)}
            onOpen={() => detail.current?.focus()}
            empty="没有这样的方法。可按方法名、标准编号、参数或类别查找。"
            rowHeight={50}
            rowTestId="method-row"
            hideHead
            autoFocus
          />
        </div>
        {row === null ? (
          <div className="jt-split-detail jt-empty">选一个方法。</div>
        ) : (
          <MethodDetail
            key={row.method.id}
            ref={detail}
            method={row.method}
            policies={policies}
            part={part}
            onPart={setPart}
          />
        )}
      </div>
      {blind && <BlindDialog onClose={() => setBlind(false)} />}
      {validating && <ValidationDialog onClose={() => setValidating(false)} />}
    </Pane>
  );
}

// Confirming draft limits: the whole table, which printed standard it was compared with, and the other methods in which
// the same figures stand. Nothing can be confirmed before the person says that every row was compared.
import { Button, Input } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { referencesOf, tablesOf } from '../../shared/methods/index.ts';
import type { Confirmable } from '../../shared/methods/index.ts';
import { useClient } from '../client.ts';
import { Dialog } from '../design/Dialog.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { PaperTableView } from '../record/PaperTableView.tsx';
import { WhatHolds } from './ChangePolicy.tsx';
import { comparedReason, confirmAll, longestReason, type Compared, type Outcome } from './confirmLimits.ts';
import { LimitTableView } from './LimitTableView.tsx';

function Tables({ target: { method, policy } }: { target: Confirmable }) {
  const region = useRef<HTMLDivElement>(null);
  // The tables come first: arrow keys scroll them at once, Tab goes on to the fields.
  useEffect(() => region.current?.focus(), []);
  return (
    <div
      ref={region}
      className="jt-confirm-tables"
      role="region"
      aria-label="待确认的表"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls by keyboard
      tabIndex={0}
      data-testid="confirm-tables"
    >
      {tablesOf(method, policy.name).map((table) => (
        <LimitTableView key={`${table.clause}${table.title}`} table={table} method={method} />
      ))}
      {referencesOf(method, policy.name).map((table) => (
        <PaperTableView key={table.caption} table={table} />
      ))}
    </div>
  );
}

function Outcomes({ outcomes }: { outcomes: readonly Outcome[] }) {
  if (outcomes.length === 0) return null;
  return (
    <div data-testid="confirm-outcomes">
      {outcomes.map(({ target, error }) =>
        error === null ? (
          <p key={target.method.id} className="jt-tone-good">
            ✓ {target.method.name}：已确认
          </p>
        ) : (
          <div key={target.method.id}>
            <p className="jt-tone-bad">✕ {target.method.name}：没有确认</p>
            <ErrorBlock error={error} />
          </div>
        ),
      )}
    </div>
  );
}

export function ConfirmLimits({
  target,
  others,
  onChanged,
  onClose,
}: {
  target: Confirmable;
  /** Not yet confirmed elsewhere, the same figures. */
  others: readonly Confirmable[];
  /** Something was confirmed, perhaps not all. */
  onChanged: () => void;
  onClose: () => void;
}) {
  const client = useClient();
  const [compared, setCompared] = useState<Compared>({ print: '', place: '', note: '' });
  const [isChecked, setChecked] = useState(false);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const [busy, setBusy] = useState(false);
  const [offered] = useState(others);
  const done = new Set(outcomes.flatMap(({ target: { method }, error }) => (error === null ? [method.id] : [])));
  const targets = [target, ...offered.filter(({ method }) => !left.has(method.id))].filter(
    ({ method }) => !done.has(method.id),
  );
  const reason = comparedReason(compared);
  const tooLong = reason.length > longestReason;
  const isReady =
    isChecked && compared.print.trim() !== '' && compared.place.trim() !== '' && !tooLong && targets.length > 0;
  const confirm = async (): Promise<void> => {
    if (busy || !isReady) return;
    setBusy(true);
    const now = await confirmAll(client, targets, reason);
    setBusy(false);
    if (now.some(({ error }) => error === null)) onChanged();
    if (now.every(({ error }) => error === null)) onClose();
    else setOutcomes([...outcomes.filter(({ error }) => error === null), ...now]);
  };
  const field = (name: keyof Compared, label: string, placeholder: string) => (
    <label className="jt-field">
      <span>{label}</span>
      <Input
        value={compared[name]}
        maxLength={100}
        placeholder={placeholder}
        onChange={(event) => setCompared({ ...compared, [name]: event.target.value })}
        data-testid={`confirm-${name}`}
      />
    </label>
  );
  const tables = tablesOf(target.method, target.policy.name);
  const count = tables.reduce((sum, { rows }) => sum + rows.length, 0);
  return (
    <Dialog title={`确认：${target.policy.label}`} onClose={onClose} closable={!busy} width={920}>
      <form
        className="jt-sign"
        onSubmit={(event) => {
          event.preventDefault();
          void confirm();
        }}
      >
        <p>
          {target.method.name}。请拿标准的印刷本逐行对照下面的全部数据
          {count > 0 && `（${tables.length} 张表，${count} 个限值）`}；有一处不一致就不要确认。
        </p>
        <Tables target={target} />
        <div className="jt-confirm-compared">
          {field('print', '对照的标准文本（编号、年份、版次或印次，必填）', '标准编号，出版社，第 × 版第 × 次印刷')}
          {field('place', '页码、表号（必填）', '第 × 页 表 ×')}
          {field('note', '说明', '修改单、勘误等，可不填')}
        </div>
        {tooLong && (
          <p className="jt-field-problem">
            原因共 {reason.length} 字，最多 {longestReason} 字。
          </p>
        )}
        {offered.map(({ method }) => (
          <label key={method.id} className="jt-check">
            <input
              type="checkbox"
              disabled={done.has(method.id)}
              checked={!left.has(method.id)}
              onChange={(event) => {
                const next = new Set(left);
                if (event.target.checked) next.delete(method.id);
                else next.add(method.id);
                setLeft(next);
              }}
              data-testid={`confirm-also-${method.id}`}
            />
            <span>
              同时确认“{method.name}”：它采用的 {target.policy.name.replace(/^limits /, '')}{' '}
              限值都在上面的表里，数值相同
            </span>
          </label>
        ))}
        <label className="jt-check">
          <input
            type="checkbox"
            checked={isChecked}
            onChange={(event) => setChecked(event.target.checked)}
            data-testid="confirm-checked"
          />
          <b>我已把上面的数值、单位、适用范围和比较方法与标准原文逐行核对，全部一致</b>
        </label>
        <WhatHolds />
        <Outcomes outcomes={outcomes} />
        <div className="jt-dialog-actions">
          <Button onClick={onClose} disabled={busy}>
            {done.size === 0 ? '取消' : '关闭'} <kbd className="jt-key">Esc</kbd>
          </Button>
          <Button type="primary" htmlType="submit" loading={busy} disabled={!isReady} data-testid="confirm-go">
            {targets.length > 1 ? `确认 ${targets.length} 个方法` : '确认'} <kbd className="jt-key">Enter</kbd>
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

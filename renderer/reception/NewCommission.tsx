// A new commission: typed once, kept as a draft as it is typed, judged at every keystroke, registered with one key.
import { Button } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { CallOutput } from '../../shared/contract/calls.ts';
import type { Commission } from '../../shared/entities/commission.ts';
import { useClient } from '../client.ts';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { fieldName } from '../design/fieldNames.ts';
import { GateFindings } from '../design/GateFindings.tsx';
import { useHotkeys, type Hotkey } from '../design/hotkeys.ts';
import { showTime } from '../design/time.ts';
import { useCommand } from '../design/useCommand.ts';
import { useLive } from '../live/useLive.tsx';
import { useDraft } from '../state/useDraft.ts';
import { acceptDraft, emptyForm, problemsOf, toInput, withUnitsOf, type CommissionForm } from './form.ts';
import { SampleGrid } from './SampleGrid.tsx';
import { pathOf, sampleColumns } from './sampleColumns.ts';
import { copySample, emptySample, methodOf, withItem, type Item } from './sampleForm.ts';
import { UnitFields } from './UnitFields.tsx';

type Gate = CallOutput<'commissions.check'>;

/** Asks the gate whenever project, contract or items changed; the answer is advice here, the far side decides. */
function useGate(form: CommissionForm): Gate | null {
  const client = useClient();
  const [gate, setGate] = useState<Gate | null>(null);
  const question = JSON.stringify({
    projectId: form.projectId,
    contractNo: form.contractNo,
    itemCodes: [...new Set(form.samples.map((sample) => sample.itemCode).filter(Boolean))].sort(),
  });
  useEffect(() => {
    const { projectId, contractNo, itemCodes } = JSON.parse(question) as {
      projectId: string;
      contractNo: string;
      itemCodes: string[];
    };
    if (projectId === '' || itemCodes.length === 0) return undefined;
    let gone = false;
    const timer = setTimeout(() => {
      client
        .call('commissions.check', { projectId, itemCodes, ...(contractNo === '' ? {} : { contractNo }) })
        .then((answer) => {
          if (!gone) setGate(answer);
        })
        .catch(() => undefined);
    }, 250);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [client, question]);
  // The answer before stays until the new one is there; without a question there is none.
  return form.projectId === '' ? null : gate;
}

export interface NewCommissionProps {
  /** False while another tab is in front; the form stays as it is, its keys rest. */
  active: boolean;
  onRegistered: (commission: Commission) => void;
}

export function NewCommission({ active, onRegistered }: NewCommissionProps) {
  const client = useClient();
  const draft = useDraft<CommissionForm>('reception', emptyForm, acceptDraft);
  const { value: typed, change } = draft;
  const { rows: projects } = useLive('projects', { sort: [{ name: 'asc' }] } as never);
  const { rows: allItems } = useLive('items');
  const { rows: commissions } = useLive('commissions');
  const items = useMemo(() => allItems.filter((item) => item.methodId !== null), [allItems]);
  const [strict, setStrict] = useState(false);
  const [cell, setCell] = useState({ row: 0, column: 0 });
  const top = useRef<HTMLDivElement>(null);

  const first = preferred(items);
  const firstItem = first?.id;
  // The item that can be tested here is meant where none was chosen; this alone makes no draft.
  const form = useMemo(
    () => ({
      ...typed,
      samples: typed.samples.map((sample) =>
        sample.itemCode === '' && firstItem !== undefined
          ? withItem(sample, firstItem, methodOf(items, firstItem))
          : sample,
      ),
    }),
    [typed, firstItem, items],
  );
  const gate = useGate(form);

  const input = useMemo(() => toInput(form, allItems), [form, allItems]);
  const problems = useMemo(() => problemsOf(input, allItems), [input, allItems]);
  const register = useCommand(async () => {
    const commission = await client.call('commissions.register', input);
    await draft.discard().catch(() => undefined);
    setStrict(false);
    onRegistered(commission);
  });
  const discard = useCommand(() => draft.discard());

  const project = projects.find(({ id }) => id === form.projectId);
  const earlier = useMemo(
    () =>
      project === undefined
        ? undefined
        : commissions
            .filter((row) => row.projectName === project.name)
            .sort((a, b) => b.receivedAt.localeCompare(a.receivedAt))[0],
    [commissions, project],
  );
  const takeOver = useCommand(async () => {
    if (earlier === undefined) return;
    const commission = await client.call('commissions.get', { commissionNo: earlier.id });
    change((previous) => withUnitsOf(previous, commission));
  });

  const submit = (): void => {
    setStrict(true);
    if (problems.size === 0) void register.run();
    else top.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  };
  const lastItem = form.samples.at(-1)?.itemCode ?? firstItem ?? '';
  const addRow = (): void =>
    change((previous) => ({
      ...previous,
      samples: [...previous.samples, emptySample(lastItem, methodOf(items, lastItem))],
    }));
  const copyRow = (): void =>
    change((previous) => {
      const source = previous.samples[cell.row] ?? previous.samples.at(-1);
      return source === undefined ? previous : { ...previous, samples: [...previous.samples, copySample(source)] };
    });
  const keys: Hotkey[] = [
    {
      keys: 'F6',
      name: '沿用本工程上一单的单位与见证人',
      run: () => void takeOver.run(),
      disabled: earlier === undefined,
    },
    { keys: 'F7', name: '加一行样品', run: addRow },
    { keys: 'F8', name: '复制当前样品行', run: copyRow },
    { keys: 'F9', name: '登记委托单', run: submit },
    { keys: 'Ctrl+D', name: '表格中：复制此行', run: copyRow },
    { keys: 'Ctrl+Delete', name: '表格中：删去此行', run: () => undefined },
  ];
  useHotkeys('收样 · 新委托', active ? keys : []);

  const columns = useMemo(() => sampleColumns(form.samples, items), [form.samples, items]);
  const column = columns[cell.column];
  const here = column === undefined ? undefined : problems.get(pathOf(cell.row, column));
  const visible = [...problems].filter(([path]) => strict || valueAt(form, path) !== '');
  const savedWord = { yes: '草稿已保存', waiting: '正在保存草稿…', failed: '草稿暂未存上，正在重试；内容仍在屏幕上' }[
    draft.saved
  ];

  return (
    <div className="jt-form" ref={top}>
      {draft.restoredAt !== null && (
        <p className="jt-note" data-testid="draft-restored">
          ◆ 已恢复 {showTime(draft.restoredAt)} 未登记完的草稿。
          <button type="button" className="jt-link" onClick={() => void discard.run()}>
            不要了，重新填
          </button>
        </p>
      )}
      <UnitFields form={form} projects={projects} problems={problems} strict={strict} onChange={change} />
      <GateLine gate={gate} />
      <SampleGrid
        samples={form.samples}
        columns={columns}
        items={items}
        problems={problems}
        strict={strict}
        current={cell}
        onCurrent={setCell}
        onChange={(update) => change((previous) => ({ ...previous, samples: update(previous.samples) }))}
      />
      <p
        className={`jt-sheet-line${here !== undefined && (strict || visible.length > 0) ? ' jt-tone-bad' : ''}`}
        aria-live="polite"
      >
        {column === undefined
          ? ''
          : `第 ${cell.row + 1} 个样品 · ${column.title}：${here !== undefined && visible.some(([path]) => path === pathOf(cell.row, column)) ? here : (column.hint ?? '可填写')}`}
      </p>
      <ErrorBlock error={register.error ?? takeOver.error ?? discard.error} onClose={register.clear} />
      {strict && problems.size > 0 && (
        <section className="jt-error jt-problems" role="alert" data-testid="form-problems">
          <span className="jt-error-shape" aria-hidden="true">
            ✕
          </span>
          <div className="jt-error-body">
            <p className="jt-error-message">还有 {problems.size} 处要更正，尚未登记。</p>
            <ul>
              {[...problems].slice(0, 8).map(([path, text]) => (
                <li key={path}>
                  <strong>{fieldName(path)}：</strong>
                  {text}
                </li>
              ))}
              {problems.size > 8 && <li>……另有 {problems.size - 8} 处，更正后继续显示。</li>}
            </ul>
          </div>
        </section>
      )}
      <footer className="jt-form-foot">
        <span className="jt-soft" data-testid="draft-state">
          {savedWord}
        </span>
        <Button onClick={() => void takeOver.run()} disabled={earlier === undefined} loading={takeOver.busy}>
          沿用上一单单位 <kbd className="jt-key">F6</kbd>
        </Button>
        <Button onClick={addRow} data-testid="sample-add">
          加一行 <kbd className="jt-key">F7</kbd>
        </Button>
        <Button onClick={copyRow} data-testid="sample-copy">
          复制行 <kbd className="jt-key">F8</kbd>
        </Button>
        <Button type="primary" onClick={submit} loading={register.busy} data-testid="reception-register">
          登记（{form.samples.length} 个样品） <kbd className="jt-key">F9</kbd>
        </Button>
      </footer>
    </div>
  );
}

/** The item that a commission most likely begins with: concrete cubes where the lab may test them. */
function preferred(items: readonly Item[]): Item | undefined {
  const open = items.filter((item) => item.inScope);
  return open.find((item) => item.methodId === 'concrete-cube') ?? open[0] ?? items[0];
}

/** One line while all is well, so that nothing jumps; what refuses or warns is said in full. */
function GateLine({ gate }: { gate: Gate | null }) {
  if (gate === null) return <p className="jt-gate-line jt-soft">○ 选定工程后检查资质范围、合同和监管状态</p>;
  const calm = gate.findings.every((finding) => finding.outcome === 'pass' || finding.outcome === 'not-enforced');
  if (calm) return <p className="jt-gate-line jt-tone-good">✓ 资质范围、合同和监管状态检查通过</p>;
  return <GateFindings findings={gate.findings} compact />;
}

function valueAt(form: CommissionForm, path: string): string {
  let value: unknown = form;
  for (const part of path.split('.')) value = (value as Record<string, unknown> | undefined)?.[part];
  return typeof value === 'string' ? value.trim() : '';
}

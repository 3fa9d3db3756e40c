// 验算与评定: any method of the library computed live from typed figures, and batch evaluations from signed records. The
// page stores no result: what is typed is kept as the person's draft, the paper of an evaluation is made by the core.
import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState, useCallback } from 'react';
import { methodById } from '../../shared/methods/index.ts';
import type { Policies, TestMethod } from '../../shared/methods/index.ts';
import { toErrorInfo, useClient } from '../client.ts';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { useHotkeys } from '../design/hotkeys.ts';
import { useCommand } from '../design/useCommand.ts';
import { usePermit } from '../state/session.ts';
import { useDraft } from '../state/useDraft.ts';
import { groupRows, hasRecords, paperInput, settledFields, takeRecords } from './batch.ts';
import { computeTrial, triedPolicies } from './compute.ts';
import { MethodBar } from './MethodBar.tsx';
import { PaperDialog } from './PaperDialog.tsx';
import { PickDialog } from './PickDialog.tsx';
import { TrialFields } from './TrialFields.tsx';
import { TrialResult } from './TrialResult.tsx';
import { acceptState, emptyForm, emptyState, formOf, type TrialForm, type TrialState } from './trialForm.ts';

/** How the lab reads this method's standards; null until it is known. */
function useChosen(method: TestMethod) {
  const client = useClient();
  const query = useQuery({ queryKey: ['policies.get'], queryFn: () => client.call('policies.get', {}), staleTime: 0 });
  const { data } = query;
  const chosen = useMemo<Policies | null>(
    () =>
      data === undefined
        ? null
        : Object.fromEntries(
            data.chosen.filter(({ methodId }) => methodId === method.id).map(({ name, option }) => [name, option]),
          ),
    [data, method],
  );
  return { chosen, error: query.error === null ? null : toErrorInfo(query.error) };
}

/** Why no paper can be made now; null where it can. */
function paperHindrance(mayMake: boolean, computed: boolean, tried: readonly string[]): string | null {
  if (!mayMake) return '评定书由质量负责人、校核员或授权签字人生成。';
  if (!computed) return '还没有计算结果。';
  if (tried.length > 0) return '采用了与本机构不同的设置，只能试算。';
  return null;
}

/** A place is `field` or `set|row|field`. */
function withCell(form: TrialForm, place: string, value: string): TrialForm {
  const [setId = '', row, key] = place.split('|');
  if (row === undefined || key === undefined) return { ...form, cells: { ...form.cells, [place]: value } };
  const rows = (form.rows[setId] ?? []).map((one, index) =>
    index === Number(row) ? { ...one, cells: { ...one.cells, [key]: value } } : one,
  );
  return { ...form, rows: { ...form.rows, [setId]: rows } };
}

export function EvaluationPage() {
  const mayMake = usePermit('evaluation.make');
  const draft = useDraft<TrialState>('evaluation', emptyState, acceptState);
  const { value: state, change } = draft;
  const [picking, setPicking] = useState(false);
  const [printing, setPrinting] = useState(false);
  const [cleared, setCleared] = useState<TrialState | null>(null);
  const method = methodById(state.methodId);
  const form = useMemo(() => formOf(state), [state]);
  const { chosen, error } = useChosen(method);

  const onForm = useCallback(
    (next: (before: TrialForm) => TrialForm): void => {
      setCleared(null);
      change((before) => ({ ...before, forms: { ...before.forms, [before.methodId]: next(formOf(before)) } }));
    },
    [change],
  );
  const onChange = useCallback(
    (place: string, value: string): void => onForm((before) => withCell(before, place, value)),
    [onForm],
  );
  const later = useDeferredValue(form);
  // A form of the method before is not computed by the one in front.
  const trial = useMemo(
    () => (chosen === null ? null : computeTrial(method, chosen, later.edition === form.edition ? later : form)),
    [method, chosen, later, form],
  );
  const tried = chosen === null ? [] : triedPolicies(method, chosen, form);
  const isBatch = method.purpose === 'evaluation';
  const hindrance = paperHindrance(mayMake, trial?.computation != null, tried);
  const mayPick = isBatch && hasRecords(method);

  const clear = useCommand(async () => {
    setCleared(state);
    change((before) => ({ ...before, forms: { ...before.forms, [before.methodId]: emptyForm(method) } }));
    await Promise.resolve();
  });
  const toMethod = (): void => document.getElementById('trial-method')?.focus();
  useHotkeys('验算与评定', [
    { keys: 'F2', name: '选方法', run: toMethod },
    { keys: 'F6', name: '从记录选取', run: () => setPicking(true), disabled: !mayPick },
    { keys: 'F9', name: '打印评定书', run: () => setPrinting(true), disabled: !isBatch || hindrance !== null },
    { keys: 'Ctrl+Delete', name: '表格中：删去此行', run: () => undefined },
  ]);
  const rows = isBatch ? groupRows(method, form) : [];
  const taken = new Set(rows.flatMap(({ origin }) => origin?.recordNo ?? []));
  const project = taken.size === 0 ? null : form.project;

  return (
    <section className="jt-pane" data-testid="place-evaluation" data-draft={draft.saved}>
      <header className="jt-pane-head">
        <h2>验算与评定</h2>
        <div className="jt-pane-actions">
          {cleared !== null && (
            <Button
              type="link"
              onClick={() => {
                change(cleared);
                setCleared(null);
              }}
              data-testid="trial-undo"
            >
              撤销清空
            </Button>
          )}
          <Button onClick={() => void clear.run()} data-testid="trial-clear">
            清空
          </Button>
          {mayPick && (
            <Button onClick={() => setPicking(true)} data-testid="trial-pick">
              从记录选取 <kbd className="jt-key">F6</kbd>
            </Button>
          )}
          {isBatch && (
            <Button
              type="primary"
              onClick={() => setPrinting(true)}
              disabled={hindrance !== null}
              title={hindrance ?? undefined}
              data-testid="trial-paper"
            >
              打印评定书 <kbd className="jt-key">F9</kbd>
            </Button>
          )}
        </div>
      </header>
      <ErrorBlock error={error} />
      {draft.loaded && chosen !== null && trial !== null && (
        <>
          <MethodBar
            method={method}
            form={form}
            chosen={chosen}
            tried={tried}
            onMethod={(methodId) => {
              setCleared(null);
              change((before) => ({ ...before, methodId }));
            }}
            onForm={onForm}
          />
          <div className="jt-split jt-trial">
            <TrialFields
              key={method.id}
              method={method}
              form={form}
              faults={trial.faults}
              settled={isBatch ? settledFields(method, form) : new Set()}
              onChange={onChange}
              onRows={(setId, next) => onForm((before) => ({ ...before, rows: { ...before.rows, [setId]: next } }))}
            />
            <TrialResult
              trial={trial}
              tried={tried}
              note={
                taken.size > 0 && (
                  <span className="jt-soft" data-testid="trial-origin">
                    签名记录 {taken.size} 组{project === null ? '' : `（${project.name}）`}
                  </span>
                )
              }
            />
          </div>
        </>
      )}
      {picking && (
        <PickDialog
          method={method}
          projectId={project?.id ?? ''}
          grade={form.cells['designGrade'] ?? ''}
          taken={taken}
          onTake={(projectId, answer, groups) => {
            onForm((before) => takeRecords(method, before, { id: projectId, name: answer.projectName }, groups));
            setPicking(false);
          }}
          onClose={() => setPicking(false)}
        />
      )}
      {printing && (
        <PaperDialog
          input={paperInput(method, { ...form, project })}
          texts={form}
          project={project?.name ?? null}
          stops={trial?.computation?.stops.map(({ message }) => message) ?? []}
          onText={(texts) => onForm((before) => ({ ...before, ...texts }))}
          onClose={() => setPrinting(false)}
        />
      )}
    </section>
  );
}

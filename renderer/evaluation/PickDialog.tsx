// 从记录选取: the signed groups of a project, narrowed by grade, curing and time; ticked one by one or all at once. Groups
// that cannot be counted stand there with their reason and cannot be taken.
import { Button, Select } from 'antd';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { CallOutput } from '../../shared/contract/calls.ts';
import type { Candidate } from '../../shared/evaluations/calls.ts';
import type { TestMethod } from '../../shared/methods/index.ts';
import { toErrorInfo, useClient } from '../client.ts';
import { DataGrid, type Column } from '../design/DataGrid.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { useHotkeys } from '../design/hotkeys.ts';
import { StateTag } from '../design/StateTag.tsx';
import { readDay } from '../design/time.ts';
import { useLive } from '../live/useLive.tsx';

type Answer = CallOutput<'evaluations.candidates'>;

export interface PickDialogProps {
  method: TestMethod;
  /** Project and grade of what is already in the form. */
  projectId: string;
  grade: string;
  taken: ReadonlySet<string>;
  onTake: (projectId: string, answer: Answer, groups: readonly Candidate[]) => void;
  onClose: () => void;
}

const columns: readonly Column<Candidate>[] = [
  { key: 'sampleNo', title: '样品编号', width: '116px', render: ({ sampleNo }) => sampleNo },
  { key: 'part', title: '工程部位', width: 'minmax(90px, 1fr)', render: ({ structurePart }) => structurePart },
  { key: 'grade', title: '等级', width: '44px', render: ({ grade }) => grade || '—' },
  { key: 'curing', title: '养护', width: '76px', render: ({ curing }) => curing ?? '—' },
  { key: 'madeOn', title: '成型日期', width: '86px', render: ({ madeOn }) => madeOn ?? '—' },
  { key: 'testedOn', title: '检测日期', width: '86px', render: ({ testedOn }) => testedOn },
  { key: 'age', title: '龄期 d', width: '52px', align: 'right', render: ({ ageDays }) => ageDays ?? '—' },
  { key: 'value', title: '代表值 MPa', width: '84px', align: 'right', render: ({ value }) => <b>{value ?? '—'}</b> },
  {
    key: 'state',
    title: '能否计入',
    width: 'minmax(120px, 1.2fr)',
    render: ({ barred, valid }) =>
      barred !== null ? (
        <StateTag state={{ word: barred, tone: 'bad', shape: '✕' }} title={barred} />
      ) : valid ? (
        <StateTag state={{ word: '有效', tone: 'good', shape: '✓' }} />
      ) : (
        <StateTag state={{ word: '试验结果无效，列出不计入', tone: 'warn', shape: '▲' }} />
      ),
  },
  { key: 'recordNo', title: '原始记录', width: '112px', render: ({ recordNo }) => recordNo },
  { key: 'reportNo', title: '检测报告', width: '112px', render: ({ reportNo }) => reportNo ?? '未签发' },
];

export function PickDialog(props: PickDialogProps) {
  return (
    <Dialog title={`从记录选取：${props.method.name}`} onClose={props.onClose} width={1240}>
      <PickBody {...props} />
    </Dialog>
  );
}

/** Inside the dialog, so that its keys belong to it. */
function PickBody({ method, projectId: begun, grade: begunGrade, taken, onTake, onClose }: PickDialogProps) {
  const client = useClient();
  const { rows: projects } = useLive('projects', { sort: [{ name: 'asc' }] } as never);
  const [projectId, setProjectId] = useState(begun);
  const [grade, setGrade] = useState(begunGrade);
  const [curing, setCuring] = useState('');
  const [days, setDays] = useState({ from: '', until: '' });
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [current, setCurrent] = useState<string | null>(null);
  const grades = method.fields.find(({ name }) => name === 'designGrade');
  const curings = method.fields.find(({ name }) => name === 'curings');
  const from = readDay(days.from);
  const until = readDay(days.until);
  const query = useQuery({
    queryKey: ['evaluations.candidates', method.id, projectId, grade, curing, from, until],
    queryFn: () =>
      client.call('evaluations.candidates', {
        methodId: method.id,
        projectId,
        grade,
        curing,
        ...(from === null ? {} : { from }),
        ...(until === null ? {} : { until }),
      }),
    enabled: projectId !== '',
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  });
  const answer = projectId === '' ? undefined : query.data;
  const groups = useMemo(() => answer?.groups ?? [], [answer]);
  const free = groups.filter(({ recordNo, barred }) => barred === null && !taken.has(recordNo));
  const chosen = free.filter(({ recordNo }) => marked.has(recordNo));
  const gradesChosen = [...new Set(chosen.map((group) => group.grade))];
  const mark = (recordNo: string): void =>
    setMarked((before) => {
      const next = new Set(before);
      if (!next.delete(recordNo) && free.some((group) => group.recordNo === recordNo)) next.add(recordNo);
      return next;
    });
  const all = (): void => setMarked(new Set(chosen.length === free.length ? [] : free.map(({ recordNo }) => recordNo)));
  const ready = chosen.length > 0 && gradesChosen.length === 1 && answer !== undefined;
  const take = (): void => {
    if (ready) onTake(projectId, answer, chosen);
  };
  useHotkeys('从记录选取', [
    { keys: 'F7', name: '全选或全不选', run: all, disabled: free.length === 0 },
    { keys: 'F9', name: '加入所选', run: take, disabled: !ready },
  ]);
  const dayField = (name: 'from' | 'until', label: string, read: string | null) => (
    <label className="jt-field">
      <span>{label}</span>
      <input
        className="jt-input"
        value={days[name]}
        placeholder="如 1103"
        aria-invalid={days[name] !== '' && read === null}
        onChange={(event) => setDays({ ...days, [name]: event.target.value })}
        onBlur={() => setDays({ ...days, [name]: read ?? days[name] })}
        data-testid={`pick-${name}`}
      />
      {days[name] !== '' && read === null && <em className="jt-field-problem">✕ 不是日期</em>}
    </label>
  );
  return (
    <div className="jt-pick" data-testid="pick-dialog">
      <div className="jt-pick-filter">
        <div className="jt-field jt-pick-project">
          <label htmlFor="pick-project">工程</label>
          <Select
            id="pick-project"
            showSearch={{ optionFilterProp: 'label' }}
            autoFocus={begun === ''}
            disabled={begun !== ''}
            value={projectId === '' ? null : projectId}
            placeholder="工程名称或编号"
            options={projects.map(({ id, name }) => ({ value: id, label: `${name}（${id}）` }))}
            onChange={(value: string) => setProjectId(value)}
            data-testid="pick-project"
          />
        </div>
        <label className="jt-field">
          <span>强度等级</span>
          <select
            className="jt-input"
            value={grade}
            disabled={begun !== ''}
            onChange={(event) => setGrade(event.target.value)}
            data-testid="pick-grade"
          >
            <option value="">全部</option>
            {grades?.kind === 'choice' &&
              grades.options.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
          </select>
        </label>
        {curings?.kind === 'choice' && (
          <label className="jt-field">
            <span>养护条件</span>
            <select
              className="jt-input"
              value={curing}
              onChange={(event) => setCuring(event.target.value)}
              data-testid="pick-curing"
            >
              <option value="">全部</option>
              {curings.options.map(({ value }) => (
                <option key={value} value={value}>
                  {value}
                </option>
              ))}
            </select>
          </label>
        )}
        {dayField('from', '成型日期自', from)}
        {dayField('until', '至', until)}
      </div>
      <ErrorBlock error={query.error === null ? null : toErrorInfo(query.error)} onRetry={() => void query.refetch()} />
      <div className="jt-pick-list">
        <DataGrid
          label="已签名的组"
          columns={columns}
          rows={groups}
          rowKey={({ recordNo }) => recordNo}
          current={current}
          onCurrent={setCurrent}
          marked={new Set([...taken, ...marked])}
          onMark={mark}
          onOpen={({ recordNo }) => mark(recordNo)}
          rowTone={({ barred, valid }) => (barred !== null ? 'bad' : valid ? undefined : 'warn')}
          rowTestId="pick-row"
          empty={
            projectId === ''
              ? '请先选择工程。'
              : query.isFetching
                ? '正在查询…'
                : '没有已签名（已校核）的组符合这些条件。'
          }
        />
      </div>
      <div className="jt-dialog-actions">
        <span className="jt-spring jt-soft" role="status">
          {gradesChosen.length > 1
            ? `所选的组有 ${gradesChosen.join('、')} 几个等级，一批只能有一个。`
            : `共 ${groups.length} 组，可计入 ${free.length} 组，已选 ${chosen.length} 组。${answer?.truncated === true ? '还有更多，请缩小范围。' : ''}未签名（未校核）的记录不在其中。`}
        </span>
        <Button onClick={all} disabled={free.length === 0} data-testid="pick-all">
          {chosen.length === free.length && free.length > 0 ? '全不选' : '全选'} <kbd className="jt-key">F7</kbd>
        </Button>
        <Button onClick={onClose}>
          取消 <kbd className="jt-key">Esc</kbd>
        </Button>
        <Button type="primary" onClick={take} disabled={!ready} data-testid="pick-take">
          加入 {chosen.length} 组 <kbd className="jt-key">F9</kbd>
        </Button>
      </div>
    </div>
  );
}

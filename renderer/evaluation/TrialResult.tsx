// What comes of the form, live: result and verdict, what to look at, every step with its clause, the tables of record and
// report. Always under the same heading: this is a trial, not a record.
import type { ReactNode } from 'react';
import type { MethodComputation, PaperTable } from '../../shared/methods/index.ts';
import { fillTable } from '../../shared/reports/paper-tables.ts';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { PaperTableView } from '../record/PaperTableView.tsx';
import { ResultLine } from '../record/ResultLine.tsx';
import { TraceTable } from '../record/TraceTable.tsx';
import { shownResult, type Trial } from './compute.ts';

/** What only a record knows is not known here. */
const unknown = {
  sampleNo: '', recordNo: '', structurePart: '', madeOn: '', testedOn: '', ageDays: '', representedQuantity: '',
  batchNo: '',
  sampleState: '', maker: '',
}; // prettier-ignore

function Tables({ title, tables, testId }: { title: string; tables: readonly PaperTable[]; testId: string }) {
  if (tables.length === 0) return null;
  return (
    <details data-testid={testId}>
      <summary>
        {title}（{tables.length} 张）
      </summary>
      <div className="jt-tables">
        {tables.map((table, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- the tables of a result do not move
          <PaperTableView key={index} table={fillTable(table, unknown)} />
        ))}
      </div>
    </details>
  );
}

interface Remark {
  code: string;
  message: string;
  meaning: string;
  next: string;
  field?: string;
  clause?: string;
}

function Remarks({
  tone,
  shape,
  remarks,
  testId,
}: {
  tone: string;
  shape: string;
  remarks: readonly Remark[];
  testId: string;
}) {
  if (remarks.length === 0) return null;
  return (
    <ul className="jt-warnings" data-testid={testId}>
      {remarks.map((remark) => (
        <li key={`${remark.code}${remark.field ?? ''}${remark.message}`}>
          <b className={tone}>
            {shape} {remark.message}
          </b>
          <div className="jt-soft">
            {remark.meaning}
            {remark.next}
            {remark.clause !== undefined && `（${remark.clause}）`}
          </div>
        </li>
      ))}
    </ul>
  ); // prettier-ignore
}

const most = 8;

function Waiting({ missing }: { missing: readonly string[] }) {
  return (
    <section className="jt-trial-waiting" data-testid="trial-missing">
      <p className="jt-result jt-result-open">
        结果 <b className="jt-figure">—</b> <span className="jt-soft">填齐后立即计算</span>
      </p>
      <ul className="jt-soft">
        {missing.slice(0, most).map((words) => (
          <li key={words}>○ {words}</li>
        ))}
        {missing.length > most && <li>……共 {missing.length} 处</li>}
      </ul>
    </section>
  );
}

function Computed({ computation }: { computation: MethodComputation }) {
  const result = shownResult(computation);
  const { record, report } = computation;
  const same = JSON.stringify(record) === JSON.stringify(report);
  const [only] = result.parameters;
  return (
    <>
      <ResultLine record={{ result, open: [] }} />
      {only !== undefined && result.parameters.length === 1 && only.requirement !== null && (
        <p data-testid="trial-requirement">技术要求：{only.requirement}</p>
      )}
      {(only === undefined || result.parameters.length > 1) && <p className="jt-conclusion">{result.conclusionText}</p>}
      <Remarks tone="jt-tone-bad" shape="✕ 可疑数据：" remarks={computation.stops} testId="trial-stops" />
      <Remarks tone="jt-tone-warn" shape="▲" remarks={computation.warnings} testId="trial-warnings" />
      <TraceTable steps={result.trace} />
      <Tables title={same ? '记录和报告中的表' : '原始记录中的表'} tables={record} testId="trial-record-tables" />
      {!same && <Tables title="检测报告中的表" tables={report} testId="trial-report-tables" />}
    </>
  );
}

export function TrialResult({ trial, tried, note }: { trial: Trial; tried: readonly string[]; note: ReactNode }) {
  return (
    <section className="jt-split-detail jt-trial-result" data-testid="trial-result" aria-live="off">
      <header className="jt-trial-heading">
        <strong>试算，不作为检测记录</strong>
        {tried.length > 0 && (
          <span className="jt-tone-warn" data-testid="trial-tried">
            ▲ 与本机构设置不同：{tried.join('、')}
          </span>
        )}
        {note}
      </header>
      {trial.computation === null && trial.refusal === null && <Waiting missing={trial.missing} />}
      <ErrorBlock error={trial.refusal} />
      {trial.computation !== null && <Computed computation={trial.computation} />}
    </section>
  );
}

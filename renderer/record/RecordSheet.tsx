// The whole original record on a screen: facts, every run with its curve, formula by formula with clauses, corrections,
// signatures, and what the gate said. Nothing here can be changed.
import { useState, type ReactNode } from 'react';
import type { TestRecord } from '../../shared/entities/record.ts';
import { signatureMeaningNames } from '../../shared/entities/record.ts';
import { RunCurve } from '../curve/RunCurve.tsx';
import { Facts } from '../design/Facts.tsx';
import { GateFindings } from '../design/GateFindings.tsx';
import { StateTag } from '../design/StateTag.tsx';
import { showTime } from '../design/time.ts';
import { validityWords } from '../design/words.ts';
import { fieldOfRun, methodById, specimenLabel } from '../../shared/methods/index.ts';
import { CuringLine } from './CuringLine.tsx';
import { GateDecisions } from './GateDecisions.tsx';
import { editionStanding, testDay } from './editionStanding.ts';
import { environmentText } from './environment.ts';
import { PaperTableView } from './PaperTableView.tsx';
import { Policies, Releases, TypedReadings } from './RecordParts.tsx';
import { RecordHistory } from './RecordHistory.tsx';
import { ResultLine } from './ResultLine.tsx';
import { propertyFacts, sampleNumbers } from './sampleFacts.ts';
import { SpecimenTable } from './SpecimenTable.tsx';
import { TraceTable } from './TraceTable.tsx';

function Curves({ record }: { record: TestRecord }) {
  const method = methodById(record.methodId);
  const [all, setAll] = useState(false);
  const counted = record.runs.filter((run) => run.validity === 'valid');
  const others = record.runs.filter((run) => run.validity !== 'valid');
  const shown = all ? record.runs : counted;
  if (record.runs.length === 0) return null;
  return (
    <section>
      <h4>
        荷载曲线
        {others.length > 0 && (
          <button type="button" className="jt-link" onClick={() => setAll(!all)}>
            {all ? '只看有效的' : `也看不计入的 ${others.length} 次`}
          </button>
        )}
      </h4>
      <div className="jt-curves">
        {shown.map((run) => (
          <div key={run.runId}>
            <RunCurve
              runId={run.runId}
              title={`${specimenLabel(method, fieldOfRun(method, run))} ${run.specimenNo} · ${run.runNo} · 峰值 ${run.peakKn ?? '—'} kN`}
            />
            {run.validity !== 'valid' && (
              <p>
                <StateTag state={validityWords[run.validity]} /> {run.reason}
              </p>
            )}
          </div>
        ))}
      </div>
    </section>
  );
}

export function RecordSheet({ record }: { record: TestRecord }) {
  const { sample, result } = record;
  const standing = editionStanding(methodById(record.methodId).editions, record.edition, testDay(record));
  return (
    <div className="jt-record" data-testid="record-sheet" data-record={record.recordNo}>
      {record.returnedReason !== null && <p className="jt-note jt-tone-warn">▲ 退回原因：{record.returnedReason}</p>}
      <Facts
        columns={3}
        facts={[
          ['工程', record.projectName, 'wide'],
          ['样品编号', sampleNumbers(sample)],
          ['委托编号', record.commissionNo],
          ['工程部位', sample.structurePart],
          ...propertyFacts(record),
          ...(sample.madeOn === undefined
            ? []
            : [['成型日期', [sample.madeOn, sample.madeAt].filter(Boolean).join(' ')] satisfies [string, string]]),
          ...(sample.requiredAgeDays === undefined && record.ageDays === null
            ? []
            : [['要求龄期', `${record.ageDays ?? sample.requiredAgeDays} d`] satisfies [string, string]]),
          ['代表数量', sample.representedQuantity],
          ['方法', record.methodStandard],
          ...(record.judgementStandard === null
            ? []
            : [['判定依据', record.judgementStandard] satisfies [string, string]]),
          ...(standing === null
            ? []
            : [
                ['标准版本', <StateTag key="edition" state={standing} />, 'wide'] satisfies [string, ReactNode, 'wide'],
              ]),
          ['设备', record.equipmentName === null ? '' : `${record.equipmentName}（${record.equipmentId ?? ''}）`],
          ['检测环境', environmentText(record), 'wide'],
        ]}
      />
      <CuringLine record={record} />
      <ResultLine record={record} />
      {methodById(record.methodId).acquisitions.map(({ field }) => (
        <SpecimenTable key={field} record={record} field={field} />
      ))}
      <TypedReadings record={record} />
      {result !== null && (
        <section className="jt-tables" data-testid="record-tables">
          {result.record.map((table, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- the tables of a result do not move
            <PaperTableView key={index} table={table} />
          ))}
        </section>
      )}
      <Releases record={record} />
      {result !== null && result.warnings.length > 0 && (
        <ul className="jt-warnings">
          {result.warnings.map((warning) => (
            <li key={warning} className="jt-tone-warn">
              ▲ {warning}
            </li>
          ))}
        </ul>
      )}
      {result !== null && <p className="jt-conclusion">结论：{result.conclusionText}</p>}
      {record.gate !== null && <GateFindings findings={record.gate.findings} />}
      <Curves record={record} />
      <TraceTable steps={record.result?.trace ?? []} />
      <Policies record={record} />
      <GateDecisions record={record} />
      <RecordHistory record={record} />
      <section>
        <h4>签名</h4>
        {record.signatures.length === 0 ? (
          <p className="jt-soft">尚无签名。</p>
        ) : (
          <ul className="jt-signatures" data-testid="record-signatures">
            {record.signatures.map((signature) => (
              <li key={`${signature.meaning}${signature.at}`}>
                <b>{signatureMeaningNames[signature.meaning]}</b> {signature.personName} {showTime(signature.at, true)}{' '}
                <StateTag
                  state={
                    signature.valid
                      ? { word: '有效', tone: 'good', shape: '✓' }
                      : { word: '已失效：签名后内容有改动', tone: 'bad', shape: '✕' }
                  }
                />
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

// The specimens of a record with every run that was made of them. Runs that do not count are struck through with their
// reason, never hidden. There is no field for a load: what a machine measured is not typed.
import { Button } from 'antd';
import type { Run, TestRecord } from '../../shared/entities/record.ts';
import { StateTag } from '../design/StateTag.tsx';
import { showTime } from '../design/time.ts';
import { validityWords } from '../design/words.ts';
import { previewStrength } from './strength.ts';

export interface SpecimenTableProps {
  record: TestRecord;
  /** Specimen the next run belongs to. */
  armed?: number | null;
  onRepeat?: (run: Run) => void;
  large?: boolean;
}

export function SpecimenTable({ record, armed = null, onRepeat, large = false }: SpecimenTableProps) {
  return (
    <table className={`jt-table jt-specimens${large ? ' jt-specimens-large' : ''}`} data-testid="specimens">
      {/* Widths stand still, whatever the figures and reasons are. */}
      <colgroup>
        <col className="jt-col-no" />
        <col className="jt-col-figure" />
        <col className="jt-col-figure" />
        <col className="jt-col-figure" />
        <col className="jt-col-run" />
        <col />
        {onRepeat !== undefined && <col className="jt-col-action" />}
      </colgroup>
      <thead>
        <tr>
          <th>试件</th>
          <th className="jt-right">破坏荷载 kN</th>
          <th className="jt-right">抗压强度 MPa</th>
          <th className="jt-right">加荷速度 kN/s</th>
          <th>采集编号 · 时间</th>
          <th>状态</th>
          {onRepeat !== undefined && <th aria-label="操作" />}
        </tr>
      </thead>
      <tbody>
        {record.readings.map((reading) => {
          const runs = record.runs.filter((run) => run.specimenNo === reading.specimenNo);
          const counted = runs.find((run) => run.runNo === reading.runNo && run.validity === 'valid');
          const others = runs.filter((run) => run !== counted);
          const strength = previewStrength(reading.failureLoadKn, record.sample.sideMm);
          const isArmed = armed === reading.specimenNo;
          return [
            ...others.map((run) => (
              <tr key={run.runId} className="jt-run-void" data-testid="run-invalid">
                <td>{reading.specimenNo}</td>
                <td className="jt-right">
                  <s>{run.peakKn ?? '—'}</s>
                </td>
                <td className="jt-right">
                  <s>{previewStrength(run.peakKn, record.sample.sideMm) ?? '—'}</s>
                </td>
                <td className="jt-right">
                  <s>{run.loadingRateKnPerS ?? '—'}</s>
                </td>
                <td className="jt-run-no">
                  <s>{run.runNo}</s> {showTime(run.startedAt, true).slice(11)}
                </td>
                <td colSpan={onRepeat === undefined ? 1 : 2}>
                  <StateTag state={validityWords[run.validity]} /> {run.reason}
                </td>
              </tr>
            )),
            <tr
              key={reading.specimenNo}
              className={isArmed ? 'jt-armed' : undefined}
              data-testid={`specimen-${reading.specimenNo}`}
            >
              <td>
                <b>{reading.specimenNo}</b>
              </td>
              <td className="jt-right jt-figure" data-testid={`specimen-${reading.specimenNo}-load`}>
                {reading.failureLoadKn ?? '—'}
              </td>
              <td className="jt-right jt-figure" data-testid={`specimen-${reading.specimenNo}-strength`}>
                {strength ?? '—'}
              </td>
              <td className="jt-right">{counted?.loadingRateKnPerS ?? '—'}</td>
              <td className="jt-run-no">
                {counted === undefined ? '—' : `${counted.runNo} ${showTime(counted.startedAt, true).slice(11)}`}
              </td>
              <td>
                {counted !== undefined ? (
                  <StateTag state={{ word: '有效', tone: 'good', shape: '✓' }} />
                ) : isArmed ? (
                  <StateTag state={{ word: '当前块', tone: 'busy', shape: '▶' }} />
                ) : (
                  <StateTag state={{ word: '未检', tone: 'quiet', shape: '○' }} />
                )}
              </td>
              {onRepeat !== undefined && (
                <td>
                  {counted !== undefined && (
                    <Button
                      size="small"
                      onClick={() => onRepeat(counted)}
                      data-testid={`specimen-${reading.specimenNo}-repeat`}
                    >
                      重做
                    </Button>
                  )}
                </td>
              )}
            </tr>,
          ];
        })}
      </tbody>
    </table>
  );
}

// The specimens of a reading that a machine delivers, with every run that was made of them. Runs that do not count are
// struck through with their reason, never hidden. There is no field for a load: what a machine measured is not typed.
import { Button } from 'antd';
import { sayExtensometer } from '../../shared/entities/extensometer.ts';
import type { Run, TestRecord } from '../../shared/entities/record.ts';
import { StateTag } from '../design/StateTag.tsx';
import { showTime } from '../design/time.ts';
import { validityWords } from '../design/words.ts';
import { fieldNamed, fieldOfRun, methodById, specimenLabel, specimensOfSet } from '../../shared/methods/index.ts';
import type { Field, TestMethod } from '../../shared/methods/index.ts';
import { inFieldUnit, previewOf } from './strength.ts';

export interface SpecimenTableProps {
  record: TestRecord;
  /** Field that the machine delivers. */
  field: string;
  /** Specimen the next run belongs to. */
  armed?: number | null;
  onRepeat?: ((run: Run) => void) | undefined;
  large?: boolean;
}

function countOf(record: TestRecord, method: TestMethod, field: Field | undefined): number {
  const set = method.sets.find(({ id }) => id === field?.set);
  if (set === undefined) return 0;
  const counted = specimensOfSet(method, set, record.sample.properties, record.readings);
  // A run that does not count is shown all the same, whatever specimen it was made of.
  const run = record.runs.filter((one) => fieldOfRun(method, one) === field?.name).map(({ specimenNo }) => specimenNo);
  return Math.max(counted, ...run);
}

export function SpecimenTable({ record, field: name, armed = null, onRepeat, large = false }: SpecimenTableProps) {
  const method = methodById(record.methodId);
  const field = fieldNamed(method, name);
  const acquisition = method.acquisitions.find((candidate) => candidate.field === name);
  const label = specimenLabel(method, name);
  const preview = acquisition?.preview;
  const specimens = Array.from({ length: countOf(record, method, field) }, (_, index) => index + 1);
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
          <th>{label}</th>
          <th className="jt-right">
            {field?.label} {field?.kind === 'decimal' ? field.unit : ''}
          </th>
          <th className="jt-right">{preview === undefined ? '' : `${preview.label} ${preview.unit}`}</th>
          <th className="jt-right">加荷速度 kN/s</th>
          <th>采集编号 · 时间</th>
          <th>状态</th>
          {onRepeat !== undefined && <th aria-label="操作" />}
        </tr>
      </thead>
      <tbody>
        {specimens.map((specimenNo) => {
          const runs = record.runs.filter((run) => run.specimenNo === specimenNo && fieldOfRun(method, run) === name);
          const reading = record.readings.find(
            (candidate) => candidate.current && candidate.field === name && candidate.specimenNo === specimenNo,
          );
          const counted = runs.find((run) => run.runNo === reading?.runNo && run.validity === 'valid');
          const others = runs.filter((run) => run !== counted);
          const meaning = previewOf(record, acquisition, reading?.value ?? null);
          const isArmed = armed === specimenNo;
          return [
            ...others.map((run) => (
              <tr key={run.runId} className="jt-run-void" data-testid="run-invalid">
                <td>{specimenNo}</td>
                <td className="jt-right">
                  <s>{inFieldUnit(record, acquisition, run.peakKn) ?? '—'}</s>
                </td>
                <td className="jt-right">
                  <s>{previewOf(record, acquisition, inFieldUnit(record, acquisition, run.peakKn)) ?? '—'}</s>
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
            <tr key={specimenNo} className={isArmed ? 'jt-armed' : undefined} data-testid={`specimen-${specimenNo}`}>
              <td>
                <b>{specimenNo}</b>
              </td>
              <td className="jt-right jt-figure" data-testid={`specimen-${specimenNo}-load`}>
                {reading?.value ?? '—'}
              </td>
              <td className="jt-right jt-figure" data-testid={`specimen-${specimenNo}-strength`}>
                {meaning ?? '—'}
              </td>
              <td className="jt-right">{counted?.loadingRateKnPerS ?? '—'}</td>
              <td className="jt-run-no">
                {counted === undefined ? '—' : `${counted.runNo} ${showTime(counted.startedAt, true).slice(11)}`}
              </td>
              <td>
                {counted !== undefined ? (
                  <>
                    <StateTag state={{ word: '有效', tone: 'good', shape: '✓' }} />
                    {counted.extensometer !== null && (
                      <span
                        className="jt-soft"
                        title={`${counted.extensometer.name}，${sayExtensometer(counted.extensometer)}，证书 ${counted.extensometer.certificateNo}`}
                        data-testid={`specimen-${specimenNo}-extensometer`}
                      >
                        {' '}
                        引伸计 {counted.extensometer.equipmentId}
                      </span>
                    )}
                  </>
                ) : reading !== undefined ? (
                  <StateTag state={{ word: '键盘录入', tone: 'quiet', shape: '⌨' }} />
                ) : isArmed ? (
                  <StateTag state={{ word: '当前试件', tone: 'busy', shape: '▶' }} />
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
                      data-testid={`specimen-${specimenNo}-repeat`}
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

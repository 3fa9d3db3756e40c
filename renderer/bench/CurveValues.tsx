// What stands in the record of a curve's figures (yield force …): the value, whether the curve gave it or a person typed
// it, what is to be known of the run, and the way to another point of the curve.
import { Button } from 'antd';
import { useState } from 'react';
import type { Reading, Run, TestRecord } from '../../shared/entities/record.ts';
import {
  fieldNamed,
  fieldOfRun,
  insteadOf,
  methodById,
  peakInUnit,
  shownValue,
  specimenLabel,
} from '../../shared/methods/index.ts';
import type { Field } from '../../shared/methods/index.ts';
import { useClient } from '../client.ts';
import { StateTag } from '../design/StateTag.tsx';
import type { StateWord } from '../design/words.ts';
import { useHotkeys } from '../design/hotkeys.ts';
import { acquisitionsOf } from '../record/strength.ts';
import { ReplayDialog } from '../replay/ReplayDialog.tsx';

const sources: Record<Reading['source'], StateWord> = {
  instrument: { word: '曲线', tone: 'good', shape: '∿' },
  keyboard: { word: '键入', tone: 'warn', shape: '⌨' },
  file: { word: '文件', tone: 'quiet', shape: '▤' },
};

interface Line {
  run: Run;
  field: Field;
  label: string;
  /** What counts; undefined where nothing does. */
  reading: Reading | undefined;
  /** What the curve gave, where something else took its place. */
  ofCurve: Reading | undefined;
}

/** One line for every valid run and every field that its curve may fill. */
export function curveLines(record: TestRecord): Line[] {
  const method = methodById(record.methodId);
  return acquisitionsOf(record).flatMap(({ field: acquired, curve }) =>
    record.runs
      .filter((run) => run.validity === 'valid' && fieldOfRun(method, run) === acquired)
      .flatMap((run) =>
        Object.values(curve ?? {}).flatMap((name): Line[] => {
          const field = fieldNamed(method, name);
          if (field === undefined) return [];
          const own = record.readings.filter(
            (reading) => reading.field === name && reading.specimenNo === run.specimenNo,
          );
          const reading = own.find(({ current }) => current);
          // One of two stands: of the other there is nothing to say, and nothing to choose.
          const stands = (other: string): boolean =>
            record.readings.some(
              (each) =>
                each.current && each.field === other && each.specimenNo === run.specimenNo && each.value !== null,
            );
          const isReplaced =
            field.source === 'curve' && insteadOf(method.fields, name).some((other) => stands(other.name));
          if (reading === undefined && (isReplaced || field.insteadOf !== undefined)) return [];
          return [
            {
              run,
              field,
              label: `${specimenLabel(method, acquired)} ${run.specimenNo} ${field.label}`,
              reading,
              ofCurve: own.find((each) => each.source === 'instrument' && each !== reading && each.runNo === run.runNo),
            },
          ];
        }),
      ),
  );
}

const unitOf = (field: Field): string => (field.kind === 'decimal' ? field.unit : '');

export function CurveValues({ record, onChanged }: { record: TestRecord; onChanged: () => void }) {
  const client = useClient();
  const [open, setOpen] = useState<Line | null>(null);
  const lines = curveLines(record);
  const last = lines.at(-1);
  const editable = record.state === 'testing';
  useHotkeys('检测台 · 曲线取值', [
    {
      keys: 'Alt+Y',
      name: '回放最近一件的曲线，选取屈服点',
      run: () => setOpen(last ?? null),
      disabled: last === undefined,
    },
  ]);
  if (lines.length === 0) return null;
  const wordsOf = ({ field, reading }: Line): string =>
    reading?.value == null ? '（空）' : `${shownValue(field, reading.value)} ${unitOf(field)}`;
  return (
    <section className="jt-curve-values" data-testid="curve-values">
      {lines.map((line) => {
        const { run, field, reading, ofCurve } = line;
        return (
          <div key={`${run.runId}${field.name}`} data-testid={`curve-value-${field.name}-${run.specimenNo}`}>
            <span>{line.label}</span>
            <b className="jt-figure">{wordsOf(line)}</b>
            {reading === undefined ? (
              <StateTag state={{ word: '曲线没有给出，请选点或键入', tone: 'warn', shape: '▲' }} />
            ) : (
              <StateTag state={sources[reading.source]} />
            )}
            {ofCurve?.value != null && (
              <span className="jt-soft">
                曲线原值 <s>{shownValue(field, ofCurve.value)}</s>
              </span>
            )}
            {reading?.reason != null && <span className="jt-soft">原因：{reading.reason}</span>}
            {run.remarks.length > 0 && lines.find((each) => each.run === run) === line && (
              <span className="jt-tone-warn" title={run.remarks.join('\n')}>
                ▲ {run.remarks.join(' ')}
              </span>
            )}
            <Button
              size="small"
              onClick={() => setOpen(line)}
              data-testid={`curve-pick-${field.name}-${run.specimenNo}`}
            >
              {editable && field.insteadOf === undefined ? '看曲线、选点' : '看曲线'}{' '}
              {line === last && <kbd className="jt-key">Alt+Y</kbd>}
            </Button>
          </div>
        );
      })}
      {open !== null && (
        <ReplayDialog
          runId={open.run.runId}
          title={`${open.label} · ${open.run.runNo}`}
          onClose={() => setOpen(null)}
          {...(editable && open.field.insteadOf === undefined
            ? {
                pick: {
                  label: open.label,
                  now: wordsOf(open),
                  onPick: async (sample, reason) => {
                    await client.call('records.enter', {
                      recordNo: record.recordNo,
                      entries: [
                        {
                          field: open.field.name,
                          specimenNo: open.run.specimenNo,
                          position: null,
                          value: peakInUnit(sample.text, open.field),
                        },
                      ],
                      reason: `${reason}（${open.run.runNo} 第 ${sample.index + 1} 点，${sample.timeS.toFixed(3)} s）`,
                    });
                    setOpen(null);
                    onChanged();
                  },
                },
              }
            : {})}
        />
      )}
    </section>
  );
}

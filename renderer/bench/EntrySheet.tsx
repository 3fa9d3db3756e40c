// The readings of a record that a person types, as tables of the method's own making: a line per specimen, a column per
// reading. Every place is saved by itself; nothing waits for a button.
import { Button } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Reading, TestRecord } from '../../shared/entities/record.ts';
import type { Field } from '../../shared/methods/index.ts';
import { insteadOf, methodById, shownValue } from '../../shared/methods/index.ts';
import { useClient } from '../client.ts';
import { ReasonDialog } from '../design/ReasonDialog.tsx';
import { useHotkeys } from '../design/hotkeys.ts';
import { acquisitionsOf } from '../record/strength.ts';
import { EntryCell } from './EntryCell.tsx';
import { toFirstEmpty } from './entryFocus.ts';
import { entryPlan, positionsOf, type EntryGroup } from './entryPlan.ts';

interface Place {
  field: Field;
  specimenNo: number | null;
  position: number | null;
  label: string;
}

interface Correction {
  place: Place;
  old: string | null;
  value: string | null;
  settle: (reason: string | null) => void;
}

const wordsOf = ({ field }: Place, value: string | null): string =>
  value === null ? '（空）' : shownValue(field, value);

const usualReasons = ['录入有误', '重新量测', '看错单位', '串行'];

function readingAt(record: TestRecord, { field, specimenNo, position }: Omit<Place, 'label'>): Reading | undefined {
  return record.readings.find(
    (reading) =>
      reading.current &&
      (reading.runNo === null || field.source === 'curve') &&
      reading.field === field.name &&
      reading.specimenNo === specimenNo &&
      reading.position === position,
  );
}

/** What stood in a place before it was corrected. */
function struckAt(record: TestRecord, { field, specimenNo, position }: Omit<Place, 'label'>): string[] {
  return record.readings.flatMap((reading) =>
    !reading.current &&
    (reading.runNo === null || field.source === 'curve') &&
    reading.field === field.name &&
    reading.specimenNo === specimenNo &&
    reading.position === position
      ? [reading.value === null ? '（空）' : shownValue(field, reading.value)]
      : [],
  );
}

/** What the curve gave in the place of a reading of its own: nothing is typed beside it. */
function replacementOf(record: TestRecord, field: Field, specimenNo: number | null): string | undefined {
  if (field.source !== 'curve') return undefined;
  for (const other of insteadOf(methodById(record.methodId).fields, field.name)) {
    const found = record.readings.find(
      (reading) => reading.current && reading.field === other.name && reading.specimenNo === specimenNo,
    );
    if (found?.value != null) return `${other.symbol ?? other.label} ${found.value}`;
  }
  return undefined;
}

export function EntrySheet({ record, onChanged }: { record: TestRecord; onChanged: () => void }) {
  const client = useClient();
  const [extra, setExtra] = useState<Record<string, number>>({});
  const [correction, setCorrection] = useState<Correction | null>(null);
  const confirmed = useRef(false);
  const { required, optional } = entryPlan(record, extra);
  const editable = record.state === 'testing';
  const area = useRef<HTMLDivElement>(null);
  const isAcquired = acquisitionsOf(record).length > 0;
  useHotkeys('检测台 · 读数', [
    { keys: 'F4', name: '到第一个空着的读数', run: () => void toFirstEmpty(area.current), disabled: !editable },
  ]);
  useEffect(() => {
    // Where nothing comes from a machine the hands go on typing; who is filling something in is left there.
    const busy = document.activeElement?.closest('[data-entry], .jt-env, .ant-modal') != null;
    if (editable && !isAcquired && !busy) toFirstEmpty(area.current);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, when the record is opened
  }, []);
  if (required.length === 0 && optional.length === 0) return null;

  const save = async (place: Place, value: string | null): Promise<void> => {
    const before = readingAt(record, place);
    const reason =
      before === undefined || before.value === value
        ? undefined
        : await new Promise<string | null>((settle) => {
            confirmed.current = false;
            setCorrection({ place, old: before.value, value, settle });
          });
    if (reason === null) throw new Error('没有写明原因，原来的值不变。');
    await client.call('records.enter', {
      recordNo: record.recordNo,
      entries: [{ field: place.field.name, specimenNo: place.specimenNo, position: place.position, value }],
      ...(reason === undefined ? {} : { reason }),
    });
    onChanged();
  };
  const cell = (field: Field, specimenNo: number | null, place: string, order: string) => {
    const filled = record.readings.filter(
      (reading) => reading.current && reading.field === field.name && reading.specimenNo === specimenNo,
    ).length;
    return positionsOf(field, filled).map((position) => {
      const label = `${place}${field.label}${position === null ? '' : ` 第 ${position} 个`}`;
      const at: Place = { field, specimenNo, position, label };
      // What was typed before must remain to be taken back.
      const replacement = readingAt(record, at)?.value == null ? replacementOf(record, field, specimenNo) : undefined;
      const parts = [field.name, specimenNo, position].filter((part) => part !== null);
      return (
        <EntryCell
          key={parts.join('-')}
          field={field}
          label={label}
          place={[record.recordNo, ...parts].join('/')}
          order={`${order}.${position ?? 0}`}
          testId={`entry-${parts.join('-')}`}
          saved={readingAt(record, at)?.value ?? null}
          struck={struckAt(record, at)}
          disabled={!editable || replacement !== undefined}
          {...(replacement === undefined ? {} : { replacedBy: replacement })}
          onSave={(value) => save(at, value)}
        />
      );
    });
  };
  const group = (one: EntryGroup, index: number) => (
    <EntryTable
      key={one.set?.id ?? 'sample'}
      group={one}
      cell={(field, specimenNo, place) =>
        cell(field, specimenNo, place, `${index}.${specimenNo ?? 0}.${one.fields.indexOf(field)}`)
      }
      onGrow={
        editable && one.mayGrow && one.set !== null
          ? () => setExtra((before) => ({ ...before, [one.set!.id]: (before[one.set!.id] ?? 0) + 1 }))
          : null
      }
    />
  );
  return (
    <div className="jt-entries" data-entry-area data-testid="entry-sheet" ref={area}>
      {required.map(group)}
      {optional.length > 0 && (
        <details>
          <summary>其他读数（可不填）</summary>
          {optional.map((one, index) => group(one, required.length + index))}
        </details>
      )}
      {correction !== null && (
        <ReasonDialog
          title={`更正 ${correction.place.label}：${wordsOf(correction.place, correction.old)} → ${wordsOf(correction.place, correction.value)}`}
          usual={usualReasons}
          confirmText="更正"
          onClose={() => {
            if (!confirmed.current) correction.settle(null);
            setCorrection(null);
          }}
          onConfirm={async (reason) => {
            confirmed.current = true;
            correction.settle(reason);
            setCorrection(null);
            await Promise.resolve();
          }}
        />
      )}
    </div>
  );
}

interface EntryTableProps {
  group: EntryGroup;
  cell: (field: Field, specimenNo: number | null, place: string) => ReactNode;
  onGrow: (() => void) | null;
}

const headOf = (field: Field): string =>
  field.kind === 'decimal' && field.unit !== '' ? `${field.label} ${field.unit}` : field.label;

function EntryTable({ group: { set, fields, specimens }, cell, onGrow }: EntryTableProps) {
  if (set === null) {
    return (
      <dl className="jt-entry-facts">
        {fields.map((field) => (
          <div key={field.name}>
            <dt>{headOf(field)}</dt>
            <dd className="jt-entry-cells">{cell(field, null, '')}</dd>
          </div>
        ))}
      </dl>
    );
  }
  // A few specimens with many readings stand across, many specimens with few readings down.
  const across = fields.length > specimens.length && fields.every(({ values }) => values === undefined);
  return (
    <div className="jt-entry-table">
      <table className="jt-table">
        <thead>
          <tr>
            <th>{across ? '读数' : set.label}</th>
            {across
              ? specimens.map((no) => (
                  <th key={no}>
                    {set.label} {no}
                  </th>
                ))
              : fields.map((field) => <th key={field.name}>{headOf(field)}</th>)}
          </tr>
        </thead>
        <tbody>
          {across
            ? fields.map((field) => (
                <tr key={field.name}>
                  <td>{headOf(field)}</td>
                  {specimens.map((no) => (
                    <td key={no}>{cell(field, no, `${set.label} ${no} `)}</td>
                  ))}
                </tr>
              ))
            : specimens.map((no) => (
                <tr key={no}>
                  <td>
                    <b>{no}</b>
                  </td>
                  {fields.map((field) => (
                    <td key={field.name} className="jt-entry-cells">
                      {cell(field, no, `${set.label} ${no} `)}
                    </td>
                  ))}
                </tr>
              ))}
        </tbody>
      </table>
      {onGrow !== null && (
        <Button size="small" onClick={onGrow} data-testid={`entry-grow-${set.id}`}>
          加一个{set.label}
        </Button>
      )}
    </div>
  );
}

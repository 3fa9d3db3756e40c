// The newest sealed run of the record in one line: what it said, and what is to be known of it.
import type { TestRecord } from '../../../shared/entities/record.ts';
import { fieldOfRun, methodById, specimenLabel } from '../../../shared/methods/index.ts';
import { StateTag } from '../../design/StateTag.tsx';
import { validityWords } from '../../design/words.ts';

export function SealedLine({ record }: { record: TestRecord }) {
  const run = record.runs.at(-1);
  if (run === undefined) return null;
  const method = methodById(record.methodId);
  const figures = [
    ...(run.peakKn === null ? [] : [`Fm ${run.peakKn} kN`]),
    ...run.curveValues.map(({ name, value, unit }) => `${name} ${value} ${unit}（曲线）`),
  ];
  const asksToLook = run.remarks.some((remark) => remark.startsWith('须核对'));
  return (
    <p className="jt-sealed" data-testid="bench-sealed" title={run.remarks.join('\n')}>
      已封存 {specimenLabel(method, fieldOfRun(method, run))} {run.specimenNo}{' '}
      <StateTag state={validityWords[run.validity]} /> {figures.join(' · ')}
      {run.remarks.length > 0 && (
        <span className={asksToLook ? 'jt-tone-bad' : 'jt-tone-warn'}>
          {' '}
          ▲ {run.remarks[0]}
          {run.remarks.length > 1 && `（共 ${run.remarks.length} 条说明）`}
        </span>
      )}
    </p>
  );
}

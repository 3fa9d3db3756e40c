// The readings of a record as its paper lists them: what machines delivered first, then what was typed, in the order of the
// method and of the specimens, a value that was corrected right before the one that took its place. Values of one cell
// (sixteen rebounds, two diameters) stand in one line where none of them was corrected.
import type { Reading, Run } from '../../../shared/entities/record.ts';
import { fileNameOf } from '../../../shared/instrument-files/fileOrigin.ts';
import { fieldNamed, shownValue, specimenLabel } from '../../../shared/methods/index.ts';
import type { Field, TestMethod } from '../../../shared/methods/index.ts';
import type { TestRecordContent } from '../../../shared/reports/test-record.ts';

type Printed = TestRecordContent['readings'];

/** Values in one line; a longer cell goes on in the next. */
const perLine = 20;

function ordered(method: TestMethod, readings: readonly Reading[]): Reading[] {
  const place = new Map(method.fields.map(({ name }, index) => [name, index]));
  const key = ({ source, field, specimenNo, position }: Reading): number[] => [
    source === 'instrument' ? 0 : 1,
    place.get(field) ?? method.fields.length,
    specimenNo ?? 0,
    position ?? 0,
  ];
  return readings.toSorted((a, b) => {
    const other = key(b);
    return (
      key(a)
        .map((value, index) => value - (other[index] ?? 0))
        .find((difference) => difference !== 0) ?? 0
    );
  });
}

const cellOf = ({ source, field, specimenNo, origin }: Reading): string =>
  [source, field, specimenNo ?? '', origin?.mediaSha256 ?? '', origin?.equipmentId ?? ''].join('/');

/** Readings of one cell, by the same person, none corrected: one line of the paper. */
function lines(readings: readonly Reading[]): Reading[][] {
  const touched = new Set(readings.filter(({ current }) => !current).map(cellOf));
  const found: Reading[][] = [];
  for (const reading of readings) {
    const before = found.at(-1);
    const last = before?.[0];
    const goesOn =
      before !== undefined &&
      last !== undefined &&
      last.position !== null &&
      reading.position !== null &&
      reading.personName === last.personName &&
      before.length < perLine &&
      cellOf(last) === cellOf(reading) &&
      !touched.has(cellOf(reading));
    if (goesOn) before.push(reading);
    else found.push([reading]);
  }
  return found;
}

export function printedReadings(
  method: TestMethod,
  readings: readonly Reading[],
  machine: string,
  runs: readonly Run[],
  /** Name and number of another instrument that a reading came from. */
  instrumentOf: (equipmentId: string) => string = (equipmentId) => equipmentId,
): Printed {
  // A place that was emptied again has no reading; that it had one stands among the corrections.
  const read = ordered(method, readings).filter(({ value }) => value !== null);
  return lines(read).map((line, index) => printedLine(method, line, index + 1, { machine, runs, instrumentOf }));
}

function printedLine(
  method: TestMethod,
  line: readonly Reading[],
  seq: number,
  { machine, runs, instrumentOf }: { machine: string; runs: readonly Run[]; instrumentOf: (id: string) => string },
): Printed[number] {
  const [first, last] = [line[0] as Reading, line.at(-1) as Reading];
  const field = fieldNamed(method, first.field);
  const run = runs.find(({ runNo }) => runNo === first.runNo);
  const times = line.map(({ at }) => at).toSorted((a, b) => Date.parse(a) - Date.parse(b));
  const until = times.at(-1) ?? first.at;
  return {
    seq,
    specimen: first.specimenNo === null ? '' : `${specimenLabel(method, first.field)} ${first.specimenNo}`,
    quantity: `${field?.label ?? first.field}${placesWords(first.position, last.position)}`,
    value: line.map(({ value }) => shownValue(field, value ?? '')).join('、'),
    unit: field?.kind === 'decimal' ? field.unit : '',
    source: first.source,
    origin: originWords(first, machineWith(machine, field, run), instrumentOf),
    ...(first.source === 'keyboard' && field ? { instrument: field.instrument } : {}),
    at: times[0] ?? first.at,
    ...(until === times[0] ? {} : { until }),
    hash: (run?.rawDigest ?? first.origin?.mediaSha256 ?? '').slice(0, 16),
    runNo: first.runNo,
    struck: !first.current,
  };
}

/** What only an extensometer could give names it beside the machine. */
function machineWith(machine: string, field: Field | undefined, run: Run | undefined): string {
  const gauge = run?.extensometer ?? null;
  return gauge === null || field?.insteadOf === undefined
    ? machine
    : `${machine}、${gauge.name}（${gauge.equipmentId}）`.slice(0, 100);
}

/** The machine of a run, the instrument and the file of what was taken from one, or the person who typed. */
function originWords(
  { source, origin, personName }: Reading,
  machine: string,
  instrumentOf: (id: string) => string,
): string {
  if (source === 'keyboard') return personName;
  const instrument = origin?.equipmentId == null ? machine : instrumentOf(origin.equipmentId);
  if (source === 'instrument') return instrument;
  return `${instrument}，文件 ${fileNameOf(origin?.raw ?? null)}，${personName}取入`.slice(0, 100);
}

/** Which of several values of a cell: said where it is not plainly all of them. */
function placesWords(from: number | null, to: number | null): string {
  if (from === null || to === null) return '';
  if (from === to) return `（${from}）`;
  return from === 1 ? '' : `（${from}～${to}）`;
}

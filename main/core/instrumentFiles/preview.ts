// What a file would bring into a record, line by line with its faults, and the digest that the taking over is bound to: it
// is computed again then, so that what a person saw is what is taken.
import type { z } from 'zod';
import type { FilePreview, PreviewLine, previewInputSchema } from '../../../shared/instrument-files/calls.ts';
import type { FileOrigin } from '../../../shared/instrument-files/fileOrigin.ts';
import { shownValue, type Field, type TestMethod } from '../../../shared/methods/index.ts';
import { toCalendarDay } from '../../../shared/entities/scalars.ts';
import { digestOf } from '../../../sync/wire/digest.ts';
import { readInstrumentFile, type FileProfile, type InstrumentReadings } from '../../instruments/files/index.ts';
import { textOf as text } from '../../store/cells.ts';
import type { Context } from '../context.ts';
import { peaksMayBeTyped, refuseSigned, type Entry } from '../records/readings.ts';
import { recordFacts, type RecordFacts } from '../records/recordRows.ts';
import { acquiredReadings } from '../records/runRows.ts';
import type { Incoming } from './incoming.ts';
import { placeValue, type Placed } from './place.ts';
import { profileDigest, requireProfile, unconfirmed } from './profiles.ts';
import { rowDigest } from './watch/source.ts';

export type Choice = Pick<z.output<typeof previewInputSchema>, 'recordNo' | 'profileId' | 'sample' | 'fields'>;

export interface Looked {
  preview: FilePreview;
  /** What is taken over when the person says so. */
  entries: (Entry & { value: string; origin: NonNullable<Entry['origin']> })[];
  facts: RecordFacts;
  profile: FileProfile;
  /** By which the next look at the same file knows which rows are new. */
  rowDigests: string[];
}

export async function lookAt(context: Context, file: Incoming, choice: Choice): Promise<Looked> {
  const profile = requireProfile(context, choice.profileId);
  const read = await readInstrumentFile(file.fileName, file.bytes, profile);
  const facts = recordFacts(context.store, choice.recordNo);
  refuseSigned(text(facts.row['state']), choice.recordNo);
  const own = ownSample(read, facts, choice);
  const place = {
    method: facts.method,
    profile,
    fields: choice.fields,
    typedPeaks: peaksMayBeTyped(context.store, text(facts.row['itemCode'])),
    now: context.now(),
  };
  const placed = read.values.filter(own).map((value) => placeValue(place, value));
  const each = linesOf(facts, profile, placed);
  const lines = [
    ...each,
    ...read.values.filter((value) => !own(value)).map((value) => otherLine(profile, value)),
    ...read.faults.map((fault, index) => faultLine(read, fault, index)),
  ];
  const rows = new Map<number, PreviewLine[]>();
  for (const line of merged(lines)) rows.set(line.row, [...(rows.get(line.row) ?? []), line]);
  const shown = [...rows.keys()].sort((a, b) => a - b).flatMap((row) => wholeRow(rows.get(row) ?? []));
  const good = new Set(shown.filter(({ state }) => state === 'new' || state === 'replace').map(({ key }) => key));
  const entries = placed.flatMap((one, index) =>
    one.entry !== null && good.has(keyOf(one.value)) && each[index]?.state !== 'same'
      ? [{ ...one.entry, origin: originOf(file, profile, read, one) }]
      : [],
  );
  const { store } = context;
  const preview: Omit<FilePreview, 'digest'> = {
    sha256: file.sha256,
    fileName: file.fileName,
    rowCount: read.rows.length,
    filtered: read.filtered,
    takeCount: entries.length,
    replaceCount: shown.filter(({ state }) => state === 'replace').length,
    faultCount: shown.filter(({ state }) => state === 'fault').length,
    sampleInFile: profile.sample !== undefined,
    samples: samplesOf(read, facts),
    open: profile.values
      .filter(({ field }) => field === undefined)
      .filter(({ id }) => read.values.some(({ valueId }) => valueId === id))
      .map(({ id, label, unit, kind }) => ({
        valueId: id,
        label,
        chosen: choice.fields[id] ?? null,
        fields: candidates(facts.method, kind, unit ?? ''),
      })),
    warnings: [...read.warnings, ...dayWarnings(read, context.now())],
    before: store
      .all(
        `SELECT recordNo, min(at) AS at, personName FROM reading WHERE mediaSha256 = ? GROUP BY recordNo, personName ORDER BY at`,
        file.sha256,
      )
      .map((row) => ({ recordNo: text(row['recordNo']), at: text(row['at']), personName: text(row['personName']) })),
    blocked: blockedBy(context, profile, placed),
    lines: shown,
  };
  const digest = digestOf({ preview, entries, profile: profileDigest(profile) });
  return {
    preview: { ...preview, digest },
    entries: preview.blocked === null ? entries : [],
    facts,
    profile,
    rowDigests: read.rows.map(({ raw }) => rowDigest(raw)),
  };
}

const keyOf = ({ row, valueId }: { row: number; valueId: string }): string => `${row}-${valueId}`;

/** What may stand in a file for this sample: whatever is on its label. */
const namesOf = (sample: RecordFacts['sample'], blindNo: string | null): string[] => [
  sample.sampleNo,
  sample.sampleCode,
  ...(blindNo === null ? [] : [blindNo]),
];

/** Rows of this record's sample: by the code that the file gives, by the one that a person pointed at, or all. */
function ownSample(read: InstrumentReadings, { sample, blindNo }: RecordFacts, { sample: chosen }: Choice) {
  const names = chosen === undefined ? namesOf(sample, blindNo) : [chosen];
  return (value: { sample: string | null }): boolean => value.sample === null || names.includes(value.sample);
}

function samplesOf(read: InstrumentReadings, { sample, blindNo }: RecordFacts): FilePreview['samples'] {
  const rows = new Map<string, number>();
  for (const row of read.rows) if (row.sample) rows.set(row.sample, (rows.get(row.sample) ?? 0) + 1);
  const own = new Set(namesOf(sample, blindNo));
  return [...rows].slice(0, 500).map(([name, count]) => ({ sample: name, rows: count, own: own.has(name) }));
}

/** Readings that a value of this kind and unit could be. */
function candidates(method: TestMethod, kind: string, unit: string): { field: string; label: string }[] {
  return method.fields
    .filter((field) => field.at === 'bench' && field.kind === kind)
    .filter((field) => field.source === undefined || field.source === 'peak')
    .filter((field) => field.kind !== 'decimal' || (field.unit === '') === (unit === ''))
    .map(({ name, label }) => ({ field: name, label }));
}

function originOf(
  file: Incoming,
  profile: FileProfile,
  read: InstrumentReadings,
  { value }: Placed,
): NonNullable<Entry['origin']> {
  const raw: FileOrigin = {
    file: file.fileName,
    row: value.row,
    cells: read.rows.find(({ row }) => row === value.row)?.raw ?? '',
    value: value.value,
    unit: value.unit,
    measuredAt: value.measuredAt,
  };
  return {
    source: 'file',
    equipmentId: null,
    driver: `file:${profile.id}`,
    raw: JSON.stringify(raw),
    mediaSha256: file.sha256,
  };
}

const unitShown = (field: Field | null): string => (field?.kind === 'decimal' ? field.unit : '');

function linesOf(facts: RecordFacts, profile: FileProfile, placed: readonly Placed[]): PreviewLine[] {
  const now = new Map(
    [...acquiredReadings(facts), ...facts.readings]
      .filter(({ current }) => current)
      .map((reading) => [[reading.field, reading.specimenNo, reading.position].join('/'), reading.value]),
  );
  return placed.map((one): PreviewLine => {
    const { value, entry, field, place, fault } = one;
    const label = profile.values.find(({ id }) => id === value.valueId)?.label ?? value.valueId;
    const known = entry === null ? undefined : now.get([entry.field, entry.specimenNo, entry.position].join('/'));
    const state = fault !== null ? 'fault' : known === undefined ? 'new' : known === entry.value ? 'same' : 'replace';
    const shown = entry === null ? value.value : shownValue(field ?? undefined, entry.value);
    return {
      key: keyOf(value),
      row: value.row,
      sample: value.sample,
      label,
      place,
      values: shown,
      unit: entry === null ? value.unit : unitShown(field),
      inFile: entry !== null && entry.value !== value.value ? `${value.value} ${value.unit}`.trim() : null,
      measuredAt: value.measuredAt,
      state,
      old: state === 'replace' ? shownValue(field ?? undefined, known ?? '') || '（空）' : null,
      message: fault,
    };
  });
}

const otherLine = (profile: FileProfile, value: InstrumentReadings['values'][number]): PreviewLine => ({
  key: keyOf(value),
  row: value.row,
  sample: value.sample,
  label: profile.values.find(({ id }) => id === value.valueId)?.label ?? value.valueId,
  place: '',
  values: value.value,
  unit: value.unit,
  inFile: null,
  measuredAt: value.measuredAt,
  state: 'other',
  old: null,
  message: null,
});

const faultLine = (
  read: InstrumentReadings,
  { row, column, message }: InstrumentReadings['faults'][number],
  index: number,
): PreviewLine => ({
  key: `${row}-fault-${index}`,
  row,
  sample: read.rows.find((candidate) => candidate.row === row)?.sample ?? null,
  label: column ?? '整行',
  place: '',
  values: '',
  unit: '',
  inFile: null,
  measuredAt: null,
  state: 'fault',
  old: null,
  message,
});

const worst: Record<PreviewLine['state'], number> = { other: 0, same: 1, new: 2, replace: 3, fault: 4 };
const distinct = (parts: readonly (string | null)[]): string | null =>
  [...new Set(parts.filter((part) => part !== null && part !== ''))].join('；') || null;

/** The readings of one place in one line: sixteen rebounds, two diameters. */
function merged(lines: readonly PreviewLine[]): PreviewLine[] {
  const groups = new Map<string, PreviewLine[]>();
  for (const line of lines) groups.set(line.key, [...(groups.get(line.key) ?? []), line]);
  return [...groups.values()].map((group) => {
    const first = group[0] as PreviewLine;
    if (group.length === 1) return first;
    const state = group.map((line) => line.state).reduce((a, b) => (worst[a] >= worst[b] ? a : b));
    // A refused reading has no place of its own; those beside it say where the others stand.
    const placed = group.filter(({ place }) => place !== '');
    const from = (placed[0]?.place ?? '').replace(/ 第 \d+ 个$/, '');
    return {
      ...first,
      place: (placed.at(-1)?.place ?? '').startsWith(from) ? from : (distinct(placed.map(({ place }) => place)) ?? ''),
      values: group.map(({ values }) => values).join('、'),
      inFile: group.some(({ inFile }) => inFile !== null)
        ? group.map(({ inFile, values }) => inFile ?? values).join('、')
        : null,
      state,
      old: group.flatMap(({ old }, index) => (old === null ? [] : [`第 ${index + 1} 个 ${old}`])).join('、') || null,
      message: distinct(group.map(({ message }) => message)),
    };
  });
}

/** A row of which one reading is refused gives none: half a specimen is not taken for a whole. */
function wholeRow(lines: readonly PreviewLine[]): PreviewLine[] {
  const refused = lines.some(({ state }) => state === 'fault');
  return lines.map((line) =>
    refused && (line.state === 'new' || line.state === 'replace')
      ? { ...line, state: 'fault' as const, message: '同一行里有读数被拒，整行不取' }
      : line,
  );
}

function dayWarnings(read: InstrumentReadings, now: Date): string[] {
  const today = toCalendarDay(now);
  const days = new Set(read.values.flatMap(({ measuredAt }) => (measuredAt === null ? [] : [measuredAt.slice(0, 10)])));
  days.delete(today);
  if (days.size === 0) return [];
  return [
    `文件写明的测量日期是 ${[...days].sort().slice(0, 5).join('、')}，今天是 ${today}；记录的检测日期按取入的时间，测量时间另行保留。`,
  ];
}

function blockedBy(context: Context, profile: FileProfile, placed: readonly Placed[]): string | null {
  const used = new Set(placed.map(({ value }) => value.valueId));
  const open = unconfirmed(context, profile).filter(({ id }) => used.has(id));
  if (open.length === 0) return null;
  const names = open.map(({ label, unit }) => `${label}（${unit}）`).join('、');
  return `${names}的真实单位还没有人用已知值确认，不能取入。请设备管理员在“设备”里确认。`;
}

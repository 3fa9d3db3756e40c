// Readings that a person types. Each is kept for ever: what takes the place of an earlier value needs a reason, leaves
// the old one readable and writes the modification log. What a machine measured is not typed where acquisition is required.
import { ulid } from 'ulid';
import type { Reading } from '../../../shared/entities/record.ts';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import type { ErrorDetail } from '../../../shared/errors/appError.ts';
import type { Field, TestMethod } from '../../../shared/methods/index.ts';
import { countRange, fieldNamed, insteadOf, methodById, valueFault } from '../../../shared/methods/index.ts';
import { nullableText as nullable, textOf as text } from '../../store/cells.ts';
import { requireRow } from '../../store/store.ts';
import type { Row } from '../../store/tables.ts';
import type { Transaction } from '../../store/transaction.ts';
import { fillEnvironment } from '../climate/environment.ts';
import type { Caller, Context } from '../context.ts';
import { logModification } from './modifications.ts';
import { acquiredReadings, runsOf, type Reader } from './runRows.ts';

export interface Entry {
  field: string;
  specimenNo: number | null;
  position: number | null;
  value: string | null;
  /** Of what was not typed; without it a person typed the value. */
  origin?: NonNullable<Reading['origin']> & { source: 'instrument' | 'file' };
}

const placeOf = ({ field, specimenNo, position }: Pick<Entry, 'field' | 'specimenNo' | 'position'>): string =>
  [field, specimenNo ?? '', position ?? ''].join('/');

/** Everything that was typed into a record, oldest first; the newest of each place is the current one. */
export function typedReadings(reader: Reader, recordNo: string): Reading[] {
  const rows = reader.all('SELECT * FROM reading WHERE recordNo = ? ORDER BY rowid', recordNo);
  const newest = new Map(rows.map((row) => [placeOf(row as unknown as Entry), row['readingId']] as const));
  return rows.map((row) => ({
    field: text(row['field']),
    specimenNo: row['specimenNo'] === null ? null : Number(row['specimenNo']),
    position: row['position'] === null ? null : Number(row['position']),
    value: nullable(row['value']),
    ...originOf(row),
    runNo: null,
    personName: text(row['personName']),
    at: text(row['at']),
    reason: nullable(row['reason']),
    current: newest.get(placeOf(row as unknown as Entry)) === row['readingId'],
  }));
}

/** Nothing is added to what was typed: signatures bind these readings as they were. */
function originOf(row: Row): Pick<Reading, 'source' | 'origin'> {
  const source = text(row['source']);
  if (source !== 'file' && source !== 'instrument') return { source: 'keyboard' };
  const origin = {
    equipmentId: nullable(row['equipmentId']),
    driver: nullable(row['driver']),
    raw: nullable(row['raw']),
    mediaSha256: nullable(row['mediaSha256']),
  };
  return { source, origin };
}

/** When each place that now holds a value was first given one; a correction does not move it. */
export function firstTakenAt(readings: readonly Reading[]): string[] {
  const given = readings.filter(({ value }) => value !== null);
  const held = new Set(given.filter(({ current }) => current).map(placeOf));
  const first = new Map<string, string>();
  for (const reading of given) if (!first.has(placeOf(reading))) first.set(placeOf(reading), reading.at);
  return [...first].flatMap(([place, at]) => (held.has(place) ? [at] : []));
}

/** Whether the platform lets a machine's reading of the item be typed. */
export function peaksMayBeTyped(reader: Reader, itemCode: string): boolean {
  return reader.get('item', itemCode)?.['acquisition'] === 'optional';
}

function refuse(code: string, message: string, field: string, next: string, rule?: string): AppError {
  const details: ErrorDetail[] = [{ field, message, ...(rule === undefined ? {} : { rule }) }];
  return new AppError({ code, message, meaning: '这一次录入没有保存，已保存的读数不变。', next, details });
}

/** Where an entry goes, in words; throws the refusal of a place or a value that the record cannot take. */
export function checkEntry(method: TestMethod, entry: Entry, typedPeaks: boolean): string {
  const field = knownField(method, entry, typedPeaks);
  const label = checkPlace(method, field, entry);
  const fault = entry.value === null ? null : valueFault(field, entry.value, label);
  if (fault === null) return label;
  const next = '请核对后重新录入；数字只用半角 0–9 和小数点。';
  throw refuse(fault.code, fault.message, placeOf(entry), next, field.clause);
}

function knownField(method: TestMethod, { field: name }: Entry, typedPeaks: boolean): Field {
  const field = method.fields.find((candidate) => candidate.name === name && candidate.at === 'bench');
  if (field === undefined) {
    throw refuse('READING_UNKNOWN', `“${method.name}”没有读数 ${name}。`, name, '请刷新页面后再录入。');
  }
  const byProgram =
    field.insteadOf !== undefined ||
    (field.source !== undefined && field.source !== 'peak' && field.source !== 'curve');
  if (byProgram || (field.source === 'peak' && !typedPeaks)) {
    const message = `“${field.label}”由${byProgram ? '程序' : '试验机'}采集，不能键入。`;
    throw refuse(
      'READING_ACQUIRED',
      message,
      name,
      '请在检测台上采集；确需重做的，把原来的采集标为无效。',
      field.clause,
    );
  }
  return field;
}

/** Refuses a place that the field does not have: a specimen beyond the set, a value beyond the cell. */
function checkPlace(method: TestMethod, field: Field, { specimenNo, position }: Entry): string {
  const set = method.sets.find((candidate) => candidate.id === field.set);
  const specimens = set === undefined ? 0 : countRange(set).max;
  const places = field.values === undefined ? 0 : typeof field.values === 'number' ? field.values : field.values.max;
  const rightSpecimen = set === undefined ? specimenNo === null : specimenNo !== null && specimenNo <= specimens;
  const rightPosition = places === 0 ? position === null : position !== null && position <= places;
  if (!rightSpecimen || !rightPosition) {
    const message = `“${field.label}”没有第 ${specimenNo ?? '—'} 个试件第 ${position ?? '—'} 个读数。`;
    throw refuse('READING_PLACE', message, field.name, '请核对试件序号。', field.clause);
  }
  const specimen = set === undefined ? '' : `${set.label} ${specimenNo} `;
  return `${specimen}${field.label}${position === null ? '' : ` 第 ${position} 个`}`;
}

export function enterReadings(
  context: Context,
  caller: Caller,
  input: { recordNo: string; entries: readonly Entry[]; reason?: string | undefined },
): void {
  context.store.transact(caller.actor, (tx) => writeReadings(tx, context, caller, input));
}

/** The one way of a reading into a record, typed or taken from a file; all of them or none. */
export function writeReadings(
  tx: Transaction,
  context: Context,
  caller: Caller,
  { recordNo, entries, reason }: { recordNo: string; entries: readonly Entry[]; reason?: string | undefined },
): void {
  const row = requireRow(tx.get('testRecord', recordNo), '原始记录', recordNo);
  refuseSigned(text(row['state']), recordNo);
  fillEnvironment(tx, recordNo, context.now().getTime());
  const method = methodById(text(row['methodId']));
  const typedPeaks = peaksMayBeTyped(tx, text(row['itemCode']));
  // Another yield point than the curve's is a choice that needs its reason, like every other correction.
  const ofCurve = acquiredReadings({ method, runs: runsOf(tx, recordNo) }).filter(({ field }) =>
    method.fields.some(({ name, source }) => name === field && source === 'curve'),
  );
  const known = new Map(
    [...ofCurve, ...typedReadings(tx, recordNo)]
      .filter((reading) => reading.current)
      .map((reading) => [placeOf(reading), reading.value]),
  );
  for (const entry of entries) {
    const label = checkEntry(method, entry, typedPeaks);
    refuseBeside(method, entry, label, ofCurve);
    const old = known.get(placeOf(entry)) ?? null;
    if (old === entry.value) continue;
    // What was never there cannot be taken back; a first value needs no reason. One for a point that a person chose on
    // the curve is kept all the same.
    const isChoice = method.fields.some(({ name, source }) => name === entry.field && source === 'curve');
    if (known.has(placeOf(entry))) correct(tx, { row, recordNo, label, old, entry, reason });
    insertReading(
      tx,
      context,
      caller,
      recordNo,
      entry,
      known.has(placeOf(entry)) || isChoice ? (reason ?? null) : null,
    );
    known.set(placeOf(entry), entry.value);
  }
}

/** Where the curve gave what stands in the place of a reading of its own, nothing is typed beside it. */
function refuseBeside(method: TestMethod, entry: Entry, label: string, ofCurve: readonly Reading[]): void {
  const field = fieldNamed(method, entry.field);
  if (entry.value === null || field?.source !== 'curve') return;
  for (const other of insteadOf(method.fields, field.name)) {
    const found = ofCurve.find(
      ({ field: name, specimenNo, current }) => name === other.name && specimenNo === entry.specimenNo && current,
    );
    if (found === undefined) continue;
    throw refuse(
      'READING_REPLACED',
      `“${label}”不能键入：该试件的${other.label} ${found.value ?? ''} 已由曲线和引伸计取得，二者只取其一。`,
      placeOf(entry),
      '请对照曲线核对；曲线确有明显屈服的，把这次采集标为重做，重新检测该试件。',
      other.clause,
    );
  }
}

function correct(
  tx: Transaction,
  change: {
    row: Record<string, unknown>;
    recordNo: string;
    label: string;
    old: string | null;
    entry: Entry;
    reason: string | undefined;
  },
): void {
  const { label, old, entry, reason } = change;
  if (reason === undefined) {
    const message = `${label}已经是 ${old ?? '（空）'}，改为 ${entry.value ?? '（空）'} 要写明原因。`;
    throw refuse(
      'READING_REASON',
      message,
      placeOf(entry),
      '请写明更正的原因；原来的值会保留并划去。',
      'GB 50618-2011',
    );
  }
  logModification(tx, {
    commissionNo: String(change.row['commissionNo']),
    entity: 'test-record',
    entityNo: change.recordNo,
    field: label,
    oldValue: old ?? '',
    newValue: entry.value ?? '',
    reason,
  });
}

function insertReading(
  tx: Transaction,
  context: Context,
  caller: Caller,
  recordNo: string,
  entry: Entry,
  reason: string | null,
): void {
  tx.insert('reading', {
    readingId: ulid(),
    recordNo,
    field: entry.field,
    specimenNo: entry.specimenNo,
    position: entry.position,
    value: entry.value,
    personId: caller.user.personId,
    personName: caller.user.name,
    at: toWallTime(context.now()),
    reason,
    ...entry.origin,
  });
}

export function refuseSigned(state: string, recordNo: string): void {
  if (state === 'testing') return;
  throw new AppError({
    code: 'RECORD_SIGNED',
    message: `原始记录 ${recordNo} 已经签名，不能再改。`,
    meaning: '已签名的内容不能改动。',
    next: '如需更正，请由校核员退回。',
  });
}

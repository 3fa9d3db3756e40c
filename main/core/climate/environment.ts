// 检测环境 of a record, from the log: the laboratory's values of the minute in which the record was opened, and again of
// the first run or reading. What a person typed stays; what the log gave is marked with room, meter and minute.
import { environmentSchema } from '../../../shared/entities/commission.ts';
import type { EnvironmentSource } from '../../../shared/entities/record.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { jsonOf, textOf as text } from '../../store/cells.ts';
import type { Row } from '../../store/tables.ts';
import type { Transaction } from '../../store/transaction.ts';
import { minuteMs, minuteOf } from './minutes.ts';
import { places } from './places.ts';
import type { Reader } from './reading.ts';

/** The value of a time may be this old: the minute before it, or the one before a short pause. */
const freshMs = 5 * minuteMs;

/** What the laboratory of an item was at a time; null where the log does not say. */
export function laboratoryAt(reader: Reader, itemCode: string, ms: number): EnvironmentSource | null {
  const rooms = places(reader).filter(({ kind, state }) => kind === 'laboratory' && state === 'inUse');
  // A room that names the item comes before one for all.
  const own = rooms.filter(({ itemCodes }) => itemCodes.includes(itemCode));
  const general = rooms.filter(({ itemCodes }) => itemCodes.length === 0);
  for (const { placeId, name } of own.length > 0 ? own : general) {
    const row = reader.first(
      `SELECT * FROM climateReading WHERE placeId = ? AND minute BETWEEN ? AND ?
       AND temperatureC IS NOT NULL AND humidityPercent IS NOT NULL ORDER BY minute DESC LIMIT 1`,
      placeId,
      minuteOf(ms - freshMs),
      minuteOf(ms),
    );
    const figures = row && environmentSchema.safeParse(row);
    if (!row || !figures?.success) continue;
    return {
      ...figures.data,
      placeId,
      placeName: name,
      minute: text(row['minute']),
      equipmentId: text(row['equipmentId']),
    };
  }
  return null;
}

export function environmentSourceOf(row: Row): EnvironmentSource | null {
  return row['environmentJson'] == null ? null : jsonOf<EnvironmentSource>(row['environmentJson']);
}

const isReplaced = (row: Row, source: EnvironmentSource): boolean =>
  row['temperatureC'] !== source.temperatureC || row['humidityPercent'] !== source.humidityPercent;

/** Call it before the run or the readings are written: the first of them decides. */
export function fillEnvironment(tx: Transaction, recordNo: string, ms: number): void {
  const row = tx.get('testRecord', recordNo);
  if (!row || row['state'] !== 'testing') return;
  const source = environmentSourceOf(row);
  const stands = row['temperatureC'] != null || row['humidityPercent'] != null;
  if (stands && (source === null || isReplaced(row, source) || hasBegun(tx, recordNo))) return;
  const found = laboratoryAt(tx, text(row['itemCode']), ms);
  if (found === null || found.minute === source?.minute) return;
  const { temperatureC, humidityPercent } = found;
  tx.update(
    'testRecord',
    recordNo,
    { temperatureC, humidityPercent, environmentJson: JSON.stringify(found) },
    `来源：温湿度记录仪 ${found.equipmentId}（${found.placeName}，${found.minute.replace('T', ' ')}）`,
  );
}

const hasBegun = (tx: Transaction, recordNo: string): boolean =>
  tx.first(
    'SELECT 1 FROM run WHERE recordNo = ? UNION ALL SELECT 1 FROM reading WHERE recordNo = ? LIMIT 1',
    recordNo,
    recordNo,
  ) !== undefined;

/** For the paper: where the values come from, and what the log said where a person put in others. */
export function environmentNote(
  source: EnvironmentSource | undefined,
  values: { temperatureC: string; humidityPercent: string },
): string {
  if (source === undefined) return '';
  const where = `${source.placeName} ${source.minute.replace('T', ' ')}`;
  const same = source.temperatureC === values.temperatureC && source.humidityPercent === values.humidityPercent;
  return same
    ? `来源：温湿度记录仪 ${source.equipmentId}（${where}）`
    : `人工填写；温湿度记录仪 ${source.equipmentId}（${where}）为 ${source.temperatureC} ℃、${source.humidityPercent} %`;
}

/** What the log gave is not replaced without saying why. */
export function refuseWithoutReason(
  row: Row,
  values: { temperatureC: string; humidityPercent: string },
  reason: string | undefined,
): void {
  const source = environmentSourceOf(row);
  const same = row['temperatureC'] === values.temperatureC && row['humidityPercent'] === values.humidityPercent;
  if (source === null || same || reason !== undefined) return;
  throw new AppError({
    code: 'ENVIRONMENT_REASON',
    message: `检测环境已由温湿度记录仪（${source.placeName}，${source.minute.replace('T', ' ')}）给出：${source.temperatureC} ℃、${source.humidityPercent} %。`,
    meaning: '改成别的数值要写明原因，没有保存。',
    next: '请写明原因后再保存；记录仪的数值会保留在记录里。',
  });
}

// Which extensometer is on the bars of a machine: chosen at the bench, remembered for the machine, and told to a run as
// it was that day. Whether it may be used is the gate's question; whether a test has use for one is the method's.
import type { Extensometer, RunExtensometer } from '../../../shared/entities/extensometer.ts';
import { extensometerSchema, runExtensometerSchema } from '../../../shared/entities/extensometer.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { calibrationValidThrough } from '../../../shared/gate/index.ts';
import type { Acquisition, TestMethod } from '../../../shared/methods/index.ts';
import type { RunContext } from '../../instruments/run/run-types.ts';
import { jsonOf as json, textOf as text } from '../../store/cells.ts';
import { requireRow } from '../../store/store.ts';
import type { Row } from '../../store/tables.ts';
import type { Transaction } from '../../store/transaction.ts';

type Reader = Pick<Transaction, 'get'>;

/** The setting that remembers the choice of a machine; empty for none. */
const choiceKey = (equipmentId: string): string => `bench.extensometer.${equipmentId}`;
/** Under this name the run's file holds it. */
const CONTEXT_KEY = 'extensometer';

export function extensometerOf(row: Row): Extensometer | null {
  return row['extensometerJson'] == null ? null : extensometerSchema.parse(json(row['extensometerJson']));
}

/** As the windows show it in their lists. */
export function certifiedExtensometer(row: Row): (Extensometer & { certificateNo: string }) | null {
  const own = extensometerOf(row);
  return own && { ...own, certificateNo: text(row['certificateNo']) };
}

export function chosenExtensometer(reader: Reader, equipmentId: string): string | null {
  return text(reader.get('setting', choiceKey(equipmentId))?.['value'] ?? '') || null;
}

export function rememberExtensometer(tx: Transaction, equipmentId: string, extensometerId: string | null): void {
  tx.put('setting', { key: choiceKey(equipmentId), value: extensometerId ?? '' }, '检测台选择引伸计');
}

const wantsExtension = ({ curve }: Pick<Acquisition, 'curve'>): boolean =>
  curve?.Fp02 !== undefined || curve?.Agt !== undefined;

/** Whether a test reads anything by an extensometer: joints have no use for one. */
export const usesExtensometer = (method: Pick<TestMethod, 'acquisitions'> | null): boolean =>
  method?.acquisitions.some(wantsExtension) ?? false;

/** The one that a test at this machine is done with; null where none is chosen, or the test has no use for one. */
export const extensometerFor = (
  reader: Reader,
  equipmentId: string,
  method: Pick<TestMethod, 'acquisitions'> | null,
): string | null => (usesExtensometer(method) ? chosenExtensometer(reader, equipmentId) : null);

/** What a run keeps of it. */
export function runExtensometer(reader: Reader, equipmentId: string): RunExtensometer {
  const row = requireRow(reader.get('equipment', equipmentId), '引伸计', equipmentId);
  const own = extensometerOf(row);
  if (own === null) throw notAnExtensometer(equipmentId);
  return {
    ...own,
    equipmentId,
    name: text(row['name']),
    serial: text(row['serial']),
    certificateNo: text(row['certificateNo']),
    validTo: calibrationValidThrough(text(row['startDate']), Number(row['validMonths'])),
  };
}

export const inContext = (one: RunExtensometer): Record<string, string> => ({ [CONTEXT_KEY]: JSON.stringify(one) });

/** Out of the context that the run's file holds; null where none was on the bar. */
export function ofContext(context: RunContext): RunExtensometer | null {
  const kept = context[CONTEXT_KEY];
  return typeof kept === 'string' ? runExtensometerSchema.parse(JSON.parse(kept)) : null;
}

export function notAnExtensometer(equipmentId: string): AppError {
  return new AppError({
    code: 'NOT_AN_EXTENSOMETER',
    message: `设备 ${equipmentId} 没有登记为引伸计（没有标距和级别）。`,
    meaning: '不能用它测量延伸，选择没有改变。',
    next: '请选择登记了标距和级别的引伸计，或由设备管理员在“设备”里按 F3 补充登记。',
  });
}

/** An extensometer delivers no force: nothing is tested at it. */
export function refuseAsMachine(row: Row, equipmentId: string): void {
  if (extensometerOf(row) === null) return;
  throw new AppError({
    code: 'MACHINE_IS_EXTENSOMETER',
    message: `设备 ${equipmentId} 是引伸计，不是试验机。`,
    meaning: '没有开始检测。',
    next: '请先选试验机，再用 Alt+E 选择引伸计。',
  });
}

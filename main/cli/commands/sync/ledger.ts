// jiantai sync ledger: the entries, one a line, with the platform's words and the next step. Any number of them.
import { AppError } from '../../../../shared/errors/appError.ts';
import { ledgerParts, type LedgerPart, type LedgerRow } from '../../../../shared/sync/calls.ts';
import { kindName, standingNames, standings, type Standing } from '../../../../shared/sync/words.ts';
import { ledgerRows } from '../../../core/provincial/ledger/export.ts';
import { write } from '../lines.ts';
import { exits } from './exit.ts';
import { openLedger, type SyncOptions } from './options.ts';

/** A part of the ledger (`open`, `todo`, …) or one standing (`rejected`, `queued`, …). */
function wanted(state: string | null): { part: LedgerPart; standing: Standing | null } {
  if (state === null) return { part: 'open', standing: null };
  const part = ledgerParts.find((one) => one === state);
  if (part !== undefined) return { part, standing: null };
  const standing = standings.find((one) => one === state);
  if (standing !== undefined) return { part: 'all', standing };
  throw new AppError({
    code: 'USAGE',
    message: `没有“${state}”这个状态。`,
    next: `--state 可用：${[...new Set<string>([...ledgerParts, ...standings])].join('、')}。`,
  });
}

const line = (row: LedgerRow): string =>
  [
    row.commissionNo || '—',
    kindName(row.kind),
    row.revision > 1 ? `${row.key}（第 ${row.revision} 版）` : row.key,
    standingNames[row.standing],
    row.why || '—',
    `下一步：${row.next}`,
  ].join('  ');

/** A reader that stopped (`| head`) ends the program; one that is slow is waited for. */
const drained = (): Promise<void> =>
  process.stdout.writableNeedDrain
    ? new Promise((resolve) => process.stdout.once('drain', resolve))
    : Promise.resolve();

export async function syncLedger(options: SyncOptions): Promise<number> {
  const { part, standing } = wanted(options.state);
  const { store } = openLedger(options);
  try {
    const filter = {
      part,
      text: options.text ?? '',
      ...(options.commission === null ? {} : { commissionNo: options.commission }),
      ...(options.report === null ? {} : { reportNo: options.report }),
    };
    for (const row of ledgerRows(store, filter)) {
      if (standing !== null && row.standing !== standing) continue;
      if (options.json) write(row);
      else process.stdout.write(`${line(row)}\n`);
      await drained();
    }
    return exits.done;
  } finally {
    store.close();
  }
}

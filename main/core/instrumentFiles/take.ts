// Taking over: the file's bytes into the data folder, who took what from which row into the record, in one transaction.
// The gate is asked for the instrument as at the start of a test: out of calibration or stopped, nothing is taken.
import { z } from 'zod';
import type { takeInputSchema } from '../../../shared/instrument-files/calls.ts';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { textOf as text } from '../../store/cells.ts';
import { requireRow } from '../../store/store.ts';
import { askRunStart } from '../bench/openRecord.ts';
import type { Caller, Context } from '../context.ts';
import { refuseUnlessAllowed } from '../gate/ask.ts';
import { keepDecision } from '../gate/decisions.ts';
import { writeReadings } from '../records/readings.ts';
import { extensionOf, type IncomingFiles } from './incoming.ts';
import { lookAt } from './preview.ts';

export async function takeOver(
  context: Context,
  caller: Caller,
  incoming: IncomingFiles,
  input: z.output<typeof takeInputSchema>,
): Promise<void> {
  const file = incoming.get(input.sha256);
  const { preview, entries, facts, profile, rowDigests } = await lookAt(context, file, input);
  if (preview.digest !== input.digest)
    throw refuse('INSTRUMENT_FILE_CHANGED', '预览之后，记录、配置或选择有了变化。', '请重新预览，看过之后再取入。');
  if (preview.blocked !== null) throw refuse('INSTRUMENT_FILE_BLOCKED', preview.blocked, '请先确认单位。');
  if (entries.length === 0) throw refuse('INSTRUMENT_FILE_NOTHING', '没有可以取入的读数。', '请核对预览里各行的说明。');
  const equipmentId = input.equipmentId ?? text(facts.row['equipmentId']);
  requireRow(context.store.get('equipment', equipmentId), '设备', equipmentId);
  const gate = askRunStart(context, text(facts.row['taskId']), equipmentId, caller.user);
  refuseUnlessAllowed(gate, '没有取入任何读数。');
  const kept = context.files.keepSource(file.bytes, extensionOf(file.fileName));
  context.store.transact(caller.actor, (tx) => {
    keepDecision(tx, context.now(), gate, { entity: 'record', key: input.recordNo });
    if (!tx.get('media', kept.sha256))
      tx.insert('media', { ...kept, bytes: file.bytes.length, kind: 'instrument-file' });
    if (!tx.get('instrumentFile', kept.sha256)) {
      tx.insert('instrumentFile', {
        sha256: kept.sha256,
        fileName: file.fileName,
        source: file.source,
        profileId: profile.id,
        equipmentId,
        importedAt: toWallTime(context.now()),
        personId: caller.user.personId,
        personName: caller.user.name,
        resultJson: JSON.stringify({
          recordNo: input.recordNo,
          profile,
          fields: input.fields,
          rows: preview.rowCount,
          rowDigests,
          taken: entries.length,
          faults: preview.lines
            .filter(({ state }) => state === 'fault')
            .map(({ row, label, message }) => ({ row, label, message })),
        }),
      });
    }
    writeReadings(tx, context, caller, {
      recordNo: input.recordNo,
      entries: entries.map((entry) => ({ ...entry, origin: { ...entry.origin, equipmentId } })),
      reason: input.reason,
    });
    tx.event(
      'testRecord',
      input.recordNo,
      `从文件 ${file.fileName}（SHA-256 ${kept.sha256}）取入 ${entries.length} 个读数，仪器 ${equipmentId}，配置 ${profile.id}`,
    );
  });
}

const refuse = (code: string, message: string, next: string): AppError =>
  new AppError({ code, message, meaning: '没有取入任何读数。', next });

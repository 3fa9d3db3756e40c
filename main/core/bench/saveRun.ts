// A run that an instrument delivered becomes part of the record: the row, the raw file's digest, and its upload, in one
// transaction. Used when a run is sealed, and for files that a crash left behind.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { toCalendarDay } from '../../../shared/entities/scalars.ts';
import { sha256Hex } from '../../../sync/wire/digest.ts';
import type { RunSummary } from '../../instruments/run/run-types.ts';
import { requireRow } from '../../store/store.ts';
import { fillEnvironment } from '../climate/environment.ts';
import type { Row } from '../../store/tables.ts';
import type { Transaction } from '../../store/transaction.ts';
import { queue } from '../provincial/outbox.ts';
import { ofContext } from './extensometers.ts';
import { platformIdOf } from '../registrations/registrationRows.ts';

/** Hash of the newest run of the store; a run names the one before it. */
export function newestRunDigest(reader: Pick<Transaction, 'first'>): string | null {
  const row = reader.first('SELECT rawDigest FROM run ORDER BY rowid DESC LIMIT 1');
  return row ? String(row['rawDigest']) : null;
}

export function saveRun(tx: Transaction, runsFolder: string, summary: RunSummary): string {
  const recordNo = summary.context.recordNo;
  const record = requireRow(tx.get('testRecord', recordNo), '原始记录', recordNo);
  const file = join(runsFolder, summary.file);
  const fileSha256 = sha256Hex(readFileSync(file));
  fillEnvironment(tx, recordNo, Date.parse(summary.startedAt));
  const runNo = tx.number('run', toCalendarDay(Date.now()), 'run');
  const gauge = ofContext(summary.context);
  const row: Row = {
    runId: summary.runId,
    runNo,
    recordNo,
    field: summary.context['field'] === undefined ? null : String(summary.context['field']),
    specimenNo: Number(summary.context.specimenNo),
    equipmentId: summary.context.equipmentId,
    equipmentSerial: summary.context.equipmentSerial,
    driver: String(summary.context['driver'] ?? 'line-profile'),
    operatorId: summary.context.operatorId,
    operatorName: String(summary.context['operatorName'] ?? ''),
    startedAt: summary.startedAt,
    endedAt: summary.endedAt,
    sampleRateHz: summary.sampleRateHz,
    sampleCount: summary.sampleCount,
    channelsJson: JSON.stringify(summary.channels),
    peakKn: summary.peak,
    peakAtS: summary.peakAt_s,
    loadingRateKnPerS: summary.loadingRate_kN_per_s,
    gaps: summary.gaps,
    rejectedBytes: summary.rejectedBytes,
    file: summary.file,
    fileSha256,
    rawDigest: summary.rawDigest,
    previousDigest: summary.previousDigest,
    algorithmJson: JSON.stringify(summary.algorithm),
    derivedJson: summary.derived === undefined ? null : JSON.stringify(summary.derived),
    remarksJson: summary.remarks === undefined ? null : JSON.stringify(summary.remarks),
    extensometerJson: gauge === null ? null : JSON.stringify(gauge),
    validity: summary.validity,
    reason: summary.reason ?? null,
  };
  tx.insert('run', row);
  if (!tx.get('media', fileSha256)) {
    tx.insert('media', {
      sha256: fileSha256,
      path: join('runs', summary.file),
      bytes: statSync(file).size,
      kind: 'run',
    });
    queue(tx, {
      kind: 'media',
      commissionNo: String(record['commissionNo']),
      key: fileSha256,
      revision: 1,
      sha256: fileSha256,
    });
  }
  queueAcquisition(tx, row, String(record['commissionNo']), summary.validity, summary.reason ?? null);
  return runNo;
}

/** The run as the platform's acquisition entry; a second revision when its validity was changed by a person. */
export function queueAcquisition(
  tx: Transaction,
  run: Row,
  commissionNo: string,
  validity: string,
  reason: string | null,
): void {
  queue(tx, {
    kind: 'acquisition',
    commissionNo,
    key: String(run['runNo']),
    payload: {
      runNo: run['runNo'],
      recordNo: run['recordNo'],
      specimenNo: String(run['specimenNo']),
      equipmentId: platformIdOf(tx, 'equipment', String(run['equipmentId'])),
      equipmentSerial: run['equipmentSerial'],
      driver: run['driver'],
      startedAt: run['startedAt'],
      endedAt: run['endedAt'],
      sampleRateHz: run['sampleRateHz'],
      channels: JSON.parse(String(run['channelsJson'])),
      peak: run['peakKn'] ?? '0',
      media: run['fileSha256'],
      rawDigest: run['rawDigest'],
      previousDigest: run['previousDigest'] ?? '',
      validity: validity === 'interrupted' ? 'invalid' : validity,
      ...(reason === null ? {} : { reason }),
      mode: 'automatic',
    },
  });
}

// The bench's calls.
import { join } from 'node:path';
import { AppError } from '../../../shared/errors/appError.ts';
import { readRunCurve, verifyRunFile } from '../../instruments/run/run-file.ts';
import { keptWithin } from '../../../shared/curves/thin.ts';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { requireRow } from '../../store/store.ts';
import { ulid } from 'ulid';
import type { Context, SomeHandlers } from '../context.ts';
import { refuseWithoutReason } from '../climate/environment.ts';
import { logModification } from '../records/modifications.ts';
import { refuseSigned } from '../records/readings.ts';
import { readRecord, recordFacts } from '../records/recordRows.ts';
import { runOf } from '../records/runRows.ts';
import type { VirtualBench } from '../training/virtualBench.ts';
import type { VirtualInstruments } from '../training/virtualInstruments.ts';
import { virtualSpecimens } from '../training/virtualSpecimens.ts';
import { anyRangeKn, type Bench } from './bench.ts';
import { extensometerFor, runExtensometer } from './extensometers.ts';
import { readPortSetting } from './portSetting.ts';
import { queueAcquisition } from './saveRun.ts';

type BenchCall =
  | 'bench.ports' | 'bench.connect' | 'bench.disconnect' | 'bench.virtual' | 'bench.state' | 'bench.open'
  | 'bench.extensometer' | 'bench.environment' | 'bench.repeat' | 'bench.close' | 'runs.curve'; // prettier-ignore

export function benchHandlers(
  context: Context,
  bench: Bench,
  virtual: VirtualBench | null,
  plugged: VirtualInstruments | null = null,
): SomeHandlers<BenchCall> {
  const { store } = context;
  return {
    'bench.ports': async () => ({ ports: await bench.portList() }),
    'bench.connect': ({ equipmentId }) => bench.connect(equipmentId),
    'bench.disconnect': ({ equipmentId }) => bench.disconnect(equipmentId),
    'bench.state': ({ equipmentId }) => bench.state(equipmentId),
    'bench.extensometer': ({ equipmentId, extensometerId }, caller) =>
      bench.chooseExtensometer(equipmentId, extensometerId, caller.user, caller.actor),
    async 'bench.virtual'({ equipmentId, action }) {
      if (!virtual) {
        throw new AppError({
          code: 'NOT_TRAINING',
          message: '现在不是培训模式，没有虚拟试验机。',
          meaning: '什么也没有执行。',
          next: '请使用真实的试验机。',
        });
      }
      virtual.borrow(
        equipmentId,
        plugged?.machineAt(readPortSetting(store.get('equipment', equipmentId)?.['portJson'])?.identity ?? null) ??
          null,
      );
      if (action === 'pull') await virtual.pull(equipmentId);
      else if (action === 'plug') await virtual.plug(equipmentId);
      else if (action === 'unclip') await virtual.unclip(equipmentId);
      else {
        const { recordNo } = bench.state(equipmentId);
        const record = recordNo ? readRecord(store, recordNo) : null;
        if (record) {
          const range = store.get('equipment', equipmentId)?.['rangeKn'] ?? anyRangeKn;
          const facts = recordFacts(store, record.recordNo);
          const extensometerId = extensometerFor(store, equipmentId, facts.method);
          const gauge = extensometerId === null ? null : runExtensometer(store, extensometerId);
          const specimens = virtualSpecimens(facts, record.ageDays, Number(range), {
            smooth: action === 'loadSmooth',
            ...(gauge === null ? {} : { gauge_mm: Number(gauge.gaugeMm) }),
          });
          void virtual.load(equipmentId, specimens, () => bench.state(equipmentId).phase === 'armed');
        }
      }
      return {};
    },
    async 'bench.open'({ taskId, equipmentId }, caller) {
      return readRecord(store, await bench.open(taskId, equipmentId, caller.user, caller.actor));
    },
    'bench.environment'({ recordNo, environment, reason }, caller) {
      store.transact(caller.actor, (tx) => {
        const row = requireRow(tx.get('testRecord', recordNo), '原始记录', recordNo);
        refuseSigned(String(row['state']), recordNo);
        const fields = { temperatureC: environment.temperatureC, humidityPercent: environment.humidityPercent };
        refuseWithoutReason(row, fields, reason);
        for (const [field, value] of Object.entries(fields)) {
          const old = row[field];
          if (old === null || old === undefined || old === value) continue;
          logModification(tx, {
            commissionNo: String(row['commissionNo']),
            entity: 'test-record',
            entityNo: recordNo,
            field,
            oldValue: String(old),
            newValue: value,
            reason: reason ?? '检测员更正环境读数',
          });
        }
        tx.update('testRecord', recordNo, fields, reason);
      });
      return readRecord(store, recordNo);
    },
    async 'bench.repeat'({ runNo, reason }, caller) {
      const recordNo = store.transact(caller.actor, (tx) => {
        const row = requireRow(tx.first('SELECT * FROM run WHERE runNo = ?', runNo), '采集', runNo);
        const record = requireRow(tx.get('testRecord', row['recordNo'] ?? ''), '原始记录', row['recordNo'] ?? '');
        refuseSigned(String(record['state']), String(row['recordNo']));
        const mark = tx.first('SELECT 1 FROM runMark WHERE runId = ?', row['runId'] ?? '');
        if (runOf(row).validity === 'valid' && !mark) {
          tx.insert('runMark', {
            markId: ulid(),
            runId: row['runId'] ?? '',
            validity: 'repeated',
            reason,
            personId: caller.user.personId,
            personName: caller.user.name,
            at: toWallTime(context.now()),
          });
          // The record's line in the lists counts its runs that do not count.
          tx.touch('records', String(row['recordNo']));
          logModification(tx, {
            commissionNo: String(record['commissionNo']),
            entity: 'acquisition',
            entityNo: runNo,
            field: 'validity',
            oldValue: 'valid',
            newValue: 'repeated',
            reason,
          });
          queueAcquisition(tx, row, String(record['commissionNo']), 'repeated', reason);
        }
        return String(row['recordNo']);
      });
      await bench.rearm(recordNo);
      return readRecord(store, recordNo);
    },
    async 'bench.close'({ recordNo }) {
      await bench.closeRecord(recordNo);
      return {};
    },
    async 'runs.curve'({ runId, points }) {
      const row = requireRow(store.get('run', runId), '采集', runId);
      const path = join(context.files.runsFolder, String(row['file']));
      const [curve, verdict] = await Promise.all([readRunCurve(path), verifyRunFile(path, String(row['rawDigest']))]);
      // A sealed run that does not follow from its own bytes: the screen says so, and the log keeps that it was seen.
      if (!verdict.ok) context.log('error', 'run file alarm', { runId, fault: verdict.fault?.message });
      const kept = keptWithin((index) => curve.load_kN[index]!, curve.load_kN.length, points);
      return {
        timeS: kept.map((index) => curve.time_s[index]!),
        loadKn: kept.map((index) => curve.load_kN[index]!),
        verified: verdict.ok,
      };
    },
  };
}

// 人员资格 by item and parameter: read by everyone who works here, kept by whoever keeps people.
import type { Evidence } from '../../../shared/entities/evidence.ts';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import type { Context, SomeHandlers } from '../context.ts';
import { keepEvidence, readEvidence, registerEvidence, showEvidence } from '../files/evidence.ts';
import { qualificationById, qualificationsOf, withdrawQualification, writeQualification } from './entries.ts';

type QualificationCall = `qualifications.${'list' | 'enter' | 'withdraw' | 'file'}`;

export function qualificationHandlers(context: Context): SomeHandlers<QualificationCall> {
  const { store } = context;
  return {
    'qualifications.list': ({ personId }) => ({ entries: qualificationsOf(store, personId) }),
    'qualifications.enter'({ files: brought, ...given }, caller) {
      const kept = brought.map((file) => readEvidence(file)).map((file) => keepEvidence(context, file));
      const files: Evidence[] = kept.map(({ sha256, fileName, bytes }) => ({ sha256, fileName, bytes }));
      const at = toWallTime(context.now());
      const entryId = store.transact(caller.actor, (tx) => {
        registerEvidence(tx, kept);
        return writeQualification(tx, caller, at, given, files);
      });
      return qualificationById(store, entryId);
    },
    'qualifications.withdraw'({ entryId, reason }, caller) {
      const at = toWallTime(context.now());
      store.transact(caller.actor, (tx) => withdrawQualification(tx, caller, at, entryId, reason));
      return qualificationById(store, entryId);
    },
    'qualifications.file'({ entryId, sha256 }, caller) {
      const { itemName, parameterName, files } = qualificationById(store, entryId);
      const name = `${itemName}（${parameterName}）的资格`;
      return showEvidence(context, caller, { entity: 'qualificationEntry', key: entryId, name }, sha256, files);
    },
  };
}

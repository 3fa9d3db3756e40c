// The curing of a record's specimens, as the log saw it: how much of the time between moulding and testing the curing
// room was outside its band, and of how much nothing is known.
import type { ClimateSpan } from '../../../shared/climate/calls.ts';
import { minuteOf } from './minutes.ts';
import { places } from './places.ts';
import { readingsOf, spanOf, type Reader } from './reading.ts';
import { recordFacts, testedAtOf } from '../records/recordRows.ts';

export function curingSpan(
  reader: Reader,
  recordNo: string,
  lastMinute: string,
): { span: ClimateSpan | null; why: string | null } {
  const facts = recordFacts(reader, recordNo);
  const { sample } = facts;
  if (sample.properties['curing'] !== '标准养护') return { span: null, why: '不是标准养护的试件' };
  if (sample.madeOn === undefined) return { span: null, why: '没有成型日期' };
  const room = places(reader).find(({ kind, state }) => kind === 'curing' && state === 'inUse');
  if (room === undefined) return { span: null, why: '没有在用的标准养护室' };
  const testedAt = testedAtOf(facts);
  // A specimen is made on a day; its hour is known only where the client gave it.
  const from = `${sample.madeOn}T${sample.madeAt ?? '00:00'}`;
  const to = testedAt === null ? lastMinute : minuteOf(Date.parse(testedAt));
  if (from > to) return { span: null, why: '成型日期晚于检测' };
  return { span: spanOf(room, { from, to }, readingsOf(reader, room.placeId, { from, to }), lastMinute), why: null };
}

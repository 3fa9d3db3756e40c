// Can what happened after issue be believed? Every approval of a change against its order, every void against its signature,
// every signature on a later revision against its paper. Names the first fault.
import { digestOf } from '../../../sync/wire/digest.ts';
import { textOf as text } from '../../store/cells.ts';
import type { Reader } from '../records/runRows.ts';
import { applicationOf, orderDigest } from './orders.ts';
import { voidPayload } from './void.ts';

export function verifyAfterIssue(reader: Reader): string | null {
  for (const row of reader.all(`SELECT * FROM changeOrder ORDER BY changeNo`)) {
    const digest = orderDigest(applicationOf(row));
    if (digest !== row['digest']) return `变更单 ${text(row['changeNo'])} 的内容被改动过。`;
    if (row['state'] !== 'approved') continue;
    const signature = reader.first(`SELECT digest FROM signature WHERE entity = 'changeOrder' AND entityKey = ?`, row['changeNo'] ?? ''); // prettier-ignore
    if (signature?.['digest'] !== digest) return `变更单 ${text(row['changeNo'])} 的批准签名与内容不符。`;
  }
  const voids = reader.all(`SELECT reportNo, max(revision) AS revision, voidReason, voidedAt FROM report WHERE state = 'void' GROUP BY reportNo`); // prettier-ignore
  for (const row of voids) {
    const signature = reader.first(`SELECT digest, personId FROM signature WHERE entity = 'reportVoid' AND entityKey = ?`, row['reportNo'] ?? ''); // prettier-ignore
    const payload = voidPayload(text(row['reportNo']), Number(row['revision']), text(row['voidReason']), text(signature?.['personId']), text(row['voidedAt'])); // prettier-ignore
    if (signature?.['digest'] !== digestOf(payload)) return `报告 ${text(row['reportNo'])} 的作废签名与登记的不符。`;
  }
  return null;
}

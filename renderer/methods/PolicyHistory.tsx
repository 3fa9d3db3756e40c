// Who changed a setting, when and why: the audit log's own lines, read when they are asked for.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PolicyDeclaration } from '../../shared/methods/index.ts';
import { toErrorInfo, useClient } from '../client.ts';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { showTime } from '../design/time.ts';
import { storedLabel } from './policyState.ts';

/** What was stored, inside an audit value: `"confirmed sha256:…"`, or the whole first row. */
function storedIn(value: string | null): string | null {
  if (value === null) return null;
  const parsed: unknown = JSON.parse(value);
  const text = typeof parsed === 'object' && parsed !== null ? (parsed as { value?: unknown }).value : parsed;
  return typeof text === 'string' ? text : null;
}

function Lines({ entityKey, policy, moved }: { entityKey: string; policy: PolicyDeclaration; moved: string | null }) {
  const client = useClient();
  const query = useQuery({
    queryKey: ['policy-history', entityKey, moved],
    queryFn: () => client.call('audit.history', { entity: 'setting', key: entityKey }),
  });
  const entries = query.data?.entries ?? [];
  if (query.error !== null) return <ErrorBlock error={toErrorInfo(query.error)} onRetry={() => void query.refetch()} />;
  return (
    <table className="jt-table jt-method-table" data-testid="policy-history">
      <thead>
        <tr>
          <th>时间、人员</th>
          <th>改为</th>
          <th>原因</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => {
          const before = storedLabel(policy, storedIn(entry.oldValue) ?? policy.default);
          const after = storedLabel(policy, storedIn(entry.newValue) ?? policy.default);
          return (
            <tr key={entry.seq}>
              <td className="jt-figure">
                {showTime(entry.at)}
                <small>{entry.actor}</small>
              </td>
              <td>
                {after}
                {before !== after && <small>原为：{before}</small>}
              </td>
              <td>{entry.reason ?? '—'}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

export function PolicyHistory({
  methodId,
  policy,
  changedAt,
}: {
  methodId: string;
  policy: PolicyDeclaration;
  /** Time of the last change; another one is read again. Null where there never was one. */
  changedAt: string | null;
}) {
  const [open, setOpen] = useState(false);
  if (changedAt === null) return null;
  const entityKey = `policy.${methodId}.${policy.name}`;
  return (
    <details className="jt-policy-history" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>更改经过</summary>
      {open && (
        <>
          <Lines entityKey={entityKey} policy={policy} moved={changedAt} />
          <p className="jt-soft">
            审计中的编号：<code>{entityKey}</code>（对象“设置”）
          </p>
        </>
      )}
    </details>
  );
}

// What a change order asks for: every field with its old and new value, why, who agreed, and the evidence to look at.
import { Button } from 'antd';
import type { ChangeOrder } from '../../../shared/afterIssue/calls.ts';
import { labelOfField } from '../../../shared/afterIssue/fields.ts';
import { useClient } from '../../client.ts';
import { ErrorBlock } from '../../design/ErrorBlock.tsx';
import { blobOf, saveFile } from '../../design/files.ts';
import { showTime } from '../../design/time.ts';
import { useCommand } from '../../design/useCommand.ts';

export function OrderFacts({ order }: { order: ChangeOrder }) {
  const client = useClient();
  const look = useCommand(async (sha256: string) => {
    const file = await client.call('changes.evidence', { changeNo: order.changeNo, sha256 });
    saveFile(file.fileName, blobOf(file.bytesBase64, file.type));
  });
  return (
    <div className="jt-order" data-testid="change-order" data-key={order.changeNo}>
      <table className="jt-table jt-table-tight">
        <thead>
          <tr>
            <th>变更内容</th>
            <th>原为</th>
            <th>改为</th>
          </tr>
        </thead>
        <tbody>
          {order.fields.map(({ field, oldValue, newValue }) => (
            <tr key={field}>
              <td>{labelOfField(field)}</td>
              <td className="jt-wrap">
                <s>{oldValue || '（空）'}</s>
              </td>
              <td className="jt-wrap">
                <b>{newValue || '（空）'}</b>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        原因：{order.reason}
        {order.witness !== null && ` · 见证人 ${order.witness} 同意`}
      </p>
      <p className="jt-soft">
        {order.appliedBy} {showTime(order.appliedAt)} 申请
        {order.decidedBy !== null &&
          ` · ${order.decidedBy} ${showTime(order.decidedAt)} ${order.state === 'approved' ? '批准' : `未批准：${order.decision ?? ''}`}`}
      </p>
      <p>
        证明材料：
        {order.evidence.map(({ sha256, fileName, bytes }) => (
          <Button key={sha256} size="small" onClick={() => void look.run(sha256)} title={sha256}>
            {fileName}（{Math.ceil(bytes / 1024)} kB）
          </Button>
        ))}
      </p>
      <ErrorBlock error={look.error} onClose={look.clear} />
    </div>
  );
}

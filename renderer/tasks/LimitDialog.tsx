// How many tasks a person is given for one day at most; beyond it the program proposes nobody, and a person needs a reason.
import { useState } from 'react';
import { Input } from 'antd';
import { useClient } from '../client.ts';
import { ReasonDialog } from '../design/ReasonDialog.tsx';

export function LimitDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const [limit, setLimit] = useState('');
  return (
    <ReasonDialog
      title="每人每天的任务上限"
      usual={['按检测室人手调整', '设备减少', '加班安排']}
      confirmText="保存"
      onClose={onClose}
      onConfirm={async (reason) => {
        await client.call('tasks.setDayLimit', { dayLimit: Number(limit), reason });
        onClose();
      }}
    >
      <label className="jt-field">
        <span>一名检测员一天最多分配几项任务（1～999，没有设置时 40）</span>
        <Input
          autoFocus
          inputMode="numeric"
          value={limit}
          onChange={(event) => setLimit(event.target.value.replaceAll(/\D/g, '').slice(0, 3))}
          data-testid="limit-value"
        />
      </label>
    </ReasonDialog>
  );
}

// 查新周期: how many months a 查新 holds, the lab's own setting.
import { useState } from 'react';
import { useClient } from '../client.ts';
import { ReasonDialog } from '../design/ReasonDialog.tsx';

export function MonthsDialog({ months, onClose, onSaved }: { months: number; onClose: () => void; onSaved: () => void }) {
  const client = useClient();
  const [typed, setTyped] = useState(String(months));
  return (
    <ReasonDialog
      title="查新周期"
      usual={['按程序文件', '评审要求']}
      confirmText="保存"
      onClose={onClose}
      onConfirm={async (reason) => {
        await client.call('standards.setMonths', { months: Math.round(Number(typed)), reason });
        onSaved();
      }}
    >
      <label className="jt-field">
        <span>超过几个月没有查新就提醒（1～60）</span>
        <input
          className="jt-input"
          type="number"
          min={1}
          max={60}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          data-testid="standard-checkMonths"
        />
      </label>
    </ReasonDialog>
  );
} // prettier-ignore

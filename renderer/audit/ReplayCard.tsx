// 回放采集: any sealed run by its number.
import { Button } from 'antd';
import { useState } from 'react';
import { ReplayDialog } from '../replay/ReplayDialog.tsx';

export function ReplayCard() {
  const [runNo, setRunNo] = useState('');
  const [replaying, setReplaying] = useState<string | null>(null);
  return (
    <section className="jt-card">
      <h3>回放采集</h3>
      <p className="jt-soft">逐点重看任何一次已封存的采集，由原始字节重新计算并与封存值、记录核对。</p>
      <form
        className="jt-audit-ask"
        onSubmit={(event) => {
          event.preventDefault();
          if (runNo.trim() !== '') setReplaying(runNo.trim());
        }}
      >
        <input
          className="jt-input"
          aria-label="采集编号"
          placeholder="采集编号"
          value={runNo}
          onChange={(event) => setRunNo(event.target.value)}
          data-testid="audit-run"
        />
        <Button htmlType="submit" disabled={runNo.trim() === ''} data-testid="audit-replay">
          回放 <kbd className="jt-key">Enter</kbd>
        </Button>
      </form>
      {replaying !== null && <ReplayDialog runId={replaying} title={replaying} onClose={() => setReplaying(null)} />}
    </section>
  );
}

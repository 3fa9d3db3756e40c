// 恢复演练: what will happen, the passphrase where an older one is needed, and off it goes; the result is in 经过.
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useClient } from '../client.ts';
import { Dialog } from '../design/Dialog.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { showTime } from '../design/time.ts';
import { useCommand } from '../design/useCommand.ts';
import type { Target } from './TargetCard.tsx';

export function DrillDialog({ target, name, onClose }: { target: Target; name: string | null; onClose: () => void }) {
  const client = useClient();
  const [passphrase, setPassphrase] = useState('');
  const backup = target.backups.find((one) => (name === null ? one.good : one.name === name));
  const start = useCommand(async () => {
    await client.call('backup.drill', {
      target: target.path,
      ...(name === null ? {} : { name }),
      ...(passphrase === '' ? {} : { passphrase }),
    });
    onClose();
  });
  return (
    <Dialog title="恢复演练" onClose={onClose} width={560}>
      <form
        className="jt-form"
        onSubmit={(event) => {
          event.preventDefault();
          void start.run();
        }}
      >
        <p>
          {target.path} 上 {backup === undefined ? '最近' : showTime(backup.madeAt)}{' '}
          的备份会在临时文件夹里真正恢复一次：
          解密，核对每个文件、审计链和记录份数，重新计算一部分记录，然后删除临时文件夹。备份和正在使用的数据只读取，不改动。
        </p>
        {backup?.encrypted === true && (
          <label className="jt-field">
            <span>口令（与现在设置的相同时不必填写）</span>
            <Input.Password
              autoComplete="off"
              value={passphrase}
              onChange={(event) => setPassphrase(event.target.value)}
              data-testid="drill-passphrase"
            />
          </label>
        )}
        <ErrorBlock error={start.error} />
        <Button type="primary" htmlType="submit" autoFocus loading={start.busy} data-testid="drill-start">
          开始演练
        </Button>
      </form>
    </Dialog>
  );
}

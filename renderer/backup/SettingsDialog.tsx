// 备份设置: where, when, how many are kept, and when it is told. Every change with its reason.
import { Button, Input } from 'antd';
import { useState } from 'react';
import { backupSettingsSchema, type BackupSettings } from '../../shared/backup/calls.ts';
import { useClient } from '../client.ts';
import { Dialog } from '../design/Dialog.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { useCommand } from '../design/useCommand.ts';

type Numbers = Exclude<keyof BackupSettings, 'targets' | 'dailyAt'>;

const numbers: readonly (readonly [Numbers, string])[] = [
  ['everyHours', '每隔几小时（0 不用）'],
  ['keepDaily', '保留最近几天的备份'],
  ['keepWeekly', '保留最近几周的备份'],
  ['alarmHours', '超过几小时没有完好备份即报警'],
  ['warnGb', '数据盘少于几 GB 提示'],
  ['floorGb', '少于几 GB 不再开始采集'],
];

export function SettingsDialog({
  settings,
  onClose,
  onSaved,
}: {
  settings: BackupSettings;
  onClose: () => void;
  onSaved: () => void;
}) {
  const client = useClient();
  const [targets, setTargets] = useState(settings.targets.join('\n'));
  const [dailyAt, setDailyAt] = useState(settings.dailyAt ?? '');
  const [typed, setTyped] = useState<Record<Numbers, string>>({
    everyHours: String(settings.everyHours),
    keepDaily: String(settings.keepDaily),
    keepWeekly: String(settings.keepWeekly),
    alarmHours: String(settings.alarmHours),
    warnGb: String(settings.warnGb),
    floorGb: String(settings.floorGb),
  });
  const [reason, setReason] = useState('');
  const wanted = backupSettingsSchema.safeParse({
    targets: targets
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    dailyAt: dailyAt.trim() === '' ? null : dailyAt.trim(),
    ...Object.fromEntries(numbers.map(([name]) => [name, /^\d+$/.test(typed[name]) ? Number(typed[name]) : null])),
  });
  const wrong = new Set(wanted.success ? [] : wanted.error.issues.map(({ path }) => String(path[0])));
  const save = useCommand(async () => {
    if (!wanted.success) return;
    await client.call('backup.configure', { ...wanted.data, reason });
    onSaved();
    onClose();
  });
  return (
    <Dialog title="备份设置" onClose={onClose} width={640}>
      <form
        className="jt-backup-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted.success && reason.trim() !== '') void save.run();
        }}
      >
        <label className="jt-field jt-backup-wide">
          <span>备份文件夹（每行一个；另一块盘或共享上的完整路径）</span>
          <Input.TextArea
            rows={3}
            value={targets}
            autoFocus
            onChange={(event) => setTargets(event.target.value)}
            data-testid="backup-targets"
          />
        </label>
        <label className="jt-field">
          <span>每天几点（HH:MM，空为不用）</span>
          <input
            className="jt-input"
            value={dailyAt}
            aria-invalid={wrong.has('dailyAt')}
            onChange={(event) => setDailyAt(event.target.value)}
            data-testid="backup-dailyAt"
          />
        </label>
        {numbers.map(([name, label]) => (
          <label key={name} className="jt-field">
            <span>{label}</span>
            <input
              className="jt-input"
              inputMode="numeric"
              value={typed[name]}
              aria-invalid={wrong.has(name)}
              onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
              data-testid={`backup-${name}`}
            />
          </label>
        ))}
        <label className="jt-field jt-backup-wide">
          <span>原因</span>
          <input
            className="jt-input"
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            data-testid="backup-reason"
          />
        </label>
        <p className="jt-soft jt-backup-wide">
          超出保留数的旧备份由程序清理；最近一份完好的备份、别的机构的备份和其他文件从不清理。
        </p>
        <div className="jt-backup-wide">
          <ErrorBlock error={save.error} />
          <Button
            type="primary"
            htmlType="submit"
            loading={save.busy}
            disabled={!wanted.success || reason.trim() === ''}
            data-testid="backup-save"
          >
            保存
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

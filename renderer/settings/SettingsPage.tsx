// 设置: few things, each changed with a reason: idle lock, the platform, the users.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { CallInput } from '../../shared/contract/calls.ts';
import { toErrorInfo, useClient } from '../client.ts';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { Facts } from '../design/Facts.tsx';
import { Pane } from '../design/Pane.tsx';
import { ReasonDialog } from '../design/ReasonDialog.tsx';
import { usePermit, useSession } from '../state/session.ts';
import { PlatformForm } from './PlatformForm.tsx';
import { TrainingConsole } from './TrainingConsole.tsx';
import { UsersCard } from './UsersCard.tsx';

type Change = Omit<CallInput<'settings.change'>, 'reason'>;

export function SettingsPage() {
  const client = useClient();
  const queries = useQueryClient();
  const maySet = usePermit('setting.manage');
  const mayUsers = usePermit('user.manage');
  const training = useSession((state) => state.session?.trainingMode === true);
  const [change, setChange] = useState<Change | null>(null);
  const [minutes, setMinutes] = useState('');
  const [days, setDays] = useState('');
  const query = useQuery({ queryKey: ['settings'], queryFn: () => client.call('settings.get', {}) });
  const settings = query.data;
  const reread = (): void => void queries.invalidateQueries({ queryKey: ['settings'] });
  const minutesWrong = minutes !== '' && !(/^\d{1,3}$/.test(minutes) && Number(minutes) >= 1 && Number(minutes) <= 240);
  const daysWrong = days !== '' && !(/^\d{1,3}$/.test(days) && Number(days) <= 365);
  return (
    <Pane title="设置">
      <div className="jt-form" data-testid="place-settings">
        <ErrorBlock
          error={query.error === null ? null : toErrorInfo(query.error)}
          onRetry={() => void query.refetch()}
        />
        {settings !== undefined && (
          <section className="jt-card">
            <h3>本机</h3>
            <Facts
              columns={2}
              facts={[
                ['版本', settings.version],
                ['数据位置', settings.dataFolder],
                ['自动锁屏', `${settings.idleLockMinutes} 分钟无操作`],
                [
                  '基础数据',
                  settings.referenceRefuseDays === 0
                    ? '24 小时未下载提示，7 天警告，不因过旧停止检测'
                    : `超过 ${settings.referenceRefuseDays} 天未下载即停止收样、检测和签名`,
                ],
              ]}
            />
            {maySet && (
              <div className="jt-setting-row">
                <label className="jt-field">
                  <span>自动锁屏（1 至 240 分钟）</span>
                  <input
                    className="jt-input"
                    inputMode="numeric"
                    placeholder={String(settings.idleLockMinutes)}
                    value={minutes}
                    aria-invalid={minutesWrong}
                    onChange={(event) => setMinutes(event.target.value)}
                    data-testid="setting-idle"
                  />
                </label>
                <Button
                  disabled={minutes === '' || minutesWrong}
                  onClick={() => setChange({ idleLockMinutes: Number(minutes) })}
                  data-testid="setting-idle-save"
                >
                  更改…
                </Button>
              </div>
            )}
            {maySet && (
              <div className="jt-setting-row">
                <label className="jt-field">
                  <span>基础数据最长天数（0 不限）</span>
                  <input
                    className="jt-input"
                    inputMode="numeric"
                    placeholder={String(settings.referenceRefuseDays)}
                    value={days}
                    aria-invalid={daysWrong}
                    onChange={(event) => setDays(event.target.value)}
                    data-testid="setting-reference"
                  />
                </label>
                <Button
                  disabled={days === '' || daysWrong}
                  onClick={() => setChange({ referenceRefuseDays: Number(days) })}
                  data-testid="setting-reference-save"
                >
                  更改…
                </Button>
              </div>
            )}
          </section>
        )}
        {settings !== undefined && maySet && <PlatformForm settings={settings} onSaved={reread} />}
        {training && maySet && <TrainingConsole />}
        {mayUsers && <UsersCard />}
      </div>
      {change !== null && (
        <ReasonDialog
          title="更改设置"
          usual={['按本机构管理要求']}
          confirmText="更改"
          onClose={() => setChange(null)}
          onConfirm={async (reason) => {
            await client.call('settings.change', { ...change, reason });
            setChange(null);
            setMinutes('');
            setDays('');
            reread();
          }}
        >
          <p>
            {change.referenceRefuseDays === undefined
              ? `自动锁屏改为 ${change.idleLockMinutes ?? ''} 分钟无操作。`
              : change.referenceRefuseDays === 0
                ? '基础数据过旧时只提示，不停止检测。'
                : `基础数据超过 ${change.referenceRefuseDays} 天没有下载，即不能收样、检测和签名。`}
          </p>
        </ReasonDialog>
      )}
    </Pane>
  );
}

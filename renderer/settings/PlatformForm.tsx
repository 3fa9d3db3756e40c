// Connection to the supervision platform. The secret goes in and never comes out again.
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { CallOutput } from '../../shared/contract/calls.ts';
import { useClient } from '../client.ts';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { useCommand } from '../design/useCommand.ts';

export function PlatformForm({ settings, onSaved }: { settings: CallOutput<'settings.get'>; onSaved: () => void }) {
  const client = useClient();
  const [form, setForm] = useState({
    profile: settings.platformProfile,
    platformUrl: settings.platformUrl,
    orgCode: settings.orgCode,
    accessKey: '',
    secret: '',
  });
  const [saved, setSaved] = useState(false);
  const save = useCommand(async () => {
    setSaved(false);
    await client.call('sync.connection', withKey ? form : { ...form, accessKey: '', secret: '' });
    setForm((before) => ({ ...before, secret: '' }));
    setSaved(true);
    onSaved();
  });
  const profile = settings.profiles.find((one) => one.id === form.profile);
  const withKey = profile?.withKey ?? true;
  const field = (name: 'platformUrl' | 'orgCode' | 'accessKey', label: string, placeholder = '') => (
    <label className="jt-field">
      <span>{label}</span>
      <input
        className="jt-input"
        autoComplete="off"
        placeholder={placeholder}
        value={form[name]}
        onChange={(event) => setForm({ ...form, [name]: event.target.value })}
        data-testid={`platform-${name}`}
      />
    </label>
  );
  const keyed = !withKey || (form.accessKey !== '' && form.secret.length >= 8);
  const ready = form.platformUrl !== '' && form.orgCode !== '' && keyed;
  return (
    <section className="jt-card">
      <h3>监管平台</h3>
      <form
        className="jt-platform"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void save.run();
        }}
      >
        <label className="jt-field">
          <span>平台规约</span>
          <select
            className="jt-input"
            value={form.profile}
            onChange={(event) => setForm({ ...form, profile: event.target.value })}
            data-testid="platform-profile"
          >
            {settings.profiles.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </label>
        {field('platformUrl', withKey ? '平台地址' : '交换文件', profile?.addressForm)}
        {field('orgCode', '机构代码')}
        {withKey && field('accessKey', '访问标识')}
        {withKey && (
          <label className="jt-field">
            <span>密钥（只写入，不显示，加密保存）</span>
            <Input.Password
              autoComplete="new-password"
              value={form.secret}
              onChange={(event) => setForm({ ...form, secret: event.target.value })}
              data-testid="platform-secret"
            />
          </label>
        )}
        <Button type="primary" htmlType="submit" loading={save.busy} disabled={!ready} data-testid="platform-save">
          保存平台连接
        </Button>
      </form>
      {saved && <p className="jt-tone-good">✓ 已保存。连接结果见顶部横幅和“上传台账”。</p>}
      <ErrorBlock error={save.error} />
      {profile !== undefined && (
        <details className="jt-assumptions">
          <summary>本规约中尚待主管部门确认的 {profile.assumptions.length} 条约定</summary>
          <ul>
            {profile.assumptions.map((assumption) => (
              <li key={assumption}>{assumption}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

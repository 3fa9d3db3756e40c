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
    platformUrl: settings.platformUrl,
    orgCode: settings.orgCode,
    accessKey: '',
    secret: '',
  });
  const [saved, setSaved] = useState(false);
  const save = useCommand(async () => {
    setSaved(false);
    await client.call('sync.connection', form);
    setForm((before) => ({ ...before, secret: '' }));
    setSaved(true);
    onSaved();
  });
  const field = (name: 'platformUrl' | 'orgCode' | 'accessKey', label: string) => (
    <label className="jt-field">
      <span>{label}</span>
      <input
        className="jt-input"
        autoComplete="off"
        value={form[name]}
        onChange={(event) => setForm({ ...form, [name]: event.target.value })}
        data-testid={`platform-${name}`}
      />
    </label>
  );
  const ready = form.platformUrl !== '' && form.orgCode !== '' && form.accessKey !== '' && form.secret.length >= 8;
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
        {field('platformUrl', '平台地址')}
        {field('orgCode', '机构代码')}
        {field('accessKey', '访问标识')}
        <label className="jt-field">
          <span>密钥（只写入，不显示，加密保存）</span>
          <Input.Password
            autoComplete="new-password"
            value={form.secret}
            onChange={(event) => setForm({ ...form, secret: event.target.value })}
            data-testid="platform-secret"
          />
        </label>
        <Button type="primary" htmlType="submit" loading={save.busy} disabled={!ready} data-testid="platform-save">
          保存平台连接
        </Button>
      </form>
      {saved && <p className="jt-tone-good">✓ 已保存。连接结果见顶部横幅和“上传台账”。</p>}
      <ErrorBlock error={save.error} />
      {settings.profileAssumptions.length > 0 && (
        <details className="jt-assumptions">
          <summary>本平台接口中尚待主管部门确认的 {settings.profileAssumptions.length} 条约定</summary>
          <ul>
            {settings.profileAssumptions.map((assumption) => (
              <li key={assumption}>{assumption}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

// Users of the program: an account is a person with roles. Accounts are disabled, never deleted.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { User } from '../../shared/contract/answers.ts';
import { roleNames, roleSchema, type Role } from '../../shared/entities/roles.ts';
import { toErrorInfo, useClient } from '../client.ts';
import { Dialog } from '../design/Dialog.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { ReasonDialog } from '../design/ReasonDialog.tsx';
import { StateTag } from '../design/StateTag.tsx';
import { useCommand } from '../design/useCommand.ts';
import { useLive } from '../live/useLive.tsx';

export function UsersCard() {
  const client = useClient();
  const queries = useQueryClient();
  const query = useQuery({ queryKey: ['users'], queryFn: () => client.call('users.list', {}) });
  const [creating, setCreating] = useState(false);
  const [changing, setChanging] = useState<User | null>(null);
  const reread = (): void => void queries.invalidateQueries({ queryKey: ['users'] });
  return (
    <section className="jt-card">
      <header className="jt-detail-head">
        <h3>用户</h3>
        <span className="jt-spring" />
        <Button onClick={() => setCreating(true)} data-testid="user-create">
          新建用户
        </Button>
      </header>
      <ErrorBlock error={query.error === null ? null : toErrorInfo(query.error)} />
      <table className="jt-table" data-testid="users">
        <thead>
          <tr>
            <th>用户名</th>
            <th>姓名</th>
            <th>角色</th>
            <th>状态</th>
            <th aria-label="操作" />
          </tr>
        </thead>
        <tbody>
          {(query.data?.users ?? []).map((user) => (
            <tr key={user.userId}>
              <td>
                <b>{user.username}</b>
              </td>
              <td>{user.name}</td>
              <td>{user.roles.map((role) => roleNames[role]).join('、')}</td>
              <td>
                <StateTag
                  state={
                    user.disabled
                      ? { word: '已停用', tone: 'bad', shape: '✕' }
                      : { word: '可登录', tone: 'good', shape: '✓' }
                  }
                />
              </td>
              <td>
                <Button size="small" onClick={() => setChanging(user)}>
                  {user.disabled ? '启用…' : '停用…'}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {creating && (
        <NewUserDialog
          onClose={() => setCreating(false)}
          onDone={() => {
            setCreating(false);
            reread();
          }}
        />
      )}
      {changing !== null && (
        <ReasonDialog
          title={`${changing.disabled ? '启用' : '停用'}用户 ${changing.username}`}
          usual={changing.disabled ? ['恢复岗位'] : ['离岗', '岗位调整']}
          confirmText={changing.disabled ? '启用' : '停用'}
          danger={!changing.disabled}
          onClose={() => setChanging(null)}
          onConfirm={async (reason) => {
            await client.call('users.change', { userId: changing.userId, disabled: !changing.disabled, reason });
            setChanging(null);
            reread();
          }}
        >
          <p>{changing.name} 以前的签名和记录不受影响。</p>
        </ReasonDialog>
      )}
    </section>
  );
}

function NewUserDialog({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const client = useClient();
  const { rows: people } = useLive('people');
  const [form, setForm] = useState<{ username: string; personId: string; roles: Role[]; password: string }>({
    username: '',
    personId: '',
    roles: [],
    password: '',
  });
  const create = useCommand(async () => {
    await client.call('users.create', form);
    onDone();
  });
  const ready =
    form.username.trim() !== '' && form.personId !== '' && form.roles.length > 0 && form.password.length >= 8;
  return (
    <Dialog title="新建用户" onClose={onClose}>
      <form
        className="jt-sign"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void create.run();
        }}
      >
        <label className="jt-field">
          <span>用户名</span>
          <input
            className="jt-input"
            autoFocus
            autoComplete="off"
            value={form.username}
            onChange={(event) => setForm({ ...form, username: event.target.value })}
            data-testid="user-username"
          />
        </label>
        <label className="jt-field" htmlFor="user-person">
          <span>人员</span>
          <Select
            id="user-person"
            showSearch={{ optionFilterProp: 'label' }}
            value={form.personId === '' ? undefined : form.personId}
            options={people.map(({ id, name, certificateNo }) => ({
              value: id,
              label: `${name}（${certificateNo || id}）`,
            }))}
            onChange={(personId: string) => setForm({ ...form, personId })}
          />
        </label>
        <label className="jt-field" htmlFor="user-roles">
          <span>角色（可多选）</span>
          <Select
            id="user-roles"
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            value={form.roles}
            options={roleSchema.options.map((role) => ({ value: role, label: roleNames[role] }))}
            onChange={(roles: Role[]) => setForm({ ...form, roles })}
          />
        </label>
        <label className="jt-field">
          <span>初始密码（至少 8 位）</span>
          <Input.Password
            autoComplete="new-password"
            value={form.password}
            onChange={(event) => setForm({ ...form, password: event.target.value })}
            data-testid="user-password"
          />
        </label>
        <ErrorBlock error={create.error} />
        <div className="jt-dialog-actions">
          <Button onClick={onClose}>
            取消 <kbd className="jt-key">Esc</kbd>
          </Button>
          <Button type="primary" htmlType="submit" loading={create.busy} disabled={!ready} data-testid="user-confirm">
            新建
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

// The screen is covered, never emptied: after idle time a password opens it again; a session that ended asks for a
// new sign-in. What was being typed lies underneath as it was, and cannot be read or reached meanwhile.
import { Button, Input } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { useClient } from '../client.ts';
import { overlayRoot } from '../design/Dialog.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { useCommand } from '../design/useCommand.ts';
import { useSession, useUser } from '../state/session.ts';
import { SignInForm } from './SignInForm.tsx';

function Cover({ title, children, testId }: { title: string; children: ReactNode; testId: string }) {
  // Read while the screen below still has the focus: the cover's own field takes it as soon as it is drawn.
  const [focused] = useState(() => document.activeElement);
  useEffect(() => {
    // Dialogs live beside the screen; they must be out of reach too.
    const overlays = overlayRoot();
    if (overlays !== document.body) overlays.inert = true;
    return () => {
      overlays.inert = false;
      if (focused instanceof HTMLElement && focused.isConnected) focused.focus();
    };
  }, [focused]);
  return (
    <div className="jt-cover" role="dialog" aria-modal="true" aria-label={title} data-testid={testId}>
      <div className="jt-sign-in-card">
        <h1>{title}</h1>
        {children}
      </div>
    </div>
  );
}

export function LockCover() {
  const client = useClient();
  const user = useUser();
  const apply = useSession((state) => state.apply);
  const leave = useSession((state) => state.leave);
  const [password, setPassword] = useState('');
  const unlock = useCommand(async () => apply(await client.call('session.unlock', { password })));
  const signOut = useCommand(async () => leave(await client.call('session.signOut', {})));
  return (
    <Cover title="屏幕已锁定" testId="lock-cover">
      <p>{user.name} 正在使用。填写的内容都在，输入密码后接着做。</p>
      <form
        className="jt-sign-in-form"
        onSubmit={(event) => {
          event.preventDefault();
          void unlock.run().then((done) => {
            if (!done) setPassword('');
          });
        }}
      >
        <label className="jt-field">
          <span>{user.name} 的密码</span>
          <Input.Password
            size="large"
            autoFocus
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            data-testid="unlock-password"
          />
        </label>
        <ErrorBlock error={unlock.error ?? signOut.error} />
        <Button
          type="primary"
          size="large"
          block
          htmlType="submit"
          loading={unlock.busy}
          disabled={password === ''}
          data-testid="unlock-submit"
        >
          解锁 <kbd className="jt-key">Enter</kbd>
        </Button>
        <Button block onClick={() => void signOut.run()} loading={signOut.busy} data-testid="unlock-signout">
          换人登录
        </Button>
      </form>
    </Cover>
  );
}

export function SessionEndedCover() {
  const user = useUser();
  return (
    <Cover title="登录已结束" testId="session-ended-cover">
      <p>
        请重新登录。{user.name} 填写的内容仍在下面，重新登录后接着做；换人登录时，这些内容留在 {user.name} 的草稿里。
      </p>
      <SignInForm username={user.username} />
    </Cover>
  );
}

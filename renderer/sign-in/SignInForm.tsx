// User name and password, the same on the first screen and over a screen whose session has ended.
import { Button, Input, type InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useClient } from '../client.ts';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { useCommand } from '../design/useCommand.ts';
import { useSession } from '../state/session.ts';

export function SignInForm({ username: known = '' }: { username?: string }) {
  const client = useClient();
  const apply = useSession((state) => state.apply);
  const [username, setUsername] = useState(known);
  const [password, setPassword] = useState('');
  const passwordField = useRef<InputRef>(null);
  const signIn = useCommand(async () => apply(await client.call('session.signIn', { username, password })));
  const refused = signIn.error !== null;
  useEffect(() => {
    if (refused) passwordField.current?.focus();
  }, [refused]);
  return (
    <form
      className="jt-sign-in-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (username.trim() === '' || password === '') return;
        void signIn.run().then((done) => {
          if (!done) setPassword('');
        });
      }}
    >
      <label className="jt-field">
        <span>用户名</span>
        <Input
          size="large"
          autoFocus={known === ''}
          autoComplete="username"
          value={username}
          onChange={(event) => setUsername(event.target.value)}
          data-testid="signin-username"
        />
      </label>
      <label className="jt-field">
        <span>密码</span>
        <Input.Password
          ref={passwordField}
          size="large"
          autoFocus={known !== ''}
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          data-testid="signin-password"
        />
      </label>
      <ErrorBlock error={signIn.error} />
      <Button
        type="primary"
        size="large"
        block
        htmlType="submit"
        loading={signIn.busy}
        disabled={username.trim() === '' || password === ''}
        data-testid="signin-submit"
      >
        登录 <kbd className="jt-key">Enter</kbd>
      </Button>
    </form>
  );
}

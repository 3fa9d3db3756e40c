// Is the unit what the profile says? A person puts the figure of the file beside a value that is known in another way;
// only where both are the same, exactly, are readings of it taken.
import { Button } from 'antd';
import { useState } from 'react';
import { useClient } from '../../client.ts';
import { ErrorBlock } from '../../design/ErrorBlock.tsx';
import { showTime } from '../../design/time.ts';
import { useCommand } from '../../design/useCommand.ts';
import type { Profile } from './FileSourceForm.tsx';

type Confirmation = Profile['confirmations'][number];

export function UnitConfirmations({
  profile,
  onChanged,
}: {
  profile: Profile;
  onChanged: (profiles: readonly Profile[]) => void;
}) {
  return (
    <div data-testid="unit-confirmations">
      <h4>单位确认</h4>
      <p className="jt-soft">
        文件里的单位不可信或没有写。用一个已知的值核对之后，才能取入这些读数；配置改动后须重新确认。
      </p>
      <table className="jt-table">
        <thead>
          <tr>
            <th>读数</th>
            <th>文件标注</th>
            <th>真实单位</th>
            <th>已知值核对</th>
          </tr>
        </thead>
        <tbody>
          {profile.confirmations.map((confirmation) => (
            <tr key={confirmation.valueId}>
              <td>{confirmation.label}</td>
              <td>{confirmation.shownUnit ?? '没有'}</td>
              <td>
                <b>{confirmation.unit}</b>
              </td>
              <td>
                {confirmation.confirmed === null ? (
                  <ConfirmForm profileId={profile.id} confirmation={confirmation} onChanged={onChanged} />
                ) : (
                  <span className="jt-tone-good">
                    ✓ {confirmation.confirmed.words} {confirmation.confirmed.by}{' '}
                    {showTime(confirmation.confirmed.at, true)}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ConfirmForm({
  profileId,
  confirmation,
  onChanged,
}: {
  profileId: string;
  confirmation: Confirmation;
  onChanged: (profiles: readonly Profile[]) => void;
}) {
  const client = useClient();
  const [typed, setTyped] = useState({
    fileFigure: '',
    knownFigure: '',
    knownUnit: confirmation.shownUnit ?? confirmation.unit,
    how: '',
  });
  const confirm = useCommand(async () => {
    const { profiles } = await client.call('instrumentFiles.confirmUnit', {
      profileId,
      valueId: confirmation.valueId,
      ...typed,
    });
    onChanged(profiles);
  });
  const field = (name: keyof typeof typed, label: string) => (
    <input
      className="jt-input"
      aria-label={`${confirmation.label}：${label}`}
      placeholder={label}
      value={typed[name]}
      onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
      data-testid={`unit-${confirmation.valueId}-${name}`}
    />
  );
  const complete = Object.values(typed).every((text) => text.trim() !== '');
  return (
    <form
      className="jt-unit-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (complete) void confirm.run();
      }}
    >
      {field('fileFigure', '文件里的数')}
      {field('knownFigure', '已知值')}
      {field('knownUnit', '单位')}
      {field('how', '怎样知道的')}
      <Button
        size="small"
        htmlType="submit"
        disabled={!complete}
        loading={confirm.busy}
        data-testid={`unit-${confirmation.valueId}-confirm`}
      >
        确认
      </Button>
      <ErrorBlock error={confirm.error} onClose={confirm.clear} />
    </form>
  );
}

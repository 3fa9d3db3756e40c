// A lab's own profile: JSON text, started from the one that is chosen, checked by the core before it is kept.
import { Button } from 'antd';
import { useState } from 'react';
import { useClient } from '../../client.ts';
import { ErrorBlock } from '../../design/ErrorBlock.tsx';
import { useCommand } from '../../design/useCommand.ts';
import type { Profile } from './FileSourceForm.tsx';

export function OwnProfile({ start, onSaved }: { start: string; onSaved: (profiles: readonly Profile[]) => void }) {
  const client = useClient();
  const [content, setContent] = useState(start);
  const [saved, setSaved] = useState(false);
  const save = useCommand(async () => {
    setSaved(false);
    const { profiles } = await client.call('instrumentFiles.saveProfile', { content, reason: '本机构的文件导入配置' });
    onSaved(profiles);
    setSaved(true);
  });
  return (
    <details>
      <summary>本机构自己的配置（从所选配置开始，改 id 后另存）</summary>
      <textarea
        className="jt-input jt-code-area"
        rows={14}
        spellCheck={false}
        aria-label="配置（JSON）"
        value={content}
        onChange={(event) => setContent(event.target.value)}
        data-testid="profile-content"
      />
      <ErrorBlock error={save.error} />
      <div className="jt-dialog-actions">
        {saved && <span className="jt-tone-good">✓ 已保存</span>}
        <Button
          onClick={() => void save.run()}
          loading={save.busy}
          disabled={content.trim() === ''}
          data-testid="profile-save"
        >
          另存配置
        </Button>
      </div>
    </details>
  );
}

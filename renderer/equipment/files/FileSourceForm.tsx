// The folder or database that an instrument's program writes, and how it is read; the true unit of figures whose shown
// unit lies; the lab's own profiles.
import { Button } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import type { CallOutput } from '../../../shared/contract/calls.ts';
import type { WatchedSource } from '../../../shared/instrument-files/calls.ts';
import { useClient } from '../../client.ts';
import { ErrorBlock } from '../../design/ErrorBlock.tsx';
import { StateTag } from '../../design/StateTag.tsx';
import { showTime } from '../../design/time.ts';
import { useCommand } from '../../design/useCommand.ts';
import type { StateWord } from '../../design/words.ts';
import type { Machine } from '../EquipmentPage.tsx';
import { OwnProfile } from './OwnProfile.tsx';
import { UnitConfirmations } from './UnitConfirmations.tsx';

export type Profile = CallOutput<'instrumentFiles.profiles'>['profiles'][number];

const words: Record<WatchedSource['state'], StateWord> = {
  watching: { word: '正在监视', tone: 'good', shape: '✓' },
  waiting: { word: '即将查看', tone: 'quiet', shape: '○' },
  trouble: { word: '读不到', tone: 'bad', shape: '✕' },
  stopped: { word: '未监视', tone: 'quiet', shape: '○' },
};

export function FileSourceForm({ machine }: { machine: Machine }) {
  const client = useClient();
  const [profiles, setProfiles] = useState<readonly Profile[]>([]);
  const [source, setSource] = useState<WatchedSource | null>(null);
  const [path, setPath] = useState<string | null>(null);
  const [profileId, setProfileId] = useState<string | null>(null);
  const [stored, setStored] = useState(false);
  const take = useCallback(
    (sources: readonly WatchedSource[]) =>
      setSource(sources.find(({ equipmentId }) => equipmentId === machine.id) ?? null),
    [machine.id],
  );
  useEffect(() => {
    const ask = (): void => {
      client.call('instrumentFiles.sources', {}).then(
        ({ sources }) => take(sources),
        () => undefined,
      );
    };
    client.call('instrumentFiles.profiles', {}).then(
      (answer) => setProfiles(answer.profiles),
      () => undefined,
    );
    ask();
    return client.subscribe((event) => {
      if (event.type === 'instrument.files' && event.sourceId === machine.id) ask();
    });
  }, [client, machine.id, take]);
  // What is being typed wins over what is stored.
  const shownPath = path ?? source?.path ?? '';
  const shownProfile = profileId ?? source?.profileId ?? '';
  const profile = profiles.find(({ id }) => id === shownProfile);
  const save = useCommand(async () => {
    setStored(false);
    const { sources } = await client.call('instrumentFiles.setSource', {
      equipmentId: machine.id,
      path: shownPath.trim(),
      profileId: shownProfile,
      reason: shownPath.trim() === '' ? '取消文件监视' : '设置文件监视',
    });
    take(sources);
    setPath(null);
    setProfileId(null);
    setStored(true);
  });
  const incomplete = shownPath.trim() !== '' && shownProfile === '';
  return (
    <section className="jt-port" aria-label="文件导入" data-testid="file-source">
      <h4>文件导入</h4>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!incomplete) void save.run();
        }}
      >
        <label className="jt-field">
          <span>监视的文件夹或数据库文件（空着为不监视；只读取副本，不改动原文件）</span>
          <input
            className="jt-input"
            value={shownPath}
            placeholder="D:\回弹仪\导出 或 \\试验机电脑\data\results.db"
            onChange={(event) => setPath(event.target.value)}
            data-testid="source-path"
          />
        </label>
        <label className="jt-field">
          <span>读法（配置）</span>
          <select
            className="jt-input"
            value={shownProfile}
            onChange={(event) => setProfileId(event.target.value)}
            data-testid="source-profile"
          >
            <option value="">（请选择）</option>
            {profiles.map(({ id, title, status }) => (
              <option key={id} value={id}>
                {title}
                {status === 'unproven' ? '（未经实机验证）' : ''}
              </option>
            ))}
          </select>
        </label>
        {profile !== undefined && profile.statusNote !== '' && <p className="jt-soft">▲ {profile.statusNote}</p>}
        {source !== null && (
          <p data-testid="source-state">
            <StateTag state={words[source.state]} /> {source.trouble}
            {source.lastLookAt !== null && source.trouble === null && (
              <span className="jt-soft">
                上次查看 {showTime(source.lastLookAt, true)}，{source.offers.length} 个文件待取入
              </span>
            )}
          </p>
        )}
        <ErrorBlock error={save.error} />
        <div className="jt-dialog-actions">
          {stored && <span className="jt-tone-good">✓ 已保存</span>}
          <Button htmlType="submit" type="primary" loading={save.busy} disabled={incomplete} data-testid="source-save">
            保存文件监视
          </Button>
        </div>
      </form>
      {profile !== undefined && profile.confirmations.length > 0 && (
        <UnitConfirmations key={profile.id} profile={profile} onChanged={setProfiles} />
      )}
      <OwnProfile key={`own-${profile?.id ?? ''}`} start={profile?.content ?? ''} onSaved={setProfiles} />
    </section>
  );
}

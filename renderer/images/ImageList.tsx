// Images of one person's signature, or of the seal: entered, confirmed by the owner with the own password, withdrawn. An image
// is decoration beside a stored signature; the list says which one is printed now.
import { App, Button } from 'antd';
import { useRef, useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { imageKindNames, mostImageBytes, type ImageEntry } from '../../shared/images/calls.ts';
import { toErrorInfo, useClient } from '../client.ts';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { base64Of } from '../design/files.ts';
import { useHotkeys } from '../design/hotkeys.ts';
import { PasswordDialog } from '../design/PasswordDialog.tsx';
import { ReasonDialog } from '../design/ReasonDialog.tsx';
import { StateTag } from '../design/StateTag.tsx';
import { showTime, today } from '../design/time.ts';
import { useCommand } from '../design/useCommand.ts';
import type { StateWord } from '../design/words.ts';
import { usePermit } from '../state/session.ts';
import './images.css';

function wordOf({ confirmed, withdrawn, inForce, kind }: ImageEntry): StateWord {
  if (withdrawn !== null) return { word: '已撤回', tone: 'quiet', shape: '✕' };
  if (confirmed === null) {
    return { word: kind === 'seal' ? '待授权签字人确认' : '待本人确认', tone: 'warn', shape: '▲' };
  }
  return inForce ? { word: '在用', tone: 'good', shape: '✓' } : { word: '未启用或已被替换', tone: 'quiet', shape: '○' };
}

export interface ImageListProps {
  /** Null: the seal of the lab. */
  personId: string | null;
  personName: string;
}

export function ImageList({ personId, personName }: ImageListProps) {
  const client = useClient();
  const cache = useQueryClient();
  const { message } = App.useApp();
  const mayKeep = usePermit('person.keep');
  const picker = useRef<HTMLInputElement>(null);
  const [confirming, setConfirming] = useState<{ entry: ImageEntry; url: string } | null>(null);
  const [withdrawing, setWithdrawing] = useState<ImageEntry | null>(null);
  const [seen, setSeen] = useState<{ imageId: string; url: string } | null>(null);
  const query = useQuery({
    queryKey: ['images.list', personId],
    queryFn: () => client.call('images.list', { personId }),
  });
  const entries = query.data?.entries ?? [];
  const name = imageKindNames[personId === null ? 'seal' : 'signature'];
  const again = (): void => void cache.invalidateQueries({ queryKey: ['images.list'] });
  const urlOf = async (imageId: string): Promise<string> => {
    const { type, bytesBase64 } = await client.call('images.show', { imageId });
    return `data:${type};base64,${bytesBase64}`;
  };
  const enter = useCommand(async (file: File) => {
    await client.call('images.enter', {
      kind: personId === null ? 'seal' : 'signature',
      personId,
      fileName: file.name,
      bytesBase64: await base64Of(file),
      validFrom: today(),
    });
    again();
    void message.success(`已登记${name}，${personId === null ? '待授权签字人' : `待${personName}本人`}确认后启用。`);
  });
  const show = useCommand(async (imageId: string) => setSeen({ imageId, url: await urlOf(imageId) }));
  const look = useCommand(async (entry: ImageEntry) => setConfirming({ entry, url: await urlOf(entry.imageId) }));
  const pending = entries.find(({ mayConfirm }) => mayConfirm) ?? null;
  useHotkeys(name, [
    { keys: 'Alt+S', name: `登记${name}`, run: () => picker.current?.click(), disabled: !mayKeep },
    { keys: 'Alt+O', name: `确认${name}`, run: () => pending && void look.run(pending), disabled: pending === null },
  ]);
  if (entries.length === 0 && !mayKeep) return null;
  const error = enter.error ?? show.error ?? look.error;
  return (
    <section className="jt-dossier jt-images" data-testid="images" data-key={personId ?? 'seal'}>
      <header>
        <h4>{name}</h4>
        <span className="jt-soft">
          {personId === null ? '只印在已赋码的报告上' : '只印在已存的签名旁边，不代替签名'}
        </span>
        <span className="jt-spring" />
        <input
          ref={picker}
          type="file"
          hidden
          accept=".png,.jpg,.jpeg"
          aria-label={name}
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            event.target.value = '';
            if (file !== undefined) void enter.run(file);
          }}
          data-testid="image-file"
        />
        {mayKeep && (
          <Button size="small" loading={enter.busy} onClick={() => picker.current?.click()} data-testid="image-new">
            登记 <kbd className="jt-key">Alt+S</kbd>
          </Button>
        )}
      </header>
      <ErrorBlock error={query.error === null ? null : toErrorInfo(query.error)} onRetry={() => void query.refetch()} />
      <ErrorBlock
        error={error}
        onClose={() => {
          enter.clear();
          show.clear();
          look.clear();
        }}
      />
      {entries.length === 0 ? (
        <p className="jt-soft">
          {query.isPending
            ? '正在载入…'
            : `还没有登记。PNG（透明背景最好）或 JPG，不超过 ${mostImageBytes / 1024} KB。`}
        </p>
      ) : (
        <ul>
          {entries.map((entry) => (
            <li key={entry.imageId} data-testid="image-row" data-key={entry.imageId} data-force={entry.inForce}>
              <StateTag state={wordOf(entry)} />
              <span>
                {entry.format.toUpperCase()} {entry.widthPx}×{entry.heightPx}，{entry.validFrom} 起；
                {entry.enteredByName} {showTime(entry.enteredAt)} 登记
                {entry.confirmed !== null && `；${entry.confirmed.byName} ${showTime(entry.confirmed.at)} 确认`}
                {entry.withdrawn !== null && `；${entry.withdrawn.byName} 撤回：${entry.withdrawn.reason ?? ''}`}
              </span>
              <span className="jt-spring" />
              {seen?.imageId === entry.imageId && <img src={seen.url} alt={name} className="jt-image-seen" />}
              {entry.mayShow && seen?.imageId !== entry.imageId && (
                <Button size="small" onClick={() => void show.run(entry.imageId)} data-testid="image-show">
                  查看
                </Button>
              )}
              {entry.mayConfirm && (
                <Button size="small" type="primary" onClick={() => void look.run(entry)} data-testid="image-confirm">
                  确认 {entry === pending && <kbd className="jt-key">Alt+O</kbd>}
                </Button>
              )}
              {entry.mayWithdraw && (
                <Button size="small" danger onClick={() => setWithdrawing(entry)} data-testid="image-withdraw">
                  撤回
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {confirming !== null && (
        <PasswordDialog
          title={`确认${name}`}
          meaning={
            personId === null
              ? '本人确认这是本机构的检测专用章。确认后批准的报告，赋码时按设置印上它。'
              : '本人确认这是我的签名。确认后我签名的记录和报告，在签名旁边印上它；签名仍以密码和内容摘要为准。'
          }
          digest={null}
          confirmText="确认"
          onClose={() => setConfirming(null)}
          onSign={async (password) => {
            await client.call('images.confirm', { imageId: confirming.entry.imageId, password });
            setConfirming(null);
            again();
            void message.success(`${name}已启用。`);
          }}
        >
          <img src={confirming.url} alt={name} className="jt-image-large" data-testid="image-preview" />
        </PasswordDialog>
      )}
      {withdrawing !== null && (
        <ReasonDialog
          title={`撤回${name}`}
          usual={['换一张清楚的', '本人停用', '登记有误']}
          confirmText="撤回"
          danger
          onClose={() => setWithdrawing(null)}
          onConfirm={async (reason) => {
            await client.call('images.withdraw', { imageId: withdrawing.imageId, reason });
            setWithdrawing(null);
            again();
          }}
        />
      )}
    </section>
  );
}

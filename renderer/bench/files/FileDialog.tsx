// A file of an instrument, looked at before anything of it is taken: how it is read, which sample and readings it is of,
// every line with its fault, then the taking over.
import { Button } from 'antd';
import { useEffect, useRef, useState, type DragEvent } from 'react';
import type { CallOutput } from '../../../shared/contract/calls.ts';
import type { TestRecord } from '../../../shared/entities/record.ts';
import type { FilePreview, WatchedSource } from '../../../shared/instrument-files/calls.ts';
import { methodById } from '../../../shared/methods/index.ts';
import { useClient } from '../../client.ts';
import { Dialog } from '../../design/Dialog.tsx';
import { ErrorBlock } from '../../design/ErrorBlock.tsx';
import { useHotkeys } from '../../design/hotkeys.ts';
import { useCommand } from '../../design/useCommand.ts';
import { useLive } from '../../live/useLive.tsx';
import { recall, remember } from '../../state/ui.ts';
import { Offers } from './Offers.tsx';
import { PreviewTable } from './PreviewTable.tsx';
import { Choices, Summary } from './Summary.tsx';
import { fromPicked, useFilePreview } from './useFilePreview.ts';

type Profile = CallOutput<'instrumentFiles.profiles'>['profiles'][number];

/** The profile that was used for this method last; else one whose readings the method has. */
function usualProfile(profiles: readonly Profile[], methodId: string): string {
  const last = recall(`files.profile.${methodId}`);
  const names = new Set(methodById(methodId).fields.map(({ name }) => name));
  const fits = ({ content }: Profile): boolean =>
    (JSON.parse(content) as { values: { field?: string }[] }).values.some(
      ({ field }) => field !== undefined && names.has(field),
    );
  const usual =
    profiles.find(({ id }) => id === last) ?? profiles.find(fits) ?? profiles.find(({ id }) => id === 'caliper-csv');
  return usual?.id ?? profiles[0]?.id ?? '';
}

export interface FileDialogProps {
  record: TestRecord;
  sources: readonly WatchedSource[];
  onClose: () => void;
  onTaken: () => void;
}

export function FileDialog(props: FileDialogProps) {
  return (
    <Dialog title="从文件读取" onClose={props.onClose} width={1320}>
      <FilePane {...props} />
    </Dialog>
  );
}

function FilePane({ record, sources, onClose, onTaken }: FileDialogProps) {
  const client = useClient();
  const picker = useRef<HTMLInputElement>(null);
  const { rows: equipment } = useLive('equipment');
  const [profiles, setProfiles] = useState<readonly Profile[]>([]);
  const [profileId, setProfileId] = useState('');
  const [sample, setSample] = useState<string | null>(null);
  const [fields, setFields] = useState<Record<string, string>>({});
  const [equipmentId, setEquipmentId] = useState(record.equipmentId ?? '');
  const [reason, setReason] = useState('');
  const { preview, error, busy, look, again } = useFilePreview({
    recordNo: record.recordNo,
    profileId,
    sample,
    fields,
  });
  useEffect(() => {
    client.call('instrumentFiles.profiles', {}).then(
      (answer) => {
        setProfiles(answer.profiles);
        setProfileId((before) => before || usualProfile(answer.profiles, record.methodId));
      },
      () => undefined,
    );
  }, [client, record.methodId]);
  const profile = profiles.find(({ id }) => id === profileId);
  const choose = (id: string): void => {
    remember(`files.profile.${record.methodId}`, id);
    setProfileId(id);
    setFields({});
    setSample(null);
  };
  const pick = (file: File | undefined): void => {
    if (file !== undefined) look(fromPicked(file));
  };
  const take = useCommand(async () => {
    if (preview === null) return;
    await client.call('instrumentFiles.take', {
      recordNo: record.recordNo,
      profileId,
      fields,
      sha256: preview.sha256,
      digest: preview.digest,
      equipmentId,
      ...(sample === null ? {} : { sample }),
      ...(preview.replaceCount > 0 ? { reason: reason.trim() } : {}),
    });
    onTaken();
    onClose();
  });
  const missing = missingFor(preview, reason);
  const run = async (): Promise<void> => {
    if (missing !== null) return;
    // What changed meanwhile is shown, so that the next press takes what stands there.
    if (!(await take.run())) again();
  };
  useHotkeys('从文件读取', [
    { keys: 'F6', name: '选择文件', run: () => picker.current?.click() },
    { keys: 'F9', name: '取入', run: () => void run(), disabled: missing !== null },
  ]);
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    pick(event.dataTransfer.files[0]);
  };
  return (
    <div className="jt-ifile" onDragOver={(event) => event.preventDefault()} onDrop={onDrop} data-testid="file-dialog">
      <div className="jt-ifile-bar">
        <label className="jt-field jt-ifile-profile">
          <span>读法（配置）</span>
          <select
            className="jt-input"
            value={profileId}
            onChange={(event) => choose(event.target.value)}
            data-testid="file-profile"
          >
            {profiles.map(({ id, title, status }) => (
              <option key={id} value={id}>
                {title}
                {status === 'unproven' ? '（未经实机验证）' : ''}
              </option>
            ))}
          </select>
        </label>
        <label className="jt-field">
          <span>仪器</span>
          <select
            className="jt-input"
            value={equipmentId}
            onChange={(event) => setEquipmentId(event.target.value)}
            data-testid="file-equipment"
          >
            {equipment
              .toSorted((a, b) => a.id.localeCompare(b.id))
              .map(({ id, name }) => (
                <option key={id} value={id}>
                  {id} {name}
                </option>
              ))}
          </select>
        </label>
        <input
          ref={picker}
          type="file"
          className="jt-ifile-picker"
          aria-label="仪器的文件"
          accept={profile?.extensions.map((extension) => `.${extension}`).join(',')}
          onChange={(event) => {
            pick(event.target.files?.[0]);
            event.target.value = '';
          }}
          data-testid="file-picker"
        />
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the first thing to do in this dialog */}
        <Button onClick={() => picker.current?.click()} loading={busy} autoFocus data-testid="file-choose">
          选择文件 <kbd className="jt-key">F6</kbd>
        </Button>
      </div>
      {profile !== undefined && profile.statusNote !== '' && (
        <p className="jt-soft jt-ifile-note">
          {profile.status === 'unproven' ? '▲ ' : ''}
          {profile.statusNote}
        </p>
      )}
      <Offers
        record={record}
        sources={sources}
        onChoose={(source, fileName) => {
          choose(source.profileId);
          setEquipmentId(source.equipmentId);
          look({ sourceId: source.sourceId, fileName });
        }}
      />
      <ErrorBlock error={take.error ?? error} />
      {preview !== null && (
        <>
          <Choices preview={preview} sample={sample} onSample={setSample} fields={fields} onFields={setFields} />
          <Summary preview={preview} />
          <PreviewTable preview={preview} />
        </>
      )}
      <footer className="jt-dialog-actions">
        {preview !== null && preview.replaceCount > 0 && (
          <input
            className="jt-input jt-ifile-reason"
            placeholder={`${preview.replaceCount} 处已有别的读数，写明更正的原因`}
            aria-label="更正的原因"
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            data-testid="file-reason"
          />
        )}
        <span className="jt-soft">{missing}</span>
        <Button onClick={onClose}>关闭</Button>
        <Button
          type="primary"
          disabled={missing !== null}
          loading={take.busy}
          onClick={() => void run()}
          data-testid="file-take"
        >
          取入{preview === null ? '' : ` ${preview.takeCount} 个读数`} <kbd className="jt-key">F9</kbd>
        </Button>
      </footer>
    </div>
  );
}

/** Why nothing can be taken yet, in words. */
function missingFor(preview: FilePreview | null, reason: string): string | null {
  if (preview === null) return '选择文件只是看一看，不会写入记录';
  if (preview.blocked !== null) return '单位还没有确认';
  if (preview.takeCount === 0) return '没有可以取入的读数';
  return preview.replaceCount > 0 && reason.trim() === '' ? '还没有写更正的原因' : null;
}

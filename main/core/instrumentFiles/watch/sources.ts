// The watched sources of the lab: settings of the equipment keeper, one for an instrument, followed while the core runs.
import { isAbsolute } from 'node:path';
import { z } from 'zod';
import type { setSourceInputSchema, WatchedSource } from '../../../../shared/instrument-files/calls.ts';
import { toWallTime } from '../../../../shared/entities/scalars.ts';
import { AppError } from '../../../../shared/errors/appError.ts';
import { requireRow } from '../../../store/store.ts';
import type { Caller, Context } from '../../context.ts';
import type { IncomingFiles } from '../incoming.ts';
import { allProfiles, requireProfile } from '../profiles.ts';
import { FileSource, type SourceSetting } from './source.ts';

const settingSchema = z.object({ equipmentId: z.string(), path: z.string(), profileId: z.string() });
const keyOf = (equipmentId: string): string => `fileSource.${equipmentId}`;
export const sourceName = (equipmentId: string): string => `watch:${equipmentId}`;

export class FileSources {
  readonly #context: Context;
  readonly #incoming: IncomingFiles;
  readonly #sources = new Map<string, FileSource>();

  constructor(context: Context, incoming: IncomingFiles) {
    this.#context = context;
    this.#incoming = incoming;
    for (const row of context.store.all(`SELECT value FROM setting WHERE key LIKE 'fileSource.%' AND value <> ''`))
      this.#follow(settingSchema.parse(JSON.parse(String(row['value']))));
  }

  list(): WatchedSource[] {
    return [...this.#sources.values()].map((source) => source.state((at) => toWallTime(at)));
  }

  set(caller: Caller, { equipmentId, path, profileId, reason }: z.output<typeof setSourceInputSchema>): void {
    const { store } = this.#context;
    requireRow(store.get('equipment', equipmentId), '设备', equipmentId);
    if (path !== '') {
      requireProfile(this.#context, profileId);
      if (!isAbsolute(path) && !path.startsWith('\\\\'))
        throw new AppError({
          code: 'FILE_SOURCE_PATH',
          message: `“${path}”不是完整的路径。`,
          meaning: '没有保存。',
          next: '请填写从盘符或 \\\\ 开始的完整路径。',
        });
    }
    const setting: SourceSetting = { equipmentId, path, profileId };
    const value = path === '' ? '' : JSON.stringify(setting);
    store.transact(caller.actor, (tx) => tx.put('setting', { key: keyOf(equipmentId), value }, reason));
    this.#sources.get(equipmentId)?.stop();
    this.#sources.delete(equipmentId);
    if (path !== '') this.#follow(setting);
    this.#tell(equipmentId);
  }

  /** Digest of a file that a source offers. */
  offered(sourceId: string, fileName: string): string {
    const sha256 = this.#sources.get(sourceId)?.sha256Of(fileName) ?? null;
    if (sha256 !== null) return sha256;
    throw new AppError({
      code: 'INSTRUMENT_FILE_GONE',
      message: `${fileName} 已经不在监视的位置，或已有更新的内容。`,
      meaning: '没有取入任何读数。',
      next: '请在列表里重新选择。',
    });
  }

  taken(sha256: string): void {
    for (const source of this.#sources.values()) source.forget(sha256);
  }

  stop(): void {
    for (const source of this.#sources.values()) source.stop();
  }

  #follow(setting: SourceSetting): void {
    const { store } = this.#context;
    const source = new FileSource({
      setting,
      profile: () => allProfiles(this.#context).find(({ id }) => id === setting.profileId) ?? null,
      isTaken: (sha256) => store.get('instrumentFile', sha256) !== undefined,
      rowsBefore: () => rowsBefore(this.#context, setting.equipmentId),
      keep: (fileName, bytes) => void this.#incoming.add(fileName, bytes, sourceName(setting.equipmentId)),
      now: this.#context.now,
      changed: () => this.#tell(setting.equipmentId),
    });
    this.#sources.set(setting.equipmentId, source);
    source.start();
  }

  #tell(sourceId: string): void {
    this.#context.emit({ type: 'instrument.files', sourceId });
  }
}

/** What the source's file held when readings of it were last taken. */
function rowsBefore({ store }: Context, equipmentId: string): ReadonlySet<string> | null {
  const row = store.first(
    'SELECT resultJson FROM instrumentFile WHERE source = ? ORDER BY importedAt DESC, rowid DESC LIMIT 1',
    sourceName(equipmentId),
  );
  if (row === undefined) return null;
  const { rowDigests } = JSON.parse(String(row['resultJson'])) as { rowDigests?: string[] };
  return rowDigests === undefined ? null : new Set(rowDigests);
}

// The calls about files of instruments.
import type { Context, SomeHandlers } from '../context.ts';
import { readRecord } from '../records/recordRows.ts';
import { IncomingFiles } from './incoming.ts';
import { lookAt } from './preview.ts';
import { confirmUnit, listProfiles, saveProfile } from './profiles.ts';
import { takeOver } from './take.ts';
import { FileSources } from './watch/sources.ts';

type FileCall =
  | 'instrumentFiles.profiles' | 'instrumentFiles.saveProfile' | 'instrumentFiles.confirmUnit' | 'instrumentFiles.preview'
  | 'instrumentFiles.take' | 'instrumentFiles.sources' | 'instrumentFiles.setSource'; // prettier-ignore

export class InstrumentFiles {
  readonly handlers: SomeHandlers<FileCall>;
  readonly #sources: FileSources;

  /** `onEntered` lets the bench go on with a record that was given readings. */
  constructor(context: Context, onEntered: (recordNo: string) => Promise<void>) {
    const incoming = new IncomingFiles(context.dataFolder);
    const sources = new FileSources(context, incoming);
    this.#sources = sources;
    this.handlers = {
      'instrumentFiles.profiles': () => listProfiles(context),
      'instrumentFiles.saveProfile'({ content, reason }, caller) {
        saveProfile(context, caller, content, reason);
        return listProfiles(context);
      },
      'instrumentFiles.confirmUnit'(input, caller) {
        confirmUnit(context, caller, input);
        return listProfiles(context);
      },
      async 'instrumentFiles.preview'({ from, ...choice }) {
        const file =
          'bytesBase64' in from
            ? incoming.add(from.fileName, Buffer.from(from.bytesBase64, 'base64'), 'picked')
            : incoming.get('sha256' in from ? from.sha256 : sources.offered(from.sourceId, from.fileName));
        return (await lookAt(context, file, choice)).preview;
      },
      async 'instrumentFiles.take'(input, caller) {
        await takeOver(context, caller, incoming, input);
        sources.taken(input.sha256);
        await onEntered(input.recordNo);
        return readRecord(context.store, input.recordNo);
      },
      'instrumentFiles.sources': () => ({ sources: sources.list() }),
      'instrumentFiles.setSource'(input, caller) {
        sources.set(caller, input);
        return { sources: sources.list() };
      },
    };
  }

  stop(): void {
    this.#sources.stop();
  }
}

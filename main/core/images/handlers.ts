// The calls about images of signatures and of the seal.
import { imageKindNames, type imageCalls } from '../../../shared/images/calls.ts';
import { textOf as text } from '../../store/cells.ts';
import type { ReportRenderer } from '../../reports/renderer.ts';
import type { Context, SomeHandlers } from '../context.ts';
import { showEvidence } from '../files/evidence.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { confirmImage, enterImage, imagesOf, showable, withdrawImage } from './entries.ts';
import { sealModeOf } from './imageAt.ts';

export function imageHandlers(
  context: Context,
  sessions: Sessions,
  renderer: Pick<ReportRenderer, 'renderPicture'>,
): SomeHandlers<keyof typeof imageCalls> {
  const { store } = context;
  return {
    'images.list': ({ personId }, caller) => ({
      entries: imagesOf(context, caller, personId),
      sealMode: sealModeOf(store),
    }),
    'images.enter': (input, caller) => enterImage(context, renderer, caller, input),
    'images.confirm': (input, caller) => confirmImage(context, sessions, caller, input),
    'images.withdraw': ({ imageId, reason }, caller) => withdrawImage(context, caller, imageId, reason),
    'images.show'({ imageId }, caller) {
      const row = showable(context, caller, imageId);
      const name = imageKindNames[row['kind'] === 'seal' ? 'seal' : 'signature'];
      const sha256 = text(row['sha256']);
      const files = [{ sha256, fileName: `${name}.${text(row['format'])}` }];
      return showEvidence(context, caller, { entity: 'paperImage', key: imageId, name }, sha256, files);
    },
    'images.sealMode'({ mode, reason }, caller) {
      store.transact(caller.actor, (tx) => tx.put('setting', { key: 'sealMode', value: mode }, reason));
      return {};
    },
  };
}

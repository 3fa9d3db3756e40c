// Figures that can hardly be stop the record. It goes on when a person gives the reason after looking at the curve and a
// second one, with a password of their own, agrees. The release holds for exactly these figures: others stop again.
import { ulid } from 'ulid';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { textOf as text } from '../../store/cells.ts';
import { refuseWrongClock } from '../clock/refuse.ts';
import type { Caller, Context } from '../context.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { recordFacts } from './recordRows.ts';
import { refuseSigned } from './readings.ts';
import { refuseChanged } from './signing.ts';
import { openStops } from './stopReleases.ts';

export async function releaseStop(
  context: Context,
  sessions: Sessions,
  caller: Caller,
  input: {
    recordNo: string;
    code: string;
    field: string;
    digest: string;
    reason: string;
    second: { username: string; password: string };
  },
): Promise<void> {
  const { recordNo, code, field, reason } = input;
  const second = await sessions.witness(input.second.username, input.second.password, 'record.check');
  if (second.personId === caller.user.personId) {
    throw new AppError({
      code: 'SAME_PERSON',
      message: '第二人不能是本人。',
      meaning: '可疑的数据须由另一人一起确认，记录没有放行。',
      next: '请由校核员输入自己的用户名和密码。',
    });
  }
  await refuseWrongClock(context);
  context.store.transact(caller.actor, (tx) => {
    const { row, result, digest } = recordFacts(tx, recordNo);
    refuseSigned(text(row['state']), recordNo);
    refuseChanged(input.digest, digest);
    const stop = openStops(result).find((item) => item.code === code && item.field === field);
    if (stop === undefined) {
      throw new AppError({
        code: 'STOP_UNKNOWN',
        message: `原始记录 ${recordNo} 没有这一项待确认的可疑数据。`,
        meaning: '它已经确认过，或者数据已经改变。',
        next: '请重新查看记录。',
      });
    }
    tx.insert(
      'stopRelease',
      {
        releaseId: ulid(),
        recordNo,
        code,
        field,
        message: stop.message,
        digest,
        reason,
        personId: caller.user.personId,
        personName: caller.user.name,
        secondId: second.personId,
        secondName: second.name,
        at: toWallTime(context.now()),
      },
      reason,
    );
  });
}

// No signature by a clock that cannot be believed: said before anything is written, and tried again by itself.
import { AppError } from '../../../shared/errors/appError.ts';
import type { Context } from '../context.ts';

/** Measures anew before it refuses; what the person typed stays in the window. */
export async function refuseWrongClock(context: Pick<Context, 'clock'>): Promise<void> {
  const verdict = await context.clock.settle();
  if (verdict.state === 'right') return;
  if (verdict.state === 'backwards') {
    throw new AppError({
      code: 'CLOCK_BACKWARDS',
      message: verdict.text,
      meaning: '时间倒退时签名没有证据效力，没有签名；已填写的内容还在。',
      next: '请校正电脑时间后再签。若审计记录的时间有误（此前电脑时间快了），请连上监管平台，程序核对后自动放行。',
    });
  }
  throw new AppError({
    code: 'CLOCK_OFF',
    message: verdict.text,
    meaning: '时间不准时签名没有证据效力，没有签名；已填写的内容还在。',
    next: '请校正电脑时间后再签；校正后不必重新打开程序。',
  });
}

// The file of a run that is armed: its header on disk before anything is loaded, or a refusal in words.
import { join } from 'node:path';
import { AppError } from '../../../shared/errors/appError.ts';
import { stampOf } from '../detectors/index.ts';
import type { BoundDriver } from '../drivers/driver.ts';
import type { ArmRun } from '../protocol.ts';
import type { ClockAnchor } from '../run/clock.ts';
import { RawLog } from '../run/raw-log.ts';
import { runFileName } from '../run/run-summary.ts';
import type { RunHeader } from '../run/run-types.ts';

/** What a recorder must know of its channel. */
export interface RecordedChannel {
  path: string;
  driver: BoundDriver;
  profile: unknown;
  identity?: string | null;
}

export async function makeRunFile(
  request: ArmRun,
  channel: RecordedChannel,
  runsFolder: string,
  anchor: ClockAnchor,
  onFailure: (error: Error) => void,
): Promise<{ header: RunHeader; log: RawLog }> {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(request.runId)) {
    throw new AppError({ code: 'instrument.run-id', message: `试验编号“${request.runId}”不能用作文件名。` });
  }
  const header: RunHeader = {
    format: 'jiantai-run',
    formatVersion: 1,
    runId: request.runId,
    context: request.context,
    channelId: request.channelId,
    path: channel.path,
    driver: { id: channel.driver.id, version: channel.driver.version },
    profile: channel.profile ?? null,
    detector: stampOf(request.detector),
    previousDigest: request.previousDigest,
    anchor: { wallMs: anchor.wallMs, monoNs: anchor.monoNs.toString() },
  };
  try {
    return { header, log: await RawLog.create(join(runsFolder, runFileName(request.runId)), header, onFailure) };
  } catch (cause) {
    throw armFailure(request.runId, cause);
  }
}

function armFailure(runId: string, cause: unknown): AppError {
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === 'EEXIST') {
    return new AppError(
      {
        code: 'instrument.run-exists',
        message: `试验编号 ${runId} 的数据文件已经存在。`,
        meaning: '原始数据不允许覆盖，本次试验没有开始。',
        next: '用新的试验编号重新开始。',
      },
      { cause },
    );
  }
  return new AppError(
    {
      code: 'instrument.run-file',
      message: `不能建立试验数据文件（${code ?? String(cause)}）。`,
      meaning: '原始数据存不下来就不能开始加载，本次试验没有开始。',
      next: '检查磁盘空间和数据文件夹的写入权限后重试。',
    },
    { cause },
  );
}

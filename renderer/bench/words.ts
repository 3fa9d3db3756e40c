// Phases and channel states of a machine in words, each with the step that follows.
import type { BenchState } from '../../shared/contract/answers.ts';

export const phaseWords: Record<string, string> = {
  idle: '未开始',
  'waiting-zero': '等待零点：请取出试件，卸荷',
  armed: '已就绪：放好试件即可加荷',
  zero: '已就绪：放好试件即可加荷',
  loading: '加载',
  yield: '屈服',
  broken: '破坏：正在封存',
  done: '本件完成',
};

export const channelSteps: Record<BenchState['channel'], string> = {
  none: '还没有连接。按 F3 连接；没有设置端口的，请设备管理员在“设备”中设置。',
  open: '',
  closed: '按 F3 连接。',
  silent: '端口已打开，但没有收到数据。请检查试验机是否开机、是否处于输出状态、线缆是否插在这台电脑上。',
  denied: '系统不让打开这个端口：可能被别的程序占用，或没有权限。请关闭占用的程序后按 F3 再连。',
  reconnecting: '线断了，正在自动重连；插好线缆后自动继续。断线时正在加荷的一件记为无效，数据都在，可重做。',
  swapped: '应答的不是原来那台仪器，读数没有放行。请接回原来的仪器，或请设备管理员核对后确认更换。',
};

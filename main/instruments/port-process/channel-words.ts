// What a channel says to people.
import { AppError } from '../../../shared/errors/appError.ts';

export const WORDS = {
  misunderstood: '收到数据但认不出任何读数：可能接错了端口，或波特率、校验位、行协议配置与仪器不符。',
  noData: '端口已打开，但仪器没有发送数据：请检查仪器电源和它的通信输出设置。',
  noAnswer: '端口已打开，但仪器连续三次没有应答：请检查仪器电源、数据线、波特率和仪器地址。',
  notReady: (reason: string | undefined): AppError =>
    new AppError({
      code: 'instrument.not-open',
      message: `仪器没有连接好：${reason ?? '端口未打开'}`,
      meaning: '现在不能开始试验。',
      next: '接好仪器，等状态显示已连接后重试。',
    }),
};

export const mute = (expected: string): string =>
  `端口已打开，但仪器没有回答身份询问，不能确认是原来那台（${expected}）：读数没有放行，请检查仪器电源和数据线。`;

export const swapped = (expected: string, identity: string): string =>
  `现在连接的是另一台仪器（${identity}），原来是 ${expected}：读数没有放行。请接回原来的仪器，或由有权人员确认更换。`;

export const runActive = (): AppError =>
  new AppError({
    code: 'instrument.run-active',
    message: '这台仪器上已有一次试验在等待或进行。',
    meaning: '同一台仪器一次只能做一个试件。',
    next: '先完成或取消当前试验。',
  });

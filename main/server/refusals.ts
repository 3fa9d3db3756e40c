// What the bench server itself refuses, before the core is asked. Same shape as every refusal of the contract.
import type { Reply } from '../../shared/contract/call.ts';
import type { ErrorInfo } from '../../shared/errors/appError.ts';

const restart = '请关闭本页，从桌面图标或启动程序重新打开检台。';

export const refusals = {
  serverRestarted: {
    code: 'SERVER_RESTARTED',
    message: '本页与检台服务的连接已失效，请重新打开。',
    meaning: '服务已重新启动，或本页不是由启动程序打开的；已保存的数据不受影响。',
    next: restart,
  },
  enterRefused: {
    code: 'ENTER_REFUSED',
    message: '此进入地址已用过或已失效，请重新打开。',
    meaning: '进入地址只能使用一次，以免他人借用。',
    next: restart,
  },
  originRefused: {
    code: 'ORIGIN_REFUSED',
    message: '请求不是由本机的检台页面发出的，已拒绝。',
    meaning: '其他网页不能借用本页的登录。',
    next: restart,
  },
  callUnknown: {
    code: 'CALL_UNKNOWN',
    message: '请求的功能不存在，已拒绝。',
    meaning: '页面与服务的版本可能不一致。',
    next: '请刷新页面后重试；仍不成功时，请重新启动检台。',
  },
  inputNotJson: {
    code: 'INPUT_NOT_JSON',
    message: '请求的内容无法识别，已拒绝。',
    meaning: '没有任何数据被改动。',
    next: '请刷新页面后重试。',
  },
  inputTooLarge: {
    code: 'INPUT_TOO_LARGE',
    message: '请求的内容超过 32 MB,已拒绝。',
    meaning: '没有任何数据被改动。',
    next: '请将文件拆分后再导入。',
  },
  notFound: { code: 'NOT_FOUND', message: '没有此页面。', next: restart },
  methodRefused: { code: 'METHOD_REFUSED', message: '不支持此请求方式，已拒绝。', next: '请刷新页面后重试。' },
  tooManyClients: {
    code: 'TOO_MANY_CLIENTS',
    message: '同时打开检台的浏览器过多，已拒绝。',
    meaning: '本机服务最多同时服务 64 个浏览器。',
    next: '请关闭不用的窗口后重试。',
  },
  internal: {
    code: 'SERVER_FAULT',
    message: '检台服务处理请求时出错。',
    meaning: '本次操作没有完成；已保存的数据不受影响。',
    next: '请重试；仍不成功时，请重新启动检台并联系维护人员。',
  },
  coreStopped: {
    code: 'CORE_STOPPED',
    message: '检台核心已停止，本次操作没有完成。',
    meaning: '已保存的数据不受影响。',
    next: '请等待自动恢复后重新登录；仍不成功时，请重新启动检台。',
  },
} as const satisfies Record<string, ErrorInfo>;

export function refusal(info: ErrorInfo): Reply<never> {
  return { ok: false, error: info };
}

// How the form platform refuses: a number and a generic sentence, as the older platforms do. What exactly was wrong it
// does not say; a list of what is missing is the most it gives.
import { FORM_CODES } from '../../wire/form-contract.ts';

const WORDS: Record<keyof typeof FORM_CODES, string> = {
  ok: '操作成功',
  sessionEnded: '登录超时，请重新登录',
  kickedOut: '您的账号已在其他地方登录',
  wrongCheckValue: '校验失败',
  accountClosed: '账号不可用，请联系管理员',
  clock: '请求时间无效',
  repeated: '请勿重复提交',
  incomplete: '数据有误，请检查后重新提交',
  outOfScope: '超出资质范围',
  missing: '关联数据不存在',
  locked: '数据已锁定，不能操作',
  voided: '数据已作废',
  notReady: '资料不全，暂不能办理',
  beingDone: '正在处理，请稍后查询',
  notFound: '未查询到数据',
  tooOften: '操作过于频繁，请稍后再试',
  tooLarge: '提交的数据过大',
  failed: '操作失败，请联系管理员',
};

export class FormRefusal extends Error {
  readonly reason: keyof typeof FORM_CODES;
  readonly data: unknown;

  constructor(reason: keyof typeof FORM_CODES, data: unknown = null) {
    super(WORDS[reason]);
    this.reason = reason;
    this.data = data;
  }

  get answer(): { code: number; msg: string; data: unknown } {
    return { code: FORM_CODES[this.reason], msg: this.message, data: this.data };
  }
}

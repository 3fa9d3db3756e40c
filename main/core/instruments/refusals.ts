// The wizard's refusals: what happened, what it means, what to do next.
import { AppError } from '../../../shared/errors/appError.ts';
import { sayFigure, type Figure } from './quantities.ts';

const refusal = (code: string, message: string, meaning: string, next: string): AppError =>
  new AppError({ code, message, meaning, next });

export const refusals = {
  noTrial: () =>
    refusal(
      'INSTRUMENT_NOT_TRIED',
      '仪器没有连接着。',
      '没有可以核对的读数。',
      '请回到“端口”一步重新连接，再核对示值。',
    ),
  atWork: (equipmentId: string, recordNo: string) =>
    refusal(
      'INSTRUMENT_AT_WORK',
      `设备 ${equipmentId} 正在检测台上使用（原始记录 ${recordNo}）。`,
      '检测进行中不能改动它的端口，没有打开向导的连接。',
      '请检测员先关闭该记录，再打开向导。',
    ),
  pathTaken: (path: string, equipmentId: string) =>
    refusal(
      'PORT_TAKEN',
      `端口 ${path} 上的转接器已经设给设备 ${equipmentId}。`,
      '一个端口只能属于一台设备，没有打开，也没有保存。',
      '请核对接线，或先清除那台设备的端口。',
    ),
  noReading: () =>
    refusal(
      'INSTRUMENT_NO_READING',
      '现在没有收到有效的读数。',
      '没有读数就不能核对，没有记下。',
      '请看“原始数据”一步里有没有数据到达；按键打印的仪器请先按打印键。',
    ),
  condition: (words: string) =>
    refusal('INSTRUMENT_CONDITION', `仪器报告：${words}。`, '这是状态，不是数值，不能拿来核对。', '请排除后再核对。'),
  unstable: () =>
    refusal(
      'INSTRUMENT_UNSTABLE',
      '读数还不稳定。',
      '变动中的读数不能与显示值比较，没有记下。',
      '请等读数稳定后再核对。',
    ),
  noUnit: (value: string) =>
    refusal(
      'INSTRUMENT_NO_UNIT',
      `收到数字 ${value}，但没有单位。`,
      '没有单位的数字不是读数，不能使用。',
      '请在仪器上打开单位输出，或在“协议”一步的配置中写明单位。',
    ),
  notAFigure: () =>
    refusal(
      'INSTRUMENT_NOT_A_FIGURE',
      '显示值应为十进制数字，并选择单位。',
      '没有比较，没有记下。',
      '请照显示屏原样填写，例如 52.34，单位 g。',
    ),
  zeroProvesNothing: () =>
    refusal(
      'INSTRUMENT_SHOWN_ZERO',
      '显示值为零。',
      '零看不出小数点、单位和方向是否正确，不能作为核对。',
      '请放上砝码、施加一个力，或让仪器显示一个不为零的数，再核对。',
    ),
  differs: (shown: Figure, received: Figure) =>
    refusal(
      'INSTRUMENT_DISPLAY_DIFFERS',
      `显示值 ${sayFigure(shown)}，收到的是 ${sayFigure(received)}，不一致。`,
      '按现在的设置读数会是错的，没有记下；之前的核对也作废。',
      '读数在变动的，等稳定后再填；小数点、单位或大小不同的，请回到“协议”一步改正配置。',
    ),
  rangeUnreadable: () =>
    refusal(
      'INSTRUMENT_RANGE_UNREADABLE',
      '量程看不出上限和单位。',
      '零点的允许范围由量程得出，没有检查。',
      '请写成“0～2000 kN”这样的形式，单位与读数同类。',
    ),
  zeroOff: (received: Figure, limit: string) =>
    refusal(
      'INSTRUMENT_ZERO_OFF',
      `空载时收到 ${sayFigure(received)}，超出允许的 ±${limit} ${received.unit}（量程的 0.2 % 或 1 个分度值）。`,
      '零点不在允许范围内，没有记下。',
      '请确认仪器上没有负载；仍然超出的，在仪器上清零后再检查。',
    ),
  noZero: () => refusal('INSTRUMENT_HAS_NO_ZERO', '这种仪器没有空载零点。', '不需要检查零点。', '请直接到“确认记录”。'),
  notConfirmed: () =>
    refusal(
      'INSTRUMENT_NOT_CONFIRMED',
      '还没有核对示值。',
      '没有核对过的设置不能写确认记录，没有保存。',
      '请先完成“核对示值”。',
    ),
  identityPending: () =>
    refusal(
      'INSTRUMENT_IDENTITY_PENDING',
      '正在询问仪器编号，还没有得到应答。',
      '确认记录要写明是哪一台仪器，没有保存。',
      '请稍候几秒再确认；仪器几次都不应答的，记录写“未应答”。',
    ),
  zeroMissing: () =>
    refusal('INSTRUMENT_ZERO_MISSING', '还没有检查零点，或检查之后量程改动过。', '没有保存。', '请先完成“零点”。'),
};

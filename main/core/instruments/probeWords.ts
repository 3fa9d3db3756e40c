// What a probe found, in words.
import type { ProbeResult as ProbeAnswer } from '../../../shared/contract/instruments.ts';
import type { ProbeCandidate, ProbeResult, ProbeTrouble } from '../../instruments/inspect/types.ts';
import { driverTitle } from '../bench/portSetting.ts';

const TROUBLES: Record<ProbeTrouble, { message: string; next: string }> = {
  silent: {
    message: '试过的各种设置下都没有收到数据，询问也没有应答。',
    next: '请检查仪器电源、数据线（交叉或直连）和仪器的通信设置；知道型号的，可直接选协议和线路设置。',
  },
  garbage: {
    message: '收到的都是乱码。',
    next: '波特率可能不在常用值之内：请查仪器说明书，在下面手工填写线路设置；也可能是需要按帧说明的二进制协议。',
  },
  parity: {
    message: '字符的第 8 位像校验位，但按 7 位校验也没有认出读数。',
    next: '请在仪器上查看数据位和校验设置，照样填写。',
  },
  unknown: {
    message: '收到了数据，但没有驱动认得出读数。',
    next: '请选“自定义行协议”“自定义仪表”或“Modbus”，对照原始数据填写配置。',
  },
  'not-opened': { message: '端口不接受这些线路设置。', next: '请换一个端口，或手工填写线路设置。' },
};

function sayCandidate(each: ProbeCandidate): string {
  if (each.shape) return `每行 ${each.shape.columns} 列的文本，各列的含义要由人说明`;
  const how = each.asked ? '询问后应答' : '自己发送';
  const rejected = each.rejectedBytes === 0 ? '没有认不出的字节' : `${each.rejectedBytes} 字节认不出`;
  const value = each.values > 0 ? `${each.values} 个读数` : '没有读数';
  return `${how}，${each.frames} 帧完整数据，${value}，${rejected}`;
}

export function describeProbe(result: ProbeResult): ProbeAnswer {
  const { trouble } = result;
  return {
    candidates: result.candidates.map((each) => ({
      ...each,
      title: driverTitle(each.driverId),
      shape: each.shape ?? null,
      words: sayCandidate(each),
    })),
    lines: result.lines,
    trouble: trouble === null ? null : { code: trouble, ...TROUBLES[trouble] },
    cancelled: result.cancelled,
    conclusive: result.conclusive,
    tookMs: result.took_ms,
  };
}

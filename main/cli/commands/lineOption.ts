// `--line 9600,8N1`: port settings as every manual writes them.
import { AppError } from '../../../shared/errors/appError.ts';
import type { LineSettings } from '../../instruments/drivers/driver.ts';

const PARITIES: Record<string, LineSettings['parity']> = { N: 'none', E: 'even', O: 'odd', M: 'mark', S: 'space' };

export function parseLine(text: string): LineSettings {
  const at = /^(\d{3,7}),([5-8])([NEOMS])(1|1\.5|2)$/i.exec(text.trim());
  if (!at) {
    throw new AppError({
      code: 'USAGE',
      message: `线路设置“${text}”不能识别。`,
      next: '写作 波特率,数据位校验停止位，例如 9600,8N1 或 2400,7E1。',
    });
  }
  return {
    baudRate: Number(at[1]),
    dataBits: Number(at[2]) as LineSettings['dataBits'],
    parity: PARITIES[(at[3] as string).toUpperCase()] as LineSettings['parity'],
    stopBits: Number(at[4]) as LineSettings['stopBits'],
  };
}

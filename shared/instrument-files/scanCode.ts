// When a scanned line is a code: what stands before and behind it is there and comes off, its length fits, its check
// character is right. The same rule for a scanner at the keyboard's plug and for one on a serial port.
import type { ScannerRule } from './scanners.ts';

export const anyCode: ScannerRule = { prefix: '', suffix: '', minLength: 4, maxLength: 100, check: 'none' };

const code39 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%';

/** Weights 3 and 1 from the right, as EAN, UPC, ITF-14 and GS1 have it. */
function isMod10(text: string): boolean {
  if (!/^\d{2,}$/.test(text)) return false;
  const sum = text
    .split('')
    .toReversed()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}

function isMod43(text: string): boolean {
  const values = text.split('').map((character) => code39.indexOf(character));
  const check = values.pop();
  if (check === undefined || values.length === 0 || values.includes(-1)) return false;
  return values.reduce((sum, value) => sum + value, 0) % 43 === check;
}

export type ScanFault = 'prefix' | 'suffix' | 'length' | 'check' | 'characters';

export const scanFaultWords: Readonly<Record<ScanFault, string>> = {
  prefix: '前缀与设置不符',
  suffix: '后缀与设置不符',
  length: '长度与设置不符',
  check: '校验码不对',
  characters: '含有看不见的字符',
};

/** The code without prefix, suffix and the check character of Code 39; check digits of numbers belong to the number. */
export function acceptScan(line: string, rule: ScannerRule): { code: string } | { fault: ScanFault } {
  if (!line.startsWith(rule.prefix)) return { fault: 'prefix' };
  const behind = line.slice(rule.prefix.length);
  if (!behind.endsWith(rule.suffix)) return { fault: 'suffix' };
  const text = behind.slice(0, behind.length - rule.suffix.length);
  if (text.length < rule.minLength || text.length > rule.maxLength) return { fault: 'length' };
  if (/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\ufffd]/u.test(text)) return { fault: 'characters' };
  if (rule.check === 'mod10') return isMod10(text) ? { code: text } : { fault: 'check' };
  if (rule.check === 'code39') return isMod43(text) ? { code: text.slice(0, -1) } : { fault: 'check' };
  return { code: text.trim() };
}

// Line protocols: true lines, and by one regular expression each what a valid line is.
import { key, latin, lineSubject, linesOf, plain } from './subject.ts';
import type { Subject } from './subject.ts';

const crlf = (line: string): Uint8Array => latin(`${line}\r\n`);
/** 1234567 → 1234.567, different for every serial. */
const thousandth = (serial: number): string => `${Math.floor(serial / 1000)}.${String(serial % 1000).padStart(3, '0')}`;

const mtSics = lineSubject({
  name: 'mt-sics',
  make(random, serial) {
    const stable = random.chance(0.5);
    const sign = random.chance(0.2) ? '-' : '';
    const number = thousandth(serial);
    return {
      wire: crlf(`S ${stable ? 'S' : 'D'} ${`${sign}${number}`.padStart(10)} g`),
      values: [key(`${sign}${number}`, 'g', stable)],
    };
  },
  line(line) {
    const at = /^[ \t]*S[ \t]+(S|D)[ \t]+([+-]?(?:\d+\.\d+|\d+|\.\d+))[ \t]+([A-Za-z]+)[ \t]*$/.exec(line);
    const known = ['g', 'kg', 'mg', 'ug', 't', 'lb', 'oz', 'ct', 'GN', 'N'];
    return at && known.includes(at[3]!) ? key(plain(at[2]!), at[3]!, at[1] === 'S') : null;
  },
});

const aAndD = lineSubject({
  name: 'and',
  make(random, serial) {
    const head = random.pick(['ST', 'US', 'QT']);
    const number = `${random.pick(['+', '-'])}${thousandth(serial).padStart(9, '0')}`;
    return { wire: crlf(`${head},${number}  g`), values: [key(plain(number), 'g', head !== 'US')] };
  },
  line(line) {
    const at = /^(ST|US|QT),([-+][0-9]+(?:\.[0-9]+)?)( *)([a-zA-Z%]{1,3})$/.exec(line);
    return at ? key(plain(at[2]!), at[4]!, at[1] !== 'US') : null;
  },
});

const sartoriusUnits = 'g kg mg ug t ct oz ozt lb N mN GN tlt tol mo dwt pcs % o k //'.split(' ');
const sartorius = lineSubject({
  name: 'sartorius-sbi',
  make(random, serial) {
    const unit = random.chance(0.7) ? 'g' : '';
    const sign = random.pick(['+', '-']);
    const number = thousandth(serial).padStart(9);
    const identifier = random.chance(0.3) ? 'N     ' : '';
    const wire = crlf(`${identifier}${sign}${number} ${unit.padEnd(3)}`);
    return { wire, values: [key(plain(`${sign}${number}`), unit, unit !== '')] };
  },
  line(line) {
    const body = line.length > 16 ? line.slice(6) : line;
    const at = /^ *([+-]?) *([0-9]*\.?[0-9]*)(\[\.?[0-9]\])? *([^ ]*) *$/.exec(body);
    if (!at) return null;
    const number = `${at[2]!}${(at[3] ?? '').replace(/[[\]]/g, '')}`;
    if (!/^(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)$/.test(number)) return null;
    if (at[4] !== '' && !sartoriusUnits.includes(at[4]!)) return null;
    return key(plain(`${at[1]!}${number}`), at[4]!, at[4] !== '');
  },
});

const ohaus = lineSubject({
  name: 'ohaus',
  make(random, serial) {
    const stable = random.chance(0.6);
    const number = `${random.chance(0.2) ? '-' : ''}${thousandth(serial)}`;
    const wire = crlf(`${number.padStart(10)} g ${stable ? ' ' : '?'}   `);
    return { wire, values: [key(number, 'g', stable)] };
  },
  line(line) {
    const at = /^ *(-? *(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)) +([A-Za-z%]+) *(\?)? *(NET|N|G|T|B|PT)? *$/.exec(line);
    const known = 'g kg mg ct oz ozt lb t N dwt GN mo tael PCS pcs %'.split(' ');
    if (!at) return null;
    // A mode letter may stand directly behind the unit.
    const split = known.flatMap((unit) => {
      const rest = at[2]!.startsWith(unit) ? at[2]!.slice(unit.length) : null;
      const modes = ['', 'NET', 'N', 'G', 'B'];
      return rest !== null && modes.includes(rest) && (rest === '' || (!at[3] && !at[4])) ? [unit] : [];
    });
    if (split.length === 0 || at[4] === 'T' || at[4] === 'PT') return null;
    return split.map((unit) => key(plain(at[1]!), unit, at[3] === undefined)).join('|');
  },
});

const kern = lineSubject({
  name: 'kern',
  make(random, serial) {
    const sign = random.pick(['+', '-']);
    const stable = random.chance(0.5);
    const number = thousandth(serial % 999_999).padStart(8);
    return {
      wire: crlf(`${sign}${number} G ${stable ? 'S' : 'U'}`),
      values: [key(plain(`${sign}${number}`), 'g', stable)],
    };
  },
  line(line) {
    const units: Record<string, string> = {
      G: 'g', KG: 'kg', CT: 'ct', OZ: 'oz', LB: 'lb', OT: 'ozt', DW: 'dwt', GR: 'GN', TL: 'tl', MO: 'mo', TO: 'tol',
      '%': '%', PC: 'pcs',
    }; // prettier-ignore
    const found = [7, 8].flatMap((width) => {
      const sign = line.charAt(0);
      const field = line.slice(1, 1 + width);
      const unit = line.slice(1 + width, 3 + width);
      const behind = line.slice(3 + width);
      if (!['+', '-', ' '].includes(sign) || field.length !== width || unit.length !== 2 || behind.length > 2)
        return [];
      if (!/^ *(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+) *$/.test(field)) return [];
      const name = unit === '  ' ? '' : units[unit.trim().toUpperCase()];
      if (name === undefined || (unit.trim().length === 1 && unit.startsWith(unit.trim()))) return [];
      const statuses = behind.length === 2 ? [behind.charAt(1)] : [' ', behind];
      if (behind.length > 0 && ![' ', 'L', 'G', 'H', 'U', 'S', 'E'].includes(behind.charAt(0))) return [];
      return statuses.flatMap((status) => {
        if (![' ', 'S', 'U', 'L', 'G', 'H', ''].includes(status)) return [];
        const blank = status === ' ' || status === '';
        const letters = ['L', 'G', 'H'].includes(status);
        return [key(plain(`${sign}${field}`), name, blank || letters ? name !== '' : status === 'S')];
      });
    });
    return found.length === 0 ? null : [...new Set(found)].join('|');
  },
});

const mettlerPrint = lineSubject({
  name: 'mettler-print',
  make(random, serial) {
    const mode = random.pick(['N', 'G']);
    const number = `${random.chance(0.2) ? '-' : ''}${thousandth(serial)}`;
    return { wire: crlf(`     ${mode} ${number.padStart(12)} g`), values: [key(number, 'g')] };
  },
  line(line) {
    const at = /^ *[NG] +(-? *[0-9]+(?:\.[0-9]+)?) (g|kg|mg|ct|oz|lb|t) *$/.exec(line);
    return at ? key(plain(at[1]!), at[2]!) : null;
  },
});

const aAndDLog = lineSubject({
  name: 'and-log',
  make(random, serial) {
    const state = random.pick(['ST', 'US']);
    return {
      wire: latin(`${serial},${state},${thousandth(serial)}\n`),
      values: [key(thousandth(serial), 'g', state === 'ST')],
    };
  },
  line(line) {
    const at = /^[0-9]{1,12},(ST|US),([+-]?[0-9]+(?:\.[0-9]+)?)$/.exec(line);
    return at ? key(plain(at[2]!), 'g', at[1] === 'ST') : null;
  },
});

const a12 = lineSubject({
  name: 'xk3190-a12',
  make(random, serial) {
    const mode = random.pick(['w', 'n']);
    const number = `${random.chance(0.2) ? '-' : ''}${thousandth(serial).padStart(8, '0')}`;
    return { wire: crlf(`w${mode}${number}kg`), values: [key(plain(number), 'kg')] };
  },
  line(line) {
    const at = /^[ \t]*w[wn]([+-]?[0-9]+(?:\.[0-9]+)?) *(kg|g|t|lb)[ \t]*$/.exec(line);
    return at ? key(plain(at[1]!), at[2]!) : null;
  },
});

const keli = lineSubject({
  name: 'keli',
  make(random, serial) {
    const state = random.pick(['ST', 'US', 'ZR']);
    const sign = random.pick(['+', '-']);
    const number = thousandth(serial);
    const stable = state === 'ZR' ? undefined : state === 'ST';
    return {
      wire: crlf(`${state},${random.pick(['GS', 'NT'])},${sign}${number.padStart(8)}kg`),
      values: [key(plain(`${sign}${number}`), 'kg', stable)],
    };
  },
  line(line) {
    const at = /^(ST|US|ZR) ?,(?:GS|NT),([+-]) *([0-9]+(?:\.[0-9]+)?) *(kg|g|t|lb|N|kN) *$/.exec(line);
    return at ? key(plain(`${at[2]!}${at[3]!}`), at[4]!, at[1] === 'ZR' ? undefined : at[1] === 'ST') : null;
  },
});

/** Seven digits: 0001.234. */
const sevenDigits = (serial: number): string => {
  const digits = String(serial % 9_999_999).padStart(7, '0');
  return `${digits.slice(0, 3)}.${digits.slice(3)}`;
};
const digimatic = (name: string, bareNumbers: boolean): Subject =>
  lineSubject({
    name,
    driver: 'digimatic',
    profile: { unit: 'mm', bareNumbers, confirmedBy: '模拟' },
    make(random, serial) {
      const sign = random.pick(['+', '-']);
      const number = sevenDigits(serial);
      const head = bareNumbers ? '' : random.pick(['01A', '0A1']);
      return { wire: latin(`${head}${sign}${number}\r`), values: [key(plain(`${sign}${number}`), 'mm')] };
    },
    line(line) {
      const text = line.replace(/^[ \t]+|[ \t]+$/g, '');
      const framed = /^(?:[0-9][0-9]A|0A[0-9])([+-][0-9]{2,5}\.[0-9]{2,5})$/.exec(text);
      if (framed) return framed[1]!.length === 9 ? key(plain(framed[1]!), 'mm') : null;
      return bareNumbers && /^[+-]?[0-9]{1,6}\.[0-9]{1,5}$/.test(text) ? key(plain(text), 'mm') : null;
    },
  });

const lineProfile = lineSubject({
  name: 'line-profile',
  profile: {
    id: 'fuzz',
    separator: ',',
    range_kN: '3000',
    columns: [
      { role: 'seq' },
      { role: 'time', unit: 's' },
      { role: 'load', unit: 'kN' },
      { role: 'displacement', unit: 'mm' },
    ],
  },
  make(random, serial) {
    const load = `${serial % 3000}.${String(random.between(0, 999)).padStart(3, '0')}`;
    const inside = serial % 3000 < 3000;
    const wire = crlf(`${serial},${thousandth(serial)},${load},0.512`);
    return { wire, values: inside ? [key(load, 'kN')] : [] };
  },
  line(line) {
    const cells = line.split(',').map((cell) => cell.trim());
    const number = /^[+-]?\s*(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)$/;
    if (cells.length !== 4 || !cells.every((cell) => number.test(cell))) return null;
    const load = plain(cells[2]!);
    const size = load.replace(/^-/, '').split('.')[0]!;
    return BigInt(size) > 3000n ? null : key(load, 'kN');
  },
});

const JWI = /^([NTG])\.W\. ?: *([+-] *[0-9]+(?:\.[0-9]+)?) *(kg|g|t|lb)[ \t]*$/;
const milli = (text: string): bigint => {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  return BigInt(`${text.startsWith('-') ? '-' : ''}${whole}${fraction.padEnd(30, '0')}`);
};
const jwi: Subject = {
  name: 'jwi-586',
  driver: 'jwi-586',
  lines: true,
  make(random, serial) {
    const net = thousandth(serial);
    const tare = thousandth(random.between(0, 999));
    const sum = serial + Number(tare.replace('.', ''));
    const row = (letter: string, number: string): string => `${letter}.W. : +${number.padStart(9)} kg\r\n`;
    return { wire: latin(row('N', net) + row('T', tare) + row('G', thousandth(sum))), values: [key(net, 'kg')] };
  },
  allowed(stream) {
    const lines = linesOf(stream)
      .filter((line) => line !== '')
      .map((line) => JWI.exec(line));
    return lines.flatMap((net, index) => {
      const [tare, gross] = [lines[index + 1], lines[index + 2]];
      if (net?.[1] !== 'N' || tare?.[1] !== 'T' || gross?.[1] !== 'G') return [];
      if (net[3] !== tare[3] || net[3] !== gross[3]) return [];
      const [a, b, c] = [net, tare, gross].map((line) => plain(line[2]!)) as [string, string, string];
      return milli(a) + milli(b) === milli(c) ? [key(a, net[3]!)] : [];
    });
  },
};

/** A code is a word, whatever digits stand in it: there is no value of which to ask whether it came whole. */
export const barcode = lineSubject({
  name: 'barcode-serial',
  make: (_random, serial) => ({ wire: crlf(`YP2026-${String(serial).padStart(6, '0')}`), values: [] }),
  line: () => null,
});

export const lineSubjects: Subject[] = [
  mtSics, aAndD, sartorius, ohaus, kern, mettlerPrint, aAndDLog, a12, keli,
  digimatic('digimatic', false), digimatic('digimatic-bare', true), lineProfile, jwi,
]; // prettier-ignore

// Name and version of this program, from its package file.
import { readFileSync } from 'node:fs';

const packageFile = new URL('../../package.json', import.meta.url);
const facts = (): { productName: string; version: string } =>
  JSON.parse(readFileSync(packageFile, 'utf8')) as { productName: string; version: string };

export const programVersion = (): string => facts().version;
export const programName = (): string => facts().productName;

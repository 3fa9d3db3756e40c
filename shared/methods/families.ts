// The families of the library are its folders; here they get the names that lists and headings show.
import type { TestMethod } from './method.ts';
import { FAMILY_OF } from './registry.ts';

const NAMES: Readonly<Record<string, string>> = {
  aggregate: '砂石',
  cement: '水泥',
  concrete: '混凝土',
  field: '现场检测',
  masonry: '墙体材料',
  mortar: '砂浆',
  soil: '土工',
  steel: '钢筋',
};

/** Name of the family that a method belongs to; a folder without a name here shows as it is called. */
export function familyOf(method: TestMethod): string {
  const folder = FAMILY_OF.get(method) ?? '';
  return NAMES[folder] ?? folder;
}

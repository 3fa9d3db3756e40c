// The strength limits of GB 175 written down a second time, by the columns of the printed tables (compression 3 d and
// 28 d, flexure 3 d and 28 d): a digit that slips in one of the two copies is noticed here.
import { describe, expect, test } from 'vitest';
import { GB175_2007, GB175_2023, type ProductStandard } from '../kinds.ts';
import { STRENGTH_LIMITS } from './data.ts';

const PRINTED: Readonly<Record<ProductStandard, string>> = {
  [GB175_2023]: `
    32.5   12.0 32.5 3.0 5.5
    32.5R  17.0 32.5 4.0 5.5
    42.5   17.0 42.5 4.0 6.5
    42.5R  22.0 42.5 4.5 6.5
    52.5   22.0 52.5 4.5 7.0
    52.5R  27.0 52.5 5.0 7.0
    62.5   27.0 62.5 5.0 8.0
    62.5R  32.0 62.5 5.5 8.0`,
  [GB175_2007]: `
    硅酸盐水泥 42.5   17.0 42.5 3.5 6.5
    硅酸盐水泥 42.5R  22.0 42.5 4.0 6.5
    硅酸盐水泥 52.5   23.0 52.5 4.0 7.0
    硅酸盐水泥 52.5R  27.0 52.5 5.0 7.0
    硅酸盐水泥 62.5   28.0 62.5 5.0 8.0
    硅酸盐水泥 62.5R  32.0 62.5 5.5 8.0
    普通硅酸盐水泥 42.5   17.0 42.5 3.5 6.5
    普通硅酸盐水泥 42.5R  22.0 42.5 4.0 6.5
    普通硅酸盐水泥 52.5   23.0 52.5 4.0 7.0
    普通硅酸盐水泥 52.5R  27.0 52.5 5.0 7.0
    掺混合材料的硅酸盐水泥 32.5   10.0 32.5 2.5 5.5
    掺混合材料的硅酸盐水泥 32.5R  15.0 32.5 3.5 5.5
    掺混合材料的硅酸盐水泥 42.5   15.0 42.5 3.5 6.5
    掺混合材料的硅酸盐水泥 42.5R  19.0 42.5 4.0 6.5
    掺混合材料的硅酸盐水泥 52.5   21.0 52.5 4.0 7.0
    掺混合材料的硅酸盐水泥 52.5R  23.0 52.5 4.5 7.0`,
};

const COLUMNS = ['KY 3d', 'KY 28d', 'KZ 3d', 'KZ 28d'];

function printed(standard: ProductStandard): Record<string, string> {
  const lines = PRINTED[standard].trim().split(/\s*\n\s*/);
  return Object.fromEntries(
    lines.flatMap((line) => {
      const cells = line.split(/\s+/);
      const name = cells.slice(0, -4).join(' ');
      return COLUMNS.map((column, at) => [`${name} ${column}`, cells.slice(-4)[at] ?? ''] as const);
    }),
  );
}

describe('GB 175 strength limits', () => {
  test.each<ProductStandard>([GB175_2023, GB175_2007])(
    '%s: every figure stands as in the printed table',
    (standard) => {
      const rows = STRENGTH_LIMITS.find((table) => table.standard === standard)?.rows ?? [];
      const held = rows.map(({ parameterCode, appliesTo, min }) => {
        const [, name = '', age = ''] = /^(.*) (\d+d)$/.exec(appliesTo) ?? [];
        return [`${name} ${parameterCode} ${age}`, min];
      });
      expect(Object.fromEntries(held)).toEqual(printed(standard));
      expect(held).toHaveLength(Object.keys(printed(standard)).length);
    },
  );
});

#!/usr/bin/env node
// The command line `jiantai`: finds Node 24 and runs main/cli/jiantai.ts with all arguments. Standard output belongs to
// the command's JSON, so nothing is installed or printed here.
import { join } from 'node:path';
import { findNode24, root, run } from './bootstrap.mjs';

const node = findNode24();
if (node === null) {
  process.stderr.write(
    '{"error":{"code":"NODE_MISSING","message":"没有找到 Node 24。请先在程序文件夹运行 npm ci。"}}\n',
  );
  process.exitCode = 1;
} else {
  process.exitCode = await run(node, [join(root, 'main/cli/jiantai.ts'), ...process.argv.slice(2)], {
    cwd: process.cwd(),
    env: process.env,
  });
}

import { verifyAll } from '../../core/verifyAll.ts';
import type { Command } from '../jiantai.ts';
import { openDataFolder } from './dataFolder.ts';
import { write } from './lines.ts';

export const verify: Command = {
  summary: '校验审计链、触发器、采集文件和签名，指出第一处问题',
  usage: 'jiantai verify --data <文件夹>',
  async run(args) {
    const { store, runsFolder, reportsFolder } = openDataFolder(args);
    try {
      const result = await verifyAll(store, { runsFolder, reportsFolder });
      write(result);
      if (!result.ok)
        process.stderr.write(`${JSON.stringify({ error: { code: 'VERIFY_FAILED', message: result.firstFault } })}\n`);
      return result.ok ? 0 : 1;
    } finally {
      store.close();
    }
  },
};

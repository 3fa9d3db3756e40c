import type { Command } from '../jiantai.ts';
import { openDataFolder } from './dataFolder.ts';
import { write } from './lines.ts';

const waiting = new Set(['pending', 'sending', 'unknown', 'queued']);
const refused = new Set(['rejected', 'parked']);

export const status: Command = {
  summary: '统计等待、已接收、被拒的上传条目',
  usage: 'jiantai status --data <文件夹>',
  run(args) {
    const { store, folder } = openDataFolder(args);
    try {
      const counts = { waiting: 0, accepted: 0, refused: 0 };
      const byKind: Record<string, Record<string, number>> = {};
      for (const row of store.all(
        'SELECT kind, state, count(*) AS n FROM outbox GROUP BY kind, state ORDER BY kind, state',
      )) {
        const [kind, state, n] = [String(row['kind']), String(row['state']), Number(row['n'])];
        if (waiting.has(state)) counts.waiting += n;
        else if (refused.has(state)) counts.refused += n;
        else counts.accepted += n;
        byKind[kind] = { ...byKind[kind], [state]: n };
      }
      const reports: Record<string, number> = {};
      for (const row of store.all('SELECT state, count(*) AS n FROM report GROUP BY state'))
        reports[String(row['state'])] = Number(row['n']);
      write({ dataFolder: folder, ...counts, byKind, reports });
      return Promise.resolve(0);
    } finally {
      store.close();
    }
  },
};

// Enter on a task: to the bench with its sample chosen, or to its record; whoever may not go there is told who does it.
import type { TaskRow } from '../../shared/tasks/calls.ts';
import { placesFor } from '../state/places.ts';
import { useUser } from '../state/session.ts';
import { useUi } from '../state/ui.ts';

export function useOpenTask(): { open: (row: TaskRow) => void; hint: (row: TaskRow) => string } {
  const user = useUser();
  const go = useUi((state) => state.go);
  const mine = new Set(placesFor(user.roles).map(({ id }) => id));
  return {
    open(row) {
      if (row.standing !== 'done' && mine.has('bench')) go('bench', row.taskId);
      else if (row.recordNo !== null && mine.has('review')) go('review', row.recordNo);
    },
    hint(row) {
      if (row.standing !== 'done' && mine.has('bench')) return 'Enter 到检测台';
      if (row.recordNo !== null) return 'Enter 看原始记录';
      return '由检测员在检测台检测';
    },
  };
}

// At the bench: the task on it is somebody else's. A word, no refusal: whoever is qualified may test.
import type { CollectionDocument } from '../../shared/entities/collections.ts';
import { useUser } from '../state/session.ts';

type Task = Pick<CollectionDocument<'tasks'>, 'assigneeId' | 'assigneeName'>;

export function AssignedNote({ task }: { task: Task | null | undefined }) {
  const { personId } = useUser();
  if (task?.assigneeId == null || task.assigneeId === personId) return null;
  return (
    <p className="jt-note jt-tone-warn" data-testid="bench-assigned">
      ▲ 该任务分配给{task.assigneeName}。有资格的都可以检测；检测前请与其说好，以免重复。
    </p>
  );
}

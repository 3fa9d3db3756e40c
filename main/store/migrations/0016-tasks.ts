// Whose work a task is, and the tasks of a day: what is assigned stands in the row, who changed it and why in the audit
// chain. Open tasks of a person and all tasks of a day are found by indexes.
import type { Migration } from '../migrate.ts';

export const tasks: Migration = {
  version: 16,
  name: 'tasks',
  sql: `
ALTER TABLE task ADD COLUMN assigneeId TEXT;
ALTER TABLE task ADD COLUMN assigneeName TEXT;
ALTER TABLE task ADD COLUMN assignedAt TEXT;
ALTER TABLE task ADD COLUMN assignedByName TEXT;
ALTER TABLE task ADD COLUMN assignedReason TEXT;
CREATE INDEX taskByDue ON task (dueOn, taskId);
CREATE INDEX taskByAssignee ON task (assigneeId, dueOn) WHERE state IN ('waiting', 'testing') AND assigneeId IS NOT NULL;
`,
};

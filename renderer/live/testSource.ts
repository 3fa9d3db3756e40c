// A far side for tests: a change feed in memory that answers `replication.pull` as the contract says.
import { calls, type CallName } from '../../shared/contract/calls.ts';
import type { ContractClient } from '../../shared/contract/client.ts';
import type { CoreEvent } from '../../shared/contract/events.ts';
import type { CollectionDocument, CollectionName } from '../../shared/entities/collections.ts';
import { AppError } from '../../shared/errors/appError.ts';

type Row = { id: string; seq: number; _deleted?: boolean } & Record<string, unknown>;

export class TestSource {
  epoch = 'epoch-1';
  /** Refuses every call while true, as a far side that cannot be reached. */
  down = false;
  pulls = 0;
  private seq = 0;
  private readonly tables = new Map<string, Map<string, Row>>();
  private readonly listeners = new Set<(event: CoreEvent) => void>();

  put<N extends CollectionName>(name: N, document: Omit<CollectionDocument<N>, 'seq'>): void {
    this.write(name, { ...document } as unknown as Row);
  }

  remove(name: CollectionName, id: string): void {
    this.write(name, { id, seq: 0, _deleted: true });
  }

  ids(name: CollectionName): string[] {
    return [...(this.tables.get(name)?.values() ?? [])].filter((row) => !row._deleted).map((row) => row.id);
  }

  announce(): void {
    this.emit({ type: 'resync', seq: this.seq });
  }

  emit(event: CoreEvent): void {
    for (const listener of this.listeners) listener(event);
  }

  private write(name: string, row: Row): void {
    this.seq += 1;
    const table = this.tables.get(name) ?? new Map<string, Row>();
    this.tables.set(name, table);
    table.set(row.id, { ...row, seq: this.seq });
  }

  client(): ContractClient {
    return {
      call: async (name, input) => {
        await Promise.resolve();
        if (this.down) throw new AppError({ code: 'LINK_DOWN', message: '没有应答' });
        return calls[name].output.parse(this.answer(name, input)) as never;
      },
      subscribe: (listener) => {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
      },
    };
  }

  private answer(name: CallName, input: unknown): unknown {
    if (name !== 'replication.pull') throw new AppError({ code: 'UNEXPECTED_CALL', message: name });
    this.pulls += 1;
    const { collection, checkpoint, limit } = calls['replication.pull'].input.parse(input);
    const newer = [...(this.tables.get(collection)?.values() ?? [])]
      .filter((row) => row.seq > checkpoint)
      .sort((a, b) => a.seq - b.seq)
      .slice(0, limit);
    return { documents: newer, checkpoint: newer.at(-1)?.seq ?? checkpoint, epoch: this.epoch };
  }
}

export function testTask(index: number): Omit<CollectionDocument<'tasks'>, 'seq'> {
  return {
    id: `T${String(index).padStart(5, '0')}`,
    commissionNo: `WT2026-${index}`,
    sampleNo: `YP2026-${index}`,
    sampleCode: `QR${index}`,
    itemCode: 'CON-CUBE',
    itemName: '混凝土立方体抗压强度',
    sampleName: '混凝土试块',
    projectName: '示例工程',
    structurePart: `${index} 层柱`,
    grade: 'C30',
    spec: '150×150×150 mm',
    madeOn: '2026-10-26',
    ageDays: 28,
    dueOn: `2026-11-${String((index % 28) + 1).padStart(2, '0')}`,
    state: 'waiting',
    recordNo: null,
  };
}

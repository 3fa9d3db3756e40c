// A far side for the tests of this place: it keeps settings as the core does, and can be told to refuse.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { ReactElement } from 'react';
import type { ChosenPolicy } from '../../shared/contract/answers.ts';
import type { CallInput, CallOutput } from '../../shared/contract/calls.ts';
import type { Role } from '../../shared/entities/roles.ts';
import { AppError } from '../../shared/errors/appError.ts';
import { ClientProvider, type WindowClient } from '../client.ts';
import { runHotkey } from '../design/hotkeys.ts';
import { useSession } from '../state/session.ts';

export class TestLab {
  readonly chosen: ChosenPolicy[] = [];
  readonly lapsed: ChosenPolicy[] = [];
  readonly changes: CallInput<'policies.change'>[] = [];
  readonly asked: CallInput<'audit.history'>[] = [];
  /** Methods whose settings cannot be changed. */
  readonly refusing = new Set<string>();
  history: CallOutput<'audit.history'>['entries'] = [];
  /** Answers of other calls. */
  readonly answers: Partial<Record<string, (input: unknown) => unknown>> = {};

  put(row: Partial<ChosenPolicy> & Pick<ChosenPolicy, 'methodId' | 'name' | 'option'>): void {
    const at = this.chosen.findIndex(({ methodId, name }) => methodId === row.methodId && name === row.name);
    if (at !== -1) this.chosen.splice(at, 1);
    const last = { changedAt: '2026-11-23T09:00:00+08:00', changedBy: '谭敏仪(zhiliang)', reason: '原因' };
    this.chosen.push({ compared: row.option === 'confirmed', ...last, ...row });
  }

  call(name: string, input: unknown): unknown {
    if (name === 'policies.get') return { chosen: [...this.chosen], lapsed: [...this.lapsed] };
    if (name === 'audit.history') {
      this.asked.push(input as CallInput<'audit.history'>);
      return { entries: this.history };
    }
    const answer = this.answers[name];
    if (answer !== undefined) return answer(input);
    if (name !== 'policies.change') throw new AppError({ code: 'UNEXPECTED_CALL', message: name });
    const change = input as CallInput<'policies.change'>;
    if (this.refusing.has(change.methodId))
      throw new AppError({ code: 'STORE_BUSY', message: '数据库正忙。', meaning: '没有保存。', next: '请再试一次。' });
    this.changes.push(change);
    this.put(change);
    return {};
  }
}

/** Shows a part of the place as a person of these roles sees it, with the keys of the shell. */
export function show(lab: TestLab, roles: Role[], content: ReactElement) {
  const user = { userId: 'U1', username: 'u', personId: 'P1', name: '某某', roles, disabled: false };
  const session = { state: 'open', user, institutionName: '', trainingMode: false, trainingHint: null } as const;
  useSession.getState().apply(session);
  const client = {
    call: async (name: string, input: unknown) => {
      await Promise.resolve();
      return lab.call(name, input);
    },
    subscribe: () => () => undefined,
    watchLink: () => () => undefined,
  } as unknown as WindowClient;
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  window.addEventListener('keydown', runHotkey);
  return render(
    <QueryClientProvider client={queries}>
      <ClientProvider value={client}>{content}</ClientProvider>
    </QueryClientProvider>,
  );
}

// Who sits at this window. `keeper` is the person whose forms are on the screen: when a session ends by itself the
// forms stay underneath until the same person signs in again; another person begins with an empty screen.
import { create } from 'zustand';
import type { Session, User } from '../../shared/contract/answers.ts';
import { permits, type Permission } from '../../shared/entities/roles.ts';

interface SessionState {
  session: Session | null;
  keeper: User | null;
  apply(session: Session): void;
  /** The person chose to leave: the screens go too. */
  leave(session: Session): void;
}

export const useSession = create<SessionState>()((set, get) => ({
  session: null,
  keeper: null,
  apply(session) {
    const keeper = session.state === 'open' && session.user !== null ? session.user : get().keeper;
    set({ session, keeper });
  },
  leave(session) {
    set({ session, keeper: null });
  },
}));

export function useUser(): User {
  const keeper = useSession((state) => state.keeper);
  if (keeper === null) throw new Error('no one is signed in');
  return keeper;
}

export function usePermit(permission: Permission): boolean {
  return useSession((state) => state.keeper !== null && permits(state.keeper.roles, permission));
}

// The frame around every place of work: navigation by role, the banner, keys, scanner, and the covers of the session.
import { Suspense, useEffect, useState, type ComponentType } from 'react';
import { roleNames } from '../../shared/entities/roles.ts';
import { AuditPage } from '../audit/AuditPage.tsx';
import { BackupPage } from '../backup/BackupPage.tsx';
import { BenchPage } from '../bench/BenchPage.tsx';
import { useClient } from '../client.ts';
import { ClimatePage } from '../climate/ClimatePage.tsx';
import { KeyHint } from '../design/KeyHint.tsx';
import { runHotkey, useHotkeys } from '../design/hotkeys.ts';
import { EvaluationPage } from '../evaluation/EvaluationPage.tsx';
import { EquipmentPage } from '../equipment/EquipmentPage.tsx';
import { MethodsPage } from '../methods/MethodsPage.tsx';
import { OverviewPage } from '../overview/OverviewPage.tsx';
import { PeoplePage } from '../people/PeoplePage.tsx';
import { ReceptionPage } from '../reception/ReceptionPage.tsx';
import { ReportsPage } from '../reports/ReportsPage.tsx';
import { ReviewPage } from '../review/ReviewPage.tsx';
import { SettingsPage } from '../settings/SettingsPage.tsx';
import { LockCover, SessionEndedCover } from '../sign-in/SessionOverlays.tsx';
import { homeFor, placeKeys, placesFor, type PlaceId } from '../state/places.ts';
import { useSession, useUser } from '../state/session.ts';
import { useUi } from '../state/ui.ts';
import { LedgerPage } from '../sync/LedgerPage.tsx';
import { TasksPage } from '../tasks/TasksPage.tsx';
import { AlertStrip } from './AlertStrip.tsx';
import { Banner } from './Banner.tsx';
import { Help } from './Help.tsx';
import { NoticesDialog } from './NoticesDialog.tsx';
import { useActivity } from './useActivity.ts';
import { useScan } from './useScan.ts';

const pages: Record<PlaceId, ComponentType> = {
  reception: ReceptionPage,
  bench: BenchPage,
  review: ReviewPage,
  reports: ReportsPage,
  tasks: TasksPage,
  evaluation: EvaluationPage,
  ledger: LedgerPage,
  equipment: EquipmentPage,
  climate: ClimatePage,
  people: PeoplePage,
  methods: MethodsPage,
  overview: OverviewPage,
  audit: AuditPage,
  backup: BackupPage,
  settings: SettingsPage,
};

export function Shell({ linked }: { linked: boolean }) {
  const client = useClient();
  const user = useUser();
  const sessionState = useSession((state) => state.session?.state);
  const { go, setHelp, helpOpen } = useUi();
  const chosen = useUi((state) => state.place);
  const [noticesOpen, setNoticesOpen] = useState(false);
  const places = placesFor(user.roles);
  const place = places.find(({ id }) => id === chosen)?.id ?? homeFor(user.roles);
  useScan();
  useActivity();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (useSession.getState().session?.state === 'open') runHotkey(event);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  const lock = (): void => {
    client.call('session.lock', {}).then(
      (session) => useSession.getState().apply(session),
      () => undefined,
    );
  };
  const signOut = (): void => {
    client.call('session.signOut', {}).then(
      (session) => useSession.getState().leave(session),
      () => undefined,
    );
  };
  useHotkeys('各处通用', [
    { keys: 'F1', name: '快捷键一览', run: () => setHelp(true) },
    ...places.flatMap(({ id, name }, index) => {
      const keys = placeKeys(index);
      return keys === null ? [] : [{ keys, name: `到“${name}”`, run: () => go(id) }];
    }),
    { keys: 'Alt+N', name: '通知', run: () => setNoticesOpen(true) },
    { keys: 'Alt+L', name: '锁定屏幕', run: lock },
  ]);
  const Page = pages[place];
  return (
    <>
      <div className="jt-shell" inert={sessionState !== 'open'}>
        <Banner linked={linked} onNotices={() => setNoticesOpen(true)} />
        <AlertStrip />
        <nav className="jt-nav" aria-label="工作位置">
          <ul>
            {places.map(({ id, name }, index) => (
              <li key={id}>
                <button
                  type="button"
                  className={id === place ? 'jt-nav-here' : undefined}
                  aria-current={id === place ? 'page' : undefined}
                  onClick={() => go(id)}
                  data-testid={`nav-${id}`}
                >
                  {name}
                  {placeKeys(index) !== null && <KeyHint keys={placeKeys(index)!} />}
                </button>
              </li>
            ))}
          </ul>
          <div className="jt-nav-user">
            <p className="jt-nav-name" data-testid="nav-user">
              {user.name}
            </p>
            <p className="jt-nav-roles">{user.roles.map((role) => roleNames[role]).join('、')}</p>
            <button type="button" onClick={() => setHelp(true)} data-testid="nav-help">
              快捷键
              <KeyHint keys="F1" />
            </button>
            <button type="button" onClick={lock} data-testid="nav-lock">
              锁定
              <KeyHint keys="Alt+L" />
            </button>
            <button type="button" onClick={signOut} data-testid="nav-signout">
              退出登录
            </button>
          </div>
        </nav>
        <main className="jt-main">
          <Suspense>
            <Page />
          </Suspense>
        </main>
        {helpOpen && <Help onClose={() => setHelp(false)} />}
        {noticesOpen && <NoticesDialog onClose={() => setNoticesOpen(false)} />}
      </div>
      {sessionState === 'locked' && <LockCover />}
      {sessionState === 'signedOut' && <SessionEndedCover />}
    </>
  );
}
